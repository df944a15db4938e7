import Foundation
import Indicators
import Publish
import Testing

@Suite struct `The descriptions of the CSV files` {
    /// `Tests/run` hands those of real runs, with the CSV files, to validators that are not ours.
    @Test(
        arguments: ["datapackage.json", "csv-metadata.json"],
        ["full", "excel", "empty"]
    )
    func `are as recorded`(path: String, name: String) throws {
        let file = recorded.appending(path: "\(name).\(path)")
        let files = try described(name)
        let bytes = try #require(files[path])
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" { try Data(bytes).write(to: file) }
        #expect(text(bytes) == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test func `are not written where no CSV is`() throws {
        var summary = describedSummary
        summary.formats = [.json]
        #expect(try artefacts(of: summary).map(\.path) == ["summary.json", "summary.schema.json"])
    }

    @Test func `name every CSV and every column of it, in order, and nothing else`() throws {
        let files = try described("full")
        let package = try object(files["datapackage.json"])
        let resources = try #require(package["resources"] as? [[String: Any]])
        #expect(resources.map { $0["path"] as? String } == ["limits.csv", "gaps.csv"])
        for resource in resources {
            let path = try #require(resource["path"] as? String)
            let schema = try #require(resource["schema"] as? [String: Any])
            let fields = try #require(schema["fields"] as? [[String: Any]])
            let bytes = try #require(files[path])
            let header = try #require(records(bytes).first)
            #expect(fields.map { $0["name"] as? String } == header)
        }
        let web = try object(files["csv-metadata.json"])
        let tables = try #require(web["tables"] as? [[String: Any]])
        #expect(tables.map { $0["url"] as? String } == ["limits.csv", "gaps.csv"])
    }

    @Test func `say the unit, the key, the words and the limits of a column`() throws {
        let fields = try fields(of: "limits", in: "full")
        #expect(fields.map { $0["type"] as? String } == ["string", "integer", "number", "number"])
        #expect(fields.map { $0["unit"] as? String } == [nil, "year", "%", nil])
        let constraints = fields.map { $0["constraints"] as? [String: Any] ?? [:] }
        #expect(constraints[0]["enum"] as? [String] == Grade.words)
        #expect(constraints[1]["required"] as? Bool == true)
        #expect(constraints[2]["minimum"] as? Double == 0)
        #expect(constraints[2]["maximum"] as? Double == 100)
        // No number is beyond the greatest.
        #expect(constraints[3]["minimum"] as? Double == -1.5)
        #expect(constraints[3]["maximum"] == nil)
    }

    @Test func `give the terms of every source, and call by the name of a licence only what is that licence`() throws {
        let package = try object(try described("full")["datapackage.json"])
        let licences = try #require(package["licenses"] as? [[String: String]])
        #expect(licences.map { $0["name"] } == ["CC-BY-4.0", "cc-by-4-0-as-published-by-a-mirror", "other"])
        #expect(licences.map { $0["path"] != nil } == [true, false, false])
        #expect(licences[1]["title"] == "CC BY 4.0 as published by a mirror")
        let sources = try #require(package["sources"] as? [[String: String]])
        #expect(sources.map { $0["title"] } == ["A", "B", "C", "no-metadata.csv"])
        #expect(sources.map { $0["path"] } == ["https://example.org/a", nil, nil, nil])
        #expect(sources.map { $0["address"] } == ["https://example.org/a", "yearbook, table 3", nil, nil])
    }

    @Test func `tell how the CSV of a spreadsheet program is spelt`() throws {
        let package = try object(try described("excel")["datapackage.json"])
        let resource = try #require((package["resources"] as? [[String: Any]])?.first)
        let dialect = try #require(resource["dialect"] as? [String: Any])
        #expect(dialect["delimiter"] as? String == ";")
        #expect(dialect["lineTerminator"] as? String == "\r\n")
        #expect(try fields(of: "limits", in: "excel").map { $0["decimalChar"] as? String } == [nil, nil, ",", ","])
    }

    private func fields(of table: String, in name: String) throws -> [[String: Any]] {
        let package = try object(try described(name)["datapackage.json"])
        let resources = try #require(package["resources"] as? [[String: Any]])
        let resource = try #require(resources.first { $0["name"] as? String == table })
        return try #require((resource["schema"] as? [String: Any])?["fields"] as? [[String: Any]])
    }
}

@Suite struct `The schema of the checks' report` {
    @Test(arguments: ["hostile", "not-done", "empty"])
    func `names every key that a report has`(name: String) throws {
        let schema = try object(checkReportSchema)
        let properties = try #require(schema["properties"] as? [String: Any])
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reports/\(name).json")
        let report = try object(Array(try Data(contentsOf: file)))
        let required = try #require(schema["required"] as? [String])
        #expect(Set(report.keys).isSubset(of: properties.keys))
        #expect(Set(required).isSubset(of: report.keys))
    }

    @Test func `knows the words that the code writes`() throws {
        let definitions = try #require(try object(checkReportSchema)["$defs"] as? [String: [String: Any]])
        #expect(definitions["verdict"]?["enum"] as? [String] == Verdict.words)
    }
}

private let limits = TableSchema(
    name: "limits",
    title: "A row with limits.",
    columns: [
        Column("grade", .text, definition: "A grade.", isKey: true, words: Grade.words),
        Column("year", .integer, unit: "year", definition: "A year.", isKey: true),
        Column("share", .number, unit: "%", definition: "A share.", source: "a handbook", range: 0...100),
        Column("debt", .number, definition: "Any number.", range: -1.5...Double.greatestFiniteMagnitude),
    ]
)

private let describedSummary: Summary = {
    var table = Table(schema: limits)
    table.append([.text("survey"), .integer(2017), .number(37.68), .missing])
    func input(_ file: String, _ metadata: Summary.Metadata?) -> Summary.Input {
        Summary.Input(file: file, grade: .survey, tally: Tally(), metadata: metadata)
    }
    return Summary(
        pipeline: "thailand-laos",
        title: LocalisedText(english: "The \"divide\"", thai: "ความเหลื่อมล้ำ", lao: ""),
        asOf: sampleSummary.asOf,
        inputs: [
            input("a.csv", .init(title: "A", licence: "CC BY 4.0", source: "https://example.org/a")),
            input(
                "b.csv",
                .init(
                    title: "B",
                    publisher: "an office",
                    table: "3",
                    years: "2017",
                    licence: "CC BY 4.0 as published by a mirror",
                    source: "yearbook, table 3",
                    retrievedFrom: "a mirror"
                )
            ),
            input("c.csv", .init(title: "C", licence: "ไม่ระบุ")),
            input("no-metadata.csv", nil),
        ],
        stages: [],
        findings: [],
        tables: [table, sampleGaps]
    )
}()

private func described(_ name: String) throws -> [String: [UInt8]] {
    let dialect =
        name == "excel" ? CSVDialect(excel: true, decimalComma: true, semicolon: true) : CSVDialect.standard
    let files = try artefacts(of: name == "empty" ? emptySummary : describedSummary, dialect: dialect)
    return Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.bytes) })
}

private let recorded = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "packages")

private func object(_ bytes: [UInt8]?) throws -> [String: Any] {
    let bytes = try #require(bytes)
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
}
