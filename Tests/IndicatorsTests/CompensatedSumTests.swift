import Indicators
import Testing

@Suite struct `Compensated sums` {
    @Test(arguments: [0, 1, 2, 3, 4, 5, 63, 64, 1_001])
    func `have the digits of exact ones, whether one by one or in fours`(count: Int) throws {
        let summands = (0..<count).map { index in
            (Double(index) * 0.7).truncatingRemainder(dividingBy: 3) * (index % 7 == 0 ? 1e12 : -1e-9)
        }
        let exact = try #require(ExactSum(of: summands).value)
        #expect(CompensatedSum(of: summands).value == exact)
        #expect(lanes(summands).value == exact)
    }

    @Test func `keep what great summands that cancel leave of small ones`() {
        #expect(CompensatedSum(of: [1, 1e100, 1, -1e100]).value == 2)
        // In one lane, and in two.
        #expect(lanes([1, 0, 0, 0, 1e100, 0, 0, 0, 1, 0, 0, 0, -1e100]).value == 2)
        #expect(lanes([1e16, 1, -1e16, 1]).value == 2)
    }

    @Test func `beyond all doubles are infinite`() {
        #expect(CompensatedSum(of: [1e308, 1e308, 1]).value == .infinity)
        #expect(lanes([1e308, 1, 1, 1, 1e308, 1]).value == .infinity)
        #expect(lanes([1e308, 1e308]).value == .infinity)
        #expect(lanes([1, .infinity, 3]).value == .infinity)
        #expect(lanes([1, .nan, 3]).value.isNaN)
    }

    private func lanes(_ summands: [Double]) -> CompensatedLanes {
        var sum = CompensatedLanes()
        for start in stride(from: 0, to: summands.count, by: 4) {
            var four = SIMD4<Double>.zero
            for index in start..<min(start + 4, summands.count) { four[index - start] = summands[index] }
            sum.add(four)
        }
        return sum
    }
}
