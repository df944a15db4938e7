import Foundation
import Indicators
import Testing

@testable import Ingest

@Suite struct `A file that cannot be read` {
    static let layout = Layout.yearsAcross(place: "place")

    struct Sample: CustomTestStringConvertible, Sendable {
        var name: String
        var bytes: [UInt8]
        var code: String
        var line: Int

        init(_ name: String, _ text: String, _ code: String, line: Int = 0) {
            self.init(name, Array(text.utf8), code, line: line)
        }

        init(_ name: String, _ bytes: [UInt8], _ code: String, line: Int = 0) {
            self.name = name
            self.bytes = bytes
            self.code = code
            self.line = line
        }

        var testDescription: String { name }
    }

    static let samples = [
        Sample("empty", "", "empty-file"),
        Sample("a byte order mark and nothing else", "\u{FEFF}", "no-records"),
        Sample("blank lines only", "\n\n \n", "no-records"),
        Sample("header only", "place,2561\n", "no-records", line: 1),
        Sample("header and notes only", "place,2561\n\nSource: x\n", "no-records", line: 1),
        Sample("another table", "name,value\nLoei,1\n", "no-such-column", line: 1),
        Sample(
            "a letter of another code page",
            windows874("place,2561\nLoei,1\nN") + [0xDB, 0x0A],
            "unknown-encoding",
            line: 3
        ),
        Sample("unclosed quote", "place,2561\nLoei,1\n\"Nan,2\nTak,3\n", "unclosed-quote", line: 3),
        Sample("stray quote", "place,2561\nLo\"ei,1\nNan,2\n", "stray-quote", line: 2),
        Sample("mostly ragged", "place,2560,2561\nLoei,1\nNan,2\nTak,3,4\n", "ragged-file", line: 1),
        Sample("invalid UTF-8", Array("place,2561\nน่าน,1\nเลย".utf8) + [0xFF, 0x2C, 0x32], "invalid-utf-8", line: 3),
        Sample("a NUL byte", "place,2561\nLoei,1\nNa\u{0}n,2\n", "nul-byte", line: 3),
        Sample(
            "an image",
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D],
            "unknown-encoding",
            line: 1
        ),
        Sample("Windows-874 with a hole", windows874("place,2561\nน่าน,1\n") + [0xDB], "unknown-encoding", line: 2),
    ]

    @Test(arguments: samples) func `says what and where`(_ sample: Sample) throws {
        let error = try ingestError(sample.bytes, Self.layout)
        #expect(error.code == sample.code)
        #expect(error.line == sample.line)
        #expect(error.description.hasPrefix(sample.line > 0 ? "figures.csv:\(sample.line)" : "figures.csv: "))
        #expect(!error.problem.isEmpty)
    }

    @Test func `is missing, a directory or a pipe`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ingest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pipe = folder.appendingPathComponent("pipe").path
        #expect(unsafe mkfifo(pipe, 0o600) == 0)
        for (path, code) in [
            ("\(folder.path)/none.csv", "no-such-file"), (folder.path, "not-a-file"), (pipe, "not-a-file"),
        ] {
            let source = Source(file: "figures.csv", path: path, layout: Self.layout, indicator: "population")
            let error = try #require(throws: IngestError.self) { _ = try ingest(source, indicator: indicator) }
            #expect(error.code == code)
            #expect(error.file == "figures.csv")
            let other = try #require(throws: IngestError.self) { _ = try readTextTable(path: path, file: "names.csv") }
            #expect(other.code == code)
        }
    }

    @Test func `has a field beyond the limit, in the header or below it`() throws {
        let field = String(repeating: "x", count: 1 << 20)
        let limit = { (source: inout Source) in source.limits.recordBytes = 1 << 19 }
        let inside = try ingestError("place,2561\nLoei,1\nNan,\"\(field)\"\n".utf8, Self.layout, adjust: limit)
        #expect(inside.code == "record-too-long")
        #expect(inside.line == 3)
        let above = try ingestError("\(field),place,2561\nLoei,1\n".utf8, Self.layout, adjust: limit)
        #expect(above.code == "record-too-long")
        #expect(above.line == 1)
        #expect(try ingested("place,2561\nLoei,1\n\"\(field)\",2\n", Self.layout).values.count == 2)
    }

    @Test func `has more columns than the limit`() throws {
        let row = String(repeating: ",", count: 16_384)
        let error = try ingestError("place,2561\nLoei,1\n\(row)\n".utf8, Self.layout)
        #expect(error.code == "too-many-columns")
        #expect(error.line == 3)
    }

    @Test func `declares what would make a number mean two things`() throws {
        let text = "place,2561\nLoei,1\n".utf8
        #expect(
            try ingestError(text, Self.layout) { $0.numbers = NumberStyle(decimal: .comma, thousands: .separator(",")) }
                .code
                == "unusable-thousands"
        )
        #expect(try ingestError(text, Self.layout) { $0.footnotes = ["1"] }.code == "unusable-footnote")
        #expect(
            try ingestError(text, Self.layout) { $0.delimiter = .byte(UInt8(ascii: "\"")) }.code == "unusable-delimiter"
        )
    }

    @Test func `leniently keeps stray quotes as text, with a warning`() throws {
        let result = try ingested("place,2561\nLo\"ei,1\nNan,2\n", Self.layout) { $0.isLenient = true }
        #expect(result.values.map(\.place) == ["Lo\"ei", "Nan"])
        #expect(result.codes == ["stray-quote"])
    }

    @Test func `escapes what a message must not hold`() throws {
        let error = try ingestError("na\u{1B}[31mme,value\nLoei,1\n".utf8, Self.layout)
        #expect(error.found == "`na\\u{1b}[31mme`, `value`")
    }
}
