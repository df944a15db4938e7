import Foundation
import Indicators
import Publish
import Testing

@Suite struct `The artefacts of a run` {
    @Test func `are a CSV for each table and what describes them, the summary and its schema, by path`() throws {
        let artefacts = try artefacts(of: sampleSummary)
        let expected = [
            "checks.csv", "csv-metadata.json", "datapackage.json", "gaps.csv", "summary.json", "summary.schema.json",
        ]
        #expect(artefacts.map(\.path) == expected)
        #expect(artefacts[0].bytes == csv(sampleSummary.tables[1]))
        #expect(artefacts[4].bytes == summaryJSON(sampleSummary))
        #expect(artefacts[5].bytes == summarySchema)
    }

    @Test func `are refused where two rows share a key`() throws {
        var table = Table(schema: keyedSchema)
        table.append([.text("TH-43"), .integer(2017), .number(1)])
        table.append([.text("TH-43"), .integer(2017), .number(2)])
        var summary = sampleSummary
        summary.tables = [table]
        let expected = PublishError(path: "observations.csv", problem: .repeatedKey("place=TH-43,year=2017"))
        #expect(throws: expected) { try artefacts(of: summary) }
    }

    @Test func `are those of the formats that were asked for`() throws {
        var summary = sampleSummary
        summary.formats = [.csv]
        #expect(try artefacts(of: summary).map(\.path).filter { $0.hasSuffix(".csv") } == ["checks.csv", "gaps.csv"])
        #expect(try artefacts(of: summary).count == 4)
        summary.formats = [.json]
        let json = try artefacts(of: summary)
        #expect(json.map(\.path) == ["summary.json", "summary.schema.json"])
        #expect(text(json[0].bytes).contains("\"file\" : null"))
        #expect(!text(json[0].bytes).contains("gaps.csv"))
    }

    @Test func `follow the dialect in their CSV and its descriptions, and in nothing else`() throws {
        let artefacts = try artefacts(of: sampleSummary, dialect: CSVDialect(excel: true))
        #expect(artefacts[0].bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(artefacts[4].bytes == summaryJSON(sampleSummary))
    }
}

@Suite struct `A file that is written` {
    @Test func `has the bytes of the artefact, each seen once by the observer`() throws {
        try inTemporaryFolder { folder in
            var table = Table(schema: keyedSchema)
            for index in 0..<20_000 { table.append([.text("place \(index)"), .integer(2017), .number(0.5)]) }
            let artefact = Artefact(table)
            var seen: [UInt8] = []
            let count = try artefact.write(into: folder) { seen += $0 }
            let written = try Data(contentsOf: URL(filePath: "\(folder)/observations.csv"))
            #expect(Array(written) == artefact.bytes)
            #expect(seen == artefact.bytes)
            #expect(count == artefact.bytes.count)
        }
    }

    @Test func `leaves nothing of a longer one that stood there`() throws {
        try inTemporaryFolder { folder in
            try Artefact(path: "a.txt", bytes: Array("a longer text".utf8)).write(into: folder)
            try Artefact(path: "a.txt", bytes: Array("short".utf8)).write(into: folder)
            #expect(try String(contentsOf: URL(filePath: "\(folder)/a.txt"), encoding: .utf8) == "short")
        }
    }

    @Test func `may be empty`() throws {
        try inTemporaryFolder { folder in
            let count = try Artefact(path: "empty", bytes: []).write(into: folder)
            #expect(count == 0)
            #expect(FileManager.default.fileExists(atPath: "\(folder)/empty"))
        }
    }
}

@Suite struct `A file that cannot be written` {
    @Test func `says that the disk is full`() {
        let error = PublishError(path: "full", problem: .diskFull)
        #expect(throws: error) { try Artefact(path: "full", bytes: [1]).write(into: "/dev") }
        #expect(error.description.hasPrefix("full: cannot be written: no space is left on the disk"))
    }

    @Test func `says that its folder is not there`() throws {
        try inTemporaryFolder { folder in
            let error = PublishError(path: "gaps.csv", problem: .noSuchFolder)
            let artefact = Artefact(path: "gaps.csv", bytes: [1])
            #expect(throws: error) { try artefact.write(into: "\(folder)/nowhere") }
            #expect(!error.description.contains(folder))
        }
    }

    @Test func `says so where a folder stands in its place`() throws {
        try inTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/gaps.csv", withIntermediateDirectories: false)
            let error = PublishError(path: "gaps.csv", problem: .system("Is a directory"))
            #expect(throws: error) { try Artefact(path: "gaps.csv", bytes: [1]).write(into: folder) }
            #expect(error.description == "gaps.csv: cannot be written: Is a directory")
        }
    }
}

private func inTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "divide-publish-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
}
