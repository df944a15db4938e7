package import Indicators

/// The checks of one run as a report tells of them.
///
/// A report that lands with the outputs has no times in it (``seconds`` 0, ``ended`` `nil`), so that the same input
/// gives the same bytes; one that is asked for by `--report` may have them.
package struct CheckReport: Sendable {
    /// A check as it stands in the pipeline file.
    package struct Check: Hashable, Sendable {
        package var id: String
        /// `TABLE.column`.
        package var metric: String
        /// Empty where nobody is named.
        package var owner: String
        /// Where it stands in the pipeline file, counted from 1.
        package var line: Int
        package var column: Int

        package init(id: String, metric: String, owner: String = "", line: Int, column: Int = 1) {
            self.id = id
            self.metric = metric
            self.owner = owner
            self.line = line
            self.column = column
        }
    }

    /// What kept a run from its end.
    package struct Fault: Hashable, Sendable {
        package var file: String
        /// 0 where the file as a whole is to blame.
        package var line: Int
        package var column: Int
        package var text: String

        package init(file: String, line: Int = 0, column: Int = 0, text: String) {
            self.file = file
            self.line = line
            self.column = column
            self.text = text
        }
    }

    package var pipeline: String
    package var title: LocalisedText
    /// `nil` where the run did not come so far as to know it.
    package var asOf: CalendarDate?
    /// The pipeline file, as whoever reads the report finds it: from the root of the repository.
    package var file: String
    /// In the order of the pipeline file.
    package var checks: [Check]
    /// `checks.csv`; `nil` where no check ran.
    package var table: Table?
    package var findings: [Finding]
    package var inputs: [Summary.Input]
    /// Not empty where the run ended with 2.
    package var faults: [Fault]
    /// Whether a warning counts as a failure.
    package var warningsAsFailures: Bool
    /// How long the run took.
    package var seconds: Double
    /// When it ended, in seconds since 1970; `nil` where no time is to be told.
    package var ended: Int?
    /// Where whoever reads the report finds the file that a finding names.
    package var pathOfFile: @Sendable (String) -> String

    package init(
        pipeline: String,
        title: LocalisedText = LocalisedText(),
        asOf: CalendarDate? = nil,
        file: String,
        checks: [Check] = [],
        table: Table? = nil,
        findings: [Finding] = [],
        inputs: [Summary.Input] = [],
        faults: [Fault] = [],
        warningsAsFailures: Bool = false,
        seconds: Double = 0,
        ended: Int? = nil,
        pathOfFile: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.pipeline = pipeline
        self.title = title
        self.asOf = asOf
        self.file = file
        self.checks = checks
        self.table = table
        self.findings = findings
        self.inputs = inputs
        self.faults = faults
        self.warningsAsFailures = warningsAsFailures
        self.seconds = seconds
        self.ended = ended
        self.pathOfFile = pathOfFile
    }
}

/// The forms in which a ``CheckReport`` can be had.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    /// JUnit XML, valid against the schema of Jenkins' xUnit plug-in (junit-10.xsd).
    case junit
    /// Workflow commands that GitHub turns into annotations.
    case github
    /// Markdown for a GitHub job summary.
    case githubSummary = "github-summary"
    /// A GitLab code quality report.
    case gitlab
    case markdown
    case json
    /// OpenMetrics text, which a Prometheus node exporter reads too.
    case openmetrics
}

extension CheckReport {
    /// The report in a form, as UTF-8 with a final line feed.
    package func bytes(as format: ReportFormat) -> [UInt8] {
        switch format {
        case .junit: junit
        case .github: githubAnnotations
        case .githubSummary, .markdown: markdown
        case .gitlab: gitlabCodeQuality
        case .json: json
        case .openmetrics: openMetrics
        }
    }
}

extension CheckReport {
    /// The reports that land with every run that has checks.
    package var artefacts: [Artefact] {
        [
            Artefact(path: "checks.junit.xml", bytes: bytes(as: .junit)),
            Artefact(path: "checks.md", bytes: bytes(as: .markdown)),
        ]
    }
}

/// What a check said of all the cells that it selected.
struct CheckOutcome {
    /// One row of `checks.csv`.
    struct Judged {
        var selection: String
        var value: Cell
        var warnIf: String
        var failIf: String
        var verdict: Verdict
        var message: String
        /// The worst grade of what was judged; empty where nobody knows.
        var grade: String
    }

    var check: CheckReport.Check
    var cells: [Judged]

    /// The worst of the cells.
    var verdict: Verdict { cells.map(\.verdict).max() ?? .pass }

    /// Those that have the worst verdict, in the order of `checks.csv`.
    var worst: [Judged] { cells.filter { $0.verdict == verdict } }

    /// `3 cells: 1 fail, 2 pass`.
    var counts: String {
        let counts = Verdict.allCases.sorted(by: >).compactMap { verdict in
            let count = cells.count { $0.verdict == verdict }
            return count > 0 ? "\(count) \(verdict.rawValue)" : nil
        }
        return "\(cells.count) cell\(cells.count == 1 ? "" : "s"): " + counts.joined(separator: ", ")
    }

    /// The message of the first of the worst, and how many others there are.
    var headline: String {
        guard let first = worst.first else { return counts }
        let others = worst.count - 1
        return first.message + (others > 0 ? " (and \(others) more)" : "")
    }
}

extension CheckReport {
    /// The checks with what they said, in the order of the pipeline file.
    var outcomes: [CheckOutcome] {
        guard let table else { return [] }
        var judged: [String: [CheckOutcome.Judged]] = [:]
        let grade = table.schema.index(of: "grade")
        for row in 0..<table.rowCount {
            judged[table[row, "check"].text, default: []].append(
                CheckOutcome.Judged(
                    selection: table[row, "selection"].text,
                    value: table[row, "value"],
                    warnIf: table[row, "warn_if"].text,
                    failIf: table[row, "fail_if"].text,
                    verdict: Verdict(rawValue: table[row, "verdict"].text) ?? .fail,
                    message: table[row, "message"].text,
                    grade: grade.map { table[row, $0].text } ?? ""
                )
            )
        }
        return checks.compactMap { check in judged[check.id].map { CheckOutcome(check: check, cells: $0) } }
    }

    /// The worst that the checks say; `nil` where none ran.
    var verdict: Verdict? {
        table == nil ? nil : outcomes.map(\.verdict).max() ?? .pass
    }

    /// Whether a verdict makes the run end with 1.
    func isFailure(_ verdict: Verdict) -> Bool {
        verdict == .fail || (warningsAsFailures && verdict == .warn)
    }

    /// `FILE:LINE` of a check.
    func place(of check: Check) -> String {
        "\(file):\(check.line)"
    }

    /// How many checks, not cells, have each verdict.
    func count(of verdict: Verdict, in outcomes: [CheckOutcome]) -> Int {
        outcomes.count { $0.verdict == verdict }
    }
}

extension String {
    /// Without what terminals and web pages would obey rather than show: control characters but tab and line feed as
    /// their pictures, line separators and directional overrides as U+FFFD.
    var shown: String {
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x09 || $0 == 0x0A }) { return self }
        var shown = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A: shown.append(scalar)
            case 0..<0x20: shown.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            case 0x7F: shown.append("␡")
            case 0x80..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF:
                shown.append("\u{FFFD}")
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// As ``shown`` on one line.
    var onOneLine: String {
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
        return String(shown.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}
