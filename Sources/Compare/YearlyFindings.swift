import Indicators

/// Findings that may return in every year of a series: each is told once, with its years.
struct YearlyFindings {
    private struct Kind: Hashable {
        var code: String
        var severity: Finding.Severity
        var subject: String
        var expected: String
        var hint: String
    }

    private var order: [Kind] = []
    private var years: [Kind: Set<Int>] = [:]

    /// Notes what was found in a year of the Common Era, or whatever the year.
    mutating func note(
        _ code: String,
        _ severity: Finding.Severity,
        _ subject: String,
        _ year: Int? = nil,
        expected: String,
        hint: String = ""
    ) {
        let kind = Kind(code: code, severity: severity, subject: subject, expected: expected, hint: hint)
        if years[kind] == nil { order.append(kind) }
        years[kind, default: []].formUnion(year.map { [$0] } ?? [])
    }

    var findings: [Finding] {
        order.map { kind in
            Finding(
                code: kind.code,
                severity: kind.severity,
                found: [kind.subject, Self.spans(of: (years[kind] ?? []).sorted())].filter { !$0.isEmpty }
                    .joined(separator: ", "),
                expected: kind.expected,
                hint: kind.hint
            )
        }
    }

    /// `2015..2018 2020`.
    static func spans(of years: [Int]) -> String {
        var spans: [ClosedRange<Int>] = []
        for year in years {
            if let last = spans.last, last.upperBound == year - 1 {
                spans[spans.count - 1] = last.lowerBound...year
            } else {
                spans.append(year...year)
            }
        }
        return spans.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)" }
            .joined(separator: " ")
    }
}
