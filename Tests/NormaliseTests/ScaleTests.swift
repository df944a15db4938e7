import Indicators
import Normalise
import Testing

/// Internet users in two countries and two years.
private let users = [
    observed("users", "TH-41", 2017, 40), observed("users", "TH-43", 2017, 60),
    observed("users", "LA-VI", 2017, 10), observed("users", "LA-VT", 2017, 30),
    observed("users", "TH-41", 2018, 50), observed("users", "TH-43", 2018, nil),
    observed("users", "LA-VI", 2018, 30), observed("users", "LA-VT", 2018, 110),
]

@Suite struct `Scales` {
    @Test func `pooled limits of each year`() {
        let result = normalised(users, scaling: [ScaleRule(method: .minMax(), years: .eachYear)])
        #expect(
            result.cells("score", method: "min-max 0 to 1") == [
                "TH-41 2017": "0.6", "TH-43 2017": "1", "LA-VI 2017": "0", "LA-VT 2017": "0.4",
                "TH-41 2018": "0.25", "TH-43 2018": "", "LA-VI 2018": "0", "LA-VT 2018": "1",
            ]
        )
        #expect(result.cells("n", method: "min-max 0 to 1")["LA-VT 2018"] == "3")
        #expect(result.cells("low", method: "min-max 0 to 1")["LA-VT 2018"] == "30")
        #expect(result.cells("limits", method: "min-max 0 to 1")["LA-VT 2018"] == "each year")
        #expect(result.findings == [])
    }

    @Test func `limits of the whole panel`() {
        let result = normalised(users, scaling: [ScaleRule(method: .minMax(upper: 100), years: .wholePanel)])
        let scores = result.cells("score", method: "min-max 0 to 100")
        #expect(scores["LA-VI 2017"] == "0")
        #expect(scores["LA-VT 2018"] == "100")
        #expect(scores["TH-43 2017"] == "50")
    }

    @Test func `limits of a base year do not clip other years`() {
        let result = normalised(users, scaling: [ScaleRule(method: .minMax(), years: .base(2017))])
        let scores = result.cells("score", method: "min-max 0 to 1")
        #expect(scores["TH-43 2017"] == "1")
        #expect(scores["LA-VT 2018"] == "2")
        #expect(result.treatments.rowCount == 0)
    }

    @Test func `a base year without values gives no scores and says so`() {
        let result = normalised(users, scaling: [ScaleRule(method: .minMax(), years: .base(1999))])
        #expect(Set(result.cells("score", method: "min-max 0 to 1").values) == [""])
        #expect(result.codes == ["all-missing"])
    }

    @Test func `within a country each has its own best`() {
        let rule = ScaleRule(method: .minMax(), scope: .withinCountry, years: .base(2017))
        let scores = normalised(users, scaling: [rule]).cells("score", method: "min-max 0 to 1")
        #expect(scores["TH-43 2017"] == "1")
        #expect(scores["LA-VT 2017"] == "1")
        #expect(scores["TH-41 2017"] == "0")
    }

    @Test func `ranks of a lower-is-better indicator`() {
        let poverty = [
            observed("poverty", "TH-41", 2017, 5), observed("poverty", "TH-43", 2017, 5),
            observed("poverty", "LA-VT", 2017, 1), observed("poverty", "LA-VI", 2017, 20),
        ]
        let result = normalised(
            poverty,
            scaling: [
                ScaleRule(method: .rank(ties: .competition), years: .eachYear),
                ScaleRule(method: .rank(ties: .ordinal, from: .best), years: .eachYear),
            ]
        )
        #expect(
            result.cells("score", method: "rank from worst (competition ties)")
                == ["LA-VI 2017": "1", "TH-41 2017": "2", "TH-43 2017": "2", "LA-VT 2017": "4"]
        )
        #expect(
            result.cells("score", method: "rank from best (ordinal ties)")
                == ["LA-VI 2017": "4", "TH-41 2017": "2", "TH-43 2017": "3", "LA-VT 2017": "1"]
        )
    }

    @Test func `what is clipped is written down`() {
        let posts = Goalposts(.range(low: 20, high: 95))
        let result = normalised(users, scaling: [ScaleRule(method: .goalposts(["users": posts]), years: .eachYear)])
        #expect(result.cells("score", method: "goalposts 0 to 1")["LA-VT 2018"] == "1")
        #expect(result.cells("treatment", method: "goalposts 0 to 1")["LA-VT 2018"] == "clipped")
        #expect(result.cells("treatment", method: "goalposts 0 to 1")["TH-41 2018"] == "")
        let clipped = (0..<result.treatments.rowCount).map { row in
            ["place", "year", "old", "new"].map { result.treatments[row, $0].text }
        }
        #expect(clipped == [["LA-VI", "2017", "10", "20"], ["LA-VT", "2018", "110", "95"]])
    }

    @Test func `a cap by two kinds of limits is two treatments`() {
        let rules = [ScaleRule.Years.eachYear, .wholePanel].map {
            ScaleRule(method: .distanceToTarget(["users": 50], isCapped: true), years: $0)
        }
        let result = normalised(users, scaling: rules)
        #expect(result.treatments.rowCount == 4)
        #expect(result.treatments.repeatedKey() == nil)
        #expect(result.treatments[0, "new"].numeric == 50)
    }

    @Test func `an indicator has a method of its own, under the rule's limits`() {
        let values = users + [observed("poverty", "TH-41", 2017, 10), observed("poverty", "LA-VT", 2017, 40)]
        let rule = ScaleRule(
            method: .minMax(),
            own: ["poverty": ScaleRule.Own(method: .fractionOfMaximum)],
            years: .wholePanel
        )
        let result = normalised(values, scaling: [rule])
        #expect(result.cells("score", method: "fraction of maximum") == ["TH-41 2017": "1", "LA-VT 2017": "0.25"])
        #expect(result.cells("limits", method: "fraction of maximum")["TH-41 2017"] == "whole panel")
        #expect(result.cells("score", method: "min-max 0 to 1").count == 8)
    }

    @Test func `a constant indicator is named, with its value`() throws {
        let result = normalised(
            [observed("users", "TH-41", 2017, 5), observed("users", "LA-VT", 2017, 5)],
            scaling: [ScaleRule(method: .zScore(), years: .eachYear)]
        )
        let finding = try #require(result.findings.first)
        #expect(finding.code == "constant-indicator")
        #expect(finding.found == "users, total, 2017, pooled: 2 values, all 5")
        #expect(result.cells("score", method: "z-score mean 0 sd 1") == ["TH-41 2017": "", "LA-VT 2017": ""])
    }

    @Test func `an indicator without a direction is left alone, and refused by name`() {
        let observations = [observed("population", "TH-41", 2017, 5), observed("population", "TH-43", 2017, 6)]
        let all = normalised(observations, scaling: [ScaleRule(method: .minMax(), years: .eachYear)])
        #expect(all.table.rowCount == 0)
        #expect(all.findings == [])
        let named = normalised(
            observations,
            scaling: [ScaleRule(indicators: .only(["population"]), method: .minMax(), years: .eachYear)]
        )
        #expect(named.codes == ["indicator-without-direction"])
    }

    @Test func `derived rates are scaled too, and other levels are not`() {
        let result = normalised(
            [
                observed("centres", "LA-VT", 2018, 8), observed("centres", "TH-41", 2018, 30),
                observed("centres", "TH", 2018, 900),
            ],
            deriving: [DenominatorRule(id: "centres_per_km2", numerator: "centres", denominator: .area(per: 1))],
            scaling: [ScaleRule(indicators: .only(["centres_per_km2"]), method: .minMax(), years: .eachYear)]
        )
        #expect(result.cells("score", method: "min-max 0 to 1") == ["LA-VT 2018": "0", "TH-41 2018": "1"])
    }

    @Test(arguments: [
        (ScaleRule(method: .minMax(lower: 1, upper: 1), years: .eachYear), "bad-scale-rule"),
        (ScaleRule(method: .zScore(standardDeviation: 0), years: .eachYear), "bad-scale-rule"),
        (ScaleRule(method: .rank(ties: .average), years: .base(2017)), "bad-scale-rule"),
        (
            ScaleRule(method: .distanceToReference(place: "TH-41"), years: .wholePanel), "bad-scale-rule"
        ),
        (ScaleRule(method: .distanceToReference(place: "TH-99"), years: .eachYear), "unknown-place"),
        (ScaleRule(method: .distanceToReference(place: "TH"), years: .eachYear), "unknown-place"),
        (
            ScaleRule(indicators: .only(["users"]), method: .distanceToTarget(["poverty": 1]), years: .eachYear),
            "scale-without-parameter"
        ),
        (
            ScaleRule(method: .minMax(), own: ["users": .init(method: .distanceToTarget([:]))], years: .eachYear),
            "scale-without-parameter"
        ),
        (
            ScaleRule(method: .fixedLimits(["users": .init(low: 5, high: 5)]), years: .eachYear), "bad-goalposts"
        ),
        (ScaleRule(method: .borda(), years: .base(2017)), "bad-scale-rule"),
        (ScaleRule(indicators: .only(["uses"]), method: .minMax(), years: .eachYear), "unknown-indicator"),
        (ScaleRule(method: .minMax(), years: .eachYear, level: PlaceLevel(rawValue: "village")), "unknown-level"),
        (
            ScaleRule(method: .goalposts(["users": Goalposts(.range(low: 9, high: 9))]), years: .eachYear),
            "bad-goalposts"
        ),
        (
            ScaleRule(method: .goalposts(["users": Goalposts(.course(threshold: 95, goalpost: 0))]), years: .eachYear),
            "goalposts-against-direction"
        ),
    ])
    func `a rule that makes no sense stops the run`(rule: ScaleRule, code: String) {
        let result = normalised(users, scaling: [rule])
        #expect(result.codes == [code])
        #expect(result.findings.allSatisfy { $0.severity == .error })
        #expect(result.table.rowCount == 0)
    }

    @Test func `the same scale twice is refused`() {
        let rule = ScaleRule(method: .minMax(), years: .eachYear)
        #expect(normalised(users, scaling: [rule, rule]).codes == ["rule-repeated"])
    }

    @Test func `no input gives empty tables`() {
        let result = normalised([], scaling: [ScaleRule(method: .minMax(), years: .wholePanel)])
        #expect(result.table.rowCount == 0)
        #expect(result.treatments.rowCount == 0)
        #expect(result.findings == [])
    }

    @Test func `every column says what it is`() {
        for schema in [TableSchema.normalised, .treatments] {
            for column in schema.columns { #expect(column.definition.hasSuffix(".")) }
        }
    }
}
