import CSVStream
package import Indicators

/// Reads a small table that is in memory already: UTF-8, commas, the first record its header.
///
/// - Parameters:
///   - bytes: The whole table.
///   - file: As messages name it.
/// - Returns: Fields as they stand.
/// - Throws: ``IngestError`` where it is malformed, empty, or a record is not as long as the header.
package func readTextTable(bytes: [UInt8], file: String) throws(IngestError) -> TextTable {
    var table: TextTable?
    var ragged: IngestError?
    func take(_ row: borrowing CSVRow) {
        let fields = row.strings()
        guard let header = table?.header else {
            table = TextTable(file: file, header: fields, rows: [])
            return
        }
        if fields.count == header.count {
            table?.rows.append(TextTable.Row(record: row.record, line: row.line, fields: fields))
        } else if ragged == nil {
            ragged = IngestError(
                code: "ragged-row",
                file: file,
                line: row.line,
                problem: "the record has another number of fields than the header",
                expected: "\(header.count) fields",
                found: "\(fields.count)"
            )
        }
    }
    do {
        var parser = CSVParser(options: CSVOptions())
        try unsafe parser.feed(bytes.span.bytes) { row throws(CSVError) in take(row) }
        try parser.finish { row throws(CSVError) in take(row) }
    } catch {
        throw IngestError(error, file: file)
    }
    if let ragged { throw ragged }
    guard let table else { throw IngestError(code: "no-records", file: file, problem: "there is no header in it") }
    return table
}
