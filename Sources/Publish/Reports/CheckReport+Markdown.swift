import Indicators

extension CheckReport {
    /// One page in Markdown: the verdict, what was read, and a table of the cells, the worst first.
    var markdown: [UInt8] {
        var lines = ["# \(Self.escaped(pipeline)): \(headingVerdict)", ""]
        if !title.english.isEmpty { lines += [Self.escaped(title.english), ""] }
        for fault in faults {
            lines.append("- `\(place(of: fault))`: \(Self.escaped(fault.text))")
        }
        if !faults.isEmpty { lines.append("") }
        lines += facts + [""]
        let outcomes = outcomes
        if !outcomes.isEmpty { lines += tally(of: outcomes) + [""] + table(of: outcomes) + [""] }
        lines.append(Self.escaped(FindingCounts(findings).line))
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private var headingVerdict: String {
        if !faults.isEmpty { return "not done" }
        return verdict?.rawValue ?? "no checks"
    }

    private func place(of fault: Fault) -> String {
        let file = fault.file.onOneLine.filter { $0 != "`" }
        return fault.line > 0 ? "\(file):\(fault.line)" : file
    }

    private var facts: [String] {
        var facts: [String] = []
        if let asOf { facts.append("- as of \(asOf)") }
        facts.append("- pipeline file `\(file.onOneLine.filter { $0 != "`" })`")
        if let grade = Grade.worst(of: inputs.map(\.grade)) {
            let tally = inputs.map(\.tally).reduce(Tally(), +)
            facts.append(
                "- \(inputs.count) file\(inputs.count == 1 ? "" : "s"), the worst grade \(grade.rawValue): \(tally.read) values read = \(tally.used) used "
                    + "+ \(tally.refused) refused + \(tally.setAside) set aside"
            )
        }
        return facts
    }

    private func tally(of outcomes: [CheckOutcome]) -> [String] {
        let verdicts = Verdict.allCases.sorted(by: >)
        return [
            "| checks | " + verdicts.map(\.rawValue).joined(separator: " | ") + " |",
            "|---:|" + verdicts.map { _ in "---:|" }.joined(),
            "| \(outcomes.count) | "
                + verdicts.map { String(count(of: $0, in: outcomes)) }.joined(separator: " | ") + " |",
        ]
    }

    /// A job summary may not exceed 1 MiB; what does not fit stands in `checks.csv`.
    private func table(of outcomes: [CheckOutcome]) -> [String] {
        let limit = 500
        var rows: [String] = []
        for verdict in Verdict.allCases.sorted(by: >) {
            for outcome in outcomes {
                for cell in outcome.cells where cell.verdict == verdict {
                    let texts = [
                        verdict == .pass || verdict == .skipped ? verdict.rawValue : "**\(verdict.rawValue)**",
                        Self.escaped(outcome.check.id), Self.escaped(cell.selection), cell.value.text,
                        Self.escaped(cell.warnIf), Self.escaped(cell.failIf), Self.escaped(cell.message),
                        Self.escaped(outcome.check.owner), String(outcome.check.line),
                    ]
                    rows.append("| " + texts.joined(separator: " | ") + " |")
                }
            }
        }
        let beyond = rows.count - limit
        return [
            "| verdict | check | selection | value | warn if | fail if | message | owner | line |",
            "|---|---|---|---:|---|---|---|---|---:|",
        ] + rows.prefix(limit) + (beyond > 0 ? ["", "\(beyond) more in checks.csv"] : [])
    }

    /// Text that stays text: no markup, no column of a table, no HTML.
    private static func escaped(_ text: String) -> String {
        var escaped: [UInt8] = []
        // By bytes: all that is escaped is ASCII.
        for byte in text.onOneLine.utf8 {
            switch Unicode.Scalar(byte) {
            case "<": escaped += "&lt;".utf8
            case ">": escaped += "&gt;".utf8
            case "&": escaped += "&amp;".utf8
            case "|", "\\", "`", "*", "_", "[", "]", "#", "~", "@", "!": escaped += [UInt8(ascii: "\\"), byte]
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
