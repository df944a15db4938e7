import Foundation
import Indicators
import Publish
import Testing

@Suite struct `The summary of a run` {
    /// `Tests/run` checks the recorded files against the schema with a validator that is not ours.
    @Test(arguments: ["full", "empty"])
    func `is as recorded`(name: String) throws {
        let file = recorded.appending(path: "\(name).json")
        let bytes = summaryJSON(name == "full" ? sampleSummary : emptySummary)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" { try Data(bytes).write(to: file) }
        #expect(text(bytes) == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test func `takes the latest row of each comparison, whatever the order of the rows`() throws {
        let gaps = try #require(try object(summaryJSON(sampleSummary))["gaps"] as? [[String: Any]])
        #expect(gaps.map { $0["indicator"] as? String } == ["internet_users", "internet_users", "mobile"])
        #expect(gaps.map { $0["weighting"] as? String } == ["none", "population", "none"])
        #expect(gaps.map { $0["year_other"] as? Int } == [2023, 2022, 2010])
        #expect(gaps.map { $0["year_reference"] as? Int } == [2024, 2022, 2010])
        #expect(gaps[2]["ratio"] is NSNull)
        var shuffled = sampleSummary
        var table = Table(schema: sampleGaps.schema)
        for row in (0..<sampleGaps.rowCount).reversed() { table.append(sampleGaps.row(row)) }
        shuffled.tables[0] = table
        #expect(summaryJSON(shuffled) == summaryJSON(sampleSummary))
    }

    @Test func `adds the inputs up and carries the worst grade`() {
        #expect(sampleSummary.grade == .secondary)
        #expect(sampleSummary.tally == Tally(read: 120, used: 100, refused: 5, setAside: 15))
        #expect(emptySummary.grade == nil)
    }

    @Test func `keeps numbers as they are and knows no negative zero`() throws {
        let json = text(summaryJSON(sampleSummary))
        #expect(json.contains("\"value_other\" : 62.4"))
        #expect(json.contains("\"absolute_gap\" : 0,"))
        #expect(json.contains("\"log_ratio\" : 1e-07"))
    }
}

@Suite struct `The schema of the summary` {
    @Test func `names every key of the summary, and the summary every key that it requires`() throws {
        let schema = try object(summarySchema)
        let required = try #require(schema["required"] as? [String])
        let properties = try #require(schema["properties"] as? [String: Any])
        let keys = try object(summaryJSON(sampleSummary)).keys
        #expect(Set(required) == Set(keys))
        #expect(Set(properties.keys) == Set(keys))
    }

    @Test func `knows the words that the code writes`() throws {
        let schema = try object(summarySchema)
        let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
        #expect(definitions["grade"]?["enum"] as? [String] == Grade.allCases.map(\.rawValue))
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        let verdicts = try #require(properties["verdict"]?["enum"] as? [Any])
        #expect(verdicts.compactMap { $0 as? String } == Verdict.allCases.map(\.rawValue))
    }
}

@Suite struct `Findings in one line` {
    @Test func `are counted by severity and code, the gravest and most frequent first`() {
        let findings =
            repeated("total-set-aside", .note, 8) + repeated("duplicate-value", .warning, 1)
            + repeated("jump", .warning, 2) + repeated("unknown-place", .error, 1)
        let expected =
            "12 findings: 1 error (unknown-place 1), 3 warnings (jump 2, duplicate-value 1), 8 notes (total-set-aside 8)"
        #expect(FindingCounts(findings).line == expected)
        #expect(FindingCounts(findings.reversed()).line == expected)
    }

    @Test func `name three codes of a severity and count the others`() {
        let findings = ["e", "d", "c", "b", "a"].flatMap { repeated($0, .note, 2) }
        #expect(FindingCounts(findings).line == "10 findings: 10 notes (a 2, b 2, c 2, others 4)")
    }

    @Test func `count one code apart where its severity differs`() {
        let counts = FindingCounts(repeated("jump", .note, 1) + repeated("jump", .error, 1))
        #expect(counts.line == "2 findings: 1 error (jump 1), 1 note (jump 1)")
        #expect(counts.count(of: .error) == 1)
    }

    @Test func `may be one or none`() {
        #expect(FindingCounts([]).line == "no findings")
        #expect(FindingCounts(repeated("stale", .warning, 1)).line == "1 finding: 1 warning (stale 1)")
    }
}

private let recorded = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "summaries")

private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
}

private func repeated(_ code: String, _ severity: Finding.Severity, _ count: Int) -> [Finding] {
    (0..<count).map { Finding(code: code, severity: severity, record: $0, found: "", expected: "") }
}
