import CSVStream

/// The bytes of a file, lent from their beginning as often as one likes: what kind of file it is, its encoding, its delimiter and
/// header are found out one after the other, before its records are read.
///
/// A file of one block is read once; of a longer one the first block is kept, and it is read anew each time.
struct FileBytes {
    let path: String
    /// What messages call it.
    let file: String
    /// The beginning of the file, at most a block.
    let head: [UInt8]
    private let isWhole: Bool

    /// - Throws: ``IngestError`` where the file cannot be opened or read.
    init(path: String, file: String) throws(IngestError) {
        var head: [UInt8] = []
        var isWhole = true
        try reading { () throws(Interruption) in
            let failure = { (error: CSVError) in Interruption.failure(IngestError(error, file: file)) }
            try readBlocks(path: path, failingAs: failure) { block throws(Interruption) in
                let room = defaultBlockSize - head.count
                head.append(first: room, of: block)
                isWhole = block.byteCount <= room
                if !isWhole { throw .end }
            }
        }
        self.path = path
        self.file = file
        self.head = head
        self.isWhole = isWhole
    }

    /// Lends the bytes block by block.
    func forEachBlock(_ body: (RawSpan) throws(Interruption) -> Void) throws(Interruption) {
        guard isWhole else {
            let failure = { (error: CSVError) in Interruption.failure(IngestError(error, file: file)) }
            return try readBlocks(path: path, failingAs: failure, body)
        }
        if !head.isEmpty { try unsafe body(head.span.bytes) }
    }
}
