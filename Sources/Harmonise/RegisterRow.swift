import Indicators

/// A row of a register that people keep, of targets or of activities, being read: what cannot be read is told, and the row left
/// out.
struct RegisterRow {
    let row: TextTable.Row
    let table: TextTable
    /// What a row is called: `target`.
    let noun: String
    private(set) var findings: [Finding] = []

    init(_ row: TextTable.Row, of table: TextTable, noun: String) {
        self.row = row
        self.table = table
        self.noun = noun
    }

    /// Where the row stands, at one of its fields.
    func origin(field: Int, column: String) -> Origin {
        Origin(file: table.file, record: row.record, line: row.line, field: field + 1, column: column)
    }

    /// Notes what is wrong with a field; without a hint, that the row is left out.
    mutating func refuse(
        _ code: String,
        _ column: String,
        _ found: String,
        _ expected: String,
        _ hint: String = "",
        severity: Finding.Severity = .warning
    ) {
        findings.append(
            row.finding(
                code,
                severity: severity,
                in: table,
                column: column,
                found: found,
                expected: expected,
                hint: hint.isEmpty ? "the \(noun) is left out" : hint
            )
        )
    }

    /// One of the words of a list; `nil`, with a finding, for another.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ code: String,
        _ column: String,
        _ text: String
    ) -> Word? {
        if let word = Word(rawValue: text) { return word }
        let hint = Indicators.hint(for: text, among: Word.words)
        refuse(code, column, text, "one of " + Word.words.joined(separator: ", "), hint)
        return nil
    }

    /// The code of the place that a text names; `nil`, with a finding, where it names none or several.
    mutating func place(
        _ text: String,
        in column: String,
        _ names: PlaceNames,
        country: String = "",
        unknown: String,
        ambiguous: String
    ) -> String? {
        let expected = "a code or name of a place in the gazetteer"
        switch names.match(text, country: country) {
        case .place(let code, _): return code
        case .unknown(let candidates):
            let near = candidates.map { "\($0.name) (\($0.code))" }.joined(separator: ", ")
            refuse(unknown, column, text, expected, near.isEmpty ? "" : "nearest: \(near)")
        case .ambiguous(let codes):
            refuse(ambiguous, column, text, "a name of one place, or a code", codes.joined(separator: ", "))
        default: refuse(unknown, column, text, expected)
        }
        return nil
    }
}
