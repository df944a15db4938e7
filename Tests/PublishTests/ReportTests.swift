import Foundation
import FoundationXML
import Indicators
import Publish
import Testing

@Suite struct `Reports of the checks` {
    /// `Tests/run` hands the recorded files to the parsers and schemas that CI systems use.
    @Test(arguments: ReportFormat.allCases, ["hostile", "not-done", "empty"])
    func `are as recorded`(format: ReportFormat, name: String) throws {
        let file = recorded.appending(path: "\(name).\(format.fileExtension)")
        let bytes = try #require(samples[name]).bytes(as: format)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" { try Data(bytes).write(to: file) }
        #expect(text(bytes) == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test(arguments: ReportFormat.allCases)
    func `end with a line feed and hold no control character that a terminal would obey`(format: ReportFormat) throws {
        let report = try #require(samples["hostile"]).bytes(as: format)
        #expect(report.last == 10)
        #expect(!report.contains { $0 < 32 && $0 != 10 && $0 != 9 })
        #expect(!text(report).unicodeScalars.contains("\u{202E}") || format == .json || format == .gitlab)
    }
}

@Suite struct `A JUnit report` {
    @Test func `has a case for each check, its cells within`() throws {
        let suite = try suite(of: "hostile")
        #expect(suite.attribute(forName: "tests")?.stringValue == "5")
        #expect(suite.attribute(forName: "failures")?.stringValue == "1")
        #expect(suite.attribute(forName: "skipped")?.stringValue == "1")
        #expect(suite.attribute(forName: "errors")?.stringValue == "0")
        let cases = suite.elements(forName: "testcase")
        #expect(
            cases.map { $0.attribute(forName: "name")?.stringValue } == ["parity", "jump", "rows", "grows", "odd <&>"]
        )
        #expect(cases.map { $0.elements(forName: "failure").count } == [1, 0, 0, 0, 0])
        #expect(cases.map { $0.elements(forName: "skipped").count } == [0, 0, 0, 1, 0])
        let failure = try #require(cases[0].elements(forName: "failure").first?.stringValue)
        #expect(failure.hasPrefix("Pipelines/a b.yaml:41: check parity of gaps.parity"))
        #expect(failure.contains("3 cells: 1 fail, 1 warn, 1 pass"))
        #expect(failure.contains("fail [indicator=internet_users]: 0.5 is < 0.6"))
    }

    @Test func `counts warnings as failures where they are`() throws {
        var report = try #require(samples["hostile"])
        report.warningsAsFailures = true
        let document = try XMLDocument(data: Data(report.bytes(as: .junit)))
        let suite = try #require(document.rootElement()?.elements(forName: "testsuite").first)
        #expect(suite.attribute(forName: "failures")?.stringValue == "2")
    }

    @Test func `gives back every text that XML can hold`() throws {
        for hostile in hostileTexts(300) {
            let report = sample([row("c", hostile, 1, "fail", hostile)], [check("c", line: 1)])
            let document = try XMLDocument(data: Data(report.bytes(as: .junit)))
            let failure = try #require(try document.nodes(forXPath: "//failure").first as? XMLElement)
            let message = try #require(failure.attribute(forName: "message")?.stringValue)
            #expect(message == pictured(hostile))
        }
    }

    @Test(arguments: [(0, "0.000"), (0.0004, "0.000"), (0.0005, "0.001"), (61.25, "61.250"), (1e300, "1000000000.000")])
    func `tells times with three decimals`(seconds: Double, expected: String) throws {
        var report = try #require(samples["empty"])
        report.seconds = seconds
        let document = try XMLDocument(data: Data(report.bytes(as: .junit)))
        #expect(document.rootElement()?.attribute(forName: "time")?.stringValue == expected)
    }

    @Test func `has an error for what kept the run from its end`() throws {
        let suite = try suite(of: "not-done")
        #expect(suite.attribute(forName: "errors")?.stringValue == "2")
        #expect(suite.elements(forName: "testcase").allSatisfy { $0.elements(forName: "error").count == 1 })
    }

    private func suite(of name: String) throws -> XMLElement {
        let report = try #require(samples[name])
        let document = try XMLDocument(data: Data(report.bytes(as: .junit)))
        return try #require(document.rootElement()?.elements(forName: "testsuite").first)
    }
}

@Suite struct `GitHub annotations` {
    @Test func `stand at the line of the check, one for each that does not pass`() throws {
        let lines = text(try #require(samples["hostile"]).bytes(as: .github)).split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("::error file=Pipelines/a b.yaml,line=41,title=parity%3A fail::0.5 is < 0.6 ["))
        #expect(lines[1].hasPrefix("::warning file=Pipelines/a b.yaml,line=44,title=jump%3A warn::"))
        #expect(lines[2].hasPrefix("::notice file=Pipelines/a b.yaml,line=50,title=grows%3A skipped::"))
        #expect(lines[3].hasPrefix("::warning file=Datasets/a.csv,line=7,title=duplicate-value::"))
        #expect(lines[3].hasSuffix("%0Aand 1 more of its kind in findings.csv"))
    }

    /// What a runner makes of a command: its toolkit's escapes undone.
    @Test func `give back any text`() throws {
        for hostile in hostileTexts(300) {
            let report = sample([row("c", "s", 1, "fail", hostile)], [check("c", line: 1)])
            let command = String(text(report.bytes(as: .github)).dropFirst(2).dropLast())
            #expect(!command.contains("\n"))
            let start = try #require(command.range(of: "::", options: .literal)).upperBound
            let message = String(command[start...])
                .replacingOccurrences(of: "%0A", with: "\n", options: .literal)
                .replacingOccurrences(of: "%25", with: "%", options: .literal)
            #expect(message == pictured(hostile) + " [s]")
        }
    }
}

@Suite struct `OpenMetrics text` {
    @Test func `has a line for each number, labels escaped, and an end`() throws {
        let metrics = text(try #require(samples["hostile"]).bytes(as: .openmetrics))
        #expect(metrics.hasSuffix("\n# EOF\n"))
        #expect(
            metrics.contains(
                #"divide_check_verdict{pipeline="a-b",check="odd <&>",metric="gaps.parity",selection="a=\"b\\,c\"\n|d",owner="o@e"} 0"#
            )
        )
        #expect(metrics.contains("divide_checks{pipeline=\"a-b\",verdict=\"skipped\"} 1\n"))
    }

    @Test func `says that a run was not done`() throws {
        #expect(
            text(try #require(samples["not-done"]).bytes(as: .openmetrics)).contains(
                "divide_run_done{pipeline=\"a-b\"} 0\n"
            )
        )
    }
}

@Suite struct `A GitLab report` {
    @Test func `gives each entry a fingerprint of its own that does not depend on the numbers`() throws {
        func prints(value: Double) throws -> [String] {
            let report = sample(
                [row("c", "year=1", value, "fail", "\(value)"), row("c", "year=2", value, "warn", "\(value)")],
                [check("c", line: 1)]
            )
            let entries = try JSONSerialization.jsonObject(with: Data(report.bytes(as: .gitlab))) as? [[String: Any]]
            return try #require(entries).compactMap { $0["fingerprint"] as? String }
        }
        let first = try prints(value: 1)
        #expect(Set(first).count == 2)
        #expect(try prints(value: 2) == first)
    }
}

@Suite struct `The page in Markdown` {
    @Test func `keeps any text in its cell`() {
        for hostile in hostileTexts(300) {
            let report = sample([row("c", hostile, 1, "fail", hostile)], [check("c", line: 1)])
            let rows = text(report.bytes(as: .markdown)).split(separator: "\n").filter { $0.hasPrefix("| **fail**") }
            #expect(rows.count == 1)
            let bare = String(rows[0]).replacingOccurrences(of: "\\\\", with: "", options: .literal)
                .replacingOccurrences(of: "\\|", with: "", options: .literal)
            #expect(bare.unicodeScalars.count { $0 == "|" } == 10)
        }
    }
}

// MARK: - Samples

private let recorded = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reports")

extension ReportFormat {
    fileprivate var fileExtension: String {
        switch self {
        case .junit: "junit.xml"
        case .github: "github.txt"
        case .githubSummary: "github-summary.md"
        case .gitlab: "gitlab.json"
        case .markdown: "md"
        case .json: "json"
        case .openmetrics: "prom"
        }
    }
}

private let checksSchema = TableSchema(
    name: "checks",
    title: "A verdict a row.",
    columns: ["check", "metric", "selection"].map { Column($0, .text, definition: "Key.", isKey: true) }
        + [Column("value", .number, definition: "What was judged.")]
        + ["warn_if", "fail_if", "verdict", "message", "owner"].map { Column($0, .text, definition: "Text.") }
)

private func row(_ check: String, _ selection: String, _ value: Double?, _ verdict: String, _ message: String) -> [Cell]
{
    [
        .text(check), .text("gaps.parity"), .text(selection), Cell(value), .text("< 0.8"), .text("< 0.6"),
        .text(verdict), .text(message), .missing,
    ]
}

private func check(_ id: String, owner: String = "", line: Int) -> CheckReport.Check {
    CheckReport.Check(id: id, metric: "gaps.parity", owner: owner, line: line)
}

private func sample(_ rows: [[Cell]], _ checks: [CheckReport.Check]) -> CheckReport {
    var table = Table(schema: checksSchema)
    for row in rows { table.append(row) }
    return CheckReport(pipeline: "a-b", file: "Pipelines/a b.yaml", checks: checks, table: table)
}

private let samples: [String: CheckReport] = {
    var hostile = sample(
        [
            row("parity", "indicator=internet_users", 0.5, "fail", "0.5 is < 0.6"),
            row("parity", "indicator=mobile", 0.7, "warn", "0.7 is < 0.8: 12%, really"),
            row("parity", "indicator=skills", 0.9, "pass", "0.9"),
            row("jump", "place=TH-43", -12.5, "warn", "หนองคาย fell by\n12.5 ]]> <b>"),
            row("rows", "file=a.csv", 77, "pass", "77 rows"),
            row("grows", "place=LA-XS", nil, "skipped", "skipped: no baseline"),
            row("odd <&>", "a=\"b\\,c\"\n|d", 1, "pass", "tab\there, \u{1B}[31mred\u{0}, \u{202E}back, \u{FFFE}"),
        ],
        [
            check("parity", owner: "ict@example.org", line: 41), check("jump", line: 44), check("rows", line: 47),
            check("grows", line: 50), check("odd <&>", owner: "o@e", line: 53),
        ]
    )
    hostile.title = LocalisedText(english: "A | title with <b>")
    hostile.asOf = CalendarDate(year: 2026, month: 1, day: 1)
    hostile.seconds = 0.0625
    hostile.ended = 1_767_225_600
    hostile.inputs = [
        Summary.Input(
            file: "Datasets/ไทย \"a\".csv",
            grade: .survey,
            tally: Tally(read: 120, used: 100, refused: 5, setAside: 15)
        )
    ]
    hostile.pathOfFile = { $0.replacing("../", with: "") }
    for record in [6, 9] {
        hostile.findings.append(
            Finding(
                code: "duplicate-value",
                severity: .warning,
                file: "../Datasets/a.csv",
                record: record,
                line: record + 1,
                column: "ร้อยละ",
                found: "1,2",
                expected: "one value",
                hint: "keep one"
            )
        )
    }
    hostile.findings.append(Finding(code: "odd", severity: .warning, found: "100%", expected: "a : b"))
    hostile.findings.append(Finding(code: "note-only", severity: .note, found: "x", expected: "y"))
    var notDone = CheckReport(pipeline: "a-b", file: "Pipelines/a b.yaml")
    notDone.faults = [
        CheckReport.Fault(file: "Pipelines/a b.yaml", line: 3, column: 2, text: "unknown key; found \"chekcs\""),
        CheckReport.Fault(file: "Datasets/gone.csv", text: "there is no such file"),
    ]
    return ["hostile": hostile, "not-done": notDone, "empty": CheckReport(pipeline: "a-b", file: "a.yaml")]
}()

/// What a report is expected to make of a text: controls as pictures, what cannot be shown as U+FFFD.
private func pictured(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 9, 10: shown.unicodeScalars.append(scalar)
        case 0..<32: shown.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? scalar)
        case 0x80...0x9F, 0x200F, 0x202E, 0x2028, 0xFEFF: shown.unicodeScalars.append("\u{FFFD}")
        default: shown.unicodeScalars.append(scalar)
        }
    }
    return shown
}
