/// Something in the input that a person should know of: bad data is a value, collected, not thrown.
public struct Finding: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
        /// Worth knowing; nothing was refused.
        case note
        /// The run goes on with the cell refused or flagged.
        case warning
        /// Stops the run: exit 2, nothing lands.
        case error

        private var weight: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }

        public static func < (left: Severity, right: Severity) -> Bool {
            left.weight < right.weight
        }
    }

    /// Stable, in words joined by hyphens: `share-out-of-range`. A pipeline may override its severity.
    public var code: String
    public var severity: Severity
    /// Relative to the pipeline's folder; empty where no file is to blame.
    public var file: String
    /// Counted from 1; 0 where the finding is about the file as a whole.
    public var record: Int
    /// The line on which the record begins; 0 where unknown.
    public var line: Int
    /// The header of the column, or its number where it has none; empty where no column is to blame.
    public var column: String
    /// The text or value found.
    public var found: String
    /// What was expected instead, as words that finish "expected ...".
    public var expected: String
    /// What the person can do about it.
    public var hint: String

    public init(
        code: String,
        severity: Severity,
        file: String = "",
        record: Int = 0,
        line: Int = 0,
        column: String = "",
        found: String,
        expected: String,
        hint: String = ""
    ) {
        self.code = code
        self.severity = severity
        self.file = file
        self.record = record
        self.line = line
        self.column = column
        self.found = found
        self.expected = expected
        self.hint = hint
    }

    /// A finding at the cell that `origin` names.
    public init(
        code: String,
        severity: Severity,
        at origin: Origin,
        found: String,
        expected: String,
        hint: String = ""
    ) {
        self.init(
            code: code,
            severity: severity,
            file: origin.file,
            record: origin.record,
            line: origin.line,
            column: origin.column,
            found: found,
            expected: expected,
            hint: hint
        )
    }
}

extension [Finding] {
    /// In canonical order: file, record, column, code, found, expected, each by its bytes; those that agree in all of them stay
    /// as they are. Their positions are sorted, and looked at field by field: a finding holds eight texts.
    public var inCanonicalOrder: [Finding] {
        if indices.dropFirst().allSatisfy({ precedes($0 - 1, $0) }) { return self }
        return indices.sorted(by: precedes).map { self[$0] }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        // One after the other: most differ in the first two, and the others need not be looked at to see it.
        if !Spelling.areAlike(self[left].file, self[right].file) {
            return Spelling.precedes(self[left].file, self[right].file)
        }
        if self[left].record != self[right].record { return self[left].record < self[right].record }
        if !Spelling.areAlike(self[left].column, self[right].column) {
            return Spelling.precedes(self[left].column, self[right].column)
        }
        if !Spelling.areAlike(self[left].code, self[right].code) {
            return Spelling.precedes(self[left].code, self[right].code)
        }
        if !Spelling.areAlike(self[left].found, self[right].found) {
            return Spelling.precedes(self[left].found, self[right].found)
        }
        if !Spelling.areAlike(self[left].expected, self[right].expected) {
            return Spelling.precedes(self[left].expected, self[right].expected)
        }
        return left < right
    }
}
