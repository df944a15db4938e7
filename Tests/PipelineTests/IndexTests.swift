import Foundation
import Indicators
import Testing

@testable import Compose
@testable import Pipeline

@Suite
struct `An index in a pipeline` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try IndexPipeline.write(to: folder)
    }

    /// The tables of the small pipeline with other words under `index:`.
    private func results(_ index: String, normalise: String? = nil, compare: String? = nil) throws -> Results {
        let text = try #require(folder.text("Pipelines/indices.yaml"))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("index:") })
        let end = try #require(lines.firstIndex { $0.hasPrefix("compare:") })
        var before = Array(lines[..<start])
        if let normalise {
            let rules = try #require(before.firstIndex { $0.hasPrefix("normalise:") })
            before = before[..<rules] + [normalise]
        }
        let after = compare.map { ["compare: \($0)"] + lines[(end + 1)...] } ?? Array(lines[end...])
        let pipeline = (before + ["index:", index] + after).joined(separator: "\n")
        let path = try folder.write("Pipelines/other.yaml", pipeline)
        let description = try PipelineFile.read(path, confinement: nil)
        var watch = Stopwatch()
        let day = try #require(CalendarDate("2021-06-30"))
        return try Results(description, asOf: day, watch: &watch)
    }

    private func problems(_ index: String, normalise: String? = nil) -> [Problem] {
        #expect(throws: RunFailure.self) { _ = try results(index, normalise: normalise) }?.problems ?? []
    }

    @Test(arguments: [
        ("  - id: x\n    tree: [users, pour]", "no such indicator", "did you mean poor?"),
        ("  - id: x\n    tree: [users, {id: y}]", "a node without children", ""),
        ("  - id: x\n    tree: [users, {weight: 2}]", "a child that is none or two", ""),
        ("  - id: x\n    tree: [users, {indicator: poor, children: [skills]}]", "children of an indicator", ""),
        ("  - id: x\n    tree: [users]\n    aggregate: geometrical", "wrong value", "did you mean geometric?"),
        ("  - id: x\n    tree: [users]\n    weigths: equal", "unknown key", "did you mean weights?"),
        ("  - id: x\n    tree: [users]\n    scale: mian", "no such scale", "did you mean main?"),
        ("  - id: x\n    tree: [users]\n    scale: main\n    level: country", "a scale of other places", ""),
        ("  - id: users\n    tree: [poor]", "an index called as an indicator is", ""),
        ("  - id: x\n    tree: [users]\n  - id: x\n    tree: [poor]", "two indices of one id", ""),
        ("  - id: x\n    tree: [users]\n    robustness: {uncertain: {weights: 2}}", "wrong value", ""),
        ("  - id: x\n    tree: [users]\n    robustness: {uncertain: {}}", "nothing is uncertain", ""),
        (
            "  - id: x\n    tree: [users]\n    robustness: {uncertain: {weights_at: 1, leave_one_out: true}}",
            "weights_at without weights", ""
        ),
        (
            "  - id: x\n    tree: [users]\n    robustness: {uncertain: {normalisation: [declared, declared]}}",
            "a choice twice", ""
        ),
        (
            "  - id: x\n    tree: [users]\n    robustness: {uncertain: {normalisation: [{method: rank, from: best}]}}",
            "scores of which less is better", ""
        ),
    ])
    func `is refused with its place where the file makes no sense`(index: String, problem: String, hint: String) throws
    {
        let found = try #require(problems(index).first { $0.problem == problem })
        #expect(found.hint == hint)
        let place = try #require(found.place)
        #expect(place.line > 16 && place.column > 0)
    }

    /// The line counts from the one of `- id`.
    @Test(arguments: [
        ("  - id: x\n    tree: [users, {indicator: poor, weight: -1}]", "index-bad-weight", 1),
        ("  - id: x\n    tree: [{indicator: users, weight: 0}, {indicator: poor, weight: 0}]", "index-zero-weights", 1),
        ("  - id: x\n    tree: [users, users]", "index-duplicate", 2),
        (
            "  - id: x\n    tree: [a]\n    nodes:\n      - {id: a, children: [b]}\n      - {id: b, children: [a]}",
            "index-cycle", 5
        ),
        ("  - id: x\n    tree: [users]\n    nodes:\n      - {id: a, children: [poor]}", "index-orphan", 4),
        ("  - id: x\n    tree: [users, persons]", "index-unscaled-indicator", 2),
        ("  - id: x\n    tree: [users]\n    level: country", "index-unscaled-indicator", 1),
        ("  - id: x\n    tree: [users, poor]\n    fit_year: 1990", "index-bad-option", 1),
        ("  - id: x\n    tree: [users, poor]\n    aggregate: {method: power, exponent: 0}", "index-bad-aggregation", 1),
        ("  - id: x\n    tree: [users, poor]\n    weights: population", "index-weight-absent", 1),
    ])
    func `stops the run with a code and a line where it cannot be put together`(
        index: String,
        code: String,
        line: Int
    ) throws {
        let first = 16
        let found = try #require(problems(index).first { $0.problem == code })
        #expect(found.file.hasSuffix("other.yaml"))
        #expect(found.place?.line == first + line)
    }

    @Test
    func `stops at a zero in a geometric mean, naming child, place and year`() throws {
        let scale = "normalise:\n  scale: {id: main, method: min-max, limits: whole-panel}"
        let found = problems("  - {id: x, aggregate: geometric, tree: [users, poor]}", normalise: scale)
        #expect(found.map(\.problem).allSatisfy { $0 == "not-positive-in-mean" })
        #expect(found.contains { $0.found.contains("of users in B-2, 2019") })
    }

    @Test
    func `refuses ranks of which the best is 1, and two scores of one indicator`() throws {
        let ranks = "normalise:\n  scale: {method: rank, from: best, limits: each-year}"
        #expect(
            problems("  - {id: x, tree: [users, poor]}", normalise: ranks).map(\.problem).contains(
                "index-inverted-scores"
            )
        )
        let two = """
            normalise:
              scale:
                - {id: a, method: min-max, limits: each-year}
                - {id: b, method: z-score, limits: each-year}
            """
        #expect(problems("  - {id: x, tree: [users]}", normalise: two).map(\.problem) == ["index-several-scales"])
        let chosen = try results("  - {id: x, scale: b, tree: [users]}", normalise: two)
        #expect(chosen.tables.contains { $0.schema.name == "index" })
    }

    @Test
    func `bears its name only in the rows that have all that the name requires`() throws {
        let found = try results(
            "  - {id: x, names: {en: IDI}, name_requires: [users, poor], minimum_coverage: 0.5, tree: [users, poor]}"
        )
        let table = try #require(found.tables.first { $0.schema.name == "index" })
        var names: [String: String] = [:]
        for row in 0..<table.rowCount {
            names["\(table[row, "place"].text) \(table[row, "year"].text)"] = table[row, "name"].text
        }
        #expect(names["A-1 2020"] == "IDI")
        #expect(names["B-2 2020"] == "IDI-style")
        #expect(found.findings.filter { $0.code == "index-name-not-granted" }.count == 1)
    }

    @Test
    func `never bears its name without an indicator that the name requires`() throws {
        let found = try results("  - {id: x, names: {en: IDI}, name_requires: [users, poor], tree: [users, skills]}")
        let table = try #require(found.tables.first { $0.schema.name == "index" })
        #expect((0..<table.rowCount).allSatisfy { table[$0, "name"].text == "IDI-style" })
        let catalogue = found.inputs.description.catalogue
        #expect(catalogue["x"]?.names.english == "IDI-style")
    }

    @Test
    func `carries imputation and grade up, and is compared between the countries`() throws {
        let found = try results("  - {id: x, denominator: persons, tree: [{id: n, children: [users, skills]}, poor]}")
        let table = try #require(found.tables.first { $0.schema.name == "index" })
        let row = try #require(
            (0..<table.rowCount).first {
                table[$0, "node"].text == "x" && table[$0, "place"].text == "A-3" && table[$0, "year"].text == "2020"
            }
        )
        #expect(table[row, "status"].text == "I")
        #expect(table[row, "treatment"].text == "imputed")
        #expect(table[row, "grade"].text == "survey")
        let gaps = try #require(found.tables.first { $0.schema.name == "gaps" })
        let compared = Set((0..<gaps.rowCount).map { "\(gaps[$0, "indicator"].text) \(gaps[$0, "weighting"].text)" })
        #expect(compared.isSuperset(of: ["x persons", "x simple", "x.n persons", "x.n simple"]))
    }

    @Test
    func `warns of scores within each country where countries are compared`() throws {
        let scale = "normalise:\n  scale: {method: min-max, limits: each-year, within: country}"
        let found = try results("  - {id: x, tree: [users, poor]}", normalise: scale)
        #expect(found.findings.contains { $0.code == "scores-within-country" && $0.severity == .warning })
        // Each place by itself over time is another matter.
        let alone = try results(
            "  - {id: x, tree: [users, poor]}",
            normalise: scale,
            compare: "{reference: A, other: B, metrics: [trends, topics]}"
        )
        #expect(!alone.findings.contains { $0.code == "scores-within-country" })
        let pooled = try results(
            "  - {id: x, tree: [users, poor]}",
            normalise: "normalise:\n  scale: {method: min-max, limits: each-year}"
        )
        #expect(!pooled.findings.contains { $0.code == "scores-within-country" })
    }

    @Test
    func `goes on where an indicator has no value at all, if it may`() throws {
        let scale = "normalise:\n  scale: {method: min-max, limits: each-year}"
        let text = try #require(folder.text("Data/data.csv"))
        let emptied = text.split(separator: "\n").enumerated().map { index, line in
            index == 0
                ? String(line)
                : line.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",") + ","
        }
        try folder.write("Data/data.csv", emptied.joined(separator: "\n") + "\n")
        let found = try results("  - {id: x, minimum_coverage: 0.5, tree: [users, speed]}", normalise: scale)
        #expect(found.findings.contains { $0.code == "all-missing" && $0.found.contains("speed") })
        let table = try #require(found.tables.first { $0.schema.name == "index" })
        #expect((0..<table.rowCount).allSatisfy { table[$0, "shadow_share"] == .number(0.5) })
    }
}

@Suite
struct `The indices of ITU and UNDP` {
    private func results(_ pipeline: String) throws -> Results {
        let path = "\(`Explaining every cell`.package)/Pipelines/\(pipeline).yaml"
        var watch = Stopwatch()
        let day = try #require(CalendarDate("2026-06-30"))
        return try Results(try PipelineFile.read(path, confinement: nil), asOf: day, watch: &watch)
    }

    private func scores(_ node: String, of results: Results) throws -> [String: Double] {
        let table = try #require(results.tables.first { $0.schema.name == "index" })
        var scores: [String: Double] = [:]
        for row in 0..<table.rowCount where table[row, "node"].text == node {
            scores["\(table[row, "place"].text) \(table[row, "year"].text)"] = table[row, "score"].numeric
        }
        return scores
    }

    /// ITU (2024), ISBN 978-92-61-39191-1, table 1 and Annex 2: IDI, universal and meaningful connectivity. Computed without
    /// rounding on the way; ITU averages rounded pillars, so that its own print may be 0.05 further off.
    @Test(arguments: [
        ("idi", "TH", 91.0), ("idi", "LA", 65.3), ("universal", "TH", 89.7), ("universal", "LA", 59.6),
        ("meaningful", "TH", 92.4), ("mobile_coverage", "TH", 98.4), ("mobile_coverage", "LA", 65.2),
    ])
    func `come out as ITU publishes them, to one decimal`(node: String, place: String, published: Double) throws {
        let score = try #require(try scores(node, of: results("itu-idi-2024"))["\(place) 2022"])
        #expect((score * 10).rounded() / 10 == published)
    }

    /// 71.054: ITU prints 71.0, having averaged scores that were rounded before.
    @Test func `may differ from print where ITU averages rounded scores`() throws {
        let score = try #require(try scores("meaningful", of: results("itu-idi-2024"))["LA 2022"])
        #expect(abs(score - 71.0) < 0.06)
    }

    @Test func `come out as UNDP publishes them, to three decimals, in every year`() throws {
        let results = try results("undp-hdi")
        let computed = try scores("hdi", of: results)
        var published = 0
        for observation in results.inputs.observations where observation.indicator == "human_development_index" {
            published += 1
            let score = try #require(computed["\(observation.place) \(observation.year)"])
            #expect((score * 1000).rounded() / 1000 == observation.value)
        }
        #expect(published == 66)
    }

    @Test(arguments: ["itu-idi-2024", "undp-hdi"])
    func `bear their names, since all indicators are there`(pipeline: String) throws {
        let results = try results(pipeline)
        let table = try #require(results.tables.first { $0.schema.name == "index" })
        #expect((0..<table.rowCount).allSatisfy { !table[$0, "name"].text.hasSuffix("-style") })
    }
}
