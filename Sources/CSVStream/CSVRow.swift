/// A record, lent for the length of a call: its bytes lie in the parser and are gone with the next record.
///
/// Fields are counted from 0. Asking for one that is not there is a fault of ours.
@safe public struct CSVRow: ~Copyable {
    /// Counted from 1 over all records of the input; blank lines are none.
    public let record: Int
    /// The physical line on which the record begins, counted from 1.
    public let line: Int
    /// How many physical lines the record spans: more than 1 only where quotes hold line breaks. A record that
    /// spans many may be two stray quotes that RFC 4180 cannot tell from a meant field.
    public let lineCount: Int
    /// Where the record begins in the input, counted from 0, a byte order mark included.
    public let byteOffset: Int
    /// How many quotes stood where RFC 4180 allows none; always 0 in strict reading.
    public let strayQuotes: Int
    /// How many fields the record has, at least 1.
    public let count: Int

    @usableFromInline let bytes: UnsafePointer<UInt8>
    @usableFromInline let fields: UnsafePointer<StoredField>

    init(
        record: Int,
        line: Int,
        lineCount: Int,
        byteOffset: Int,
        strayQuotes: Int,
        store: borrowing RowStore
    ) {
        self.record = record
        self.line = line
        self.lineCount = lineCount
        self.byteOffset = byteOffset
        self.strayQuotes = strayQuotes
        count = store.count
        unsafe bytes = UnsafePointer(store.bytes)
        unsafe fields = UnsafePointer(store.fields)
    }

    /// Whether the field is empty and without quotes: nothing was written. A quoted-empty field is not missing.
    public func isMissing(at index: Int) -> Bool {
        field(index).isMissing
    }

    /// Whether the field was written in quotes.
    public func isQuoted(at index: Int) -> Bool {
        field(index).isQuoted
    }

    /// How many bytes the field has, quotes around it and doublings inside it not counted.
    public func byteCount(at index: Int) -> Int {
        range(index).count
    }

    /// Lends the field's bytes, without the quotes around it and with those inside it single. No copy.
    @inlinable public func withBytes<Result, Failure: Error>(
        at index: Int,
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = range(index)
        return try body(unsafe UnsafeRawBufferPointer(start: bytes + range.lowerBound, count: range.count).bytes)
    }

    /// The field as text, a copy; empty where missing. Bytes that are no UTF-8, possible only where the options
    /// do not check, become U+FFFD.
    public func string(at index: Int) -> String {
        let range = range(index)
        return unsafe String(
            decoding: UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count),
            as: UTF8.self
        )
    }

    /// All fields as text, in order.
    public func strings() -> [String] {
        Array(capacity: count) { fields in
            for index in 0..<count { fields.append(string(at: index)) }
        }
    }

    /// Writes the record out as it was written, with a line feed behind it.
    func append(to text: inout [UInt8], _ options: CSVOptions) {
        for index in 0..<count {
            if index > 0 { text.append(options.delimiter) }
            let isQuoted = isQuoted(at: index)
            if isQuoted { text.append(options.quote) }
            for position in range(index) {
                let byte = unsafe bytes[position]
                if isQuoted, byte == options.quote { text.append(byte) }
                text.append(byte)
            }
            if isQuoted { text.append(options.quote) }
        }
        text.append(lineFeed)
    }

    @inlinable func field(_ index: Int) -> StoredField {
        precondition(index >= 0 && index < count, "the record has no such field")
        return unsafe fields[index]
    }

    @inlinable func range(_ index: Int) -> Range<Int> {
        let end = field(index).end
        return (index == 0 ? 0 : unsafe fields[index - 1].end)..<end
    }
}
