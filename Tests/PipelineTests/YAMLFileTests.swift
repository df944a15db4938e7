import Foundation
import Indicators
import Testing

@testable import Pipeline

@Suite
struct `A YAML file of ours` {
    private let shape = Shape.record([
        Field("pipeline", Forms.pipelineName, required: true, "Its name."),
        Field("period", Forms.period, "Its years."),
        Field("severity", .map(.choice(["error", "warning", "note"])), "Severities."),
        Field(
            "scale",
            .oneOrMany(.variant(key: "method", choices: [("rank", []), ("min-max", [Field("to", .text, "")])])),
            ""
        ),
        Field("limit", .integer(1...9), "A limit."),
        Field("excel", .boolean, "For spreadsheets."),
        Field("title", .localised, "What people call it."),
    ])

    private func problems(_ yaml: String) throws -> [Problem] {
        let folder = try TemporaryFolder()
        let path = try folder.write("p.yaml", yaml)
        do {
            _ = try YAMLFile.read(path: path, file: "p.yaml", shape: shape)
            return []
        } catch {
            return error.problems
        }
    }

    @Test
    func `gives what it holds, with places`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("p.yaml", "pipeline: a-b\ntitle: {en: Hello, lo: ສະບາຍດີ}\nlimit: 3\nexcel: no\n")
        let content = try YAMLFile.read(path: path, file: "p.yaml", shape: shape)
        #expect(content["pipeline"]?.text == "a-b")
        #expect(content["title"]?.localised.lao == "ສະບາຍດີ")
        #expect(content["limit"]?.integer == 3)
        #expect(content["excel"]?.boolean == false)
        #expect(content["limit"]?.place == TextPlace(line: 3, column: 8))
    }

    @Test(arguments: [
        ("pipeline: a\nperoid: 2012..2024\n", 2, 1, "unknown key", "period"),
        ("pipeline: a\nscale: {method: mim-max}\n", 2, 17, "wrong value", "min-max"),
        ("pipeline: a\nscale: [{method: rank, to: 3}]\n", 2, 24, "unknown key", ""),
        ("pipeline: a\nlimit: 12\n", 2, 8, "wrong value", ""),
        ("pipeline: a\nlimit: [1]\n", 2, 8, "wrong kind of value", ""),
        ("pipeline: a\nperiod: 2024..2012\n", 2, 9, "wrong value", ""),
        ("pipeline: a\nperiod: 2541..2568\n", 2, 9, "wrong value", ""),
        ("pipeline: A B\n", 1, 11, "wrong value", ""),
        ("period: 2012..2024\n", 1, 1, "a key is missing", ""),
        ("pipeline: a\npipeline: b\n", 1, 1, "a key stands twice in one map", ""),
        ("pipeline: a\nseverity:\n  x: eror\n", 3, 6, "wrong value", "error"),
        ("pipeline: a\ntitle: {fr: Bonjour}\n", 2, 9, "unknown key", ""),
        ("pipeline: a\nexcel: perhaps\n", 2, 8, "wrong value", ""),
        ("pipeline:\n", 1, 10, "wrong kind of value", ""),
    ])
    func `names place and cure of`(yaml: String, line: Int, column: Int, problem: String, cure: String) throws {
        let found = try problems(yaml)
        let match = try #require(found.first)
        #expect(match.problem == problem)
        #expect(match.place == TextPlace(line: line, column: column))
        #expect(cure.isEmpty || match.hint.contains(cure))
        #expect(!match.expected.isEmpty || problem.contains("twice"))
    }

    @Test
    func `may begin with a byte order mark`() throws {
        #expect(try problems("\u{FEFF}pipeline: a\nlimit: 3\n").isEmpty)
        #expect(try problems("\u{FEFF}pipelin: a\n").first?.place == TextPlace(line: 1, column: 1))
    }

    @Test
    func `collects every problem, not only the first`() throws {
        #expect(try problems("pipeline: A\nperiod: x\nlimt: 3\n").count == 3)
    }

    @Test
    func `refuses what is no YAML with the place`() throws {
        let found = try problems("pipeline: a\ntitle: \"open\nlimit: [1\n")
        #expect(found.first?.problem.hasPrefix("not YAML") == true)
        #expect(found.first?.place != nil)
    }

    @Test(arguments: ["", "# only a comment\n", "~\n", "- a\n- b\n", "just text\n"])
    func `refuses a file without a map`(yaml: String) throws {
        #expect(try problems(yaml).count == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func `refuses an alias bomb without unfolding it`() throws {
        var bomb = "pipeline: a\na: &a [x,x,x,x,x,x,x,x,x]\n"
        for (before, name) in zip("abcdefghij", "bcdefghijk") {
            bomb += "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 9).joined(separator: ",") + "]\n"
        }
        let asUnknownKeys = try problems(bomb)
        #expect(asUnknownKeys.contains { $0.problem == "unknown key" })
        let asValue = try problems(bomb + "scale: *k\n")
        #expect(!asValue.isEmpty)
        let asKey = try problems(bomb + "*k : 3\n")
        #expect(asKey.contains { $0.problem == "a key is not a word" && $0.found == "a list" })
    }

    @Test
    func `repeats by an alias what its anchor last stood for, at the place of the alias`() throws {
        let tree = try #require(try YAMLComposer.compose("a: &x {k: 1}\nb: *x\nc: &x [2, '~']\nd: *x\n*x : 3\n"))
        guard case .map(let entries) = tree.content else {
            Issue.record("the root is no map")
            return
        }
        #expect(entries.map(\.key.text) == ["a", "b", "c", "d", nil])
        #expect(entries.map(\.value.place.line) == [1, 2, 3, 4, 5])
        #expect(entries[1].value.place == TextPlace(line: 2, column: 4))
        guard case .map(let repeated) = entries[1].value.content, case .list(let items) = entries[3].value.content
        else {
            Issue.record("an alias is not what its anchor stood for")
            return
        }
        #expect(repeated.map(\.value.text) == ["1"])
        #expect(repeated.map(\.value.place) == [TextPlace(line: 1, column: 11)])
        #expect(items.map(\.text) == ["2", "~"])
        let isPlain = items.map { if case .scalar(_, let isPlain) = $0.content { isPlain } else { false } }
        #expect(isPlain == [true, false])
    }

    @Test(arguments: [
        ("a: *b\n", "found undefined alias", 1, 4), ("a: &b [*b]\n", "found undefined alias", 1, 8),
        ("a: 1\n---\nb: 2\n", "a second document begins here", 2, 1),
        ("a: [1\n", "did not find expected ',' or ']' while parsing a flow sequence from 1:4", 2, 1),
        ("b: 2\na: \"1\n  c\n", "found unexpected end of stream while scanning a quoted scalar", 2, 4),
        ("a: ก\u{7}\n", "control characters are not allowed", 1, 5),
    ])
    func `tells what is no YAML, and where`(yaml: String, words: String, line: Int, column: Int) throws {
        let found = try #require(try problems(yaml).first)
        #expect(found.problem == "not YAML: \(words)")
        #expect(found.place == TextPlace(line: line, column: column))
    }

    @Test(arguments: [
        ("b: 1\na: 2\nb: 3\n'a': 4\n", "a, b", 2, 1), ("x: {k: 1, j: 2, k: 3}\n", "k", 1, 5),
        ("- &s k\n- *s : 1\n  k: 2\n", "k", 2, 3), ("K: 1\n\u{212A}: 2\n", "K", 1, 1),
        ("ก\u{E48}\u{E38}: 1\nb: 2\nก\u{E38}\u{E48}: 3\n", "ก\u{E48}\u{E38}", 1, 1),
        ((0..<300).map { "k\($0): 1\n" }.joined() + "k7: 2\n", "k7", 8, 1),
    ])
    func `has no key twice in one map`(yaml: String, keys: String, line: Int, column: Int) throws {
        let found = try #require(try problems(yaml).first)
        #expect(found.problem == "a key stands twice in one map")
        #expect(found.found == keys)
        #expect(found.place == TextPlace(line: line, column: column))
    }

    @Test(.timeLimit(.minutes(1)))
    func `refuses too many aliases, too deep nesting and too long a file`() throws {
        let many = "pipeline: &p a\nscale: [" + Array(repeating: "*p", count: 1_001).joined(separator: ",") + "]\n"
        #expect(try problems(many).first?.problem == "too many aliases")
        let deep = "pipeline: " + String(repeating: "[", count: 100_000)
        #expect(try problems(deep).first?.problem == "nested too deep")
        let long = "pipeline: a\n#" + String(repeating: "x", count: YAMLFile.byteLimit)
        #expect(try problems(long).first?.problem == "the file is too long")
    }

    @Test
    func `refuses what is not a file`() throws {
        let folder = try TemporaryFolder()
        func problem(_ name: String) -> String? {
            do {
                _ = try YAMLFile.read(path: folder.path + "/" + name, file: name, shape: shape)
                return nil
            } catch {
                return error.problems.first?.problem
            }
        }
        #expect(problem("missing.yaml") == "there is no such file")
        #expect(problem(".") == "not a file")
        #expect(unsafe mkfifo(folder.path + "/pipe", 0o600) == 0)
        #expect(problem("pipe") == "not a file")
        try folder.write("latin", Data([0x70, 0xE9, 0x0A]))
        #expect(problem("latin") == "not UTF-8")
    }

    @Test(arguments: [
        ("paritty", ["gap", "parity", "ratio"], "parity" as String?),
        ("match-years", ["match_years", "metrics"], "match_years"),
        ("xyzzy", ["gap", "parity"], nil),
        ("gpa", ["gap"], "gap"),
        ("", ["a"], "a"),
    ])
    func `finds the nearest word`(text: String, words: [String], nearest: String?) {
        #expect(nearestWord(to: text, among: words) == nearest)
    }

    @Test(arguments: [("3y", 36), ("1m", 1), ("18m", 18), ("0y", 0)])
    func `reads ages`(text: String, months: Int) {
        #expect(Forms.months(text) == months)
    }

    @Test(arguments: ["y", "3", "-1y", "3w", "1.5y", "", "３y", "90d", "+3y"])
    func `refuses other ages`(text: String) {
        #expect(Forms.months(text) == nil)
    }

    @Test
    func `escapes what a terminal would obey`() {
        let problem = Problem(file: "a\u{1B}[31m.yaml", problem: "p", found: Printable.quoted("\u{202E}x\n"))
        #expect(problem.description == #"a\u{1b}[31m.yaml: p; found "\u{202e}x\u{a}""#)
    }
}

/// A folder that is removed when the test is over.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "divide-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path(percentEncoded: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try write(name, Data(text.utf8))
    }

    @discardableResult
    func write(_ name: String, _ data: Data) throws -> String {
        let file = path + "/" + name
        let folder = file.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: "/" + folder, withIntermediateDirectories: true)
        try data.write(to: URL(filePath: file))
        return file
    }

    func text(_ name: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path + "/" + name))).map { String(decoding: $0, as: UTF8.self) }
    }

    func names(in folder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).sorted()
    }
}
