/// A field in a ``RowStore``: where its bytes end, and how it was written.
@usableFromInline struct StoredField {
    @usableFromInline var end: Int
    var isMissing: Bool
    var isQuoted: Bool
}

/// The fields of the record in progress, one behind the other in memory that is used again for each record.
///
/// libcsv's callbacks write here through a plain pointer: a class in its place would pay for reference counts
/// and exclusivity checks at each field, and half the speed.
@safe struct RowStore: ~Copyable {
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var fields: UnsafeMutablePointer<StoredField>
    private(set) var count = 0
    /// Whether the line break behind the last field, or the end of the input, has been seen.
    var isComplete = false
    /// Whether the field that comes next was seen to begin with a quote.
    var isQuoted = false
    /// Whether a field came after as many as are allowed; it was not kept.
    private(set) var hasTooMany = false

    private var byteCapacity = 4096
    private var fieldCapacity = 64
    private let columnLimit: Int

    init(columnLimit: Int) {
        self.columnLimit = columnLimit
        unsafe bytes = .allocate(capacity: byteCapacity)
        unsafe fields = .allocate(capacity: fieldCapacity)
    }

    deinit {
        unsafe bytes.deallocate()
        unsafe fields.deallocate()
    }

    mutating func clear() {
        count = 0
        isComplete = false
        isQuoted = false
        hasTooMany = false
    }

    /// Adds a field; `text` is `nil` for an empty one without quotes.
    mutating func append(_ text: UnsafeRawPointer?, count length: Int) {
        let isMissing = unsafe text == nil
        let wasQuoted = isQuoted
        isQuoted = false
        guard count < columnLimit else {
            hasTooMany = true
            return
        }
        let start = count == 0 ? 0 : unsafe fields[count - 1].end
        if start + length > byteCapacity { growBytes(toHold: start + length, keeping: start) }
        if count == fieldCapacity { growFields() }
        if let text = unsafe text {
            unsafe UnsafeMutableRawPointer(bytes + start).copyMemory(from: text, byteCount: length)
        }
        unsafe fields[count] = StoredField(end: start + length, isMissing: isMissing, isQuoted: wasQuoted)
        count += 1
    }

    private mutating func growBytes(toHold needed: Int, keeping used: Int) {
        byteCapacity = max(needed, byteCapacity * 2)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity)
        unsafe larger.moveInitialize(from: bytes, count: used)
        unsafe bytes.deallocate()
        unsafe bytes = larger
    }

    private mutating func growFields() {
        fieldCapacity *= 2
        let larger = UnsafeMutablePointer<StoredField>.allocate(capacity: fieldCapacity)
        unsafe larger.moveInitialize(from: fields, count: count)
        unsafe fields.deallocate()
        unsafe fields = larger
    }
}
