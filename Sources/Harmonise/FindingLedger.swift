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

    private var subjects = RecurringValues<Subject>()
    /// One for each of the subjects, by their numbers.
    private var entries: [Entry] = []

    /// Notes a finding at a cell. Findings of one code about one subject become one, at the first of their cells, with
    /// the number of cells; `make` makes it as it is at this cell.
    mutating func add(_ code: String, about subject: String, at origin: Origin, _ make: () -> Finding) {
        let number = subjects.number(Subject(code: code, subject: subject))
        guard number < entries.count else {
            entries.append(Entry(finding: make(), origin: origin, cells: 1))
            return
        }
        entries[number].cells += 1
        if let first = entries[number].origin, origin < first {
            entries[number].origin = origin
            entries[number].finding = make()
        }
    }

    /// Notes a finding that stands alone.
    mutating func add(_ finding: Finding, about subject: String) {
        let number = subjects.number(Subject(code: finding.code, subject: subject))
        let entry = Entry(finding: finding, origin: nil, cells: 1)
        if number < entries.count { entries[number] = entry } else { entries.append(entry) }
    }

    /// In canonical order.
    func findings() -> [Finding] {
        entries.map { entry in
            var finding = entry.finding
            if entry.cells > 1 { finding.found += " (\(entry.cells) cells)" }
            return finding
        }
        .inCanonicalOrder
    }
}
