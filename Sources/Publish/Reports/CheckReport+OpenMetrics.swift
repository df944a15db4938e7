import Indicators

extension CheckReport {
    /// OpenMetrics text, which the textfile collector of a node exporter reads too: all gauges, no time stamps on
    /// samples.
    ///
    /// A cell without a number has a verdict and no value. After a run that was not done, `divide_run_done` is 0 and
    /// there are no checks.
    var openMetrics: [UInt8] {
        var text = MetricText(pipeline: pipeline)
        let outcomes = outcomes
        text.family("divide_run_done", "Whether the last run came to its end: 1, or 0 where it ended with 2.")
        text.sample("divide_run_done", value: faults.isEmpty ? "1" : "0")
        if let ended {
            text.family("divide_run_ended_seconds", "When the last run ended, in seconds since 1970.")
            text.sample("divide_run_ended_seconds", value: String(ended))
            text.family("divide_run_duration_seconds", "How long the last run took.")
            text.sample("divide_run_duration_seconds", value: Self.milliseconds(seconds))
        }
        text.family("divide_input_values", "Values of an input file, by what became of them.")
        for input in inputs {
            let tally = input.tally
            for (fate, count) in [("used", tally.used), ("refused", tally.refused), ("set_aside", tally.setAside)] {
                text.sample("divide_input_values", [("file", input.file), ("fate", fate)], value: String(count))
            }
        }
        text.family("divide_findings", "Findings of the last run, by severity.")
        let findings = FindingCounts(findings)
        for severity in Finding.Severity.allCases {
            text.sample(
                "divide_findings",
                [("severity", severity.rawValue)],
                value: String(findings.count(of: severity))
            )
        }
        text.family("divide_checks", "Checks of the last run, by verdict.")
        for verdict in Verdict.allCases {
            text.sample(
                "divide_checks",
                [("verdict", verdict.rawValue)],
                value: String(count(of: verdict, in: outcomes))
            )
        }
        text.family("divide_check_verdict", "The verdict on a cell: -1 skipped, 0 pass, 1 warn, 2 fail.")
        forEachCell(of: outcomes) { labels, cell in
            text.sample("divide_check_verdict", labels, value: String(cell.verdict.level))
        }
        text.family("divide_check_value", "The number that a check judged.")
        forEachCell(of: outcomes) { labels, cell in
            guard cell.value.numeric != nil else { return }
            text.sample("divide_check_value", labels, value: cell.value.text)
        }
        return text.bytes
    }

    private func forEachCell(of outcomes: [CheckOutcome], _ body: ([(String, String)], CheckOutcome.Judged) -> Void) {
        for outcome in outcomes {
            for cell in outcome.cells {
                let labels = [
                    ("check", outcome.check.id), ("metric", outcome.check.metric), ("selection", cell.selection),
                    ("owner", outcome.check.owner), ("grade", cell.grade),
                ]
                body(labels.filter { !$0.1.isEmpty }, cell)
            }
        }
    }
}

extension Verdict {
    fileprivate var level: Int {
        switch self {
        case .skipped: -1
        case .pass: 0
        case .warn: 1
        case .fail: 2
        }
    }
}

/// Samples in families, each label value escaped.
private struct MetricText {
    let pipeline: String
    private var text = ""

    init(pipeline: String) {
        self.pipeline = pipeline
    }

    var bytes: [UInt8] { Array((text + "# EOF\n").utf8) }

    mutating func family(_ name: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)] = [], value: String) {
        let spelt = ([("pipeline", pipeline)] + labels).map { "\($0)=\"\(Self.escaped($1))\"" }
        text += "\(name){\(spelt.joined(separator: ","))} \(value)\n"
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for scalar in value.shown.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
