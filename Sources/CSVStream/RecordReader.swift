import Cores
import Glibc

/// How a record-level file is read: none of it changes what is read.
public struct ReadingPlan: Hashable, Sendable {
    /// Threads at work; as many as there are cores where `nil`.
    public var threads: Int?
    /// How many bytes a thread takes at a time.
    public var blockSize: Int
    /// How much of a record may be handed from block to block before libcsv reads it.
    public var carryLimit: Int
    /// How many ends of fields are found before they are lent.
    public var fieldCapacity: Int
    public var form: ScanForm

    public init(
        threads: Int? = nil,
        blockSize: Int = 256 << 10,
        carryLimit: Int = 64 << 10,
        fieldCapacity: Int = 32 << 10,
        form: ScanForm = .best
    ) {
        self.threads = threads
        self.blockSize = blockSize
        self.carryLimit = carryLimit
        self.fieldCapacity = fieldCapacity
        self.form = form
    }

    /// No more than 16: more would wait for the bytes, and each has buffers of its own.
    var threadCount: Int { max(1, min(16, threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// What a reading came to.
public struct ReadingTotal: Hashable, Sendable {
    /// The header is one of them; blank lines are none.
    public var records = 0
    public var lines = 0
    /// As they were read, uncompressed.
    public var bytes = 0
}

/// Reads a record-level file on all cores, only the columns asked for, and lends them batch by batch.
///
/// The same records, numbers and errors as ``CSVParser`` gives, whatever the number of threads and the size of the
/// blocks: the fast look for delimiters leaves everything to libcsv that it is not sure of. A block begins where the
/// records before it end, which the parity of quotes tells exactly up to the first misplaced quote, and there strict
/// reading ends. Lenient reading is libcsv's from the beginning to the end, on one thread.
///
/// Memory is that of a few buffers a thread, however long the file, and of the longest record where that is longer.
public struct RecordReader {
    /// The fields of the first record, empty where there is none.
    public let header: [String]

    let source: RecordSource
    let options: CSVOptions
    let plan: ReadingPlan
    /// What was read of a stream to find the header, from behind it on.
    let ahead: [UInt8]
    /// Where the first record behind the header begins.
    let start: Int
    let headerLines: Int
    /// The bytes of the file where someone knows; compressed ones as they are.
    public var size: Int? { source.size }
    /// The bytes that will have been read at the end; `nil` of a stream, where nobody knows.
    public var textSize: Int? { source.isSeekable ? source.size : nil }

    /// Opens the file and reads its header. `-` is standard input; gzip and Zstandard are told by their first bytes.
    public init(
        path: String,
        options: CSVOptions = CSVOptions(),
        plan: ReadingPlan = ReadingPlan()
    ) throws(CSVError) {
        precondition(plan.blockSize > 0 && plan.blockSize < 1 << 29 && plan.carryLimit >= 0, "blocks of bytes")
        source = try RecordSource(path: path)
        self.options = options
        self.plan = plan
        var search = HeaderSearch(options: options)
        let found = try search.find(in: source, blockSize: plan.blockSize)
        header = found.header
        ahead = found.ahead
        start = found.end
        headerLines = found.lines
    }

    /// Reads the records behind the header, once.
    ///
    /// - Parameters:
    ///   - columns: Those asked for, counted from 0, in the order in which they are wanted.
    ///   - wrap: Makes an error of reading one of the caller's.
    ///   - makeState: Makes what a thread gathers in.
    ///   - progress: Is told now and then how much has been read, on the thread of the caller.
    ///   - consume: Takes a batch, on any thread; a thread's batches come in the order of the input.
    ///   - gather: Takes each thread's state when all is read, in no order that means anything.
    /// - Returns: How much was read.
    /// - Throws: The failure that stands first in the input. Records behind it may have been consumed, too.
    public func read<State: ~Copyable, Failure: Error>(
        columns: [Int],
        failingAs wrap: @escaping @Sendable (CSVError) -> Failure,
        makeState: @escaping @Sendable () -> State,
        progress: ((ReadingTotal) -> Void)? = nil,
        consume: @escaping @Sendable (inout State, borrowing FieldBatch) throws(Failure) -> Void,
        gather: (consuming State) -> Void
    ) throws(Failure) -> ReadingTotal {
        guard !header.isEmpty else {
            do throws(CSVError) { try source.refuseChange() } catch { throw wrap(error) }
            return ReadingTotal(records: 0, lines: headerLines, bytes: start)
        }
        precondition(columns.allSatisfy { header.indices.contains($0) }, "columns that the header has")
        let count = options.isLenient ? 1 : plan.threadCount
        let crew = RangeCrew<State, Failure>(self, columns: columns, workers: count, progress: progress)
        runAtOnce(count) { index in crew.work(index, makeState, consume) }
        return try crew.outcome(wrap, gather)
    }
}

/// Looks for the first record.
private struct HeaderSearch: ~Copyable {
    private struct Found: Error {}

    private var parser: CSVParser
    private var bytes: [UInt8] = []
    private var fed = 0

    init(options: CSVOptions) {
        parser = CSVParser(options: options)
    }

    /// - Returns: The fields, where the record behind begins, the lines before that, and what was read of a stream
    ///   from there on.
    mutating func find(
        in source: RecordSource,
        blockSize: Int
    ) throws(CSVError) -> (header: [String], end: Int, lines: Int, ahead: [UInt8]) {
        var header: [String]?
        while header == nil {
            let isEnd = try !readOn(source, min(blockSize, 64 << 10))
            header = try feedLines(isEnd: isEnd)
            if isEnd { break }
        }
        let lines = parser.passed.lines
        let ahead = source.isSeekable ? [] : Array(bytes[fed...])
        return (header ?? [], fed, lines, ahead)
    }

    private mutating func readOn(_ source: RecordSource, _ count: Int) throws(CSVError) -> Bool {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        defer { unsafe buffer.deallocate() }
        let offset = bytes.count
        let got =
            try unsafe source.isSeekable
            ? source.read(into: buffer, at: offset) : source.readNext(into: buffer).count
        unsafe bytes.append(contentsOf: buffer[..<got])
        return got > 0
    }

    /// Line by line, so that no record but the first is read.
    private mutating func feedLines(isEnd: Bool) throws(CSVError) -> [String]? {
        var header: [String]?
        while header == nil, fed < bytes.count {
            guard let end = lineEnd(isEnd: isEnd) else { break }
            let line = Array(bytes[fed..<end])
            fed = end
            try parser.feed(unsafe line.span.bytes) { row throws(CSVError) in header = row.strings() }
        }
        if header == nil, isEnd {
            try parser.finish { row throws(CSVError) in header = row.strings() }
        }
        return header
    }

    /// Behind the next line break, or as far as there is none; `nil` where more has to be read to know.
    private func lineEnd(isEnd: Bool) -> Int? {
        guard let index = bytes[fed...].firstIndex(where: { $0 == lineFeed || $0 == carriageReturn }) else {
            return bytes.count
        }
        if bytes[index] == lineFeed { return index + 1 }
        guard index + 1 < bytes.count else { return isEnd ? bytes.count : index > fed ? index : nil }
        return bytes[index + 1] == lineFeed ? index + 2 : index + 1
    }
}
