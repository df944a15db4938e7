internal import CScan

/// Cuts ranges of whole records into batches of fields, one range after the other; libcsv takes over where the fast
/// look is not sure.
///
/// Records and lines are counted over the whole input.
@safe struct RangeReader: ~Copyable {
    private let options: CSVOptions
    private let columns: [Int]
    private let width: UInt32
    private var scan: RecordScan
    private var rows: RowBatches
    /// The ordinal of the end before each record's first field.
    private let bases: UnsafeMutablePointer<UInt32>
    private let fieldCounts: UnsafeMutablePointer<UInt32>
    private let offsets: UnsafeMutablePointer<Int>
    private let bounds: UnsafeMutablePointer<FieldBatch.Bounds>
    /// The most records in a batch.
    private let stride: Int
    private var isRagged = false

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

/// From the ends of fields to bounds.
extension RangeReader {
    /// Finds out which fields are whose, blank lines left out.
    ///
    /// - Returns: How many records there are; `nil` where one of them is beyond a limit.
    private mutating func layOut(_ bytes: UnsafePointer<UInt8>, offset: Int) -> Int? {
        let positions = unsafe UnsafePointer(scan.positions)
        let breaks = unsafe UnsafePointer(scan.breaks)
        let columnLimit = UInt32(clamping: options.columnLimit)
        let byteLimit = UInt32(clamping: options.recordByteLimit)
        var base: UInt32 = 0
        var count = 0
        var differing: UInt32 = 0
        for index in 0..<scan.breakCount {
            let last = unsafe breaks[index]
            let fields = last &- base &+ 1
            let start = unsafe positions[Int(base)] &+ 1
            let length = unsafe positions[Int(last) &+ 1] &- start
            if fields == 1, length <= 1, unsafe length == 0 || bytes[Int(start)] == carriageReturn {
                base = last &+ 1
                continue
            }
            guard fields <= columnLimit, length <= byteLimit else { return nil }
            unsafe bases[count] = base
            unsafe fieldCounts[count] = fields
            unsafe offsets[count] = offset &+ Int(start)
            differing |= fields ^ width
            count &+= 1
            base = last &+ 1
        }
        isRagged = differing != 0
        return count
    }

    private mutating func lend<Failure: Error>(
        _ count: Int,
        of bytes: UnsafePointer<UInt8>,
        offset: Int,
        _ body: (borrowing FieldBatch) throws(Failure) -> Void
    ) throws(Failure) {
        var done = 0
        while done < count {
            let size = min(stride, count - done)
            for index in columns.indices {
                let target = unsafe bounds + index * stride
                if isRagged || scan.hasQuotes || scan.hasReturns {
                    unsafe bind(columns[index], done, size, bytes, target)
                } else {
                    unsafe bindPlainly(columns[index], done, size, target)
                }
            }
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

    /// Records as wide as the header, without quotes and carriage returns.
    private func bindPlainly(
        _ column: Int,
        _ from: Int,
        _ count: Int,
        _ target: UnsafeMutablePointer<FieldBatch.Bounds>
    ) {
        let positions = unsafe UnsafePointer(scan.positions) + column
        let bases = unsafe UnsafePointer(self.bases) + from
        for index in 0..<count {
            let ends = unsafe positions + Int(bases[index])
            let start = unsafe ends[0] &+ 1
            unsafe target[index] = FieldBatch.Bounds(start: start, lengthAndFlags: ends[1] &- start)
        }
    }

    private func bind(
        _ column: Int,
        _ from: Int,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>,
        _ target: UnsafeMutablePointer<FieldBatch.Bounds>
    ) {
        let positions = unsafe UnsafePointer(scan.positions) + column
        let (hasQuotes, hasEscapes, quote) = (scan.hasQuotes, scan.hasEscapes, options.quote)
        for index in 0..<count {
            let fields = unsafe Int(fieldCounts[from + index])
            guard column < fields else {
                unsafe target[index] = FieldBatch.Bounds(start: 0, lengthAndFlags: 0)
                continue
            }
            let ends = unsafe positions + Int(bases[from + index])
            var start = unsafe ends[0] &+ 1
            var length = unsafe ends[1] &- start
            let isLast = column + 1 == fields
            if isLast, length > 0, unsafe bytes[Int(start &+ length) - 1] == carriageReturn { length -= 1 }
            var flags: UInt32 = 0
            if hasQuotes, length > 0, unsafe bytes[Int(start)] == quote {
                start += 1
                length -= 2
                flags = FieldBatch.Bounds.quoted
                if hasEscapes {
                    let end = unsafe bytes + Int(start + length)
                    let isEscaped = unsafe first(quote, from: bytes + Int(start), to: end) < end
                    if isEscaped { flags |= FieldBatch.Bounds.escaped }
                }
            }
            unsafe target[index] = FieldBatch.Bounds(start: start, lengthAndFlags: length | flags)
        }
    }
}
