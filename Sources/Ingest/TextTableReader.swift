import CSVStream
package import Indicators

/// Reads a small file whole, as text: gazetteers, alias files, and any CSV of which only the names matter.
///
/// - Parameters:
///   - path: What to open.
///   - file: As messages name it.
///   - encoding: How its bytes stand for text.
///   - delimiter: What separates its fields.
///   - isLenient: Whether titles above the header are passed over, short records padded and long ones cut.
///     Otherwise the first record is the header and a record with another number of fields is an error.
/// - Returns: Fields with the spaces around them removed. Blank records are left out.
/// - Throws: ``IngestError`` where the file cannot be opened or read, is empty, or has a ragged record.
package func readTextTable(
    path: String,
    file: String,
    encoding: TextEncoding = .automatic,
    delimiter: Delimiter = .automatic,
    isLenient: Bool = false
) throws(IngestError) -> TextTable {
    let text = try TextFile(FileBytes(path: path, file: file), declared: encoding)
    let options = try agreedOptions(text, delimiter: delimiter, isLenient: isLenient)
    // A list of one column has nothing that could tell a title from a header.
    var table = try readTable(text, options, isLenient: isLenient, headerCells: isLenient ? 2 : 1)
    if table == nil, isLenient { table = try readTable(text, options, isLenient: true) }
    guard let table else {
        throw IngestError(
            code: "no-records",
            file: file,
            problem: "there is no header in the file",
            expected: "a record with the names of the columns",
            found: "none",
            hint: "declare the `delimiter` if the fields are separated by another character"
        )
    }
    return table
}

/// The table under the first record with so many cells that are not blank, `nil` where there is none.
private func readTable(
    _ text: TextFile,
    _ options: CSVOptions,
    isLenient: Bool,
    headerCells: Int = 1
) throws(IngestError) -> TextTable? {
    let file = text.file
    var table: TextTable?
    _ = try text.forEachRecord(options) { row throws(Interruption) in
        let fields = row.trimmedStrings()
        let cells = fields.count { !$0.isEmpty }
        guard cells > 0 else { return }
        if let header = table?.header {
            do throws(IngestError) {
                let fields = try fitting(fields, header: header, isLenient: isLenient, file: file, line: row.line)
                table?.rows.append(TextTable.Row(record: row.record, line: row.line, fields: fields))
            } catch {
                throw .failure(error)
            }
        } else if cells >= headerCells {
            table = TextTable(file: file, header: fields.map { headerText($0, footnotes: []) }, rows: [])
        }
    }
    return table
}

/// The options with the delimiter under which the first records agree best.
private func agreedOptions(
    _ text: TextFile,
    delimiter: Delimiter,
    isLenient: Bool
) throws(IngestError) -> CSVOptions {
    let sample = try Sample(text)
    // A sheet is handed on with commas, whatever its cells hold.
    let candidates = (text.sheet == nil ? delimiter : .comma).candidates(in: sample)
    if candidates.count == 1 {
        return try CSVOptions(delimiter: candidates[0], isLenient: isLenient, file: text.file)
    }
    var best: (options: CSVOptions, agreement: Agreement)?
    for candidate in candidates {
        let options = try CSVOptions(delimiter: candidate, isLenient: isLenient, file: text.file)
        let agreement = sample.agreement(options, file: text.file)
        if best.map({ agreement > $0.agreement }) ?? true { best = (options, agreement) }
    }
    guard let best else { preconditionFailure("there is always a delimiter to try") }
    return best.options
}

/// As many fields as the header has.
private func fitting(
    _ fields: [String],
    header: [String],
    isLenient: Bool,
    file: String,
    line: Int
) throws(IngestError) -> [String] {
    if fields.count == header.count { return fields }
    let beyond = fields.dropFirst(header.count)
    if isLenient || fields.count > header.count && beyond.allSatisfy(\.isEmpty) {
        return Array(fields.prefix(header.count)) + Array(repeating: "", count: max(0, header.count - fields.count))
    }
    throw IngestError(
        code: "ragged-row",
        file: file,
        line: line,
        problem: "the record has another number of fields than the header",
        expected: "\(header.count) fields",
        found: "\(fields.count)",
        hint: "look for a delimiter in a field without quotes"
    )
}
