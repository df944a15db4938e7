/// Reads CSV as RFC 4180 writes it, from blocks of any size, and lends each record as it comes.
///
/// libcsv reads; what it cannot tell is worked out beside it: where each record begins, by record, line and byte.
/// Line breaks are LF, CRLF or CR. A byte order mark is removed, spaces are kept, blank lines are no records, an
/// empty field is told apart from an empty pair of quotes. Whether records have as many fields as the header is
/// the caller's concern. What comes out does not depend on where the blocks end.
///
/// Strict reading stops with an error at the first stray quote. Lenient reading is libcsv's own: the quote is text,
/// a quoted field goes on to a quote before a delimiter or line break, and the row counts such quotes; but it
/// stops with an error before a field with a stray quote runs over the end of its line, so that no malformed
/// quote swallows the next record. Both stop at a quote that is never closed.
///
/// Memory is that of the longest record, at most a few times ``CSVOptions/recordByteLimit``. After an error, its own
/// or one of the caller's, a parser must not be used again.
public struct CSVParser: ~Copyable {
    private let options: CSVOptions
    private let libcsv: LibCSV
    private var gate: TextGate
    /// Set while at work, so that it stays set where an error ends the work.
    private var isOver = false

    /// How many records have been delivered, those above the input too.
    private var records: Int
    /// Where the slice in hand begins: its byte, its line, and the characters of the line before it.
    private var offset = 0
    private var line: Int
    private var charactersBefore = 0
    /// Whether the last byte was a CR, so that an LF now is the rest of the same line break.
    private var endedWithReturn = false

    private var isInRecord = false
    private var recordOffset = 0
    private var recordLine = 0
    private var strayQuotes = 0
    private var isInField = false
    /// Where the last quoted field opened; its column is 0 until someone needs it.
    private var opening = CSVPlace(record: 0, line: 0, column: 0, byteOffset: 0)
    /// The last stray quote in that field.
    private var stray: CSVPlace?

    /// - Precondition: `options.areUsable`.
    public init(options: CSVOptions) {
        precondition(options.areUsable, "delimiter, quote or limits make no sense")
        self.options = options
        libcsv = LibCSV(options: options)
        gate = TextGate(checksUTF8: options.checksUTF8)
        records = options.recordsAbove
        line = options.recordsAbove + 1
    }

    /// A parser that begins where a record begins in the middle of an input: its first byte is number `offset`, and
    /// `records` records and `lines` lines stand before it. No byte order mark is looked for.
    init(options: CSVOptions, offset: Int, records: Int, lines: Int) {
        self.init(options: options)
        gate = TextGate(checksUTF8: options.checksUTF8, isAtStart: false)
        self.offset = offset
        self.records = records
        line = lines + 1
    }

    /// Whether what was fed ends where a record may begin.
    var isBetweenRecords: Bool { !isInRecord }
    /// Where the record in progress begins, or may begin.
    var nextRecordOffset: Int { isInRecord ? recordOffset : offset }
    /// The records and the lines that have come to their end.
    var passed: (records: Int, lines: Int) { (records, line - 1) }

    /// Parses the next block of the input, of any size, and lends each record that it completes, in order.
    public mutating func feed(
        _ block: RawSpan,
        _ body: (borrowing CSVRow) throws(CSVError) -> Void
    ) throws(CSVError) {
        try feed(block, failingAs: { $0 }, body)
    }

    /// The same for a `body` with errors of its own, as which those of the parser are thrown too.
    public mutating func feed<Failure: Error>(
        _ block: RawSpan,
        failingAs wrap: (CSVError) -> Failure,
        _ body: (borrowing CSVRow) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(!isOver, "the parser has come to its end")
        isOver = true
        try unsafe block.withUnsafeBytes { bytes throws(Failure) in
            try unsafe read(bytes, failingAs: wrap, body)
        }
        isOver = false
    }

    /// Ends the input: lends the last record if no line break ended it, and refuses an open quote.
    public mutating func finish(_ body: (borrowing CSVRow) throws(CSVError) -> Void) throws(CSVError) {
        try finish(failingAs: { $0 }, body)
    }

    /// The same for a `body` with errors of its own, as which those of the parser are thrown too.
    public mutating func finish<Failure: Error>(
        failingAs wrap: (CSVError) -> Failure,
        _ body: (borrowing CSVRow) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(!isOver, "the parser has come to its end")
        isOver = true
        let row: CSVRow?
        do throws(CSVError) { row = try finishedRow() } catch { throw wrap(error) }
        if let row { try body(row) }
    }
}

extension CSVParser {
    private mutating func read<Failure: Error>(
        _ block: UnsafeRawBufferPointer,
        failingAs wrap: (CSVError) -> Failure,
        _ body: (borrowing CSVRow) throws(Failure) -> Void
    ) throws(Failure) {
        let admission = unsafe gate.admit(block)
        do throws(CSVError) { try readHeld(admission) } catch { throw wrap(error) }
        if let start = unsafe block.baseAddress?.assumingMemoryBound(to: UInt8.self) {
            let range = admission.range
            var slices = unsafe LineSlices(start + range.lowerBound, count: range.count, quote: options.quote)
            while let slice = slices.next() {
                let row: CSVRow?
                do throws(CSVError) { row = try read(slice) } catch { throw wrap(error) }
                if let row { try body(row) }
            }
        }
        if let refusal = admission.refusal { throw wrap(error(of: refusal)) }
    }

    private mutating func finishedRow() throws(CSVError) -> CSVRow? {
        let admission = gate.finish()
        try readHeld(admission)
        if let refusal = admission.refusal { throw error(of: refusal) }
        guard isInRecord else { return nil }
        guard libcsv.finish() else { throw .unclosedQuote(openedAt: opening) }
        if libcsv.hasTooManyFields { throw .tooManyColumns(at: recordPlace, limit: options.columnLimit) }
        return endRecord()
    }

    /// Reads a character that two blocks share, or the bytes at the start that were no byte order mark: no line
    /// break and no delimiter is among them, so no record ends.
    private mutating func readHeld(_ admission: TextGate.Admission) throws(CSVError) {
        offset += admission.dropped
        let held = admission.held
        guard held.count > 0 else { return }
        try unsafe held.bytes.span.withUnsafeBufferPointer { bytes throws(CSVError) in
            guard let start = bytes.baseAddress else { return }
            var slices = unsafe LineSlices(start, count: held.count, quote: options.quote)
            while let slice = slices.next() { _ = try read(slice) }
        }
    }

    /// Reads a line or a part of one; returns the record that it completes.
    private mutating func read(_ slice: LineSlice) throws(CSVError) -> CSVRow? {
        if endedWithReturn {
            endedWithReturn = false
            if slice.isLineFeed {
                if isInRecord { try give(slice, 0..<1) }
                offset += 1
                try refuseOverlongRecord()
                return nil
            }
        }
        if !isInRecord {
            guard slice.contentCount > 0 else {
                pass(slice)
                return nil
            }
            beginRecord()
        }
        let allowed = max(0, options.recordByteLimit - (offset - recordOffset))
        guard slice.contentCount <= allowed else {
            try parse(slice, count: allowed)
            if libcsv.isInQuotedField { settleOpening(in: slice) }
            throw overlongRecord
        }
        try parse(slice, count: slice.count)
        let row = libcsv.isRowComplete ? endRecord() : nil
        if isInRecord, libcsv.isInQuotedField {
            settleOpening(in: slice)
            if slice.endsLine, let stray { throw .quoteAcrossLines(at: stray, openedAt: opening) }
        }
        pass(slice)
        try refuseOverlongRecord()
        return row
    }

    private mutating func parse(_ slice: LineSlice, count: Int) throws(CSVError) {
        guard slice.hasQuote else {
            try give(slice, 0..<count)
            return
        }
        // Field by field, so that the first byte of each tells whether it is quoted: libcsv does not.
        var done = 0
        while done < count {
            var position = done
            if !isInField, slice.byte(at: done) == options.quote {
                open(at: done)
                // No delimiter before the next quote ends the field.
                position = slice.end(of: options.quote, from: done + 1, within: count)
            }
            let end = slice.end(of: options.delimiter, from: position, within: count)
            try give(slice, done..<end)
            done = end
        }
    }

    /// Gives libcsv a part of a slice, and deals with the stray quotes in it.
    private mutating func give(_ slice: LineSlice, _ range: Range<Int>) throws(CSVError) {
        var done = range.lowerBound
        while done < range.upperBound {
            let (taken, stop) = unsafe libcsv.parse(slice.start + done, count: range.upperBound - done)
            done += taken
            if libcsv.hasTooManyFields { throw .tooManyColumns(at: recordPlace, limit: options.columnLimit) }
            guard let stop else { break }
            guard stop == .strayQuote else { throw .outOfMemory(at: recordPlace) }
            try meetStrayQuote(at: done, in: slice)
            guard unsafe libcsv.parseLeniently(slice.start + done) == nil else { throw .outOfMemory(at: recordPlace) }
            done += 1
        }
        guard range.upperBound > range.lowerBound else { return }
        isInField = libcsv.isInQuotedField || slice.byte(at: range.upperBound - 1) != options.delimiter
    }

    /// Strict: refuses. Lenient: counts, and refuses where the quoted field began on an earlier line.
    private mutating func meetStrayQuote(at position: Int, in slice: LineSlice) throws(CSVError) {
        let place = place(at: position, in: slice)
        if libcsv.isInQuotedField { settleOpening(in: slice) }
        guard options.isLenient else {
            throw .strayQuote(at: place, openedAt: libcsv.isInQuotedField ? opening : nil)
        }
        strayQuotes += 1
        guard libcsv.isInQuotedField else { return }
        guard opening.line == line else { throw .quoteAcrossLines(at: place, openedAt: opening) }
        stray = place
    }
}

/// Counting.
extension CSVParser {
    private mutating func beginRecord() {
        libcsv.beginRow()
        isInRecord = true
        isInField = false
        recordOffset = offset
        recordLine = line
        strayQuotes = 0
    }

    private mutating func endRecord() -> CSVRow {
        isInRecord = false
        records += 1
        return libcsv.row(
            record: records,
            line: recordLine,
            lineCount: line - recordLine + 1,
            byteOffset: recordOffset,
            strayQuotes: strayQuotes
        )
    }

    private mutating func open(at position: Int) {
        libcsv.isInQuotedField = true
        opening = CSVPlace(record: records + 1, line: line, column: 0, byteOffset: offset + position)
        stray = nil
    }

    /// Counts the column of the last opening quote, which the slice holds if it was not counted before.
    private mutating func settleOpening(in slice: LineSlice) {
        guard opening.column == 0 else { return }
        opening.column = place(at: opening.byteOffset - offset, in: slice).column
    }

    /// Puts a slice behind.
    private mutating func pass(_ slice: LineSlice) {
        offset += slice.count
        if slice.endsLine {
            line += 1
            charactersBefore = 0
            endedWithReturn = slice.byte(at: slice.count - 1) == carriageReturn
        } else {
            charactersBefore += slice.characters(inFirst: slice.count)
        }
    }

    private func refuseOverlongRecord() throws(CSVError) {
        guard isInRecord, offset - recordOffset > options.recordByteLimit else { return }
        throw overlongRecord
    }

    private var overlongRecord: CSVError {
        .recordTooLong(at: libcsv.isInQuotedField ? opening : recordPlace, limit: options.recordByteLimit)
    }

    private func error(of refusal: TextGate.Refusal) -> CSVError {
        let place = CSVPlace(record: records + 1, line: line, column: charactersBefore + 1, byteOffset: offset)
        return switch refusal {
        case .nulByte: .nulByte(at: place)
        case .invalidUTF8(let byte): .invalidUTF8(at: place, byte: byte)
        }
    }

    private var recordPlace: CSVPlace {
        CSVPlace(record: records + 1, line: recordLine, column: 1, byteOffset: recordOffset)
    }

    private func place(at position: Int, in slice: LineSlice) -> CSVPlace {
        CSVPlace(
            record: records + 1,
            line: line,
            column: charactersBefore + slice.characters(inFirst: position) + 1,
            byteOffset: offset + position
        )
    }
}
