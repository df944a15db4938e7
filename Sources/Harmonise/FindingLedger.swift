import Indicators

/// Collects findings, those about the same thing as one.
struct FindingLedger {
    private struct Subject: Hashable {
        var code: String
        var subject: String
    }

    private struct Entry {
        var finding: Finding
        var origin: Origin?
        var cells: Int
    }

    private var entries: [Subject: Entry] = [:]

    /// Notes a finding at a cell. Findings of one code about one subject become one, at the first of their cells, with
    /// the number of cells; `make` makes it as it is at this cell.
    mutating func add(_ code: String, about subject: String, at origin: Origin, _ make: () -> Finding) {
        let key = Subject(code: code, subject: subject)
        guard var entry = entries[key] else {
            entries[key] = Entry(finding: make(), origin: origin, cells: 1)
            return
        }
        entry.cells += 1
        if let first = entry.origin, origin < first {
            entry.origin = origin
            entry.finding = make()
        }
        entries[key] = entry
    }

    /// Notes a finding that stands alone.
    mutating func add(_ finding: Finding, about subject: String) {
        entries[Subject(code: finding.code, subject: subject)] = Entry(finding: finding, origin: nil, cells: 1)
    }

    /// In canonical order.
    func findings() -> [Finding] {
        entries.values.map { entry in
            var finding = entry.finding
            if entry.cells > 1 { finding.found += " (\(entry.cells) cells)" }
            return finding
        }
        .inCanonicalOrder
    }
}
