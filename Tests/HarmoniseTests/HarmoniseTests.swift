import Harmonise
import Indicators
import Testing

@Suite struct `Harmonising a source` {
    @Test func `seeks spellings near to 500 unknown names, no more`() throws {
        let values = (0..<600).map { rawValue("Loey\($0 / 100)\($0 / 10 % 10)\($0 % 10)", "2018", 1) }
        let result = try harmonised(values)
        let hints = result.findings.filter { $0.code == "unknown-place" }.map(\.hint)
        #expect(hints.count == 600)
        #expect(hints.count { $0.hasPrefix("near spellings are sought for 500") } == 100)
        #expect(result.tally.refused == 600)
    }

    @Test func `accounts for every value`() throws {
        let source = try harmonised([
            rawValue("จังหวัดเลย", "2561", 10),
            rawValue("Nong Khai", "2561", nil),
            rawValue("Whole Kingdom", "2561", 99),
            rawValue("รวม", "2561", 99),
            rawValue("Buogkan", "2561", 1),
            rawValue("Vientiane", "2561", 1),
            rawValue("Loei", "61", 1),
            rawValue("Loei", "2562", 1, indicator: "unheard_of"),
            rawValue("", "", nil),
            rawValue("", "2561", 7),
        ])
        #expect(source.tally == Tally(read: 10, used: 2, refused: 5, setAside: 3))
        #expect(source.tally.isBalanced)
        #expect(
            source.codes == [
                "calendar-detected", "rows-set-aside", "unknown-place", "ambiguous-place", "period-unclear",
                "unknown-indicator", "place-missing",
            ]
        )
    }

    @Test func `makes nothing of nothing`() throws {
        let source = try harmonised([])
        #expect(source.observations.isEmpty)
        #expect(source.findings.isEmpty)
        #expect(source.tally == Tally())
    }

    @Test func `keeps a missing value missing, with its cell and text`() throws {
        let source = try harmonised([rawValue("Loei", "2018", nil, text: "...")])
        let observation = try #require(source.observations.first)
        #expect(observation.value == nil)
        #expect(observation.status == .missing)
        #expect(observation.texts == ["..."])
        #expect(observation.origins.map(\.record) == [2])
    }

    @Test func `gives a missing marker the status that the source declares for it`() throws {
        let options = HarmoniseOptions(grade: .survey, status: .provisional, markers: ["c": .suppressed])
        let source = try harmonised([rawValue("Loei", "2018", nil, text: "c"), rawValue("Loei", "2019", 3)], options)
        #expect(source.observations.map(\.status) == [.suppressed, .provisional])
        #expect(source.observations.map(\.grade) == [.survey, .survey])
    }

    @Test func `does not depend on the order of the rows`() throws {
        let values = ["Loei", "Nong Khai", "Buriram", "Whole Kingdom", "Vientiane Capital", "Vientiane"].enumerated()
            .flatMap { index, name in (2005...2012).map { rawValue(name, String($0 + 543), Double(index * 100 + $0)) } }
        func outcome(_ values: [RawValue]) throws -> [String] {
            try harmonised(values).observations.map { "\($0.place) \($0.year) \($0.value ?? -1) \($0.status.rawValue)" }
        }
        var shuffled = values
        var generator = Lehmer(state: 7)
        shuffled.shuffle(using: &generator)
        #expect(try outcome(shuffled) == outcome(values))
    }

    @Test func `says how it read a name, a calendar and a unit`() throws {
        let options = HarmoniseOptions(grade: .official, unitFactor: 100)
        let source = try harmonised([rawValue("จ.เลย", "2561", 0.29, indicator: "internet_users")], options)
        let observation = try #require(source.observations.first)
        #expect(observation.value == 29)
        #expect(observation.decisions.map(\.subject) == ["place", "calendar", "unit"])
    }

    @Test(arguments: [(0.29, 100.0, 29.0), (1.1, 1000, 1100), (351, 0.1, 35.1), (2, 1.5, 3), (0.07, 100, 7)])
    func `moves the decimal point exactly`(_ value: Double, _ factor: Double, _ expected: Double) throws {
        let options = HarmoniseOptions(grade: .official, unitFactor: factor)
        #expect(try harmonised([rawValue("Loei", "2018", value)], options).observations.first?.value == expected)
    }

    @Test func `states the calendar once a file`() throws {
        let buddhist = try harmonised((2550...2556).map { rawValue("Loei", String($0), 1) })
        let findings = buddhist.findings.filter { $0.code == "calendar-detected" }
        #expect(findings.map(\.found) == ["Buddhist Era 2550 to 2556"])
        let mixed = try harmonised([rawValue("Loei", "2550", 1), rawValue("Loei", "2008", 1)])
        #expect(mixed.findings.map(\.code) == ["calendar-mixed"])
        #expect(mixed.findings.map(\.severity) == [.warning])
        let declared = HarmoniseOptions(grade: .official, calendar: .buddhist)
        #expect(try harmonised([rawValue("Loei", "2550", 1)], declared).findings.isEmpty)
    }

    @Test func `sets other countries and years aside, and says so`() throws {
        let options = HarmoniseOptions(grade: .official, calendar: .common, period: 2012...2024, countries: ["TH"])
        let source = try harmonised(
            [rawValue("Loei", "2011", 1), rawValue("Loei", "2012", 1), rawValue("ແຂວງວຽງຈັນ", "2012", 1)],
            options
        )
        #expect(source.tally == Tally(read: 3, used: 1, refused: 0, setAside: 2))
        #expect(source.codes == ["outside-period", "other-country"])
    }

    @Test func `reports an unknown name once, with the nearest and the line to add`() throws {
        let source = try harmonised((2012...2019).map { rawValue("Buogkan", String($0), 1) })
        let finding = try #require(source.findings.first { $0.code == "unknown-place" })
        #expect(finding.found == "Buogkan (8 cells)")
        #expect(finding.record == 2)
        #expect(finding.hint.contains("Bungkan (TH-38)"))
        #expect(finding.hint.hasSuffix("Buogkan,TH-38,en,,,"))
        #expect(source.tally.refused == 8)
    }

    @Test func `catches a region's code that poses as a province's`() throws {
        let options = HarmoniseOptions(grade: .secondary, levels: [.country, .region, .province])
        let source = try harmonised(
            [
                rawValue(
                    "South",
                    "2022-01-01 00:00:00+00:00",
                    0.8,
                    code: "TH27",
                    country: "THA",
                    indicator: "internet_users"
                ),
                rawValue(
                    "Bangkok",
                    "2022-01-01 00:00:00+00:00",
                    0.2,
                    code: "TH10",
                    country: "THA",
                    indicator: "internet_users"
                ),
                rawValue("", "2022-01-01 00:00:00+00:00", 0.5, country: "THA", indicator: "internet_users"),
                rawValue(
                    "Vientiane",
                    "2017-01-01 00:00:00+00:00",
                    15.5,
                    code: "LA10",
                    country: "LAO",
                    indicator: "internet_users"
                ),
            ],
            options
        )
        #expect(source.observations.map(\.place) == ["LA-VI", "TH", "TH-10", "TH-SOUTH"])
        let mismatches = source.findings.filter { $0.code == "code-name-mismatch" }
        #expect(mismatches.map(\.found) == ["South, code TH27"])
        let south = try #require(source.observation("TH-SOUTH", 2022))
        #expect(south.decisions.contains { $0.subject == "place" && $0.statement.contains("TH-27") })
    }
}

@Suite struct `Levels and totals` {
    private static let rows: [(String, Double)] = [
        ("Buri Ram", 10), ("Bueng Kan", 20), ("Loei", 30), ("Nong Khai", 40),
    ]

    private func northeast(
        _ total: Double,
        _ year: String = "2015",
        indicator: String = "population",
        total name: String = "Northeast"
    ) -> [RawValue] {
        Self.rows.map { rawValue($0.0, year, $0.1, indicator: indicator) }
            + [rawValue(name, year, total, indicator: indicator)]
    }

    @Test func `uses countries and regions of a file without provinces`() throws {
        let source = try harmonised([rawValue("ทั่วราชอาณาจักร", "2018", 1), rawValue("South", "2018", 2, country: "TH")])
        #expect(source.observations.map(\.place) == ["TH", "TH-SOUTH"])
    }

    @Test func `uses the country rows of one country beside the provinces of another`() throws {
        let source = try harmonised([
            rawValue("Thailand", "2018", 1), rawValue("Laos", "2018", 2), rawValue("Xiengkhouang", "2018", 2),
        ])
        #expect(source.observations.map(\.place) == ["LA-XI", "TH"])
        #expect(source.tally.setAside == 1)
    }

    @Test func `uses the levels that are declared`() throws {
        let options = HarmoniseOptions(grade: .official, levels: [.region])
        let source = try harmonised(northeast(100), options)
        #expect(source.observations.map(\.place) == ["TH-NORTHEAST"])
        #expect(source.tally == Tally(read: 5, used: 1, refused: 0, setAside: 4))
    }

    @Test(arguments: ["Northeast", "Total", "รวม"])
    func `is silent where a count is the sum of its parts`(_ name: String) throws {
        #expect(try !harmonised(northeast(100, total: name)).codes.contains("total-differs"))
        // Five numbers rounded to whole ones may be 2.5 apart.
        #expect(try !harmonised(northeast(102, total: name)).codes.contains("total-differs"))
    }

    @Test(arguments: ["Northeast", "Total", "รวม"])
    func `finds a count that is not the sum of its parts`(_ name: String) throws {
        let finding = try harmonised(northeast(110, total: name)).findings.first { $0.code == "total-differs" }
        #expect(finding?.severity == .warning)
        #expect(finding?.expected == "the sum of its 4 parts, 100")
        #expect(finding?.found.contains(name) == true)
    }

    @Test func `notes a small difference that rounding cannot explain`() throws {
        let values = Self.rows.map { rawValue($0.0, "2015", $0.1 * 1000) } + [rawValue("Northeast", "2015", 100_005)]
        let finding = try harmonised(values).findings.first { $0.code == "total-differs" }
        #expect(finding?.severity == .note)
    }

    @Test func `compares only with all parts that existed, none missing`() throws {
        #expect(try !harmonised(Array(northeast(900).dropFirst())).codes.contains("total-differs"))
        var holed = northeast(900)
        holed[0] = rawValue("Buri Ram", "2015", nil)
        #expect(try !harmonised(holed).codes.contains("total-differs"))
        // One of them twice.
        #expect(try !harmonised(northeast(900) + [rawValue("Loei", "2015", 31)]).codes.contains("total-differs"))
        // Bueng Kan did not exist in 2005: three parts are all.
        let before = northeast(900, "2005").filter { $0.place != "Bueng Kan" }
        #expect(try harmonised(before).codes.contains("total-differs"))
    }

    @Test func `compares a share with the mean weighted by its denominator`() throws {
        // Weights 1, 1, 1, 7: (10 + 20 + 30 + 7 x 40) / 10 = 34.
        let weights: WeightLookup = { denominator, place, _ in
            denominator == "population" ? (place == "TH-43" ? 7 : 1) : nil
        }
        let near = try harmonised(northeast(34.5, indicator: "internet_users"), weights: weights)
        #expect(!near.codes.contains("total-differs"))
        let far = try harmonised(northeast(25, indicator: "internet_users"), weights: weights)
        #expect(far.findings.first { $0.code == "total-differs" }?.expected.hasSuffix("34") == true)
    }

    @Test func `compares a share with the range of its parts where no weights are at hand`() throws {
        #expect(try !harmonised(northeast(25, indicator: "internet_users")).codes.contains("total-differs"))
        let finding = try harmonised(northeast(41, indicator: "internet_users")).findings.first {
            $0.code == "total-differs"
        }
        #expect(finding?.expected.contains("10 to 40") == true)
    }
}

@Suite struct `Finer periods` {
    private func quarters(_ numbers: [Double?], _ rule: SubAnnualRule?) throws -> HarmonisedSource {
        try harmonised(
            numbers.enumerated().map { rawValue("Loei", "Q\($0 + 1)/2561", $1) },
            HarmoniseOptions(grade: .official, subAnnual: rule)
        )
    }

    @Test(arguments: [(SubAnnualRule.sum, 10.0), (.mean, 2.5), (.last, 4)])
    func `brings quarters to a year by the declared rule`(_ rule: SubAnnualRule, _ expected: Double) throws {
        let source = try quarters([1, 2, 3, 4], rule)
        let observation = try #require(source.observations.first)
        #expect(source.observations.count == 1)
        #expect(observation.value == expected)
        #expect(observation.year == 2018)
        #expect(observation.origins.count == 4)
        #expect(observation.texts == ["1", "2", "3", "4"])
        #expect(source.tally == Tally(read: 4, used: 4))
        #expect(source.codes == ["calendar-detected"])
    }

    @Test(arguments: [(SubAnnualRule.sum, nil), (.mean, 2.0), (.last, 3.0)] as [(SubAnnualRule, Double?)])
    func `says that a part is missing, and does not sum without it`(_ rule: SubAnnualRule, _ expected: Double?) throws {
        let source = try quarters([1, nil, 3, nil], rule)
        #expect(source.observations.first?.value == expected)
        #expect(source.observations.first?.status == (expected == nil ? .missing : .normal))
        #expect(source.codes.contains("sub-annual-incomplete"))
        #expect(source.tally.isBalanced)
    }

    @Test func `refuses finer periods without a rule`() throws {
        let source = try quarters([1, 2, 3, 4], nil)
        #expect(source.observations.isEmpty)
        #expect(source.tally.refused == 4)
        #expect(source.codes.contains("sub-annual-undeclared"))
    }

    @Test func `refuses a part that occurs twice, and parts of two kinds`() throws {
        let options = HarmoniseOptions(grade: .official, subAnnual: .sum)
        for periods in [["Q1/2018", "Q1/2018"], ["Q1/2018", "2018-04"]] {
            let source = try harmonised(periods.map { rawValue("Loei", $0, 1) }, options)
            #expect(source.codes.contains("sub-annual-conflict"))
            #expect(source.tally.refused == 2)
        }
    }

    @Test func `uses the year's own value where there is one`() throws {
        let options = HarmoniseOptions(grade: .official, subAnnual: .sum)
        let source = try harmonised([rawValue("Loei", "2018", 9), rawValue("Loei", "Q1/2018", 2)], options)
        #expect(source.observations.map(\.value) == [9])
        #expect(source.tally == Tally(read: 2, used: 1, refused: 0, setAside: 1))
    }

    @Test func `takes a single day for its year without a rule`() throws {
        let source = try harmonised([rawValue("Loei", "2017-01-01 00:00:00+00:00", 5)])
        #expect(source.observation("TH-42", 2017)?.value == 5)
    }
}

/// A generator for tests that must shuffle the same way each time.
struct Lehmer: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
