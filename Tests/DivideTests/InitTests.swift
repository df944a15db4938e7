import Foundation
import Testing

/// `Tests/spreadsheets.py` fills the templates in by a spreadsheet program; here they are filled in by hand.
@Suite
struct `What divide init makes` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func run(_ words: String...) throws -> DivideProcess.Ending {
        try DivideProcess.run(words, in: folder.url)
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
    }

    @Test(arguments: ["en", "th", "lo"])
    func `runs as it is, with no data of any topic`(language: String) throws {
        #expect(try run("init", "new", "--language", language, "--year", "2023").status == 0)
        let ending = try run("run", "new/pipeline.yaml", "--quiet")
        #expect(ending.status == 0, "\(ending.messages)")
        let topics = try text("new/output/topics.csv").split(separator: "\n").dropFirst()
        #expect(topics.count == 18)
        #expect(topics.allSatisfy { $0.contains(",no data,") })
    }

    /// How spreadsheet programs of three countries save: comma and point, semicolon and comma, tab; with and without the mark.
    @Test(arguments: [("en", ",", "."), ("th", ",", "."), ("lo", ";", ","), ("en", "\t", ","), ("th", ";", ",")])
    func `reads a template that was filled in, without a change`(language: String, delimiter: String, mark: String)
        throws
    {
        #expect(try run("init", "new", "--language", language, "--year", "2023").status == 0)
        var lines = try text("new/education.csv").replacing("\u{FEFF}", with: "").split(separator: "\r\n").map(
            String.init
        )
        let header = try #require(lines.firstIndex { $0.hasPrefix("code,") })
        #expect(lines.count - header - 1 == 95)
        let columns = lines[header].split(separator: ",").map(String.init)
        let schools = try #require(columns.firstIndex { $0.hasSuffix("(%)") })
        for index in lines.indices {
            var fields = Self.fields(lines[index])
            if index > header, fields[0] == "TH-43" { fields[schools] = "97\(mark)5" }
            if index > header, fields[0] == "LA-VT" { fields[schools] = "61" }
            lines[index] = fields.map {
                $0.contains(where: { ",;\"\t".contains($0) }) ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0
            }
            .joined(separator: delimiter)
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: folder.url.appending(path: "new/education.csv"))
        let ending = try run("run", "new/pipeline.yaml", "--quiet")
        #expect(ending.status == 0, "\(ending.messages)")
        let observations = try text("new/output/observations.csv").split(separator: "\n").dropFirst()
            // A cell that was left empty stands there as missing.
            .filter { !$0.contains(",O,") }
        #expect(observations.count == 2)
        #expect(observations.contains { $0.hasPrefix("schools_with_internet,LA-VT,2023,total,61,") })
        #expect(observations.contains { $0.hasPrefix("schools_with_internet,TH-43,2023,total,97.5,") })
        #expect(try text("new/output/topics.csv").contains("\neducation,existing,4,1,2023,real,official,"))
    }

    @Test
    func `never writes over what stands there`() throws {
        #expect(try run("init", "new").status == 0)
        let before = try text("new/pipeline.yaml")
        let again = try run("init", "new", "--language", "th")
        #expect(again.status == 2 && again.messages.contains("not empty"))
        #expect(try text("new/pipeline.yaml") == before)
        #expect(try run("init", "other", "--year", "2567").status == 64)
    }

    private static func fields(_ line: String) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}
