import Foundation
import Indicators
import Normalise
import Testing

/// Panels of three indicators, ten provinces and five years, and each step towards a score, worked out by numpy 2.4.6 and
/// scipy 1.17.1: `fixtures/random-panels.py` says how.
@Suite struct `Random panels against numpy and scipy` {
    private static let rows = FixtureRow.read("random-panels.csv")
    private static let places = Set(rows.map { $0["place"] }).sorted()

    private static let catalogue = Catalogue(
        ["one", "two", "three"].map {
            Indicator(
                id: $0,
                topic: "context",
                basis: .context,
                names: LocalisedText(english: $0),
                unit: "1",
                kind: .rate,
                direction: $0 == "three" ? .lowerIsBetter : .higherIsBetter
            )
        }
    )

    private static let gazetteer = Gazetteer(
        places: places.map { Place(code: $0, level: .province, country: String($0.prefix(2))) }
    )

    private static let rules: [String: ScaleRule] = [
        "min-max-whole": ScaleRule(method: .minMax(upper: 100), years: .wholePanel),
        "min-max-each": ScaleRule(method: .minMax(upper: 100), years: .eachYear),
        "z-score-whole": ScaleRule(method: .zScore(mean: 10, standardDeviation: 3), years: .wholePanel),
        "z-score-within": ScaleRule(
            method: .zScore(mean: 10, standardDeviation: 3),
            scope: .withinCountry,
            years: .wholePanel
        ),
        "percentile-rank-each": ScaleRule(method: .percentileRank(ties: .average), years: .eachYear),
        "distance-each": ScaleRule(method: .distanceToReference(place: "LA-A"), years: .eachYear),
        "adjusted-whole": ScaleRule(method: .adjusted(.mean), years: .wholePanel),
    ]

    private static func options(_ scales: [ScaleRule]) -> NormaliseOptions {
        NormaliseOptions(
            imputation: [ImputationRule(method: .group(.mean, .country, fallbacks: [.all]))],
            outliers: [OutlierRule(method: .shape(most: 2, fallback: .log), years: .wholePanel)],
            scales: scales
        )
    }

    private static func observations(_ rows: [FixtureRow]) -> [Observation] {
        rows.map {
            let value = Double($0["value"])
            return Observation(
                indicator: $0["indicator"],
                place: $0["place"],
                year: Int($0["year"]) ?? 0,
                value: value,
                status: value == nil ? .missing : .normal
            )
        }
    }

    @Test(arguments: ["0", "1", "2"], rules.keys.sorted())
    func `every score comes out`(panel: String, scale: String) throws {
        let rows = Self.rows.filter { $0["case"] == panel }
        let rule = try #require(Self.rules[scale])
        let values = ValuePanel(Self.observations(rows).reversed(), level: .province, gazetteer: Self.gazetteer)
        var scoring = Scoring(
            values,
            catalogue: Self.catalogue,
            gazetteer: Self.gazetteer,
            options: Self.options([rule])
        )
        let scored = scoring.scores(of: rule)
        #expect(scored.indicators == ["one", "three", "two"])
        let size = scored.years.count * scored.places.count
        for row in rows {
            let indicator = try #require(scored.indicators.firstIndex(of: row["indicator"]))
            let year = try #require(scored.years.firstIndex(of: Int(row["year"]) ?? 0))
            let place = try #require(Self.places.firstIndex(of: row["place"]))
            let found = scored.values[indicator * size + year * scored.places.count + place]
            expectClose([found.isNaN ? nil : found], [Double(row[scale])], scale: 100)
        }
    }

    @Test(arguments: ["0", "1", "2"])
    func `the table says what was scaled and what was done`(panel: String) throws {
        let rows = Self.rows.filter { $0["case"] == panel }
        let result = normalise(
            Self.observations(rows).shuffled(),
            catalogue: Self.catalogue,
            gazetteer: Self.gazetteer,
            options: Self.options([ScaleRule(method: .minMax(upper: 100), years: .wholePanel)])
        )
        var cells: [String: Int] = [:]
        let table = result.table
        for row in 0..<table.rowCount {
            cells["\(table[row, "indicator"].text) \(table[row, "year"].text) \(table[row, "place"].text)"] = row
        }
        var changed = 0
        for expected in rows {
            let row = try #require(cells["\(expected["indicator"]) \(expected["year"]) \(expected["place"])"])
            expectClose([table[row, "value"].numeric], [Double(expected["treated"])], scale: 1)
            expectClose([table[row, "score"].numeric], [Double(expected["min-max-whole"])], scale: 100)
            let isImputed = expected["value"].isEmpty && !expected["imputed"].isEmpty
            #expect(table[row, "treatment"].text.contains("imputed") == isImputed)
            #expect((table[row, "status"].text == "I") == isImputed)
            changed += (isImputed ? 1 : 0) + (expected["imputed"] != expected["treated"] ? 1 : 0)
        }
        #expect(result.treatments.rowCount == changed)
        // What the comparison sees is what was observed.
        #expect(result.observations.count { $0.value != nil } == rows.count { !$0["value"].isEmpty })
    }

    @Test func `the order of the rows changes no bit`() {
        let rows = Self.rows.filter { $0["case"] == "0" }
        let options = Self.options(Self.rules.sorted { $0.key < $1.key }.map(\.value))
        let results = (0..<3).map { _ in
            normalise(
                Self.observations(rows).shuffled(),
                catalogue: Self.catalogue,
                gazetteer: Self.gazetteer,
                options: options
            )
        }
        for result in results.dropFirst() {
            #expect((0..<result.table.rowCount).allSatisfy { result.table.row($0) == results[0].table.row($0) })
            #expect(
                (0..<result.treatments.rowCount).allSatisfy {
                    result.treatments.row($0) == results[0].treatments.row($0)
                }
            )
            #expect(result.findings == results[0].findings)
        }
    }

    @Test func `another choice leaves the scores of the pipeline's own as they were`() throws {
        let rows = Self.rows.filter { $0["case"] == "1" }
        let rule = ScaleRule(method: .minMax(upper: 100), years: .wholePanel)
        let values = ValuePanel(Self.observations(rows), level: .province, gazetteer: Self.gazetteer)
        var scoring = Scoring(
            values,
            catalogue: Self.catalogue,
            gazetteer: Self.gazetteer,
            options: Self.options([rule])
        )
        let own = scoring.scores(of: rule)
        let plain = scoring.scores(of: rule, variant: ScoringVariant(outliers: [], imputation: []))
        #expect(plain.values.count { $0.isNaN } > own.values.count { $0.isNaN })
        #expect(plain.treatments.allSatisfy { $0 == [] })
        let ranks = scoring.scores(of: rule, variant: ScoringVariant(method: .borda()))
        #expect(ranks.words.first??.method == "Borda (competition ties)")
        // What was asked for anew is what a scoring that was asked nothing else gives.
        var fresh = Scoring(values, catalogue: Self.catalogue, gazetteer: Self.gazetteer, options: NormaliseOptions())
        #expect(fresh.scores(of: rule).values.map(\.bitPattern) == plain.values.map(\.bitPattern))
        #expect(scoring.scores(of: rule).values.map(\.bitPattern) == own.values.map(\.bitPattern))
    }
}

/// A row of a fixture, by the names of its columns.
struct FixtureRow {
    private let cells: [String: String]

    subscript(_ column: String) -> String { cells[column] ?? "" }

    static func read(_ name: String) -> [FixtureRow] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        guard let text = try? String(contentsOf: folder.appending(path: "fixtures/\(name)"), encoding: .utf8) else {
            return []
        }
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { line in
            FixtureRow(cells: Dictionary(uniqueKeysWithValues: zip(header.map(String.init), line.map(String.init))))
        }
    }
}
