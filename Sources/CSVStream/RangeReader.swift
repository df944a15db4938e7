internal import CScan

/// Cuts ranges of whole records into batches of fields, one range after the other; libcsv takes over where the fast
/// look is not sure.
///
/// Records and lines are counted over the whole input.
@safe struct RangeReader: ~Copyable {
    let options: CSVOptions
    let columns: [Int]
    let width: UInt32
    var scan: RecordScan
    private var rows: RowBatches
    /// The ordinal of the end before each record's first field.
    let bases: UnsafeMutablePointer<UInt32>
    let fieldCounts: UnsafeMutablePointer<UInt32>
    let offsets: UnsafeMutablePointer<Int>
    let bounds: UnsafeMutablePointer<FieldBatch.Bounds>
    /// The most records in a batch.
    let stride: Int
    var isRagged = false
    /// By column of the file, which of those asked for it is.
    let asked: [[Int]]

    /// How many stand before what is read next.
    private(set) var records = 0
    private(set) var lines = 0

    /// So many bounds are kept, however many columns are asked for.
    private static let boundCapacity = 32 << 10

    /// `columns` are those asked for, counted from 0 in the file, in the order in which they are wanted; `width` is
    /// how many fields the header has.
    init(options: CSVOptions, columns: [Int], width: Int, form: ScanForm, capacity: Int) {
        self.options = options
        self.columns = columns
        self.width = UInt32(width)
        var asked = [[Int]](repeating: [], count: width)
        for (index, column) in columns.enumerated() { asked[column].append(index) }
        self.asked = asked
        scan = RecordScan(form: form, options: options, positionCapacity: capacity, breakCapacity: capacity / 8)
        stride = min(scan.breakCapacity, max(1, RangeReader.boundCapacity / max(1, columns.count)))
        rows = RowBatches(options: options, columns: columns, capacity: stride)
        unsafe bases = .allocate(capacity: scan.breakCapacity)
        unsafe fieldCounts = .allocate(capacity: scan.breakCapacity)
        unsafe offsets = .allocate(capacity: scan.breakCapacity)
        unsafe bounds = .allocate(capacity: max(1, stride * columns.count))
    }

    deinit {
        unsafe bases.deallocate()
        unsafe fieldCounts.deallocate()
        unsafe offsets.deallocate()
        unsafe bounds.deallocate()
    }

    /// Says how many records and lines stand before the range.
    mutating func begin(records: Int, lines: Int) {
        self.records = records
        self.lines = lines
    }

    /// Lends the records of `bytes`: whole ones, the last with its line feed.
    /// The first byte has number `offset` in the input.
    mutating func read<Failure: Error>(
        _ bytes: UnsafeBufferPointer<UInt8>,
        offset: Int,
        failingAs wrap: (CSVError) -> Failure,
        _ body: (borrowing FieldBatch) throws(Failure) -> Void
    ) throws(Failure) {
        guard let base = bytes.baseAddress else { return }
        var at = 0
        while at < bytes.count {
            guard let end = unsafe scan.look(at: base, from: at, to: bytes.count),
                let count = unsafe layOut(base, offset: offset)
            else {
                let rest = unsafe UnsafeBufferPointer(rebasing: bytes[at...])
                try unsafe readCarefully(rest, offset: offset + at, isEnd: false, failingAs: wrap, body)
                return
            }
            try unsafe lend(count, of: base, offset: offset, body)
            lines += scan.hasQuotedFeeds ? unsafe countOf(lineFeed, base + at, end - at, scan.form) : scan.breakCount
            at = end
        }
    }

    /// Lends the records of `bytes` as libcsv reads them; `isEnd` if the input ends with them.
    mutating func readCarefully<Failure: Error>(
        _ bytes: UnsafeBufferPointer<UInt8>,
        offset: Int,
        isEnd: Bool,
        failingAs wrap: (CSVError) -> Failure,
        _ body: (borrowing FieldBatch) throws(Failure) -> Void
    ) throws(Failure) {
        var parser = CSVParser(options: options, offset: offset, records: records, lines: lines)
        try read(unsafe UnsafeRawBufferPointer(bytes).bytes, with: &parser, failingAs: wrap, body)
        if isEnd { try finish(&parser, failingAs: wrap, body) }
        (records, lines) = parser.passed
    }

    /// Gives a parser, which may be in the middle of a record, what comes next.
    mutating func read<Failure: Error>(
        _ bytes: RawSpan,
        with parser: inout CSVParser,
        failingAs wrap: (CSVError) -> Failure,
        _ body: (borrowing FieldBatch) throws(Failure) -> Void
    ) throws(Failure) {
        var refusal: CSVError?
        do throws(Interrupted<Failure>) {
            try parser.feed(
                bytes,
                failingAs: { .csv($0) },
                { row throws(Interrupted<Failure>) in
                    do throws(Failure) { try rows.add(row, body) } catch { throw .body(error) }
                }
            )
        } catch {
            switch error {
            case .csv(let csv): refusal = csv
            case .body(let failure): throw failure
            }
        }
        // What stands before an error is lent before it is thrown.
        try rows.lend(body)
        if let refusal { throw wrap(refusal) }
    }

    mutating func finish<Failure: Error>(
        _ parser: inout CSVParser,
        failingAs wrap: (CSVError) -> Failure,
        _ body: (borrowing FieldBatch) throws(Failure) -> Void
    ) throws(Failure) {
        try parser.finish(failingAs: wrap) { row throws(Failure) in try rows.add(row, body) }
        try rows.lend(body)
    }

    private mutating func lend<Failure: Error>(
        _ count: Int,
        of bytes: UnsafePointer<UInt8>,
        offset: Int,
        _ body: (borrowing FieldBatch) throws(Failure) -> Void
    ) throws(Failure) {
        var done = 0
        var escape = 0
        while done < count {
            let size = min(stride, count - done)
            unsafe bind(done, size, of: bytes, &escape)
            let first = records + 1
            records += size
            try body(
                unsafe FieldBatch(
                    count: size,
                    columnCount: columns.count,
                    stride: stride,
                    firstRecord: first,
                    bytes: bytes,
                    bounds: bounds,
                    fieldCounts: fieldCounts + done,
                    offsets: offsets + done,
                    text: (bytes, offset)
                )
            )
            done += size
        }
    }
}

/// Why a parser was stopped: for its own reasons, or for those of whoever takes its records.
enum Interrupted<Failure: Error>: Error {
    case csv(CSVError)
    case body(Failure)
}

/// What has to be known of a block before the next can be cut.
func survey(of bytes: UnsafePointer<UInt8>, _ count: Int, quote: UInt8, _ form: ScanForm) -> cscan_survey {
    guard form == .portable else { return unsafe cscan_survey_bytes(form.rawValue, bytes, count, quote) }
    var survey = cscan_survey()
    var isInside = false
    for index in 0..<count {
        let byte = unsafe bytes[index]
        let before = index > 0 ? unsafe bytes[index - 1] : 0
        if before == carriageReturn, byte != lineFeed { survey.has_lone_return = 1 }
        if byte == quote {
            survey.quotes += 1
            isInside.toggle()
        } else if byte == lineFeed {
            survey.feeds += 1
            let isBehindPair = unsafe before == carriageReturn && index > 1 && bytes[index - 2] == lineFeed
            if before == lineFeed || isBehindPair { continue }
            if isInside { survey.records.1 += 1 } else { survey.records.0 += 1 }
        }
    }
    return survey
}

/// How often a byte stands among others.
func countOf(_ byte: UInt8, _ bytes: UnsafePointer<UInt8>, _ count: Int, _ form: ScanForm) -> Int {
    unsafe cscan_count(form.rawValue, bytes, count, byte)
}
