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
/// - Parameter watch: Told now and then how many records have been read.
/// - Throws: ``RunFailure``; then nothing has been written.
package func aggregateRecords(
    _ request: RecordRequest,
    watch: (Int) -> Void
) throws(RunFailure) -> RecordReport {
    let files = try RecordFiles.expand(request.files) { Paths.absolute($0, from: Paths.workingDirectory) }
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
    let result = reading.result
    if let path = request.rejects { try write(rejects: result.rejects, to: path) }
    return RecordReport(
        bytes: request.format == .csv ? csv(result.table) : RecordJSON.bytes(of: reading),
        accounts: reading.files.map { "\($0.file): \($0.account.sentence)" },
        rejected: result.account.rejected,
        suppressed: result.cells.count { $0.status == .suppressed }
    )
}

extension RecordAggregation.Account {
    /// That nothing vanishes, in numbers.
    var sentence: String {
        "\(read) records read = \(used) used + \(filtered) filtered + \(rejected) rejected"
    }
}

private func write(rejects: [Reject], to path: String) throws(RunFailure) {
    let columns = ["file", "record", "byte", "code", "column", "found", "expected"]
    let schema = TableSchema(
        name: "rejects",
        title: "Records that could not be used",
        columns: columns.map { Column($0, $0 == "record" || $0 == "byte" ? .integer : .text, definition: "") }
    )
    var table = Table(schema: schema)
    for reject in rejects {
        table.append([
            Cell(reject.file), Cell(reject.record), Cell(reject.byte), Cell(reject.code), Cell(reject.column),
            Cell(reject.found), Cell(reject.expected),
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
