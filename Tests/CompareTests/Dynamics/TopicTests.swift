import Compare
import Indicators
import Testing

/// Four indicators over three topics, of which the second has none of its figures; `access.node` is a node of an index.
private let framework: Catalogue = {
    func indicator(_ id: String, _ topic: String, _ direction: Indicator.Direction = .higherIsBetter) -> Indicator {
        Indicator(
            id: id,
            topic: topic,
            basis: .memorandum,
            names: LocalisedText(english: id),
            unit: "%",
            kind: .share,
            direction: direction
        )
    }
    func topic(_ id: String, _ basis: Indicator.Basis) -> Topic {
        Topic(id: id, basis: basis, names: LocalisedText(english: id))
    }
    return Catalogue(
        [
            indicator("users", "inclusion"), indicator("owners", "inclusion"), indicator("offices", "post"),
            indicator("poor", "context", .lowerIsBetter), indicator("access.node", "inclusion"),
        ],
        topics: [topic("post", .memorandum), topic("inclusion", .existing), topic("context", .context)]
    )
}()

private func compared(_ observations: [Observation], _ metrics: Set<CompareOptions.Metric> = [.topics]) -> Compared {
    compare(observations, catalogue: framework, gazetteer: borderland, options: CompareOptions(metrics: metrics))
}

private func topic(_ id: String, _ observations: [Observation], _ columns: String...) throws -> [String] {
    let table = try #require(compared(observations).tables.first { $0.schema.name == "topics" })
    let row = try #require((0..<table.rowCount).first { table[$0, "topic"].text == id })
    return columns.map { table[row, $0].text }
}

@Suite struct `Topics` {
    @Test func `without a figure say no data, name the template to fill in, and have no grade`() throws {
        for found in [
            try topic("post", [], "indicators", "with_data", "latest_year", "state", "grade", "template"),
            try topic(
                "post",
                observed("users", 2020, ["T1": 50, "L1": 20]) + observed("offices", 2020, ["T1": nil, "L1": nil]),
                "indicators",
                "with_data",
                "latest_year",
                "state",
                "grade",
                "template"
            ),
        ] {
            #expect(found == ["1", "0", "", "no data", "", "post.csv of divide init"])
        }
    }

    @Test func `are all there in any state, an index counted in none`() throws {
        let table = try #require(compared(observed("access.node", 2020, ["T1": 1])).tables.first)
        #expect((0..<table.rowCount).map { table[$0, "topic"].text } == ["context", "inclusion", "post"])
        #expect((0..<table.rowCount).map { table[$0, "indicators"].text } == ["1", "2", "1"])
        #expect((0..<table.rowCount).allSatisfy { table[$0, "state"].text == "no data" })
    }

    @Test(arguments: [
        ([Grade.official], "real", "official"), ([.survey], "real", "survey"),
        ([.official, .secondary], "real", "secondary"),
        ([.illustrative], "illustrative", "illustrative"), ([.secondary, .illustrative], "mixed", "illustrative"),
        ([.illustrative, .official], "mixed", "illustrative"),
    ])
    func `say whether their figures are real, and bear the worst grade`(
        grades: [Grade],
        state: String,
        grade: String
    ) throws {
        // By places of one indicator, by years of one, and by indicators of one topic alike.
        let places = grades.enumerated().flatMap { observed("users", 2020, ["T\($0 + 1)": 50], grade: $1) }
        let years = grades.enumerated().flatMap { observed("users", 2020 + $0, ["T1": 50], grade: $1) }
        let indicators = zip(["users", "owners"], grades).flatMap { observed($0, 2020, ["T1": 50], grade: $1) }
        for observations in [places, years, indicators] {
            #expect(try topic("inclusion", observations, "state", "grade", "template") == [state, grade, ""])
        }
    }

    @Test func `take figures without a value for none`() throws {
        let observations =
            observed("users", 2020, ["T1": 50]) + observed("owners", 2024, ["T1": nil], grade: .illustrative)
        #expect(
            try topic("inclusion", observations, "with_data", "latest_year", "state", "grade")
                == ["1", "2020", "real", "official"]
        )
    }
}

@Suite struct `Real and illustrative values in one mean` {
    private func found(_ observations: [Observation]) -> [Finding] {
        compared(observations, [.gaps]).findings.filter { $0.code == "mixed-grades" }
    }

    @Test func `are a warning that names the figure, the country, the level and the years`() throws {
        let mixed =
            observed("users", 2019, ["T1": 50], grade: .official)
            + observed("users", 2019, ["T2": 40], grade: .illustrative)
            + observed("users", 2021, ["T1": 52], grade: .secondary)
            + observed("users", 2021, ["T2": 43], grade: .illustrative)
        let findings = found(mixed)
        try #require(findings.count == 1)
        #expect(findings[0].severity == .warning)
        #expect(
            findings[0].found == "users, total, TH, province: real and illustrative values in 2 years from 2019 to 2021"
        )
        #expect(found(Array(mixed.prefix(2)))[0].found.hasSuffix("real and illustrative values in 2019"))
    }

    @Test func `are told country by country and group by group`() {
        let both = ["T1", "L1"].flatMap { observed("users", 2020, [$0: 50]) }
        let made = ["T2", "L2"].flatMap { observed("users", 2020, [$0: 40], grade: .illustrative) }
        let women =
            observed("users", 2020, ["T1": 50], group: "women")
            + observed("users", 2020, ["T2": 50], group: "women", grade: .illustrative)
        #expect(
            found(both + made + women).map { $0.found.split(separator: ":")[0] }.sorted()
                == ["users, total, LA, province", "users, total, TH, province", "users, women, TH, province"]
        )
    }

    @Test(arguments: [
        // All real, if of three grades.
        observed("users", 2020, ["T1": 1], grade: .official) + observed("users", 2020, ["T2": 2], grade: .secondary)
            + observed("users", 2020, ["T3": 3], grade: .survey),
        // All made up.
        observed("users", 2020, ["T1": 1, "T2": 2], grade: .illustrative),
        // One country real, the other not.
        observed("users", 2020, ["T1": 1, "T2": 2])
            + observed("users", 2020, ["L1": 1, "L2": 2], grade: .illustrative),
        // A real national figure beside made-up provinces.
        observed("users", 2020, ["TH": 1]) + observed("users", 2020, ["T1": 1, "T2": 2], grade: .illustrative),
        // Different years, different indicators.
        observed("users", 2019, ["T1": 1]) + observed("users", 2020, ["T1": 1, "T2": 2], grade: .illustrative),
        observed("owners", 2020, ["T1": 1]) + observed("users", 2020, ["T1": 1, "T2": 2], grade: .illustrative),
        // What is missing is in no mean.
        observed("users", 2020, ["T1": nil]) + observed("users", 2020, ["T2": 1, "T3": 2], grade: .illustrative),
        [],
    ])
    func `are no warning where no mean has both`(observations: [Observation]) {
        #expect(found(observations).isEmpty)
    }

    @Test func `leave their grade on the mean`() throws {
        let mixed =
            observed("users", 2020, ["T1": 50, "L1": 30]) + observed("users", 2020, ["T2": 40], grade: .illustrative)
        let gaps = try #require(compared(mixed, [.gaps]).tables.first { $0.schema.name == "gaps" })
        #expect(gaps.rowCount == 1 && gaps[0, "grade"].text == "illustrative")
    }
}
