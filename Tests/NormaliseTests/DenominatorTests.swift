import Indicators
import Normalise
import Testing

private func perHundredThousand(_ years: DenominatorRule.YearRule) -> DenominatorRule {
    DenominatorRule(
        id: "centres_per_100k",
        numerator: "centres",
        denominator: .indicator("population", years: years, per: 100_000)
    )
}

private let perSquareKilometre = DenominatorRule(
    id: "centres_per_km2",
    numerator: "centres",
    denominator: .area(per: 1)
)

private let shareOfCountry = DenominatorRule(
    id: "centres_share",
    numerator: "centres",
    denominator: .total(of: .country)
)

@Suite struct `Denominators` {
    @Test func `a rate is the quotient times so many`() throws {
        let result = normalised(
            [observed("centres", "TH-41", 2018, 30), observed("population", "TH-41", 2018, 1_500_000)],
            deriving: [perHundredThousand(.same)]
        )
        let rate = try result.derived("centres_per_100k")
        #expect(rate.value == 2)
        #expect(rate.origins.map(\.file) == ["centres.csv", "population.csv"])
        #expect(rate.texts == ["30.0", "1500000.0"])
        #expect(
            rate.decisions.map(\.statement) == ["centres 30 divided by population 1500000 (2018), times 100000"]
        )
        #expect(result.findings == [])
        #expect(result.cells("value", method: "per 100000") == ["TH-41 2018": "2"])
        #expect(result.cells("denominator_value", method: "per 100000") == ["TH-41 2018": "1500000"])
        #expect(result.cells("denominator_year", method: "per 100000") == ["TH-41 2018": "2018"])
        #expect(result.cells("unit", method: "per 100000") == ["TH-41 2018": "per 100,000"])
        #expect(result.cells("score", method: "per 100000") == ["TH-41 2018": ""])
    }

    @Test(arguments: [
        (DenominatorRule.YearRule.same, 2016, Int?.none),
        (.nearest(within: 0), 2016, nil),
        (.nearest(within: 1), 2016, 2017),
        (.nearest(within: 5), 2014, 2013),
        // 2015 is as far from 2013 as from 2017: the later.
        (.nearest(within: 2), 2015, 2017),
        (.latestBefore(within: 2), 2016, nil),
        (.latestBefore(within: 3), 2016, 2013),
        (.latestBefore(within: 3), 2017, 2017),
        (.latestBefore(within: .max), 2030, 2017),
        (.nearest(within: .max), 1990, 2013),
        (.fixed(2013), 2040, 2013),
        (.fixed(2014), 2014, nil),
    ])
    func `the year rule decides whose denominator`(years: DenominatorRule.YearRule, year: Int, expected: Int?) throws {
        let result = normalised(
            [
                observed("centres", "TH-41", year, 10), observed("population", "TH-41", 2013, 1000),
                observed("population", "TH-41", 2015, nil), observed("population", "TH-41", 2017, 2000),
            ],
            deriving: [perHundredThousand(years)]
        )
        let rate = try result.derived("centres_per_100k")
        #expect(rate.value == expected.map { $0 == 2013 ? 1000 : 500 })
        #expect(rate.status == (expected == nil ? .missing : .normal))
        #expect(result.codes == (expected == nil ? ["denominator-missing"] : []))
        #expect(result.cells("denominator_year", method: "per 100000").values.first == expected.map(String.init) ?? "")
    }

    @Test(arguments: [(0.0, "denominator-zero"), (-5.0, "denominator-negative")])
    func `nothing is divided by zero or less`(population: Double, code: String) throws {
        let result = normalised(
            [observed("centres", "TH-41", 2018, 30), observed("population", "TH-41", 2018, population)],
            deriving: [perHundredThousand(.nearest(within: 3))]
        )
        #expect(try result.derived("centres_per_100k").value == nil)
        #expect(result.codes == [code])
        #expect(result.findings.first?.file == "centres.csv")
    }

    @Test func `a missing numerator stays missing without a finding`() throws {
        let result = normalised(
            [observed("centres", "TH-41", 2018, nil, status: .suppressed), observed("population", "TH-41", 2018, 5)],
            deriving: [perHundredThousand(.same)]
        )
        let rate = try result.derived("centres_per_100k")
        #expect(rate.value == nil)
        #expect(rate.status == .suppressed)
        #expect(result.findings == [])
    }

    @Test func `groups are divided by their own denominator only`() throws {
        let result = normalised(
            [
                observed("centres", "TH-41", 2018, 30, group: "rural"),
                observed("population", "TH-41", 2018, 1000),
            ],
            deriving: [perHundredThousand(.same)]
        )
        #expect(result.codes == ["denominator-missing"])
    }

    @Test func `grade and status are the most telling of both`() throws {
        let result = normalised(
            [
                observed("centres", "TH-41", 2018, 30, status: .provisional, grade: .survey),
                observed("population", "TH-41", 2018, 1000, status: .estimated, grade: .illustrative),
            ],
            deriving: [perHundredThousand(.same)]
        )
        let rate = try result.derived("centres_per_100k")
        #expect(rate.status == .estimated)
        #expect(rate.grade == .illustrative)
    }

    @Test func `a standard error is divided like its value, unless the denominator has one too`() throws {
        let exact = normalised(
            [observed("centres", "TH-41", 2018, 30, error: 3), observed("population", "TH-41", 2018, 100_000)],
            deriving: [perHundredThousand(.same)]
        )
        #expect(try exact.derived("centres_per_100k").standardError == 3)
        let both = normalised(
            [observed("centres", "TH-41", 2018, 30, error: 3), observed("population", "TH-41", 2018, 1e5, error: 9)],
            deriving: [perHundredThousand(.same)]
        )
        #expect(try both.derived("centres_per_100k").standardError == nil)
    }

    @Test func `a province before its split is not divided by what is left of it`() throws {
        let result = normalised(
            [
                observed("centres", "TH-43", 2009, 9, status: .includesOther),
                observed("population", "TH-43", 2010, 509_395, status: .seriesBreak),
            ],
            deriving: [perHundredThousand(.nearest(within: 2)), perSquareKilometre]
        )
        #expect(try result.derived("centres_per_100k").value == nil)
        #expect(try result.derived("centres_per_km2").value == nil)
        #expect(result.codes == ["denominator-other-boundaries", "denominator-other-boundaries"])
    }

    @Test func `areas come from the gazetteer`() throws {
        let result = normalised(
            [observed("centres", "LA-VT", 2018, 8), observed("centres", "LA-VI", 2018, 8)],
            deriving: [perSquareKilometre]
        )
        #expect(result.cells("value", method: "per km2") == ["LA-VI 2018": "", "LA-VT 2018": "0.002"])
        #expect(result.cells("denominator", method: "per km2")["LA-VT 2018"] == "area_km2")
        #expect(result.codes == ["denominator-missing"])
    }

    @Test func `shares of a total add up to a hundred, over the places that existed`() {
        let result = normalised(
            [
                observed("centres", "TH-41", 2009, 30), observed("centres", "TH-43", 2009, 10),
                observed("centres", "LA-VI", 2009, 7), observed("centres", "LA-VT", 2009, 0),
            ],
            deriving: [shareOfCountry]
        )
        #expect(
            result.cells("value", method: "share of country")
                == ["TH-41 2009": "75", "TH-43 2009": "25", "LA-VI 2009": "100", "LA-VT 2009": "0"]
        )
        #expect(result.findings == [])
    }

    @Test func `no share of a total that lacks a place`() {
        let result = normalised(
            [observed("centres", "TH-41", 2018, 30), observed("centres", "TH-43", 2018, 10)],
            deriving: [shareOfCountry]
        )
        #expect(result.cells("value", method: "share of country") == ["TH-41 2018": "", "TH-43 2018": ""])
        #expect(result.codes == ["total-incomplete", "total-incomplete"])
        #expect(result.findings.first?.found.contains("1 of 3 places of TH: TH-38") == true)
    }

    @Test func `a value of the input stands against a derived one`() throws {
        let result = normalised(
            [
                observed("centres", "TH-41", 2018, 30), observed("population", "TH-41", 2018, 1000),
                observed("centres_per_100k", "TH-41", 2018, 7),
            ],
            deriving: [perHundredThousand(.same)]
        )
        #expect(try result.derived("centres_per_100k").value == 7)
        #expect(result.codes == ["derived-observed"])
    }

    @Test func `a quotient beyond all doubles is a finding`() throws {
        let result = normalised(
            [observed("centres", "TH-41", 2018, 1e300), observed("population", "TH-41", 2018, 1e-300)],
            deriving: [perHundredThousand(.same)]
        )
        #expect(try result.derived("centres_per_100k").value == nil)
        #expect(result.codes == ["not-representable"])
    }

    @Test(arguments: [
        (DenominatorRule(id: "nobody", numerator: "centres", denominator: .area(per: 1)), "unknown-indicator"),
        (
            DenominatorRule(id: "centres_per_km2", numerator: "centres", denominator: .area(per: 0)),
            "bad-denominator-rule"
        ),
        (DenominatorRule(id: "centres", numerator: "centres", denominator: .area(per: 1)), "bad-denominator-rule"),
        (perHundredThousand(.nearest(within: -1)), "bad-denominator-rule"),
    ])
    func `a rule that cannot be applied stops the run`(rule: DenominatorRule, code: String) {
        let result = normalised([observed("centres", "TH-41", 2018, 30)], deriving: [rule])
        #expect(result.codes == [code])
        #expect(result.findings.allSatisfy { $0.severity == .error })
        #expect(result.table.rowCount == 0)
    }

    @Test func `a later rule divides what an earlier one derived`() throws {
        let second = DenominatorRule(
            id: "centres_per_capita",
            numerator: "centres_per_100k",
            denominator: .indicator("population", years: .same, per: 1)
        )
        let result = normalised(
            [observed("centres", "TH-41", 2018, 30), observed("population", "TH-41", 2018, 10)],
            deriving: [perHundredThousand(.same), second]
        )
        #expect(try result.derived("centres_per_capita").value == 30_000)
    }

    @Test func `the order of the observations changes nothing`() {
        let observations = (2010...2016).flatMap { year in
            ["TH-41", "TH-43", "LA-VT"].flatMap { place in
                [observed("centres", place, year, Double(year % 7) + 1), observed("population", place, year, 1000)]
            }
        }
        let rules = [perHundredThousand(.nearest(within: 2)), shareOfCountry]
        let scales = [ScaleRule(method: .zScore(), years: .wholePanel)]
        let one = normalised(observations, deriving: rules, scaling: scales)
        let other = normalised(observations.reversed(), deriving: rules, scaling: scales)
        #expect(one.observations == other.observations)
        #expect(text(of: one.table) == text(of: other.table))
    }

    private func text(of table: Table) -> [[String]] {
        (0..<table.rowCount).map { table.row($0).map(\.text) }
    }
}
