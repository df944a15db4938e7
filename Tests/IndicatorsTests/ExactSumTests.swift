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
    }
}
