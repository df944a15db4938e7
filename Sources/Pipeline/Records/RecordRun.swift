internal import Foundation
internal import Indicators
internal import Publish
package import Records

/// What `divide records` is asked for.
package struct RecordRequest: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case csv, json
    }

    /// Paths or patterns; `-` for standard input.
    package var files: [String]
    package var order: RecordOrder
    package var delimiter: UInt8
    package var format: Format
    /// Where to write the ill-formed records, `nil` for nowhere.
    package var rejects: String?

    package init(
        files: [String],
        order: RecordOrder,
        delimiter: UInt8 = UInt8(ascii: ","),
        format: Format = .csv,
        rejects: String? = nil
    ) {
        self.files = files
        self.order = order
        self.delimiter = delimiter
        self.format = format
        self.rejects = rejects
    }
}

/// What it comes to.
package struct RecordReport: Sendable {
    /// The result in the format asked for.
    package var bytes: [UInt8]
    /// `FILE: N records read = N used + N filtered + N rejected`, a line a file.
    package var accounts: [String]
    package var rejected: Int
    package var suppressed: Int
}

/// Reads record-level files, works out their measures by group, and writes the reject file if one is asked for.
///
/// - Parameters:
///   - request: What is asked for.
///   - interruption: Who asks whether the process may end right now: not while the reject file is written.
///   - watch: Told now and then how far the reading is.
/// - Returns: The result in its format, and the account of each file.
/// - Throws: ``RunFailure``; then nothing has been written.
package func aggregateRecords(
    _ request: RecordRequest,
    interruption: Interruption = Interruption(),
    watch: (RecordProgress) -> Void
) throws(RunFailure) -> RecordReport {
    let files = try RecordFiles.expand(request.files.map(Paths.local)) {
        Paths.absolute($0, from: Paths.workingDirectory)
    }
    if let address = files.first(where: Paths.isAddress) { throw RunFailure(Problem(unreadableAddress: address)) }
    let reading: RecordReading
    do {
        reading = try Records.aggregateRecords(
            files.map { RecordFile(path: $0, name: $0 == "-" ? "standard input" : $0) },
            order: request.order,
            delimiter: request.delimiter,
            watch: watch
        )
    } catch {
        throw RunFailure(Problem(error))
    }
    if let path = request.rejects {
        interruption.beginWriting()
        defer { interruption.endWriting() }
        try write(rejects: reading.result.rejects, to: path)
    }
    return RecordReport(reading, format: request.format)
}

/// Works out a request with the sums that an engine makes of the records.
///
/// - Throws: ``RunFailure`` where the order is none for the engine, or the engine fails.
package func aggregateRecords(_ request: RecordRequest, on engine: SparkEngine) throws(RunFailure) -> RecordReport {
    let sums = try request.sums(isSplittable: engine.isSplittable)
    let lines = try engine.lines(of: sums.sql)
    do throws(RecordError) {
        return RecordReport(try sums.reading(of: lines), format: request.format)
    } catch {
        throw RunFailure(Problem(error))
    }
}

/// The Spark SQL of a request.
///
/// - Throws: ``RunFailure`` where the order is none for the engine.
package func recordSQL(_ request: RecordRequest, isSplittable: Bool) throws(RunFailure) -> String {
    try request.sums(isSplittable: isSplittable).sql
}

extension RecordRequest {
    fileprivate func sums(isSplittable: Bool) throws(RunFailure) -> EngineSums {
        func absolute(_ file: String) -> String {
            Paths.isAddress(file) ? file : Paths.absolute(file, from: Paths.workingDirectory)
        }
        let files = try RecordFiles.expand(files, absolute: absolute).map { file in
            RecordFile(path: absolute(file), name: file)
        }
        do throws(RecordError) {
            return try EngineSums(files, order: order, delimiter: delimiter, isSplittable: isSplittable)
        } catch {
            throw RunFailure(Problem(error))
        }
    }
}

extension RecordReport {
    fileprivate init(_ reading: RecordReading, format: RecordRequest.Format) {
        let result = reading.result
        self.init(
            bytes: format == .csv ? csv(result.table) : RecordJSON.bytes(of: reading),
            accounts: reading.files.map { "\($0.file): \($0.account.sentence)" },
            rejected: reading.files.reduce(0) { $0 + $1.account.rejected },
            suppressed: result.cells.count { $0.status == .suppressed }
        )
    }
}

extension RecordAggregation.Account {
    /// That nothing vanishes, in numbers.
    var sentence: String {
        "\(read) records read = \(used) used + \(filtered) filtered + \(rejected) rejected"
    }
}

private func write(rejects: [Reject], to path: String) throws(RunFailure) {
    let columns = [
        Column("file", .text, definition: "As it was named."),
        Column("record", .integer, definition: "Counted from 1, the header too."),
        Column("byte", .integer, definition: "Where it begins in the file, counted from 0."),
        Column("code", .text, definition: "What is wrong, in stable words."),
        Column("column", .text, definition: "The column at fault, empty where the record as a whole is."),
        Column("found", .text, definition: "What stands there."),
        Column("expected", .text, definition: "What should."),
        Column("text", .text, definition: "The record as it was written, of long ones the first 65,536 bytes."),
    ]
    var table = Table(schema: TableSchema(name: "rejects", title: "Records that could not be used", columns: columns))
    for reject in rejects {
        table.append([
            Cell(reject.file), Cell(reject.record), Cell(reject.byte), Cell(reject.code),
            reject.column.isEmpty ? .missing : Cell(reject.column), Cell(reject.found), Cell(reject.expected),
            Cell(reject.text),
        ])
    }
    do {
        try Data(csv(table)).write(to: URL(filePath: path), options: .atomic)
    } catch {
        throw RunFailure(
            Problem(
                file: path,
                problem: "the reject file cannot be written",
                expected: "a path in a folder that can be written to",
                found: (error as NSError).localizedDescription
            )
        )
    }
}
