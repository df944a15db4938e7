import Indicators
import Normalise
import Testing

private func imputed(
    _ observations: [Observation],
    _ rules: [ImputationRule],
    coverage: CoverageRule? = nil,
    years: ScaleRule.Years = .wholePanel
) -> Normalised {
    normalise(
        observations,
        catalogue: catalogue,
        gazetteer: gazetteer,
        options: NormaliseOptions(
            coverage: coverage,
            imputation: rules,
            scales: [ScaleRule(method: .rank(ties: .competition), years: years)]
        )
    )
}

extension Normalised {
    /// What was imputed: by place and year, value and donors.
    fileprivate var filled: [String: String] {
        var cells: [String: String] = [:]
        for row in 0..<treatments.rowCount where treatments[row, "treatment"].text == "imputed" {
            let key =
                "\(treatments[row, "indicator"].text) \(treatments[row, "place"].text) \(treatments[row, "year"].text)"
            cells[key] = "\(treatments[row, "new"].text) (\(treatments[row, "donors"].text))"
        }
        return cells
    }

    fileprivate var scaled: [String: String] { cells("value", method: "rank from worst (competition ties)") }
}

/// COINr 1.1.14, `impute_panel()` on three places and two indicators, with the year that each value came from. Becker et al.
/// (2022), COINr, JOSS 7(78) 4567.
@Suite struct `Imputation over time against COINr` {
    private static let years = 2018...2023
    private static let input: [String: [Double?]] = [
        "TH-41": [10, nil, nil, 16, nil, 20], "LA-VT": [nil, 5, nil, nil, 11, nil],
        "TH-43": [nil, nil, 7.5, nil, nil, nil],
        "TH-41 b": [1, 2, 3, 4, 5, 6], "LA-VT b": [3, nil, 1, nil, nil, 0.5], "TH-43 b": [2, nil, nil, nil, 4, nil],
    ]

    @Test(
        arguments: [
            (
                ImputationRule.Method.latest(),
                [
                    "TH-41": [10, 10, 10, 16, 16, 20], "LA-VT": [nil, 5, 5, 5, 11, 11],
                    "TH-43": [nil, nil, 7.5, 7.5, 7.5, 7.5],
                    "LA-VT b": [3, 3, 1, 1, 1, 0.5], "TH-43 b": [2, 2, 2, 2, 4, 4],
                ]
            ),
            (
                .latest(maximumAge: 1),
                [
                    "TH-41": [10, 10, nil, 16, 16, 20], "LA-VT": [nil, 5, 5, nil, 11, 11],
                    "TH-43": [nil, nil, 7.5, 7.5, nil, nil],
                    "LA-VT b": [3, 3, 1, 1, nil, 0.5], "TH-43 b": [2, 2, nil, nil, 4, 4],
                ]
            ),
            (
                .constant(),
                [
                    "TH-41": [10, 10, 10, 16, 16, 20], "LA-VT": [5, 5, 5, 5, 11, 11],
                    "TH-43": [7.5, 7.5, 7.5, 7.5, 7.5, 7.5],
                    "LA-VT b": [3, 3, 1, 1, 1, 0.5], "TH-43 b": [2, 2, 2, 2, 4, 4],
                ]
            ),
            (
                .linear(),
                [
                    "TH-41": [10, 12, 14, 16, 18, 20], "LA-VT": [5, 5, 7, 9, 11, 11],
                    "TH-43": [7.5, 7.5, 7.5, 7.5, 7.5, 7.5],
                    "LA-VT b": [3, 2, 1, 0.8333333333333334, 0.6666666666666667, 0.5],
                    "TH-43 b": [2, 2.5, 3, 3.5, 4, 4],
                ]
            ),
        ] as [(ImputationRule.Method, [String: [Double?]])]
    )
    func `a panel`(method: ImputationRule.Method, expected: [String: [Double?]]) {
        let observations = Self.input.flatMap { key, values in
            zip(Self.years, values).map { year, value in
                observed(key.hasSuffix("b") ? "poverty" : "users", String(key.prefix(5)), year, value)
            }
        }
        let table = imputed(observations, [ImputationRule(method: method)]).table
        for (key, values) in expected {
            let found = Self.years.map { year in
                (0..<table.rowCount).first {
                    table[$0, "indicator"].text == (key.hasSuffix("b") ? "poverty" : "users")
                        && table[$0, "place"].text == String(key.prefix(5)) && table[$0, "year"].text == String(year)
                }.flatMap { table[$0, "value"].numeric }
            }
            expectClose(found, values)
        }
    }

    @Test func `the year that a value came from`() {
        let observations = zip(Self.years, Self.input["LA-VT"] ?? []).map { observed("users", "LA-VT", $0, $1) }
        #expect(
            imputed(observations, [ImputationRule(method: .linear())]).filled == [
                "users LA-VT 2018": "5 (2019)", "users LA-VT 2020": "7 (2019 2022)",
                "users LA-VT 2021": "9 (2019 2022)",
                "users LA-VT 2023": "11 (2022)",
            ]
        )
    }
}

@Suite struct `Imputation from other places` {
    private let some = [
        observed("users", "TH-41", 2018, 40), observed("users", "TH-43", 2018, 60),
        observed("users", "TH-38", 2018, nil),
        observed("users", "LA-VI", 2018, nil), observed("users", "LA-VT", 2018, nil),
    ]

    @Test func `the mean of the country, and nothing where it has no value`() {
        let result = imputed(some, [ImputationRule(method: .group(.mean, .country))])
        #expect(result.filled == ["users TH-38 2018": "50 (country TH n=2)"])
        // COINr leaves NaN.
        #expect(result.scaled["LA-VT 2018"] == "")
        #expect(
            result.findings.map { "\($0.code): \($0.found)" } == [
                "values-imputed: users, total: 1 value",
                "imputation-incomplete: users, total: 2 values without donors",
            ]
        )
    }

    @Test func `a declared fallback is over all its places`() {
        let result = imputed(some, [ImputationRule(method: .group(.median, .country, fallbacks: [.all]))])
        #expect(result.filled["users LA-VT 2018"] == "50 (level all n=2)")
        #expect(result.codes == ["values-imputed"])
    }

    @Test func `regions and groups of the author's own`() {
        #expect(
            imputed(some, [ImputationRule(method: .group(.mean, .region))]).filled
                == ["users TH-38 2018": "50 (region TH-NE n=2)"]
        )
        let border = Grouping.named(["border": ["LA-VT", "TH-43"]])
        #expect(
            imputed(some, [ImputationRule(method: .group(.mean, border))]).filled
                == ["users LA-VT 2018": "60 (group border n=1)"]
        )
    }

    /// COINr's imputation by groups altered values that were there (bluefoxr/COINr#40).
    @Test(arguments: [
        ImputationRule.Method.group(.mean, .country, fallbacks: [.all]), .group(.median, .all), .latest(), .constant(),
        .linear(), .row(.mean),
    ])
    func `observed values are never touched`(method: ImputationRule.Method) {
        let observations =
            some + [
                observed("poverty", "TH-41", 2018, 5), observed("poverty", "TH-38", 2018, 9),
                observed("users", "TH-41", 2017, 1),
            ]
        let result = imputed(observations, [ImputationRule(method: method)])
        for observation in observations {
            guard let value = observation.value else { continue }
            let row = (0..<result.table.rowCount).first { row in
                ["indicator", "place", "year"].map { result.table[row, $0].text }
                    == [observation.indicator, observation.place, String(observation.year)]
            }
            #expect(row.map { result.table[$0, "value"].numeric } == value)
        }
        #expect(result.observations.map(\.value) == normalised(observations).observations.map(\.value))
    }

    @Test func `an imputed cell carries its status and the worst grade of its donors`() {
        var observations = some
        observations[1].grade = .illustrative
        let result = imputed(observations, [ImputationRule(method: .group(.mean, .country))])
        let method = "rank from worst (competition ties)"
        #expect(result.cells("status", method: method)["TH-38 2018"] == "I")
        #expect(result.cells("treatment", method: method)["TH-38 2018"] == "imputed")
        #expect(result.cells("grade", method: method)["TH-38 2018"] == "illustrative")
        #expect(result.cells("status", method: method)["TH-41 2018"] == "A")
        #expect(result.treatments[0, "grade"].text == "illustrative")
    }

    @Test func `a rule by name beats the rule for all, and none means none`() {
        let general = ImputationRule(method: .group(.mean, .all))
        let none = ImputationRule(indicators: .only(["users"]), method: .none)
        #expect(imputed(some, [general, none]).treatments.rowCount == 0)
        #expect(imputed(some, [none, general]).treatments.rowCount == 0)
    }

    @Test func `each rule fills what the one before it left`() {
        let rules = [ImputationRule(method: .latest(maximumAge: 1)), ImputationRule(method: .group(.mean, .country))]
        let result = imputed(some + [observed("users", "TH-38", 2017, 7)], rules)
        #expect(result.filled["users TH-38 2018"] == "7 (2017)")
        // Imputed values are no donors: the mean of 2017 is of the one that was observed.
        #expect(result.filled["users TH-41 2017"] == "7 (country TH n=1)")
    }

    /// By hand: poverty runs from 5 to 9 and lower is better, so that 6 is the share (9 - 6) / 4 = 0.75; users run from 40 to 60:
    /// 40 + 0.75 × 20.
    @Test func `a row mean is brought back to the indicator's own range`() {
        let observations =
            some + [
                observed("poverty", "TH-41", 2018, 5), observed("poverty", "TH-43", 2018, 9),
                observed("poverty", "TH-38", 2018, 6),
            ]
        let result = imputed(observations, [ImputationRule(method: .row(.mean))])
        #expect(result.filled == ["users TH-38 2018": "55 (n=1)"])
    }

    @Test func `a constant indicator neither gives to a row nor receives`() {
        let observations =
            some + [
                observed("poverty", "TH-41", 2018, 5), observed("poverty", "TH-43", 2018, 5),
                observed("poverty", "TH-38", 2018, 5),
                observed("poverty", "LA-VT", 2018, nil),
            ]
        #expect(imputed(observations, [ImputationRule(method: .row(.mean))]).filled == [:])
    }
}

@Suite struct `Imputation at its edges` {
    @Test func `a place is not imputed before it was there`() {
        let result = imputed(
            [
                observed("users", "TH-38", 2012, 30), observed("users", "TH-41", 2009, 10),
                observed("users", "TH-41", 2012, 20),
            ],
            [ImputationRule(method: .constant())]
        )
        #expect(result.filled.keys.sorted() == ["users TH-38 2011", "users TH-41 2010", "users TH-41 2011"])
    }

    /// The gazetteer has more provinces than a survey of one region; nobody asked for figures of the others.
    @Test func `a place of which the sources do not speak is not imputed`() {
        let result = imputed(
            [
                observed("users", "TH-41", 2018, 4), observed("users", "TH-43", 2017, 6),
                observed("poverty", "LA-VT", 2018, 9),
            ],
            [ImputationRule(method: .group(.mean, .all))]
        )
        // The Lao province is spoken of by another indicator that is imputed.
        #expect(result.filled["users LA-VT 2018"] == "4 (level all n=1)")
        #expect(result.filled.keys.allSatisfy { !$0.contains("LA-VI") && !$0.contains("TH-38") })
    }

    @Test func `what cannot exist is not imputed`() {
        let result = imputed(
            [observed("users", "TH-41", 2018, 4), observed("users", "TH-43", 2018, nil, status: .impossible)],
            [ImputationRule(method: .group(.mean, .all))]
        )
        #expect(result.filled["users TH-43 2018"] == nil)
    }

    /// Nong Khai's figures before 2011 include Bueng Kan.
    @Test func `a value that includes another place is not carried beyond the separation`() {
        let observations = [
            observed("users", "TH-43", 2008, 50, status: .includesOther),
            observed("users", "TH-43", 2010, 52, status: .includesOther),
            observed("users", "TH-43", 2014, 60, status: .seriesBreak), observed("users", "TH-43", 2016, 64),
        ]
        #expect(
            imputed(observations, [ImputationRule(method: .latest())]).filled
                == ["users TH-43 2009": "50 (2008)", "users TH-43 2015": "60 (2014)"]
        )
        #expect(
            imputed(observations, [ImputationRule(method: .linear())]).filled
                == ["users TH-43 2009": "51 (2008 2010)", "users TH-43 2015": "62 (2014 2016)"]
        )
    }

    @Test func `a gap wider than the rule allows stays a gap`() {
        let observations = [
            observed("users", "TH-41", 2010, 10), observed("users", "TH-41", 2013, 16),
            observed("users", "TH-43", 2016, 1),
        ]
        let filled = imputed(observations, [ImputationRule(method: .linear(maximumGap: 2))]).filled
        // Held ends are bound by the same number of years.
        #expect(
            filled == [
                "users TH-41 2014": "16 (2013)", "users TH-41 2015": "16 (2013)", "users TH-43 2014": "1 (2016)",
                "users TH-43 2015": "1 (2016)",
            ]
        )
    }

    /// A panel with a single observation crashed another tool (bluefoxr/COINr#63).
    @Test(arguments: [ImputationRule.Method.latest(), .constant(), .linear(), .group(.mean, .all), .row(.median)])
    func `one observation is enough not to crash`(method: ImputationRule.Method) {
        let result = imputed([observed("users", "TH-41", 2018, 4)], [ImputationRule(method: method)])
        #expect(result.findings.allSatisfy { $0.severity != .error })
        #expect(imputed([], [ImputationRule(method: method)]).table.rowCount == 0)
        #expect(imputed([observed("users", "TH-41", 2018, nil)], [ImputationRule(method: method)]).filled == [:])
    }

    @Test(arguments: [
        (ImputationRule(indicators: .only(["user"]), method: .latest()), "unknown-indicator"),
        (ImputationRule(method: .latest(maximumAge: 0)), "bad-imputation-rule"),
        (ImputationRule(method: .row(.mean, years: .base(2018))), "bad-imputation-rule"),
        (ImputationRule(method: .group(.mean, .named(["a": ["TH-99"]]))), "unknown-place"),
        (ImputationRule(method: .group(.mean, .named(["a": ["TH-41"], "b": ["TH-41"]]))), "place-in-two-groups"),
        (ImputationRule(method: .latest(), level: PlaceLevel(rawValue: "village")), "unknown-level"),
    ])
    func `a rule that makes no sense stops the run`(rule: ImputationRule, code: String) {
        let result = imputed([observed("users", "TH-41", 2018, 4)], [rule])
        #expect(result.codes == [code])
        #expect(result.findings.allSatisfy { $0.severity == .error })
    }

    @Test func `none beside another rule for the same indicator stops the run`() {
        let rules = [ImputationRule.Method.none, .latest()].map {
            ImputationRule(indicators: .only(["users"]), method: $0)
        }
        #expect(imputed([], rules).codes == ["rule-repeated"])
        #expect(imputed([], rules.reversed()).codes == ["rule-repeated"])
        #expect(
            imputed([], [ImputationRule(method: .none), ImputationRule(method: .latest())]).codes == ["rule-repeated"]
        )
    }

    @Test func `imputation without a scale stops the run`() {
        let result = normalise(
            [observed("users", "TH-41", 2018, 4)],
            catalogue: catalogue,
            gazetteer: gazetteer,
            options: NormaliseOptions(imputation: [ImputationRule(method: .latest())])
        )
        #expect(result.codes == ["rule-without-scale"])
    }
}

@Suite struct `Coverage` {
    private let observations = [
        observed("users", "TH-41", 2018, 40), observed("poverty", "TH-41", 2018, 4),
        observed("users", "TH-43", 2018, 60), observed("users", "LA-VT", 2018, 10),
        observed("poverty", "LA-VT", 2018, 8),
        observed("users", "LA-VI", 2018, nil),
    ]
    private let method = "rank from worst (competition ties)"

    @Test func `a place with too few indicators has no score, and its values set no limits`() {
        let result = imputed(
            observations,
            [ImputationRule(method: .group(.mean, .all))],
            coverage: CoverageRule(place: 0.6)
        )
        let table = result.table
        let scores = Dictionary(
            uniqueKeysWithValues: (0..<table.rowCount).map { row in
                (["indicator", "place"].map { table[row, $0].text }.joined(separator: " "), table[row, "score"].text)
            }
        )
        // The Thai province with one indicator of two: its value stands, its score does not.
        #expect(
            scores == [
                "users TH-41": "2", "users TH-43": "", "users LA-VT": "1", "users LA-VI": "", "poverty TH-41": "2",
                "poverty LA-VT": "1",
            ]
        )
        #expect(result.filled == [:])
        #expect(
            result.findings.map(\.found) == [
                "LA-VI, total: 2018 (0)", "TH-43, total: 2018 (1)",
            ]
        )
        #expect(Set(result.codes) == ["coverage-too-low"])
    }

    @Test func `a share that is just reached is enough`() {
        #expect(imputed(observations, [], coverage: CoverageRule(place: 0.5)).findings.count == 1)
        #expect(imputed(observations, [], coverage: CoverageRule(place: 0)).findings == [])
    }

    @Test func `a group of which too few places are observed has no score in the indicator`() {
        let result = imputed(observations, [], coverage: CoverageRule(group: 0.6))
        #expect(
            result.findings.map(\.found) == [
                "poverty, total, country LA: 2018 (1 of 2)", "poverty, total, country TH: 2018 (1 of 3)",
                "users, total, country LA: 2018 (1 of 2)", "poverty, total, 2018..2018, pooled: 0 values",
            ]
        )
        #expect(result.cells("score", method: method)["TH-43 2018"] == "2")
    }

    @Test func `a value that is not too old counts`() {
        let observations = observations + [observed("poverty", "TH-43", 2016, 5)]
        let strict = imputed(observations, [], coverage: CoverageRule(place: 1))
        let patient = imputed(observations, [], coverage: CoverageRule(place: 1, within: 2))
        #expect(strict.findings.contains { $0.found.hasPrefix("TH-43, total: 2016 (1), 2018 (1)") })
        #expect(
            patient.findings.contains { $0.found.hasPrefix("TH-43, total: 2016 (1)") && !$0.found.contains("2018") }
        )
    }

    @Test(arguments: [
        (CoverageRule(place: 1.5), "bad-coverage-rule"), (CoverageRule(group: -0.1), "bad-coverage-rule"),
        (CoverageRule(place: 0.5, within: -1), "bad-coverage-rule"),
        (CoverageRule(place: 0.5, indicators: .only(["uses"])), "unknown-indicator"),
    ])
    func `a rule that makes no sense stops the run`(rule: CoverageRule, code: String) {
        #expect(imputed(observations, [], coverage: rule).codes == [code])
    }
}
