private import CLibCSV

/// libcsv and the record that it is reading: the one place where C is called.
///
/// Spaces are kept (nothing is a space to it), empty and quoted-empty are told apart, and its strict mode is
/// always on: a stray quote stops it, and the caller decides.
@safe struct LibCSV: ~Copyable {
    enum Stop {
        case strayQuote
        case outOfMemory
    }

    private let machine: UnsafeMutablePointer<csv_parser>
    private let store: UnsafeMutablePointer<RowStore>
    private static let manners = UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL)
    /// By how much libcsv's own buffer of one field grows; its default of 128 bytes makes long fields slow.
    private static let growth = 32 << 10

    init(options: CSVOptions) {
        unsafe store = .allocate(capacity: 1)
        unsafe store.initialize(to: RowStore(columnLimit: options.columnLimit))
        unsafe machine = .allocate(capacity: 1)
        unsafe machine.initialize(to: csv_parser())
        let status = unsafe csv_init(machine, LibCSV.manners)
        precondition(status == 0, "libcsv cannot be set up")
        unsafe csv_set_delim(machine, options.delimiter)
        unsafe csv_set_quote(machine, options.quote)
        unsafe csv_set_space_func(machine) { _ in 0 }
        unsafe csv_set_blk_size(machine, LibCSV.growth)
    }

    deinit {
        unsafe csv_free(machine)
        unsafe machine.deinitialize(count: 1)
        unsafe machine.deallocate()
        unsafe store.deinitialize(count: 1)
        unsafe store.deallocate()
    }

    /// The fields so far of the record in progress.
    var fieldCount: Int { unsafe store.pointee.count }
    var hasTooManyFields: Bool { unsafe store.pointee.hasTooMany }
    /// Whether the record in progress has come to its end and can be lent.
    var isRowComplete: Bool { unsafe store.pointee.isComplete }
    /// Whether the field in progress began with a quote: the caller says so, libcsv does not.
    var isInQuotedField: Bool {
        get { unsafe store.pointee.isQuoted }
        nonmutating set { unsafe store.pointee.isQuoted = newValue }
    }

    func beginRow() {
        unsafe store.pointee.clear()
    }

    /// Gives libcsv `count` bytes, which hold at most one line break outside quotes, that one last.
    ///
    /// - Returns: How many it took, and why it stopped before the last, if it did.
    func parse(_ bytes: UnsafePointer<UInt8>, count: Int) -> (taken: Int, stop: Stop?) {
        let taken = unsafe csv_parse(machine, bytes, count, endField, endRow, store)
        guard taken < count else { return (taken, nil) }
        return (taken, unsafe csv_error(machine) == CSV_EPARSE ? .strayQuote : .outOfMemory)
    }

    /// Gives libcsv the one byte at which it stopped, to be kept as text.
    func parseLeniently(_ byte: UnsafePointer<UInt8>) -> Stop? {
        unsafe csv_set_opts(machine, LibCSV.manners & ~UInt8(CSV_STRICT))
        defer { unsafe _ = csv_set_opts(machine, LibCSV.manners) }
        return unsafe csv_parse(machine, byte, 1, endField, endRow, store) == 1 ? nil : .outOfMemory
    }

    /// Ends the record in progress, if there is one.
    ///
    /// - Returns: Whether it could be ended; `false` if a quoted field is open.
    func finish() -> Bool {
        unsafe csv_fini(machine, endField, endRow, store) == 0
    }

    /// The record that is complete, to be lent until the next begins.
    func row(record: Int, line: Int, lineCount: Int, byteOffset: Int, strayQuotes: Int) -> CSVRow {
        unsafe CSVRow(
            record: record,
            line: line,
            lineCount: lineCount,
            byteOffset: byteOffset,
            strayQuotes: strayQuotes,
            store: store.pointee
        )
    }
}

private func endField(_ text: UnsafeMutableRawPointer?, _ count: Int, _ store: UnsafeMutableRawPointer?) {
    guard let store = unsafe store?.assumingMemoryBound(to: RowStore.self) else { return }
    unsafe store.pointee.append(text, count: count)
}

private func endRow(_ terminator: Int32, _ store: UnsafeMutableRawPointer?) {
    guard let store = unsafe store?.assumingMemoryBound(to: RowStore.self) else { return }
    unsafe store.pointee.isComplete = true
}
