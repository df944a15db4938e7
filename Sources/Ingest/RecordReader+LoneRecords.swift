import CSVStream
import Indicators

/// Records that are no plain rows of values: blank, ragged, notes, places of which all is missing.
extension RecordReader {
    func endAtMarker(_ row: borrowing CSVRow) throws(Interruption) {
        guard let until = source.until else { return }
        let lone = LoneCell(row)
        if lone.text.hasPrefix(until) { throw .end }
    }

    mutating func takeRagged(_ row: borrowing CSVRow) {
        let lone = LoneCell(row)
        if lone.cells == 0 {
            isAfterBlank = true
        } else if lone.cells == 1 || startsLikeNote(lone.text) {
            pend(row, lone, nil)
        } else {
            flushPending()
            ragged += 1
            read += plan.values.count
            refused += plan.values.count
            log.add(
                "ragged-row",
                .error,
                record: row.record,
                line: row.line,
                found: "\(row.count) fields",
                expected: width == fieldCount ? "\(width) fields" : "\(width) to \(fieldCount) fields",
                hint: "look for a delimiter in a field without quotes, and correct the record"
            )
        }
    }

    /// A record whose cells of values are all blank: a blank one, a note, or a place of which all is missing.
    mutating func takeWithoutValues(_ row: borrowing CSVRow) {
        let lone = LoneCell(row)
        guard lone.cells > 0 else {
            isAfterBlank = true
            return
        }
        let isKeyed = [plan.keyField, plan.placeCode].contains { field in
            field.map { field in row.withBytes(at: field) { !$0.isBlank } } ?? false
        }
        if lone.cells == 1 || !isKeyed {
            let texts = columns.read(row)
            pend(row, lone, isKeyed ? texts : nil)
        } else {
            takeRegular(row)
        }
    }

    private mutating func pend(_ row: borrowing CSVRow, _ lone: LoneCell, _ texts: RecordTexts?) {
        pending.append(
            LoneRecord(record: row.record, line: row.line, text: lone.text, isAfterBlank: isAfterBlank, texts: texts)
        )
        if pending.count > FindingLog.limit { flushPending() }
    }

    /// Other records follow the pended ones: those with a place are places of which all is missing.
    mutating func flushPending() {
        isAfterBlank = false
        guard !pending.isEmpty else { return }
        for record in pending { settle(record, isNote: record.isNote) }
        pending = []
    }

    /// The pended records end the file: from the first that is a note or stands behind a blank line, all are notes.
    mutating func finishPending() {
        var isNote = false
        for record in pending {
            isNote = isNote || record.isNote || record.isAfterBlank || startsLikeNote(record.text)
            settle(record, isNote: isNote)
        }
        pending = []
    }

    private mutating func settle(_ lone: LoneRecord, isNote: Bool) {
        guard !isNote, let texts = lone.texts else {
            log.add(
                "note-row",
                .note,
                record: lone.record,
                line: lone.line,
                found: lone.text,
                expected: "a record of the table",
                hint: "nothing was read from it; `until` can say where the table ends"
            )
            return
        }
        guard let subject = subject(of: texts, record: lone.record, line: lone.line) else { return }
        let numbers = numbers
        let blank = "".withCell { numbers.read($0) }
        for column in plan.values {
            take(blank, "", subject, Origin(column.cells, record: lone.record, line: lone.line))
        }
    }
}

extension CSVRow {
    /// Whether the record has fewer than `width` cells, or text beyond the `fieldCount` columns of the header.
    func isRagged(width: Int, fieldCount: Int) -> Bool {
        if count < width { return true }
        var field = fieldCount
        while field < count {
            if withBytes(at: field, { !$0.isBlank }) { return true }
            field += 1
        }
        return false
    }

    /// Whether all cells of these columns are blank.
    func isBlank(in columns: [TablePlan.ValueColumn]) -> Bool {
        for index in columns.indices where withBytes(at: columns[index].field, { !$0.isBlank }) { return false }
        return true
    }
}
