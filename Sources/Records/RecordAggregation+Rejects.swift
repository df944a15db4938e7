internal import CSVStream

extension RecordAggregation {
    mutating func reject(
        _ record: Int,
        _ batch: borrowing FieldBatch,
        _ code: String,
        column: Int? = nil,
        found: String,
        _ expected: String
    ) -> Bool {
        account.rejected += 1
        let text = plan.order.illFormed == .count ? batch.record(record, limit: Reject.textLimit) : []
        rejectBytes += text.count
        rejects.append(
            Reject(
                file: file,
                record: batch.firstRecord + record,
                byte: unsafe batch.offsets[record],
                code: code,
                column: column.map { plan.header[plan.columns[$0]] } ?? "",
                found: found,
                expected: expected,
                text: String(decoding: text, as: UTF8.self)
            )
        )
        if plan.order.illFormed == .refuse { return false }
        if rejectBytes > Self.rejectByteLimit { refuseTooLongRejects() }
        if rejects.count > Self.rejectLimit { refuseTooManyRejects() }
        return failure == nil
    }

    mutating func refuseTooLongRejects() {
        failure = RecordError(
            code: "too-many-rejects",
            problem: "the ill-formed records are too long to be kept",
            expected: "at most \(Self.rejectByteLimit) bytes of them",
            found: "more",
            hint: firstReject
        )
    }

    private var firstReject: String {
        "the first: " + (rejects.first.map { "record \($0.record), \($0.code), column \($0.column)" } ?? "")
    }

    mutating func refuseTooManyRejects() {
        failure = RecordError(
            code: "too-many-rejects",
            problem: "too many records are ill-formed",
            expected: "at most \(Self.rejectLimit)",
            found: "more",
            hint: firstReject
        )
    }

    func excerpt(_ column: Int, _ record: Int, _ batch: borrowing FieldBatch) -> String {
        let text = String(decoding: batch.bytes(at: batch.field(column, record)), as: UTF8.self)
        return text.count > 60 ? text.prefix(60) + "..." : text
    }

    mutating func rejectKey(_ column: Int, _ record: Int, _ batch: borrowing FieldBatch) -> Bool {
        let isMissing = batch.field(column, record).length == 0
        return reject(
            record,
            batch,
            isMissing ? "missing-key" : "key-too-long",
            column: column,
            found: isMissing ? "nothing" : excerpt(column, record, batch),
            isMissing ? "what the record belongs to" : "at most \(Self.keyByteLimit) bytes"
        )
    }

    mutating func rejectWeight(_ record: Int, _ batch: borrowing FieldBatch) -> Bool {
        guard let index = plan.weight, case .number(let column) = plan.program.instructions[index] else { return true }
        let found = excerpt(column, record, batch)
        return reject(
            record,
            batch,
            found.isEmpty ? "missing-weight" : "unusable-weight",
            column: column,
            found: found.isEmpty ? "nothing" : found,
            "a weight, a number that is not negative"
        )
    }

    mutating func rejectFault(
        _ state: Registers.State,
        _ range: Range<Int>,
        _ record: Int,
        _ batch: borrowing FieldBatch
    ) -> Bool {
        switch state {
        case .unreadable:
            guard let column = registers.faultyColumn(among: 0..<range.upperBound) else { break }
            return reject(
                record,
                batch,
                "not-a-number",
                column: column,
                found: excerpt(column, record, batch),
                "a number of at most \(Decimal.digitLimit) digits, or nothing"
            )
        case .dividedByZero:
            return reject(
                record,
                batch,
                "division-by-zero",
                found: "a divisor of 0",
                "a divisor other than 0; if(X != 0, ...) can see to it"
            )
        default: break
        }
        return reject(
            record,
            batch,
            "number-out-of-range",
            found: "more digits",
            "a result of at most \(Decimal.digitLimit) digits"
        )
    }
}
