internal import Indicators
internal import Logging
internal import Pipeline

/// Findings in words.
enum FindingText {
    /// `FILE:LINE: severity code (column): found ...; expected ...; hint`, safe to print.
    static func line(_ finding: Finding) -> String {
        place(of: finding) + "\(finding.severity.rawValue): " + body(of: finding)
    }

    /// The same without the severity, which a log line says by itself.
    static func message(_ finding: Finding) -> String {
        place(of: finding) + body(of: finding)
    }

    private static func place(of finding: Finding) -> String {
        guard !finding.file.isEmpty else { return "" }
        return Printable.escaped(finding.file) + (finding.line > 0 ? ":\(finding.line)" : "") + ": "
    }

    private static func body(of finding: Finding) -> String {
        var text = finding.code
        if finding.record > 0 { text += ", record \(finding.record)" }
        if !finding.column.isEmpty { text += ", column \(Printable.quoted(finding.column))" }
        if !finding.expected.isEmpty { text += "; expected \(Printable.escaped(finding.expected))" }
        if !finding.found.isEmpty { text += "; found \(Printable.quoted(finding.found, limit: 160))" }
        if !finding.hint.isEmpty { text += "; \(Printable.escaped(finding.hint))" }
        return text
    }
}

extension Logger {
    /// The most findings of one code that are told one by one.
    private static let shownOfACode = 3

    /// Tells findings: errors and warnings, the first of each code one by one, the rest as a number.
    ///
    /// - Parameters:
    ///   - findings: In the order in which they are told.
    ///   - list: Who has them all.
    ///   - quiet: Whether to say nothing.
    func tell(_ findings: [Finding], list: String = "findings.csv", quiet: Bool) {
        guard !quiet else { return }
        var counts: [String: Int] = [:]
        for finding in findings where finding.severity > .note {
            let count = counts[finding.code, default: 0] + 1
            counts[finding.code] = count
            guard count <= Self.shownOfACode else { continue }
            let level: Logger.Level = finding.severity == .error ? .error : .warning
            log(level: level, "\(FindingText.message(finding))")
        }
        for (code, count) in counts.sorted(by: { $0.key < $1.key }) where count > Self.shownOfACode {
            warning("\(code): \(count - Self.shownOfACode) more; \(list) has them all")
        }
        let notes = findings.count { $0.severity == .note }
        if notes > 0 { info("\(notes) notes; \(list) has them all") }
    }
}
