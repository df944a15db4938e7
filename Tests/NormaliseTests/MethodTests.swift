import Indicators
import Normalise
import Testing

/// COINr 1.1.14, `Normalise()` on one vector with a missing value, a negative one and a tie; exported with 15 digits. Becker
/// et al. (2022), COINr, JOSS 7(78) 4567. The ranks of lower-is-better are COINr's with direction -1.
private let sample: [Double?] = [12.5, 0, 45.25, 45.25, nil, 100, -3.5, 7.125, 88]

@Suite struct `Methods against COINr` {
    @Test(arguments: [
        (
            Indicator.Direction.higherIsBetter, 0.0, 100.0,
            [
                15.4589371980676, 3.38164251207729, 47.1014492753623, 47.1014492753623, nil, 100, 0, 10.2657004830918,
                88.4057971014493,
            ]
        ),
        (
            .higherIsBetter, 1, 7,
            [
                1.92753623188406, 1.20289855072464, 3.82608695652174, 3.82608695652174, nil, 7, 1, 1.61594202898551,
                6.30434782608696,
            ]
        ),
        (
            .lowerIsBetter, 0, 100,
            [
                84.5410628019324, 96.6183574879227, 52.8985507246377, 52.8985507246377, nil, 0, 100, 89.7342995169082,
                11.5942028985507,
            ]
        ),
        (
            .lowerIsBetter, 1, 7,
            [
                6.07246376811594, 6.79710144927536, 4.17391304347826, 4.17391304347826, nil, 1, 7, 6.38405797101449,
                1.69565217391304,
            ]
        ),
    ])
    func `min-max`(direction: Indicator.Direction, lower: Double, upper: Double, expected: [Double?]) {
        expectClose(minMax(sample, lower: lower, upper: upper, direction: direction).values, expected)
    }

    @Test(arguments: [
        (
            Indicator.Direction.higherIsBetter, 0.0, 1.0,
            [
                -0.607988621653454, -0.92037840798792, 0.210472618542846, 0.210472618542846, nil, 1.57873988268781,
                -1.00784754816157, -0.742316229777275, 1.27884568780672,
            ]
        ),
        (
            .higherIsBetter, 100, 15,
            [
                90.8801706751982, 86.1943238801812, 103.157089278143, 103.157089278143, nil, 123.681098240317,
                84.8822867775764, 88.8652565533409, 119.182685317101,
            ]
        ),
        (
            .lowerIsBetter, 100, 15,
            [
                109.119829324802, 113.805676119819, 96.8429107218573, 96.8429107218573, nil, 76.3189017596829,
                115.117713222424, 111.134743446659, 80.8173146828992,
            ]
        ),
    ])
    func `z-score`(direction: Indicator.Direction, mean: Double, deviation: Double, expected: [Double?]) {
        let scores = zScore(sample, mean: mean, standardDeviation: deviation, direction: direction)
        expectClose(scores.values, expected)
    }

    /// COINr gives the goalposts of a reversed indicator in flipped units, -90 and -5.
    @Test(arguments: [
        (
            Indicator.Direction.higherIsBetter, true,
            [8.82352941176471, 0, 47.3529411764706, 47.3529411764706, nil, 100, 0, 2.5, 97.6470588235294]
        ),
        (
            .higherIsBetter, false,
            [
                8.82352941176471, -5.88235294117647, 47.3529411764706, 47.3529411764706, nil, 111.764705882353, -10,
                2.5,
                97.6470588235294,
            ]
        ),
        (
            .lowerIsBetter, true,
            [91.1764705882353, 100, 52.6470588235294, 52.6470588235294, nil, 0, 100, 97.5, 2.35294117647059]
        ),
        (
            .lowerIsBetter, false,
            [
                91.1764705882353, 105.882352941176, 52.6470588235294, 52.6470588235294, nil, -11.7647058823529, 110,
                97.5,
                2.35294117647059,
            ]
        ),
    ])
    func `fixed goalposts`(direction: Indicator.Direction, isClipped: Bool, expected: [Double?]) {
        let posts = Goalposts(.range(low: 5, high: 90), isClipped: isClipped)
        let scores = goalposts(sample, posts, lower: 0, upper: 100, direction: direction)
        expectClose(scores.values, expected)
        #expect(scores.clipped == (isClipped ? [1, 5, 6] : []))
    }

    @Test(
        arguments: [
            (TieRule.competition, [4, 2, 5, 5, nil, 8, 1, 3, 7], [5, 7, 3, 3, nil, 1, 8, 6, 2]),
            (.average, [4, 2, 5.5, 5.5, nil, 8, 1, 3, 7], [5, 7, 3.5, 3.5, nil, 1, 8, 6, 2]),
            (.maximum, [4, 2, 6, 6, nil, 8, 1, 3, 7], [5, 7, 4, 4, nil, 1, 8, 6, 2]),
            (.ordinal, [4, 2, 5, 6, nil, 8, 1, 3, 7], [5, 7, 3, 4, nil, 1, 8, 6, 2]),
            // Dense is not COINr's; by its definition (R's dplyr::dense_rank).
            (.dense, [4, 2, 5, 5, nil, 7, 1, 3, 6], [4, 6, 3, 3, nil, 1, 7, 5, 2]),
        ] as [(TieRule, [Double?], [Double?])]
    )
    func `ranks`(ties: TieRule, higher: [Double?], lower: [Double?]) {
        #expect(rank(sample, ties: ties, direction: .higherIsBetter).values == higher)
        #expect(rank(sample, ties: ties, direction: .lowerIsBetter).values == lower)
    }

    @Test(arguments: [
        (
            TieRule.competition, Indicator.Direction.higherIsBetter,
            [
                0.428571428571429, 0.142857142857143, 0.571428571428571, 0.571428571428571, nil, 1, 0,
                0.285714285714286,
                0.857142857142857,
            ]
        ),
        (
            .average, .higherIsBetter,
            [
                0.428571428571429, 0.142857142857143, 0.642857142857143, 0.642857142857143, nil, 1, 0,
                0.285714285714286,
                0.857142857142857,
            ]
        ),
        (
            .maximum, .lowerIsBetter,
            [
                0.571428571428571, 0.857142857142857, 0.428571428571429, 0.428571428571429, nil, 0, 1,
                0.714285714285714,
                0.142857142857143,
            ]
        ),
        (
            .ordinal, .lowerIsBetter,
            [
                0.571428571428571, 0.857142857142857, 0.285714285714286, 0.428571428571429, nil, 0, 1,
                0.714285714285714,
                0.142857142857143,
            ]
        ),
    ])
    func `percentile ranks`(ties: TieRule, direction: Indicator.Direction, expected: [Double?]) {
        expectClose(percentileRank(sample, ties: ties, direction: direction).values, expected)
    }
}

/// ITU (2024), Measuring digital development: The ICT Development Index 2024, annexes 1 and 2 (CC BY-NC-SA 3.0 IGO): goalposts,
/// and the published scores of Thailand and Lao P.D.R., one decimal.
@Suite struct `Goalposts against published indices` {
    @Test(
        arguments: [
            ("internet users", Goalposts(.course(threshold: 0, goalpost: 95)), [88, 62], [92.6, 65.3]),
            (
                "mobile traffic", Goalposts(.course(threshold: 0, goalpost: 500), form: .logarithmOfOnePlus),
                [275.5, 42],
                [90.4, 60.5]
            ),
            ("mobile basket", Goalposts(.course(threshold: 21.33, goalpost: 1)), [2.9, 8.2], [90.6, 64.5]),
        ] as [(String, Goalposts, [Double?], [Double])]
    )
    func `IDI 2024 scores come out within the rounding of inputs`(
        name: String,
        posts: Goalposts,
        values: [Double?],
        published: [Double]
    ) throws {
        let scores = goalposts(values, posts, lower: 0, upper: 100, direction: .neutral).values
        for (score, expected) in zip(scores, published) {
            let score = try #require(score)
            #expect(abs(score - expected) < 0.3, "\(name): \(score)")
        }
    }

    /// UNDP (2024), Human Development Report 2023/2024, technical note 1: ln 100 to ln 75,000. Gross national income of Laos in
    /// 1990, 1,918.79479; the index in double precision by Python 3.11.
    @Test func `HDI income index`() {
        let posts = Goalposts(.range(low: 100, high: 75_000), form: .logarithm)
        let scores = goalposts([1918.79479, 75_000, 100, 90_000], posts, direction: .higherIsBetter)
        expectClose(scores.values, [0.446261283860607, 1, 0, 1])
        #expect(scores.clipped == [3])
    }
}

@Suite struct `Methods at their edges` {
    static let constant: [Double?] = [5, nil, 5, 5]

    @Test func `nothing in, nothing out`() {
        for scores in all([]) {
            #expect(scores.values == [])
            #expect(scores.degeneracy == .allMissing)
        }
    }

    @Test func `all missing stays missing and says so`() {
        for scores in all([nil, nil]) {
            #expect(scores.values == [nil, nil])
            #expect(scores.degeneracy == .allMissing)
        }
    }

    @Test func `a constant has no min-max and no z-score`() {
        for scores in [
            minMax(Self.constant, direction: .higherIsBetter), zScore(Self.constant, direction: .lowerIsBetter),
        ] {
            #expect(scores.values == [nil, nil, nil, nil])
            #expect(scores.degeneracy == .constant)
        }
        #expect(rank(Self.constant, ties: .average, direction: .higherIsBetter).values == [2, nil, 2, 2])
    }

    @Test func `one value is constant, and has no percentile rank`() {
        #expect(minMax([7], direction: .higherIsBetter).degeneracy == .constant)
        #expect(zScore([7], direction: .higherIsBetter).degeneracy == .constant)
        let alone = percentileRank([nil, 7], ties: .competition, direction: .higherIsBetter)
        #expect(alone.values == [nil, nil])
        #expect(alone.degeneracy == .single)
    }

    @Test func `values that differ in their last bit are not constant`() {
        #expect(minMax([0.1, 0.1.nextUp], direction: .higherIsBetter).values == [0, 1])
        let scores = zScore([0.1, 0.1.nextUp], direction: .higherIsBetter)
        expectClose(scores.values, [-0.5.squareRoot(), 0.5.squareRoot()])
        expectClose(
            zScore([1e-300, 3e-300], direction: .higherIsBetter).values,
            [-0.5.squareRoot(), 0.5.squareRoot()]
        )
    }

    @Test func `a range beyond all doubles is still a range`() {
        expectClose(minMax([-1.5e308, 0, 1.5e308], direction: .higherIsBetter).values, [0, 0.5, 1])
        let scores = zScore([-1.5e308, 0, 1.5e308], direction: .higherIsBetter)
        #expect(scores.values == [nil, nil, nil])
        #expect(scores.degeneracy == .notRepresentable)
    }

    @Test func `close values far from zero keep their distance`() {
        expectClose(zScore([1e15 + 1, 1e15 + 2, 1e15 + 3], direction: .higherIsBetter).values, [-1, 0, 1])
    }

    @Test func `outside the logarithm's domain there is no score`() {
        let posts = Goalposts(.range(low: 1, high: 10), form: .logarithm)
        let scores = goalposts([0, -1, 10, nil], posts, direction: .higherIsBetter)
        #expect(scores.values == [nil, nil, 1, nil])
        #expect(scores.outsideDomain == [0, 1])
    }

    @Test func `best-first ranks are worst-first ranks counted from the other end`() {
        let values: [Double?] = [3, 1, nil, 3, 2]
        #expect(rank(values, ties: .competition, from: .best, direction: .higherIsBetter).values == [1, 4, nil, 1, 3])
        #expect(rank(values, ties: .competition, from: .best, direction: .lowerIsBetter).values == [3, 1, nil, 3, 2])
        #expect(rank(values, ties: .ordinal, from: .best, direction: .higherIsBetter).values == [1, 4, nil, 2, 3])
    }

    @Test(arguments: [
        Goalposts(.range(low: 5, high: 5)), Goalposts(.range(low: 9, high: 5)),
        Goalposts(.course(threshold: 1, goalpost: 1)),
        Goalposts(.range(low: 0, high: 5), form: .logarithm),
        Goalposts(.range(low: -1, high: 5), form: .logarithmOfOnePlus),
        Goalposts(.range(low: 0, high: .infinity)),
    ])
    func `goalposts that are no interval are a fault`(posts: Goalposts) {
        #expect(posts.fault != nil)
    }

    private func all(_ values: [Double?]) -> [Scores] {
        let posts = Goalposts(.range(low: 0, high: 1))
        return [
            minMax(values, direction: .higherIsBetter), zScore(values, direction: .higherIsBetter),
            goalposts(values, posts, direction: .higherIsBetter),
            rank(values, ties: .average, direction: .higherIsBetter),
            percentileRank(values, ties: .average, direction: .higherIsBetter),
        ]
    }
}

@Suite struct `Properties of the methods` {
    static let panels: [[Double?]] = (1...12).map { seed in noise(seed: UInt64(seed), count: 3 * seed + 2) }

    @Test(arguments: panels)
    func `a change of unit changes no score`(values: [Double?]) {
        // Powers of two and whole steps of them: the change itself rounds nothing.
        let moved = values.map { $0.map { $0 * 4 + 1024 } }
        for direction in [Indicator.Direction.higherIsBetter, .lowerIsBetter] {
            expectClose(minMax(moved, direction: direction).values, minMax(values, direction: direction).values)
            expectClose(zScore(moved, direction: direction).values, zScore(values, direction: direction).values)
            #expect(
                rank(moved, ties: .average, direction: direction) == rank(values, ties: .average, direction: direction)
            )
        }
    }

    @Test(arguments: panels)
    func `the order of the places changes no bit`(values: [Double?]) {
        let reversed = Array(values.reversed())
        for direction in [Indicator.Direction.higherIsBetter, .lowerIsBetter] {
            #expect(
                minMax(reversed, direction: direction).values.reversed() == minMax(values, direction: direction).values
            )
            #expect(
                zScore(reversed, direction: direction).values.reversed() == zScore(values, direction: direction).values
            )
        }
    }

    @Test(arguments: panels)
    func `z-scores have the mean and the deviation asked for`(values: [Double?]) throws {
        let scores = zScore(values, mean: 50, standardDeviation: 10, direction: .higherIsBetter).values.compactMap {
            $0
        }
        let count = Double(scores.count)
        let mean = scores.reduce(0, +) / count
        let variance = scores.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (count - 1)
        #expect(abs(mean - 50) < 1e-10)
        #expect(abs(variance.squareRoot() - 10) < 1e-10)
    }

    @Test(arguments: panels)
    func `the direction turns a score around`(values: [Double?]) {
        let up = minMax(values, direction: .higherIsBetter).values
        let down = minMax(values, direction: .lowerIsBetter).values
        expectClose(down, up.map { $0.map { 1 - $0 } })
    }

    /// Halves from -500 to 500, every fifth missing; Knuth's linear congruential generator (MMIX).
    private static func noise(seed: UInt64, count: Int) -> [Double?] {
        var state = seed
        return (0..<count).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return index % 5 == 4 ? nil : Double(state >> 33 & 2047) / 2 - 500
        }
    }
}
