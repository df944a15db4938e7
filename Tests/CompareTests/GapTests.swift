import Compare
import Indicators
import Testing

@Suite struct `The measures of a gap` {
    /// Thailand 91.0 and Lao P.D.R. 65.3 in ITU (2024), The ICT Development Index 2024, table 1; the measures by Python 3.11.
    @Test func `of published scores`() throws {
        let gap = Gap(reference: 91.0, other: 65.3, direction: .higherIsBetter)
        #expect(isClose(gap.absolute, 25.7))
        #expect(isClose(gap.relative, 0.28241758241758245))
        #expect(isClose(gap.ratio, 0.7175824175824175))
        #expect(isClose(gap.logRatio, -0.33186747023446467))
        #expect(isClose(gap.parity, 0.7175824175824175))
    }

    @Test func `more poverty in the other country is a positive gap`() {
        let gap = Gap(reference: 10, other: 25, direction: .lowerIsBetter)
        #expect(gap.absolute == 15)
        #expect(gap.relative == 1.5)
        #expect(gap.ratio == 2.5)
        #expect(gap.parity == 0.4)
    }

    @Test func `without a direction nobody is worse off`() {
        let gap = Gap(reference: 10, other: 25, direction: .neutral)
        #expect(gap.absolute == nil)
        #expect(gap.relative == nil)
        #expect(gap.ratio == 2.5)
        #expect(gap.parity == 0.4)
    }

    @Test(
        arguments: [
            // A, B; relative, ratio, log ratio, parity
            (0, 0, nil, nil, nil, nil),
            (0, 5, nil, nil, nil, 0),
            (5, 0, 1, 0, nil, 0),
            (-5, 5, nil, nil, nil, nil),
            (5, -5, 2, -1, nil, nil),
            (-5, -5, nil, nil, nil, nil),
            (5, 5, 0, 1, 0, 1),
        ] as [(Double, Double, Double?, Double?, Double?, Double?)]
    )
    func `at zero and below`(
        reference: Double,
        other: Double,
        relative: Double?,
        ratio: Double?,
        logRatio: Double?,
        parity: Double?
    ) {
        let gap = Gap(reference: reference, other: other, direction: .higherIsBetter)
        #expect(gap.absolute == reference - other)
        #expect(gap.relative == relative)
        #expect(gap.ratio == ratio)
        #expect(gap.logRatio == logRatio)
        #expect(gap.parity == parity)
    }

    @Test func `beyond the range of doubles there is no measure, never infinity`() {
        let gap = Gap(reference: 1e-300, other: 1e300, direction: .lowerIsBetter)
        #expect(gap.ratio == nil)
        #expect(gap.relative == nil)
        #expect(gap.parity == 0)
        #expect(isClose(gap.logRatio, 1381.5510557964273))
        #expect(Gap(reference: 1.7e308, other: -1.7e308, direction: .higherIsBetter).absolute == nil)
    }

    @Test(arguments: [(91.0, 65.3), (3.0, 7.0), (1e-9, 4e5), (0.1, 0.1)], Indicator.Direction.allCases)
    func `swapping the countries turns the gap around and keeps parity`(
        values: (Double, Double),
        direction: Indicator.Direction
    ) {
        let one = Gap(reference: values.0, other: values.1, direction: direction)
        let swapped = Gap(reference: values.1, other: values.0, direction: direction)
        #expect(swapped.absolute == one.absolute.map { -$0 })
        #expect(swapped.parity == one.parity)
        #expect(isClose(swapped.logRatio, one.logRatio.map { -$0 } ?? .nan))
    }

    private func isClose(_ found: Double?, _ expected: Double) -> Bool {
        guard let found else { return false }
        return abs(found - expected) <= 1e-12 * abs(expected)
    }
}
