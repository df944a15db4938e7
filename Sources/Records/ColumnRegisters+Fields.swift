internal import CSVStream

/// Fields.
extension ColumnRegisters {
    func isMissing(_ field: FieldBatch.Bounds, _ batch: borrowing FieldBatch) -> Bool {
        if field.length == 0 { return true }
        for marker in markers where unsafe marker.withUnsafeBufferPointer({ unsafe batch.holds($0, at: field) }) {
            return true
        }
        return false
    }

    mutating func readNumbers(
        _ register: Int,
        _ column: Int,
        _ batch: borrowing FieldBatch,
        _ rows: UnsafePointer<UInt32>,
        _ count: Int
    ) {
        let fields = unsafe gathered(column, batch, rows, count)
        let values = unsafe values(register)
        var outcome = NumberWords.Outcome()
        while true {
            let scale = scales[column]
            outcome = unsafe read(column, fields, batch.bytes, count, scale, into: values)
            shapes[register] = Shape(scale: scale)
            unsafe readLeft(register, column, batch, rows, count, &outcome)
            // Once more where fields have more decimals than any before.
            guard outcome.scale > scale, scale < scaleLimits[column] else { break }
            scales[column] = min(outcome.scale, scaleLimits[column])
            pauses[column] = 0
        }
        shapes[register].bits = UInt64.bitWidth - outcome.union.leadingZeroBitCount
    }

    /// Where the fields of records lie, one behind the other.
    private func gathered(
        _ column: Int,
        _ batch: borrowing FieldBatch,
        _ rows: UnsafePointer<UInt32>,
        _ count: Int
    ) -> UnsafePointer<FieldBatch.Bounds> {
        let fields = unsafe batch.bounds + column * batch.stride
        guard count > 0 else { return unsafe fields }
        let first = unsafe rows[0]
        if unsafe Int(rows[count - 1] &- first) == count - 1 { return unsafe fields + Int(first) }
        for index in 0..<count { unsafe gatheredSpace[index] = fields[Int(rows[index])] }
        return unsafe UnsafePointer(gatheredSpace)
    }

    /// Reads what is plainly a number: most at once, the others one by one.
    private mutating func read(
        _ column: Int,
        _ fields: UnsafePointer<FieldBatch.Bounds>,
        _ bytes: UnsafePointer<UInt8>,
        _ count: Int,
        _ scale: Int,
        into values: UnsafeMutablePointer<Int64>
    ) -> NumberWords.Outcome {
        var before = NumberWords.Outcome()
        if pauses[column] == 0, scale <= NumberWords.shortScaleLimit {
            before = unsafe NumberWords.readShort(
                fields,
                of: bytes,
                count: count,
                decimals: scale,
                into: values,
                left: left
            )
            // Where it gains nothing it is tried again later.
            if before.leftCount > count / 2 { pauses[column] = 15 }
            guard before.leftCount > 0 else { return before }
        } else {
            pauses[column] = max(0, pauses[column] - 1)
            before.leftCount = count
            for index in 0..<count { unsafe left[index] = UInt32(truncatingIfNeeded: index) }
        }
        var outcome = unsafe NumberWords.read(
            fields,
            of: bytes,
            count: before.leftCount,
            scale: scale,
            powers: powers,
            into: values,
            left: left
        )
        outcome.union |= before.union
        return outcome
    }

    /// The fields that do not fit: missing ones, signs, spaces, digits of other scripts, and what is no number.
    private mutating func readLeft(
        _ register: Int,
        _ column: Int,
        _ batch: borrowing FieldBatch,
        _ rows: UnsafePointer<UInt32>,
        _ count: Int,
        _ outcome: inout NumberWords.Outcome
    ) {
        let (values, states, scale) = unsafe (values(register), states(register), shapes[register].scale)
        // Beyond the limit some fields have the value 0 and were not left.
        let isBeyond = outcome.scale > scaleLimits[column]
        guard outcome.leftCount > 0 || !markers.isEmpty || isBeyond else { return }
        unsafe states.update(repeating: State.present, count: count)
        shapes[register].isWhole = false
        func read(_ index: Int) {
            let field = unsafe batch.field(column, Int(rows[index]))
            let (value, state, decimals) = number(field, batch, scale)
            unsafe values[index] = value
            unsafe states[index] = state
            if state == State.doubtful { shapes[register].isSure = false }
            outcome.union |= value.magnitude
            outcome.scale = max(outcome.scale, decimals)
        }
        for position in 0..<outcome.leftCount { unsafe read(Int(left[position])) }
        guard !markers.isEmpty || isBeyond else { return }
        var doubtful = 0
        for index in 0..<count {
            let field = unsafe batch.field(column, Int(rows[index]))
            if isBeyond || isMissing(field, batch) { read(index) }
            if unsafe states[index] == State.doubtful { doubtful += 1 }
        }
        // A few long numbers are no reason to write all others with as many zeros.
        if isBeyond, doubtful * 4 > count { scaleLimits[column] = 18 }
    }

    private func number(
        _ field: FieldBatch.Bounds,
        _ batch: borrowing FieldBatch,
        _ scale: Int
    ) -> (value: Int64, state: UInt8, decimals: Int) {
        if isMissing(field, batch) { return (0, State.missing, 0) }
        var number = Decimal(0)
        if !field.isEscaped,
            let (mantissa, decimals) = unsafe NumberBytes.short(batch.bytes + Int(field.start), count: field.length)
        {
            number = Decimal(unchecked: Int128(mantissa), scale: decimals)
        } else {
            switch unsafe batch.bytes(at: field).withUnsafeBufferPointer({ unsafe NumberBytes.read($0) }) {
            case .number(let found): number = found
            case .missing: return (0, State.missing, 0)
            case .unreadable, .tooLong: return (0, State.doubtful, 0)
            }
        }
        if number.scale > scale { number = number.reduced }
        guard number.scale <= scale else { return (0, State.doubtful, number.scale) }
        let (raised, overflow) = number.mantissa.multipliedReportingOverflow(by: Decimal.power(scale - number.scale))
        guard !overflow, let value = Int64(exactly: raised), value.magnitude >> Self.bitLimit == 0 else {
            return (0, State.doubtful, 0)
        }
        return (value, State.present, number.scale)
    }

    mutating func compareTexts(
        _ register: Int,
        _ column: Int,
        _ text: Int,
        _ batch: borrowing FieldBatch,
        _ rows: UnsafePointer<UInt32>,
        _ count: Int
    ) {
        let (values, states) = unsafe (values(register), states(register))
        let (word, length) = texts[text]
        let isShort = markers.isEmpty && length > 0 && length <= 8
        shapes[register] = Shape(bits: 1)
        for index in 0..<count {
            let field = unsafe batch.field(column, Int(rows[index]))
            let count = field.lengthAndFlags & ~FieldBatch.Bounds.quoted
            if isShort, count &- 1 < 8 {
                let found =
                    unsafe NumberWords.load(batch.bytes + Int(field.start)) &<< UInt64(64 &- 8 &* count)
                unsafe values[index] = found == word && Int(count) == length ? 1 : 0
                if !shapes[register].isWhole { unsafe states[index] = State.present }
                continue
            }
            let isMissing = isMissing(field, batch)
            if isMissing, shapes[register].isWhole {
                unsafe states.update(repeating: State.present, count: index)
                shapes[register].isWhole = false
            }
            let holds = unsafe program.texts[text].withUnsafeBufferPointer { unsafe batch.holds($0, at: field) }
            unsafe values[index] = holds && !isMissing ? 1 : 0
            if !shapes[register].isWhole { unsafe states[index] = isMissing ? State.missing : State.present }
        }
    }
}
