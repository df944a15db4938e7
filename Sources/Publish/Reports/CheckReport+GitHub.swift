import Indicators

extension CheckReport {
    /// Workflow commands: an annotation for each check that does not pass, at its line of the pipeline file, for
    /// whatever kept the run from its end, and for the first warning of each code among the findings.
    ///
    /// GitHub shows ten errors, ten warnings and ten notices of a step, so a check speaks once, not once a cell.
    var githubAnnotations: [UInt8] {
        var lines = faults.map { fault in
            Self.command("error", file: fault.file, line: fault.line, title: "\(pipeline): not done", fault.text)
        }
        for outcome in outcomes where outcome.verdict != .pass {
            let level = isFailure(outcome.verdict) ? "error" : outcome.verdict == .warn ? "warning" : "notice"
            lines.append(
                Self.command(
                    level,
                    file: file,
                    line: outcome.check.line,
                    title: "\(outcome.check.id): \(outcome.verdict.rawValue)",
                    message(of: outcome)
                )
            )
        }
        lines += findingAnnotations
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private var findingAnnotations: [String] {
        let told = findings.filter { $0.severity > .note }
        var counts: [String: Int] = [:]
        for finding in told { counts[finding.code, default: 0] += 1 }
        var seen: Set<String> = []
        return told.compactMap { finding in
            guard seen.insert(finding.code).inserted else { return nil }
            let others = (counts[finding.code] ?? 1) - 1
            var text = finding.column.isEmpty ? "" : "column \(finding.column): "
            text += "found \(finding.found); expected \(finding.expected)"
            if !finding.hint.isEmpty { text += "; \(finding.hint)" }
            if others > 0 { text += "\nand \(others) more of its kind in findings.csv" }
            return Self.command(
                finding.severity == .error ? "error" : "warning",
                file: finding.file.isEmpty ? file : pathOfFile(finding.file),
                line: finding.line,
                title: finding.code,
                text
            )
        }
    }

    /// What the check says of its worst cells, the first ten of them, and to whom.
    private func message(of outcome: CheckOutcome) -> String {
        let limit = 10
        var lines = outcome.worst.prefix(limit).map { "\($0.message) [\($0.selection)]" }
        if outcome.worst.count > limit { lines.append("and \(outcome.worst.count - limit) more in checks.csv") }
        if !outcome.check.owner.isEmpty { lines.append("owner: \(outcome.check.owner)") }
        return lines.joined(separator: "\n")
    }

    private static func command(_ level: String, file: String, line: Int, title: String, _ message: String) -> String {
        var properties = ["file=\(escaped(file, isProperty: true))"]
        if line > 0 { properties.append("line=\(line)") }
        properties.append("title=\(escaped(title, isProperty: true))")
        return "::\(level) \(properties.joined(separator: ","))::\(escaped(message, isProperty: false))"
    }

    /// As GitHub's own toolkit escapes data and properties.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var escaped = ""
        for scalar in text.shown.unicodeScalars {
            switch scalar {
            case "%": escaped += "%25"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            case ":" where isProperty: escaped += "%3A"
            case "," where isProperty: escaped += "%2C"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
