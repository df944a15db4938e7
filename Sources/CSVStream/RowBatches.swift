/// Gathers the records that libcsv reads into batches of fields.
@safe struct RowBatches: ~Copyable {
    private let options: CSVOptions
    private let columns: [Int]
    private let capacity: Int
    /// The records whole, and where each begins and the last ends.
    private var text: [UInt8] = []
    private var textStarts = [0]
    private var bytes: UnsafeMutablePointer<UInt8>
    private var byteCapacity = 64 << 10
    private var byteCount = 0
    private let bounds: UnsafeMutablePointer<FieldBatch.Bounds>
    private let fieldCounts: UnsafeMutablePointer<UInt32>
    private let offsets: UnsafeMutablePointer<Int>
    private var count = 0
    private var firstRecord = 0

    /// So many bytes of fields are lent at once, unless one record has more.
    private static let byteLimit = 256 << 10

    init(options: CSVOptions, columns: [Int], capacity: Int) {
        self.options = options
        self.columns = columns
        self.capacity = capacity
        unsafe bytes = .allocate(capacity: byteCapacity + FieldBatch.padding)
        unsafe bounds = .allocate(capacity: max(1, capacity * columns.count))
        unsafe fieldCounts = .allocate(capacity: capacity)
        unsafe offsets = .allocate(capacity: capacity)
    }

    deinit {
        unsafe bytes.deallocate()
        unsafe bounds.deallocate()
        unsafe fieldCounts.deallocate()
        unsafe offsets.deallocate()
    }

    /// Adds a record, and lends what has been gathered when there is no room for another.
    mutating func add<Failure: Error>(
        _ row: borrowing CSVRow,
        _ body: (borrowing FieldBatch) throws(Failure) -> Void
    ) throws(Failure) {
        if count == 0 { firstRecord = row.record }
        for (index, column) in columns.enumerated() {
            let bound = column < row.count ? copy(row, column) : FieldBatch.Bounds(start: 0, lengthAndFlags: 0)
            unsafe bounds[index * capacity + count] = bound
        }
        row.append(to: &text, options)
        textStarts.append(text.count)
        unsafe fieldCounts[count] = UInt32(row.count)
        unsafe offsets[count] = row.byteOffset
        count += 1
        if count == capacity || text.count >= RowBatches.byteLimit { try lend(body) }
    }

    /// Lends what has been gathered.
    mutating func lend<Failure: Error>(
        _ body: (borrowing FieldBatch) throws(Failure) -> Void
    ) throws(Failure) {
        guard count > 0 else { return }
        let lent = count
        count = 0
        byteCount = 0
        defer {
            text.removeAll(keepingCapacity: text.capacity <= 2 * RowBatches.byteLimit)
            textStarts.removeSubrange(1...)
        }
        try unsafe text.withUnsafeBufferPointer { text throws(Failure) in
            try unsafe textStarts.withUnsafeBufferPointer { starts throws(Failure) in
                guard let text = text.baseAddress, let starts = starts.baseAddress else { return }
                try body(
                    unsafe FieldBatch(
                        count: lent,
                        columnCount: columns.count,
                        stride: capacity,
                        firstRecord: firstRecord,
                        bytes: bytes,
                        bounds: bounds,
                        fieldCounts: fieldCounts,
                        offsets: offsets,
                        text: (text, 0),
                        textStarts: starts
                    )
                )
            }
        }
    }

    private mutating func copy(_ row: borrowing CSVRow, _ column: Int) -> FieldBatch.Bounds {
        let length = row.byteCount(at: column)
        let start = byteCount
        if start + length > byteCapacity { grow(toHold: start + length) }
        row.withBytes(at: column) { field in
            unsafe field.withUnsafeBytes { source in
                if let base = source.baseAddress {
                    unsafe UnsafeMutableRawPointer(bytes + start).copyMemory(from: base, byteCount: length)
                }
            }
        }
        byteCount += length
        let flags = row.isQuoted(at: column) ? FieldBatch.Bounds.quoted : 0
        return FieldBatch.Bounds(start: UInt32(start), lengthAndFlags: UInt32(length) | flags)
    }

    private mutating func grow(toHold needed: Int) {
        byteCapacity = max(needed, byteCapacity * 2)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity + FieldBatch.padding)
        unsafe larger.moveInitialize(from: bytes, count: byteCount)
        unsafe bytes.deallocate()
        unsafe bytes = larger
    }
}
