import CSVStream

/// The beginning of a file as text, enough to find the delimiter and the header.
struct Sample {
    static let byteLimit = 256 << 10
    static let recordLimit = 100
    /// As many records as hold the header of most files, and what must be seen below it.
    static let usualHeaderReach = 4
    private static let blockSize = 4 << 10

    /// UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Whether these are all the bytes that the file has.
    private(set) var isWhole = true
    private let recordsAbove: Int

    init(_ text: TextFile) throws(IngestError) {
        recordsAbove = text.sheet?.rowsAbove ?? 0
        var bytes: [UInt8] = []
        var isWhole = true
        var size = 0
        try reading { () throws(Interruption) in
            try text.forEachBlock(counting: &size) { block throws(Interruption) in
                let room = Self.byteLimit - bytes.count
                bytes.append(first: room, of: block)
                if block.byteCount > room {
                    isWhole = false
                    throw .end
                }
            }
        }
        self.bytes = bytes
        self.isWhole = isWhole
    }

    /// The first records under these options, and why there are no more of them if something is wrong.
    func records(
        _ options: CSVOptions,
        file: String,
        limit: Int = recordLimit
    ) -> (records: [SampleRecord], error: IngestError?) {
        var records: [SampleRecord] = []
        records.reserveCapacity(min(limit, Self.usualHeaderReach))
        let error = forEachRecord(options, file: file, limit: limit) { row in
            records.append(SampleRecord(record: row.record, line: row.line, fields: row.trimmedStrings()))
        }
        return (records, error)
    }

    /// How well the first records agree under these options, as far as they can be read.
    func agreement(_ options: CSVOptions, file: String) -> Agreement {
        var widths: [Int] = []
        _ = forEachRecord(options, file: file, limit: Self.recordLimit) { row in
            if !row.isBlank { widths.append(row.count) }
        }
        return Agreement(widths: widths)
    }

    /// Lends at most `limit` records; returns why there are no more of them if something is wrong.
    private func forEachRecord(
        _ options: CSVOptions,
        file: String,
        limit: Int,
        _ body: (borrowing CSVRow) -> Void
    ) -> IngestError? {
        var options = options
        options.recordsAbove = recordsAbove
        var count = 0
        do throws(IngestError) {
            try reading { () throws(Interruption) in
                let failure = { (error: CSVError) in Interruption.failure(IngestError(error, file: file)) }
                let take = { (row: borrowing CSVRow) throws(Interruption) in
                    body(row)
                    count += 1
                    if count == limit { throw .end }
                }
                var parser = CSVParser(options: options)
                var start = 0
                // In small blocks, since the parser checks the whole of a block before it reads a record.
                while start < bytes.count {
                    let end = min(start + Self.blockSize, bytes.count)
                    try unsafe parser.feed(bytes.span.bytes.extracting(start..<end), failingAs: failure, take)
                    start = end
                }
                if isWhole { try parser.finish(failingAs: failure, take) }
            }
        } catch {
            return error
        }
        return nil
    }
}

extension CSVOptions {
    /// The options for a file of ours.
    ///
    /// - Throws: ``IngestError`` where delimiter or limits make no sense.
    init(
        delimiter: UInt8,
        isLenient: Bool = false,
        limits: Limits = Limits(),
        file: String
    ) throws(IngestError) {
        self.init(
            delimiter: delimiter,
            isLenient: isLenient,
            recordByteLimit: limits.recordBytes,
            columnLimit: limits.columns
        )
        guard areUsable else {
            throw IngestError(
                code: "unusable-delimiter",
                file: file,
                problem: "the file cannot be read with this delimiter or these limits",
                expected: "an ASCII character that is neither a quote nor a line break, and limits above 0",
                found: excerpt(String(Unicode.Scalar(delimiter)))
            )
        }
    }

    fileprivate init(_ delimiter: UInt8, _ source: Source) throws(IngestError) {
        try self.init(
            delimiter: delimiter,
            isLenient: source.isLenient,
            limits: source.limits,
            file: source.file
        )
    }
}

extension Delimiter {
    /// The delimiters to try on a sample: the one declared, or those of the usual ones that occur.
    func candidates(in sample: Sample) -> [UInt8] {
        guard case .automatic = self else {
            if case .byte(let byte) = self { return [byte] }
            return []
        }
        let occurring = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].filter { sample.bytes.holds($0) }
        return occurring.isEmpty ? [UInt8(ascii: ",")] : occurring
    }
}

/// How well records agree under a delimiter: the share that has the most frequent number of fields, then that number.
struct Agreement: Comparable {
    var share: Double
    var fields: Int

    init(_ records: [SampleRecord]) {
        self.init(widths: records.compactMap { $0.isBlank ? nil : $0.fields.count })
    }

    /// - Parameter widths: How many fields each record has that is not blank.
    init(widths: [Int]) {
        var counts: [Int: Int] = [:]
        for width in widths { counts[width, default: 0] += 1 }
        let usual = counts.filter { $0.key > 1 }.max { ($0.value, $0.key) < ($1.value, $1.key) }
        let total = counts.values.reduce(0, +)
        share = usual.map { Double($0.value) / Double(total) } ?? 0
        fields = usual?.key ?? 1
    }

    static func < (left: Agreement, right: Agreement) -> Bool {
        (left.share, left.fields) < (right.share, right.fields)
    }
}

/// The delimiter of a file and the plan for its table.
struct TableStart {
    var options: CSVOptions
    var plan: TablePlan

    /// - Throws: ``IngestError`` where under no delimiter the columns that the layout names are found.
    init(_ source: Source, _ text: TextFile) throws(IngestError) {
        let sample = try Sample(text)
        let delimiters = source.delimiter.candidates(in: sample)
        if delimiters.count == 1, let start = try Self.atTop(of: sample, source, delimiters[0]) {
            self = start
            return
        }
        var best: (start: TableStart, agreement: Agreement)?
        var failure: (error: IngestError, agreement: Agreement)?
        for delimiter in delimiters {
            let options = try CSVOptions(delimiter, source)
            let (records, error) = sample.records(options, file: source.file)
            let agreement = Agreement(records)
            do {
                if records.isEmpty, !sample.isWhole { try Self.refuseEndlessRecord(options, text) }
                let plan = try HeaderSearch(source: source, records: records).plan()
                if best.map({ agreement > $0.agreement }) ?? true {
                    best = (TableStart(options: options, plan: plan), agreement)
                }
            } catch let absence {
                if failure.map({ agreement > $0.agreement }) ?? true { failure = (error ?? absence, agreement) }
            }
        }
        if let best {
            self = best.start
        } else if let failure {
            throw failure.error
        } else {
            preconditionFailure("there is always a delimiter to try")
        }
    }

    private init(options: CSVOptions, plan: TablePlan) {
        self.options = options
        self.plan = plan
    }

    /// The start of a file whose header stands among its first records, `nil` where they do not show it.
    private static func atTop(
        of sample: Sample,
        _ source: Source,
        _ delimiter: UInt8
    ) throws(IngestError) -> TableStart? {
        let options = try CSVOptions(delimiter, source)
        let (records, _) = sample.records(options, file: source.file, limit: Sample.usualHeaderReach)
        return HeaderSearch(source: source, records: records).planAtTop().map { TableStart(options: options, plan: $0) }
    }

    /// Reads on to say what is wrong with a file whose first record does not end within the sample.
    private static func refuseEndlessRecord(_ options: CSVOptions, _ text: TextFile) throws(IngestError) {
        _ = try text.forEachRecord(options) { _ throws(Interruption) in throw .end }
        throw IngestError(
            code: "no-header",
            file: text.file,
            line: 1,
            problem: "the first record is too long to be a header",
            expected: "at most \(Sample.byteLimit) bytes",
            found: "more"
        )
    }
}
