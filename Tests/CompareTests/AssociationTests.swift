import Compare
import Indicators
import Testing

/// numpy 2.4.6 and scipy 1.17.1: `stats.spearmanr`, `stats.kendalltau`, and the covariance with mid-ranks written out.
private let x = [61.3, 85.7, 74.8, 25.3, 32, 83.6, 5.5, 78.9, 76.7, 47.1, 32.3, 30.1, 27.9, 45.1]
private let y = [16.0, 17, 30, 24, 19, 30, 7, 6, 19, 2, 2, 16, 15, 28]
private let weights = [33.0, 25, 18, 21, 11, 20, 15, 10, 39, 1, 4, 8, 38, 27]

@Suite struct `Concentration by rank` {
    @Test func `agrees with the covariance with mid-ranks, weighted and not`() throws {
        let weighted = try #require(Concentration(of: x, rankedBy: y, weights: weights))
        expect(weighted.index, 0.10486169832626899)
        expect(weighted.giniOfRanking, 0.20358205964852025)
        expect(weighted.kakwani, 0.10486169832626899 - 0.20358205964852025)
        let simple = try #require(Concentration(of: x, rankedBy: y, weights: x.map { _ in 1 }))
        expect(simple.index, 0.09916870613458463)
        expect(simple.giniOfRanking, 0.3150896722325293)
    }

    @Test func `by itself is the Gini coefficient, and by its opposite minus it`() throws {
        let own = try #require(Concentration(of: x, rankedBy: x, weights: weights))
        expect(own.index, own.gini)
        let opposite = try #require(Concentration(of: x, rankedBy: x.map { -$0 }, weights: weights))
        expect(opposite.index, own.gini.map { -$0 })
        #expect(opposite.giniOfRanking == nil)
        #expect(opposite.kakwani == nil)
    }

    @Test func `of equal values, or by equal ones, is 0`() throws {
        #expect(Concentration(of: [0.1, 0.1, 0.1], rankedBy: [1, 2, 3], weights: [1, 2, 3])?.index == 0)
        #expect(Concentration(of: [1, 2, 3], rankedBy: [5, 5, 5], weights: [1, 1, 1])?.index == 0)
        #expect(Concentration(of: [-1, 0, 1], rankedBy: [1, 2, 3], weights: [1, 1, 1]) == nil)
        #expect(Concentration(of: [], rankedBy: [], weights: []) == nil)
    }
}

@Suite struct `Intervals` {
    @Test func `of Spearman's coefficient have Bonett and Wright's width`() throws {
        let interval = try #require(Interval(ofSpearman: 0.5, count: 28))
        // z = 0.549306144334055, its error sqrt(1.125 / 25); worked out by hand.
        let half = 1.959963984540054 * (1.125 / 25).squareRoot()
        let (low, high) = (0.549306144334055 - half, 0.549306144334055 + half)
        expect(interval.low, tangent(low), tolerance: 1e-12)
        expect(interval.high, tangent(high), tolerance: 1e-12)
        #expect(Interval(ofSpearman: 0.5, count: 3) == nil)
        #expect(Interval(ofSpearman: 1, count: 30) == nil)
    }

    @Test func `of Kendall's have Fieller, Hartley and Pearson's`() throws {
        let interval = try #require(Interval(ofKendall: 0, count: 24))
        expect(interval.high, tangent(1.959963984540054 * (0.437 / 20).squareRoot()))
        #expect(interval.low == -interval.high)
        #expect(Interval(ofKendall: 0.2, count: 4) == nil)
    }

    /// tanh without the library's: (e^2z - 1) / (e^2z + 1), by its series.
    private func tangent(_ z: Double) -> Double {
        var (term, power) = (1.0, 1.0)
        for n in 1...60 {
            term *= 2 * z / Double(n)
            power += term
        }
        return (power - 1) / (power + 1)
    }
}

/// numpy 2 and scipy 1: `stats.spearmanr`, `stats.kendalltau`, the covariance with mid-ranks and the Gini coefficient over all
/// pairs written out, of the places of both countries as one list.
@Suite struct `The places of both countries` {
    private let values =
        observed("internet_users", 2017, ["TH-10": 80, "TH-50": 55, "TH-51": 48, "TH-90": 60, "TH-91": 42])
        + observed("internet_users", 2018, ["LA-LP": 20, "LA-VT": 48, "LA-XS": 12])
        + observed("mpi", 2016, ["TH-10": 0.01, "TH-50": 0.05, "TH-51": 0.04, "TH-90": 0.02, "TH-91": 0.06])
        + observed("mpi", 2018, ["LA-LP": 0.30, "LA-VT": 0.08, "LA-XS": 0.25])
        + observed("population", 2017, ["TH-10": 50, "TH-50": 18, "TH-51": 4, "TH-90": 14, "TH-91": 5])
        + observed("population", 2015, ["LA-LP": 4, "LA-VT": 9, "LA-XS": 1])

    private func options(_ metric: CompareOptions.Metric) -> CompareOptions {
        var options = CompareOptions(matchYearsWithin: 1, metrics: [metric])
        options.association = [IndicatorPairs(of: ["internet_users"], with: ["mpi"])]
        options.concentration = options.association
        return options
    }

    @Test func `are ranked as one population, beside those of each country`() throws {
        let found = try tables(values, options(.association))
        #expect(
            found.rows("association", "country", "level", "year", "year_with", "year_other", "year_with_other", "n")
                == [
                    ["LA", "province", "2018", "2018", "", "", "3"], ["TH", "province", "2017", "2016", "", "", "5"],
                    ["pooled", "province", "2017", "2016", "2018", "2018", "8"],
                ]
        )
        expect(found.numbers("association", ["country": "pooled"], "spearman").first, -0.8982196964349441)
        expect(found.numbers("association", ["country": "pooled"], "kendall_tau_b").first, -0.7637626158259734)
        expect(found.numbers("association", ["country": "pooled"], "spearman_low").first, -0.9866488596206574)
        expect(found.numbers("association", ["country": "pooled"], "spearman_high").first, -0.4007597883037555)
        expect(found.numbers("association", ["country": "pooled"], "coverage").first, 1)
        #expect(found.rows("association", "country", "note").last?[1].contains("years differ") == true)
    }

    @Test func `hold what is concentrated, each the same or by their people`() throws {
        let found = try tables(values, options(.concentration))
        let pooled = ["simple", "population"].map { ["country": "pooled", "weighting": $0] }
        for (column, expected) in [
            ("concentration", [-0.23047945205479453, -0.13708026727564912]),
            ("gini", [0.24486301369863014, 0.13935267416617328]),
            ("gini_ranked_by", [0.5108024691358025, 0.5571980996574963]),
        ] {
            for (keys, number) in zip(pooled, expected) {
                expect(found.numbers("concentration", keys, column).first, number)
            }
        }
        #expect(
            found.rows("concentration", "country", "weighting", "weight_year", "weight_year_other", "coverage_basis")
                .filter { $0[0] == "pooled" } == [
                    ["pooled", "population", "2017", "2015", "population"],
                    ["pooled", "simple", "2017", "2015", "population"],
                ]
        )
    }

    @Test func `are not taken together where their years are too far apart`() throws {
        var options = options(.association)
        options.matchYearsWithin = 0
        options.association[0].yearsWithin = 1
        let found = try tables(values, options)
        #expect(found.rows("association", "country") == [["LA"], ["TH"]])
    }
}

@Suite struct `Parity of groups` {
    @Test func `is not capped, and adjusted lies as far from 1 on either side`() {
        let ahead = GroupParity(numerator: 50, denominator: 40)
        #expect(ahead.index == 1.25)
        #expect(ahead.adjusted == 1.2)
        #expect(ahead.difference == 10)
        let behind = GroupParity(numerator: 40, denominator: 50)
        #expect(behind.index == 0.8)
        #expect(behind.adjusted == 0.8)
    }

    @Test(arguments: [(1.0, 0.0), (-1, 2), (0, 0)])
    func `has no value where the denominator is 0 or either is negative`(pair: (Double, Double)) {
        let found = GroupParity(numerator: pair.0, denominator: pair.1)
        #expect(found.index == nil && found.adjusted == nil && found.interval == nil)
    }

    @Test func `pairs groups by what stands behind their words`() throws {
        let values =
            observed("internet_users", 2017, ["LA": 27.9, "LA-VT": 30], group: "women")
            + observed("internet_users", 2017, ["LA": 30, "LA-LP": 3], group: "men")
            + observed("internet_users", 2017, ["LA": 9], group: "women 15-19")
            + observed("internet_users", 2017, ["LA": 10], group: "men 15-19")
            + observed("internet_users", 2017, ["TH": 50], group: "women")
            + observed("internet_users", 2016, ["TH": 40], group: "men")
            + observed("internet_users", 2017, ["LA": 1], group: "rural")
        var options = CompareOptions(metrics: [.parity])
        options.matchYearsWithin = 1
        let found = try tables(values, options)
        let rows = found.rows("parity", "numerator", "denominator", "place", "parity")
        #expect(rows == [["women", "men", "LA", "0.9299999999999999"], ["women 15-19", "men 15-19", "LA", "0.9"]])
        #expect(found.codes == ["group-without-counterpart"])
    }

    @Test func `stands beside the reference's of the nearest year`() throws {
        let values =
            observed("internet_users", 2017, ["LA": 20, "TH": 45], group: "women")
            + observed("internet_users", 2017, ["LA": 40, "TH": 50], group: "men")
        let found = try tables(values, [.parity])
        #expect(
            found.rows("parity", "place", "parity", "year_benchmark", "parity_benchmark") == [
                ["LA", "0.5", "2017", "0.9"], ["TH", "0.9", "2017", "0.9"],
            ]
        )
    }
}

@Suite struct `Composition of a gap` {
    @Test func `adds up to the gap`() throws {
        let one = CompositionSplit.Population(shares: [0.5, 0.5], rates: [80, 40])
        let other = CompositionSplit.Population(shares: [0.3, 0.7], rates: [60, 20])
        let split = try #require(CompositionSplit(reference: one, other: other))
        // 0.2 x 70 and -0.2 x 30; 20 x 0.4 and 20 x 0.6: together 60 - 32.
        for (found, expected) in zip(split.composition + split.rate, [14.0, -6, 8, 12]) { expect(found, expected) }
    }

    @Test func `takes a rate that nobody has from the other side`() throws {
        let one = CompositionSplit.Population(shares: [1, 0], rates: [80, nil])
        let other = CompositionSplit.Population(shares: [0.5, 0.5], rates: [60, 20])
        let split = try #require(CompositionSplit(reference: one, other: other))
        #expect(split.rates.reference == [80, 20])
        expect((split.composition + split.rate).reduce(0, +), 80 - 40)
        let missing = CompositionSplit.Population(shares: [0.5, 0.5], rates: [60, nil])
        #expect(CompositionSplit(reference: missing, other: other) == nil)
    }

    @Test func `of two countries by urban and rural`() throws {
        let values =
            observed("internet_users", 2017, ["TH": 80, "LA": 60], group: "urban")
            + observed("internet_users", 2017, ["TH": 40, "LA": 20], group: "rural")
            + observed("population", 2016, ["TH": 30, "LA": 3], group: "urban")
            + observed("population", 2016, ["TH": 30, "LA": 7], group: "rural")
        var options = CompareOptions(metrics: [.gapComposition])
        options.composition = [
            CompositionOptions(indicator: "internet_users", groups: ["urban", "rural"], shares: .counts("population"))
        ]
        let found = try tables(values, options)
        expect(found.numbers("gap-composition", ["component": "all"], "composition_effect").first, 8)
        expect(found.numbers("gap-composition", ["component": "all"], "rate_effect").first, 20)
        expect(found.numbers("gap-composition", ["component": "urban"], "effect").first, 22)
    }
}
