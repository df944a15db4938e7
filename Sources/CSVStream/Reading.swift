/// How much is read at once: enough that the cost of a call is lost, little enough for the cache.
public let defaultBlockSize = 64 << 10

/// Lends the file at `path` to `body`, block by block; no block is empty, and an empty file has none.
///
/// - Throws: ``CSVError`` for a path that is missing, no regular file, or cannot be read.
public func readBlocks(
    path: String,
    blockSize: Int = defaultBlockSize,
    _ body: (RawSpan) throws(CSVError) -> Void
) throws(CSVError) {
    try readBlocks(path: path, blockSize: blockSize, failingAs: { $0 }, body)
}

/// The same for a `body` with errors of its own, as which those of reading are thrown too.
public func readBlocks<Failure: Error>(
    path: String,
    blockSize: Int = defaultBlockSize,
    failingAs wrap: (CSVError) -> Failure,
    _ body: (RawSpan) throws(Failure) -> Void
) throws(Failure) {
    precondition(blockSize > 0, "a block holds at least a byte")
    var file: InputFile
    do throws(CSVError) { file = try InputFile(path: path) } catch { throw wrap(error) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 16)
    defer { unsafe buffer.deallocate() }
    while true {
        let count: Int
        do throws(CSVError) { count = try unsafe file.read(into: buffer) } catch { throw wrap(error) }
        guard count > 0 else { return }
        try body(unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count]).bytes)
    }
}

/// Reads the file at `path` as CSV in UTF-8 and lends each record to `body`, in order.
///
/// Memory is that of a block and of the longest record, however long the file.
public func readCSV(
    path: String,
    options: CSVOptions = CSVOptions(),
    blockSize: Int = defaultBlockSize,
    _ body: (borrowing CSVRow) throws(CSVError) -> Void
) throws(CSVError) {
    try readCSV(path: path, options: options, blockSize: blockSize, failingAs: { $0 }, body)
}

/// The same for a `body` with errors of its own, as which those of reading are thrown too.
public func readCSV<Failure: Error>(
    path: String,
    options: CSVOptions = CSVOptions(),
    blockSize: Int = defaultBlockSize,
    failingAs wrap: (CSVError) -> Failure,
    _ body: (borrowing CSVRow) throws(Failure) -> Void
) throws(Failure) {
    var parser = CSVParser(options: options)
    try readBlocks(path: path, blockSize: blockSize, failingAs: wrap) { block throws(Failure) in
        try parser.feed(block, failingAs: wrap, body)
    }
    try parser.finish(failingAs: wrap, body)
}
