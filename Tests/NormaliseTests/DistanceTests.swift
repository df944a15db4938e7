import Indicators
import Normalise
import Testing

/// COINr 1.1.14, `Normalise()`; exported with 15 digits. Becker et al. (2022), COINr, JOSS 7(78) 4567. With direction -1 its target
/// stands in flipped units: -10 means 10.
private let sample: [Double?] = [12.5, 0, 45.25, 45.25, nil, 100, -3.5, 7.125, 88]

@Suite struct `Distances against COINr` {
    @Test(arguments: [
        (
            Indicator.Direction.higherIsBetter, DistanceGoal.maximum, false,
            [
                0.154589371980676, 0.033816425120773, 0.471014492753623, 0.471014492753623, nil, 1, 0,
                0.102657004830918,
                0.884057971014493,
            ]
        ),
        (
            .lowerIsBetter, .maximum, false,
            [
                0.845410628019324, 0.966183574879227, 0.528985507246377, 0.528985507246377, nil, 0, 1,
                0.897342995169082,
                0.115942028985507,
            ]
        ),
        (
            .higherIsBetter, .reference(45.25), false,
            [
                0.328205128205128, 0.0717948717948718, 1, 1, nil, 2.12307692307692, 0, 0.217948717948718,
                1.87692307692308,
            ]
        ),
        (
            .higherIsBetter, .reference(45.25), true,
            [0.328205128205128, 0.0717948717948718, 1, 1, nil, 1, 0, 0.217948717948718, 1]
        ),
        (
            .lowerIsBetter, .reference(45.25), false,
            [
                1.59817351598174, 1.82648401826484, 1, 1, nil, 0, 1.89041095890411, 1.69634703196347, 0.219178082191781,
            ]
        ),
        (.lowerIsBetter, .reference(45.25), true, [1, 1, 1, 1, nil, 0, 1, 1, 0.219178082191781]),
        (
            .higherIsBetter, .target(80), false,
            [
                0.191616766467066, 0.0419161676646707, 0.583832335329341, 0.583832335329341, nil, 1.23952095808383, 0,
                0.127245508982036, 1.09580838323353,
            ]
        ),
        (
            .lowerIsBetter, .target(10), false,
            [
                0.972222222222222, 1.11111111111111, 0.608333333333333, 0.608333333333333, nil, 0, 1.15,
                1.03194444444444, 0.133333333333333,
            ]
        ),
        (
            .lowerIsBetter, .target(10), true,
            [0.972222222222222, 1, 0.608333333333333, 0.608333333333333, nil, 0, 1, 1, 0.133333333333333]
        ),
    ])
    func `a distance`(direction: Indicator.Direction, goal: DistanceGoal, isCapped: Bool, expected: [Double?]) {
        let scores = distance(sample, to: goal, isCapped: isCapped, direction: direction)
        expectClose(scores.values, expected)
        #expect(scores.clipped.allSatisfy { scores.values[$0] == 1 })
    }

    @Test func `a fraction of the maximum`() {
        expectClose(
            fractionOfMaximum(sample, direction: .higherIsBetter).values,
            [0.125, 0, 0.4525, 0.4525, nil, 1, -0.035, 0.07125, 0.88]
        )
    }

    /// COINr gives -x / max(-x): 4 for the worst and 1 for the best here, more for worse. Reversed it must be min / x.
    @Test func `where lower is better the fraction is the least over the value`() {
        let scores = fractionOfMaximum([2, 4, nil, 8], direction: .lowerIsBetter)
        #expect(scores.values == [1, 0.5, nil, 0.25])
        for value in [0.0, -1] {
            let undefined = fractionOfMaximum([2, value, 8], direction: .lowerIsBetter)
            #expect(undefined.values == [nil, nil, nil])
            #expect(undefined.degeneracy == .notPositive)
        }
        #expect(fractionOfMaximum([-2, 0], direction: .higherIsBetter).degeneracy == .notPositive)
    }

    @Test(
        arguments: [
            (TieRule.competition, [3, 1, 4, 4, nil, 7, 0, 2, 6], [4, 6, 2, 2, nil, 0, 7, 5, 1]),
            (.maximum, [3, 1, 5, 5, nil, 7, 0, 2, 6], [4, 6, 3, 3, nil, 0, 7, 5, 1]),
            (.average, [3, 1, 4.5, 4.5, nil, 7, 0, 2, 6], [4, 6, 2.5, 2.5, nil, 0, 7, 5, 1]),
            (.ordinal, [3, 1, 4, 5, nil, 7, 0, 2, 6], [4, 6, 2, 3, nil, 0, 7, 5, 1]),
        ] as [(TieRule, [Double?], [Double?])]
    )
    func `Borda scores`(ties: TieRule, higher: [Double?], lower: [Double?]) {
        #expect(borda(sample, ties: ties, direction: .higherIsBetter).values == higher)
        #expect(borda(sample, ties: ties, direction: .lowerIsBetter).values == lower)
    }
}

@Suite struct `Distances at their edges` {
    /// COINr gives infinity here.
    @Test func `a reference that is the worst gives no distance`() {
        let scores = distance([1, 2, 3], to: .reference(1), direction: .higherIsBetter)
        #expect(scores.values == [nil, nil, nil])
        #expect(scores.degeneracy == .referenceIsWorst)
        #expect(distance([1, 2, 3], to: .reference(3), direction: .lowerIsBetter).degeneracy == .referenceIsWorst)
        #expect(distance([2, 2], to: .reference(2), direction: .lowerIsBetter).degeneracy == .constant)
    }

    @Test func `a missing reference gives no distance`() {
        #expect(distance([1, 2], to: .reference(.nan), direction: .higherIsBetter).degeneracy == .referenceMissing)
    }

    @Test(arguments: [(1.0, Indicator.Direction.higherIsBetter), (0, .higherIsBetter), (3, .lowerIsBetter)])
    func `a target must be better than the worst value`(target: Double, direction: Indicator.Direction) {
        let scores = distance([1, 2, 3], to: .target(target), direction: direction)
        #expect(scores.values == [nil, nil, nil])
        #expect(scores.degeneracy == .targetNotBetter)
    }

    @Test func `equal values still have a way to a target`() {
        #expect(distance([2, 2], to: .target(4), direction: .higherIsBetter).values == [0, 0])
    }

    @Test func `one value has no distance to the maximum`() {
        #expect(distance([2], to: .maximum, direction: .higherIsBetter).degeneracy == .constant)
        #expect(distance([nil], to: .maximum, direction: .higherIsBetter).degeneracy == .allMissing)
        #expect(distance([], to: .maximum, direction: .higherIsBetter).values == [])
    }

    /// 100 + 60 (x - 30) / (50 - 10), by hand.
    @Test func `the adjusted scale has 100 at its reference and 60 for the range`() {
        #expect(adjusted([10, 30, 50, nil], direction: .higherIsBetter).values == [70, 100, 130, nil])
        #expect(adjusted([10, 30, 50, nil], direction: .lowerIsBetter).values == [130, 100, 70, nil])
        #expect(adjusted([10, 50], reference: 20, direction: .higherIsBetter).values == [85, 145])
        #expect(adjusted([5, 5], direction: .higherIsBetter).degeneracy == .constant)
    }
}
