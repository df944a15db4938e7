package import CSVStream

/// A file of records: what to open, and how messages and outputs name it.
package struct RecordFile: Hashable, Sendable {
    /// `-` for standard input.
    package var path: String
    package var name: String

    package init(path: String, name: String) {
        self.path = path
        self.name = name
    }
}

/// Reads record-level files and works out the measures of an order by group.
///
/// - Parameters:
///   - files: Under equal headers.
///   - order: What to work out.
///   - delimiter: What stands between fields.
///   - watch: Told now and then how far the reading is.
/// - Returns: What came of all files together, with the account of each.
/// - Throws: ``RecordError`` for a file that cannot be read, an order that does not fit its header, an ill-formed
///   record that is to be refused, or limits that are met.
package func aggregateRecords(
    _ files: [RecordFile],
    order: RecordOrder,
    delimiter: UInt8 = UInt8(ascii: ","),
    watch: (RecordProgress) -> Void = { _ in }
) throws(RecordError) -> RecordReading {
    var reader = RecordFilesReader(order: order, options: CSVOptions(delimiter: delimiter))
    for file in files { try reader.read(file, of: files.count, watch) }
    guard let reading = reader.finish() else {
        throw RecordError(code: "no-file", problem: "there is nothing to read", expected: "at least one file")
    }
    return reading
}

/// How far the reading of files is.
package struct RecordProgress: Hashable, Sendable {
    /// Of all files so far.
    package var records = 0
    /// Of the file in hand: its position, of how many, bytes read of it and in it; `size` is `nil` where nobody knows it.
    package var file = 0
    package var files = 1
    package var bytes = 0
    package var size: Int?

    package init() {}
}

/// What came of files of records.
package struct RecordReading: Sendable {
    package struct FileAccount: Hashable, Sendable {
        package var file: String
        package var account: RecordAggregation.Account

        package init(file: String, account: RecordAggregation.Account) {
            self.file = file
            self.account = account
        }
    }

    package var result: RecordResult
    /// In the order of the files.
    package var files: [FileAccount]
    package var header: [String]

    package init(result: RecordResult, files: [FileAccount], header: [String]) {
        self.result = result
        self.files = files
        self.header = header
    }
}

/// Reads one file after the other; the first header makes the plan.
private struct RecordFilesReader: ~Copyable {
    private let order: RecordOrder
    private let options: CSVOptions
    private var aggregation: RecordAggregation?
    private var header: [String] = []
    private var accounts: [RecordReading.FileAccount] = []
    private var records = 0

    init(order: RecordOrder, options: CSVOptions) {
        self.order = order
        self.options = options
    }

    mutating func read(
        _ file: RecordFile,
        of count: Int,
        _ watch: (RecordProgress) -> Void
    ) throws(RecordError) {
        var account = RecordAggregation.Account()
        var taken = aggregation.take()
        aggregation = nil
        if let before = taken?.account { account = before }
        let reader: RecordReader
        do throws(CSVError) {
            reader = try RecordReader(path: file.path, options: options)
        } catch {
            throw RecordError(error, file: file.name)
        }
        let plan = try plan(of: reader.header, file)
        if taken == nil { taken = RecordAggregation(plan) }
        taken?.file = file.name
        taken?.filePosition = accounts.count
        let (before, position) = (records, accounts.count)
        var reached = RecordProgress()
        (reached.file, reached.files, reached.size) = (position, count, reader.textSize)
        let total = try withoutActuallyEscaping(watch) { watch throws(RecordError) in
            try reader.read(
                columns: plan.columns,
                failingAs: { RecordError($0, file: file.name) },
                makeState: {
                    var part = RecordAggregation(plan)
                    part.file = file.name
                    part.filePosition = position
                    return part
                },
                progress: {
                    (reached.records, reached.bytes) = (before + $0.records, $0.bytes)
                    watch(reached)
                },
                consume: { (part: inout RecordAggregation, batch: borrowing FieldBatch) throws(RecordError) in
                    if part.take(batch) { return }
                    guard let failure = part.failure ?? part.rejects.last?.error else { return }
                    throw failure.file.isEmpty ? failure.located(in: file.name) : failure
                },
                gather: { taken?.merge($0) }
            )
        }
        records += total.records
        taken?.sortRejects()
        if let failure = taken?.failure { throw failure.file.isEmpty ? failure.located(in: file.name) : failure }
        if order.illFormed == .refuse, let reject = taken?.rejects.first { throw reject.error }
        if let after = taken?.account {
            account = RecordAggregation.Account(
                used: after.used - account.used,
                filtered: after.filtered - account.filtered,
                rejected: after.rejected - account.rejected
            )
        }
        accounts.append(RecordReading.FileAccount(file: file.name, account: account))
        aggregation = consume taken
    }

    private mutating func plan(of found: [String], _ file: RecordFile) throws(RecordError) -> RecordPlan {
        guard !found.isEmpty else {
            throw RecordError(
                code: "empty-file",
                file: file.name,
                problem: "the file is empty",
                expected: "a header and records"
            )
        }
        if accounts.isEmpty {
            header = found
        } else if found != header {
            let position = zip(found, header).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            throw RecordError(
                code: "header-differs",
                file: file.name,
                line: 1,
                problem: "the header is another than that of \(accounts[0].file)",
                expected: position.map { "`\(header[$0])` as column \($0 + 1)" } ?? "\(header.count) columns",
                found: position.map { "`\(found[$0])`" } ?? "\(found.count) columns"
            )
        }
        do throws(RecordError) { return try RecordPlan(order, header: found) } catch {
            throw error.code == "expression" ? error : error.located(in: file.name)
        }
    }

    consuming func finish() -> RecordReading? {
        guard let aggregation = consume aggregation else { return nil }
        return RecordReading(result: aggregation.result(), files: accounts, header: header)
    }
}

extension RecordError {
    /// An error of reading, at its place.
    package init(_ error: CSVError, file: String) {
        self.init(
            code: error.code,
            file: file,
            record: error.place?.record ?? 0,
            line: error.place?.line ?? 0,
            column: error.place?.column ?? 0,
            problem: error.problem,
            expected: error.expected,
            found: error.found,
            hint: error.hint
        )
    }

    func located(in file: String) -> RecordError {
        var error = self
        error.file = file
        return error
    }
}
