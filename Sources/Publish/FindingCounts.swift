package import Indicators

/// How many findings of which severity and code a run has.
package struct FindingCounts: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var code: String
        package var severity: Finding.Severity
        package var count: Int
    }

    /// Errors first, then warnings, then notes; within a severity the most frequent first, then by code.
    package let entries: [Entry]

    package init(_ findings: [Finding]) {
        var counts: [Kind: Int] = [:]
        for finding in findings { counts[Kind(code: finding.code, severity: finding.severity), default: 0] += 1 }
        entries = counts.map { Entry(code: $0.key.code, severity: $0.key.severity, count: $0.value) }
            .sorted { left, right in
                if left.severity != right.severity { return left.severity > right.severity }
                if left.count != right.count { return left.count > right.count }
                return left.code < right.code
            }
    }

    package var total: Int {
        entries.map(\.count).reduce(0, +)
    }

    package func count(of severity: Finding.Severity) -> Int {
        entries.filter { $0.severity == severity }.map(\.count).reduce(0, +)
    }

    /// `11 findings: 3 warnings (jump 2, duplicate-value 1), 8 notes (total-set-aside 8)`; `no findings`.
    ///
    /// Of each severity the three most frequent codes are named.
    package var line: String {
        if total == 0 { return "no findings" }
        let parts = Finding.Severity.allCases.sorted(by: >).compactMap(part)
        return "\(Self.counted(total, "finding")): \(parts.joined(separator: ", "))"
    }

    private func part(_ severity: Finding.Severity) -> String? {
        let ofSeverity = entries.filter { $0.severity == severity }
        if ofSeverity.isEmpty { return nil }
        var codes = ofSeverity.prefix(3).map { "\($0.code) \($0.count)" }
        let others = ofSeverity.dropFirst(3).map(\.count).reduce(0, +)
        if others > 0 { codes.append("others \(others)") }
        return "\(Self.counted(count(of: severity), severity.rawValue)) (\(codes.joined(separator: ", ")))"
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private struct Kind: Hashable {
        var code: String
        var severity: Finding.Severity
    }
}
