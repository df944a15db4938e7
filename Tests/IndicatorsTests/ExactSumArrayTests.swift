import Indicators
import Testing

/// The sums of arrays are held against the long fixed-point number that they go back to where two doubles do not suffice.
@Suite struct `Exact sums of arrays` {
    private static func slow(_ left: [Double], _ right: [Double]) -> Double? {
        var sum = ExactSum()
        for (one, two) in zip(left, right) { sum.add(productOf: one, and: two) }
        return sum.value
    }

    @Test func `nothing adds up to zero`() {
        #expect(ExactSum.value(of: []) == 0)
        #expect(ExactSum.value(of: [], times: []) == 0)
    }

    @Test func `zero is positive, and what cancels leaves it`() {
        for summands in [[-0.0], [0.1, -0.1], [1e300, 1, -1e300, -1]] {
            #expect(ExactSum.value(of: summands)?.bitPattern == 0)
        }
    }

    @Test func `beyond all doubles there is no sum, unless it comes back`() {
        #expect(ExactSum.value(of: [1e308, 1e308]) == nil)
        #expect(ExactSum.value(of: [1, .infinity]) == nil)
        #expect(ExactSum.value(of: [1, .nan]) == nil)
        #expect(ExactSum.value(of: [1e200], times: [1e200]) == nil)
        #expect(ExactSum.value(of: [1e308, 1e308, -1e308]) == 1e308)
    }

    @Test func `halves are rounded to even, and anything beyond a half upwards`() {
        #expect(ExactSum.value(of: [1, 0x1p-53]) == 1)
        #expect(ExactSum.value(of: [1, 0x1p-53, 0x1p-1000]) == 1.nextUp)
        #expect(ExactSum.value(of: [1.nextUp, 0x1p-53]) == 1.nextUp.nextUp)
        #expect(ExactSum.value(of: [-1, -0x1p-53, -0x1p-1074]) == (-1).nextDown)
        #expect(ExactSum.value(of: [1, -0x1p-54]) == 1)
        #expect(ExactSum.value(of: [1, -0x1p-54, -0x1p-200]) == 1.nextDown)
    }

    @Test func `products that underflow are what they are one by one`() {
        let left = [1e-200, 3e-170, -1e-300, 0x1p-1074]
        let right = [1e-120, 1e-140, 1e-20, 0.5]
        #expect(ExactSum.value(of: left, times: right)?.bitPattern == Self.slow(left, right)?.bitPattern)
    }

    /// Of one size, of all sizes, such that next to all of it cancels, and of few digits with products about the least double.
    @Test(arguments: 0..<4)
    func `random sums are the same to the last bit`(kind: Int) {
        var state: UInt64 = 42 + UInt64(kind)
        func random() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let unit = Double(state >> 11) * 0x1p-53 - 0.3
            let exponent = Int(state >> 3 & 127) - 64
            let few = (unit * 64).rounded()
            if kind == 3 { return Double(sign: .plus, exponent: -520 + exponent / 4, significand: few) }
            return kind == 1 ? Double(sign: .plus, exponent: exponent, significand: unit) : unit
        }
        for count in [1, 2, 3, 10, 100, 1000] {
            for _ in 0..<200 {
                var (left, right) = ((0..<count).map { _ in random() }, (0..<count).map { _ in random() })
                if kind == 2 {
                    left += left.reversed().map { -$0 }
                    right += right.reversed()
                    left[0] = left[0].nextUp
                }
                #expect(ExactSum.value(of: left)?.bitPattern == ExactSum(of: left).value?.bitPattern)
                #expect(ExactSum.value(of: left, times: right)?.bitPattern == Self.slow(left, right)?.bitPattern)
            }
        }
    }
}
