import Glibc

/// Reads a file through libcsv and lends its records in batches, cut into the columns that are asked for: the
/// reference for every faster reader.
///
/// - Parameters:
///   - path: A regular file, or `-` for standard input.
///   - options: How it is written.
///   - blockSize: How much is read at once.
///   - wrap: Makes an error of reading one of the caller's.
///   - choose: Given the header, the columns that are wanted, counted from 0; they may be in any order.
///   - body: Given the batches, in order; returns whether to go on.
/// - Throws: What `choose` throws, and ``CSVError`` through `wrap`. An input without a header is given as an empty one.
public func readFieldBatches<Failure: Error>(
    path: String,
    options: CSVOptions = CSVOptions(),
    blockSize: Int = defaultBlockSize,
    failingAs wrap: (CSVError) -> Failure,
    choosing choose: ([String]) throws(Failure) -> [Int],
    _ body: (borrowing FieldBatch) throws(Failure) -> Bool
) throws(Failure) {
    var parser = CSVParser(options: options)
    var gathered = GatheredFields(options: options)
    var isChosen = false
    var goesOn = true
    func take(_ row: borrowing CSVRow) throws(Failure) {
        guard goesOn else { return }
        if !isChosen {
            gathered.columns = try choose(row.strings())
            isChosen = true
            return
        }
        gathered.append(row)
        if gathered.isFull { goesOn = try gathered.lend(body) }
    }
    func feed(_ block: RawSpan) throws(Failure) {
        try parser.feed(block, failingAs: wrap) { row throws(Failure) in try take(row) }
    }
    if path == "-" {
        try readStandardInput(blockSize: blockSize, failingAs: wrap) { block throws(Failure) in
            try feed(block)
            return goesOn
        }
    } else {
        try readBlocks(path: path, blockSize: blockSize, failingAs: wrap) { block throws(Failure) in
            if goesOn { try feed(block) }
        }
    }
    if goesOn { try parser.finish(failingAs: wrap) { row throws(Failure) in try take(row) } }
    if !isChosen { _ = try choose([]) }
    if goesOn { _ = try gathered.lend(body) }
}

/// Lends what comes from standard input, block by block, until its end or until `body` returns `false`.
private func readStandardInput<Failure: Error>(
    blockSize: Int,
    failingAs wrap: (CSVError) -> Failure,
    _ body: (RawSpan) throws(Failure) -> Bool
) throws(Failure) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 16)
    defer { unsafe buffer.deallocate() }
    while true {
        let count = unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
        if count < 0 {
            if errno == EINTR { continue }
            throw wrap(.unreadable(reason: "standard input, error \(errno)"))
        }
        guard count > 0, try body(unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count]).bytes) else { return }
    }
}

/// The fields of some records, side by side, until they are lent as a batch.
private struct GatheredFields {
    private let options: CSVOptions
    var columns: [Int] = []
    /// The records whole, and where each begins and the last ends.
    private var text: [UInt8] = []
    private var textStarts = [0]
    private var bytes: [UInt8] = []
    /// Record by record here, column by column in the batch.
    private var bounds: [FieldBatch.Bounds] = []
    private var fieldCounts: [UInt32] = []
    private var offsets: [Int] = []
    private var firstRecord = 0

    private static let recordLimit = 1_024
    private static let byteLimit = 1 << 20

    init(options: CSVOptions) {
        self.options = options
    }

    var isFull: Bool { offsets.count >= Self.recordLimit || text.count >= Self.byteLimit }

    mutating func append(_ row: borrowing CSVRow) {
        if offsets.isEmpty { firstRecord = row.record }
        for column in columns {
            guard column < row.count else {
                bounds.append(FieldBatch.Bounds(start: 0, lengthAndFlags: 0))
                continue
            }
            let start = UInt32(bytes.count)
            row.withBytes(at: column) { field in
                unsafe field.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
            }
            let length = UInt32(bytes.count) - start
            let flags = row.isQuoted(at: column) ? FieldBatch.Bounds.quoted : 0
            bounds.append(FieldBatch.Bounds(start: start, lengthAndFlags: length | flags))
        }
        row.append(to: &text, options)
        textStarts.append(text.count)
        fieldCounts.append(UInt32(row.count))
        offsets.append(row.byteOffset)
    }

    mutating func lend<Failure: Error>(
        _ body: (borrowing FieldBatch) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        let count = offsets.count
        guard count > 0 else { return true }
        var turned: [FieldBatch.Bounds] = []
        turned.reserveCapacity(bounds.count)
        for column in columns.indices {
            for record in 0..<count { turned.append(bounds[record * columns.count + column]) }
        }
        bytes.append(contentsOf: repeatElement(0, count: FieldBatch.padding))
        // No empty array: its address may be nil.
        turned.append(FieldBatch.Bounds(start: 0, lengthAndFlags: 0))
        let goesOn = try lend(count, turned, body)
        bytes.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        textStarts.removeSubrange(1...)
        bounds.removeAll(keepingCapacity: true)
        fieldCounts.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        return goesOn
    }

    private func lend<Failure: Error>(
        _ count: Int,
        _ turned: [FieldBatch.Bounds],
        _ body: (borrowing FieldBatch) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        try unsafe bytes.withUnsafeBufferPointer { bytes throws(Failure) in
            try unsafe turned.withUnsafeBufferPointer { bounds throws(Failure) in
                try unsafe fieldCounts.withUnsafeBufferPointer { fieldCounts throws(Failure) in
                    try unsafe offsets.withUnsafeBufferPointer { offsets throws(Failure) in
                        guard let bytes = bytes.baseAddress, let bounds = bounds.baseAddress,
                            let fieldCounts = fieldCounts.baseAddress, let offsets = offsets.baseAddress
                        else { return true }
                        return try unsafe withText { text, starts throws(Failure) in
                            try body(
                                unsafe FieldBatch(
                                    count: count,
                                    columnCount: columns.count,
                                    stride: count,
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
            }
        }
    }

    private func withText<Failure: Error>(
        _ body: (UnsafePointer<UInt8>, UnsafePointer<Int>) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        try unsafe text.withUnsafeBufferPointer { text throws(Failure) in
            try unsafe textStarts.withUnsafeBufferPointer { starts throws(Failure) in
                guard let text = text.baseAddress, let starts = starts.baseAddress else { return true }
                return try unsafe body(text, starts)
            }
        }
    }
}
