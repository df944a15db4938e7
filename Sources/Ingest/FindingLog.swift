import Indicators

/// The findings of one file: in full for the first of a code, summed up beyond, so that a bad file of millions of
/// rows does not fill the memory.
struct FindingLog {
    /// How many findings of one code are kept in full.
    static let limit = 1_000

    let file: String
    private(set) var findings: [Finding] = []
    private var counts: [String: Int] = [:]

    init(file: String) {
        self.file = file
    }

    mutating func add(_ finding: Finding) {
        let count = counts[finding.code, default: 0] + 1
        counts[finding.code] = count
        if count <= Self.limit { findings.append(finding) }
    }

    /// Adds a finding about a record, or about the file where `record` is 0.
    mutating func add(
        _ code: String,
        _ severity: Finding.Severity,
        record: Int = 0,
        line: Int = 0,
        column: String = "",
        found: String,
        expected: String,
        hint: String = ""
    ) {
        add(
            Finding(
                code: code,
                severity: severity,
                file: file,
                record: record,
                line: line,
                column: column,
                found: excerpt(found),
                expected: expected,
                hint: hint
            )
        )
    }

    /// All findings, with one more for each code of which not all were kept.
    func summedUp() -> [Finding] {
        var all = findings
        for (code, count) in counts.sorted(by: { $0.key < $1.key }) where count > Self.limit {
            guard let first = findings.first(where: { $0.code == code }) else { continue }
            all.append(
                Finding(
                    code: code,
                    severity: first.severity,
                    file: file,
                    found: "\(count - Self.limit) more",
                    expected: first.expected,
                    hint: first.hint
                )
            )
        }
        return all
    }
}
