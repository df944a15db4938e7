import CSVStream
import Glibc
import Testing

/// A field of a batch as a test keeps it, and where its record stood.
struct BatchRow: Hashable, CustomStringConvertible {
    var fields: [ReadField]
    var fieldCount: Int
    var record: Int
    var byteOffset: Int
    /// The record whole, as it was written; not looked at where reading is lenient.
    var text: [UInt8]

    var description: String { "\(record)/\(byteOffset)[\(fieldCount)]\(fields)" }
}

/// What came of reading an input batch by batch.
struct RecordOutcome: Equatable {
    var header: [String] = []
    var rows: [BatchRow] = []
    var error: CSVError?
    var records = 0
    var lines = 0
}

/// Keeps the rows of a batch, taking it at its word.
func rows(of batch: borrowing FieldBatch, options: CSVOptions) -> [BatchRow] {
    let quote = options.quote
    var rows: [BatchRow] = []
    for index in 0..<batch.count {
        var fields: [ReadField] = []
        for column in 0..<batch.columnCount {
            let bounds = unsafe batch.bounds[column * batch.stride + index]
            var text: [UInt8] = []
            var position = Int(bounds.start)
            let end = position + bounds.length
            while position < end {
                let byte = unsafe batch.bytes[position]
                text.append(byte)
                position += byte == quote && bounds.isEscaped ? 2 : 1
            }
            fields.append(
                ReadField(
                    text: String(decoding: text, as: UTF8.self),
                    isMissing: bounds.isMissing,
                    isQuoted: bounds.isQuoted
                )
            )
        }
        rows.append(
            BatchRow(
                fields: fields,
                fieldCount: unsafe Int(batch.fieldCounts[index]),
                record: batch.firstRecord + index,
                byteOffset: unsafe batch.offsets[index],
                text: options.isLenient ? [] : batch.record(index, limit: .max, quote: quote)
            )
        )
    }
    return rows
}

/// Reads the file at `path` with the reader of record-level files. `columns` are asked for where the header has them.
func readRecords(
    path: String,
    options: CSVOptions = CSVOptions(),
    plan: ReadingPlan = ReadingPlan(),
    columns: [Int] = Array(0..<64)
) -> RecordOutcome {
    var outcome = RecordOutcome()
    let log = RowLog()
    do throws(CSVError) {
        let reader = try RecordReader(path: path, options: options, plan: plan)
        outcome.header = reader.header
        let present = columns.filter { reader.header.indices.contains($0) }
        let reading = try reader.read(
            columns: present,
            failingAs: { $0 },
            makeState: { 0 },
            consume: { (count: inout Int, batch: borrowing FieldBatch) throws(CSVError) in
                count += batch.count
                log.append(rows(of: batch, options: options))
            },
            gather: { _ in }
        )
        outcome.rows = log.all
        outcome.records = reading.records
        outcome.lines = reading.lines
    } catch {
        outcome.error = error
        outcome.rows = log.all
    }
    return outcome
}

/// Rows from several threads, in the order of the input.
@safe final class RowLog: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var rows: [BatchRow] = []

    init() {
        unsafe lock = .allocate(capacity: 1)
        unsafe lock.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(lock, nil)
    }

    deinit { unsafe lock.deallocate() }

    func append(_ more: [BatchRow]) {
        unsafe pthread_mutex_lock(lock)
        rows += more
        unsafe pthread_mutex_unlock(lock)
    }

    var all: [BatchRow] { rows.sorted { $0.byteOffset < $1.byteOffset } }
}

/// What libcsv makes of the same bytes, as far as the columns asked for go.
func expectedRecords(_ bytes: [UInt8], options: CSVOptions, columns: [Int]) -> RecordOutcome {
    let whole = read(bytes, options: options)
    var outcome = RecordOutcome(error: whole.error)
    guard let first = whole.rows.first else { return outcome }
    outcome.header = first.texts
    let present = columns.filter { first.fields.indices.contains($0) }
    outcome.rows = whole.rows.dropFirst().map { row in
        BatchRow(
            fields: present.map { $0 < row.fields.count ? row.fields[$0] : ReadField(text: "", isMissing: true) },
            fieldCount: row.fields.count,
            record: row.record,
            byteOffset: row.byteOffset,
            text: options.isLenient ? [] : line(bytes[row.byteOffset...], quote: options.quote)
        )
    }
    outcome.records = whole.rows.count
    return outcome
}

/// The first record of bytes of which it is known that quotes open and close.
private func line(_ bytes: ArraySlice<UInt8>, quote: UInt8) -> [UInt8] {
    var isInside = false
    return Array(
        bytes.prefix { byte in
            if byte == quote { isInside.toggle() }
            return isInside || (byte != 0x0A && byte != 0x0D)
        }
    )
}

/// A file of a test's own, removed with it.
struct TemporaryFile: ~Copyable {
    let path: String

    init(_ bytes: [UInt8] = []) throws {
        path = try TemporaryFile.make(bytes)
    }

    private static func make(_ bytes: [UInt8]) throws -> String {
        var template = Array("/tmp/divide-records-XXXXXX".utf8CString)
        let descriptor = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let name = buffer.baseAddress else { return Int32(-1) }
            return unsafe mkstemp(name)
        }
        try #require(descriptor >= 0)
        close(descriptor)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try write(bytes, to: path)
        return path
    }

    func write(_ bytes: [UInt8], mode: String = "w") throws {
        try TemporaryFile.write(bytes, to: path, mode: mode)
    }

    private static func write(_ bytes: [UInt8], to path: String, mode: String = "w") throws {
        let stream = unsafe try #require(unsafe fopen(path, mode))
        let written = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, stream) }
        #expect(unsafe fclose(stream) == 0 && written == bytes.count)
    }

    deinit { _ = unsafe unlink(path) }
}

/// Reads bytes that come through a pipe.
func readPiped(_ bytes: [UInt8], options: CSVOptions, plan: ReadingPlan, columns: [Int]) throws -> RecordOutcome {
    var ends: [2 of Int32] = [0, 0]
    var span = ends.mutableSpan
    let made = unsafe span.withUnsafeMutableBufferPointer { unsafe pipe($0.baseAddress) }
    try #require(made == 0 && bytes.count <= 60_000)
    let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(ends[1], $0.baseAddress, $0.count) }
    close(ends[1])
    defer { close(ends[0]) }
    try #require(written == bytes.count)
    return readRecords(path: "/proc/self/fd/\(ends[0])", options: options, plan: plan, columns: columns)
}
