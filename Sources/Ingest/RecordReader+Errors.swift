import CSVStream
import Indicators

/// What stands beside a value and tells of its sampling error.
extension RecordReader {
    /// A standard error, `nil` where it is missing or, with a finding, no number from 0 up.
    mutating func standardError(_ row: borrowing CSVRow, _ field: Int) -> Double? {
        let numbers = numbers
        let outcome = row.withBytes(at: field) { numbers.read($0, allowsPercent: true) }
        switch outcome {
        case .missing: return nil
        case .number(let number) where number >= 0: return number
        case .number, .refused:
            log.add(
                "bad-standard-error",
                .warning,
                record: row.record,
                line: row.line,
                column: plan.header.label(field),
                found: row.string(at: field),
                expected: "a number from 0 up",
                hint: "the value is kept without it"
            )
            return nil
        }
    }

    /// The limits beside a value, `nil` where one of them is no number, with a finding, or both are missing.
    ///
    /// Whether they make sense is told where their unit and indicator are known.
    mutating func interval(_ row: borrowing CSVRow, _ limits: TablePlan.IntervalFields) -> StatedInterval? {
        guard let low = limit(row, limits.low), let high = limit(row, limits.high) else { return nil }
        if low.number == nil, high.number == nil { return nil }
        return StatedInterval(low: low, high: high, form: limits.form)
    }

    private mutating func limit(_ row: borrowing CSVRow, _ field: Int) -> StatedInterval.Limit? {
        let numbers = numbers
        let (outcome, text) = row.withBytes(at: field) { cell in
            (numbers.read(cell, allowsPercent: true), cell.text(in: 0..<cell.byteCount))
        }
        let reading: RawValue.Reading
        switch outcome {
        case .number(let number): reading = .number(number)
        case .missing: reading = .missing
        case .refused:
            log.add(
                "bad-confidence-limit",
                .warning,
                record: row.record,
                line: row.line,
                column: plan.header.label(field),
                found: row.string(at: field),
                expected: "a number or a missing marker",
                hint: "the value is kept without a standard error"
            )
            return nil
        }
        return StatedInterval.Limit(text: text, reading: reading, field: field + 1, column: plan.header.label(field))
    }
}
