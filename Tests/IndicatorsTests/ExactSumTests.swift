import Indicators
import Testing

@Suite struct `Exact sums` {
    @Test func `nothing adds up to zero`() {
        #expect(ExactSum().value == 0)
    }

    @Test func `small summands survive great ones`() {
        #expect(ExactSum(of: [1e100, 1, -1e100]).value == 1)
        #expect(ExactSum(of: [1e16, 1, 1e-16]).value == 1e16 + 2)
    }

    /// Python 3.11, `math.fsum([0.1] * 10)` and `math.fsum([1e-16, 1, 1e16])`.
    @Test func `agrees with Python's fsum`() {
        #expect(ExactSum(of: Array(repeating: 0.1, count: 10)).value == 1)
        #expect(ExactSum(of: [1e-16, 1, 1e16]).value == 10_000_000_000_000_002)
    }

    @Test func `the order of the summands does not change a bit`() {
        let summands = (1...500).map { index in
            (Double(index) * 0.7).truncatingRemainder(dividingBy: 3) * (index % 7 == 0 ? 1e12 : -1e-9)
        }
        let forwards = ExactSum(of: summands).value
        #expect(forwards == ExactSum(of: summands.reversed()).value)
        #expect(forwards == ExactSum(of: summands.sorted()).value)
    }

    @Test func `products are added without rounding`() {
        var sum = ExactSum()
        sum.add(productOf: 1 + 0x1p-52, and: 1 + 0x1p-52)
        sum.add(-1 - 0x1p-51)
        #expect(sum.value == 0x1p-104)
    }

    @Test func `a sum beyond all doubles has no value`() {
        #expect(ExactSum(of: [1e308, 1e308]).value == nil)
        #expect(ExactSum(of: [1, .infinity]).value == nil)
        #expect(ExactSum(of: [1, .nan]).value == nil)
    }

    @Test func `a sum that leaves the range of doubles may come back`() {
        #expect(ExactSum(of: [1e308, 1e308, -1e308]).value == 1e308)
        #expect(ExactSum(of: [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, -0x1p-1074]).value == -0x1p-1074)
    }

    @Test func `halves are rounded to even, and anything beyond a half upwards`() {
        #expect(ExactSum(of: [1, 0x1p-53]).value == 1)
        #expect(ExactSum(of: [1, 0x1p-53, 0x1p-1000]).value == 1.nextUp)
        #expect(ExactSum(of: [1.nextUp, 0x1p-53]).value == 1.nextUp.nextUp)
        #expect(ExactSum(of: [-1, -0x1p-53, -0x1p-1074]).value == (-1).nextDown)
    }

    @Test(arguments: [0x1p-1074, 2.2250738585072014e-308, 0.1, 1, 3.5, 1e22, 1.7976931348623157e308])
    func `one double is itself, and many are carried over`(summand: Double) {
        #expect(ExactSum(of: [summand]).value == summand)
        #expect(ExactSum(of: [-summand]).value == -summand)
        let many = Array(repeating: summand, count: 10_001) + Array(repeating: -summand, count: 10_000)
        #expect(ExactSum(of: many).value == summand)
    }
}
