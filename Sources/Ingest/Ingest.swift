package import Indicators

/// Reads a file into raw values: whatever its layout and encoding, each with where it stands.
///
/// The file is read twice at most: its beginning, to find encoding, delimiter and header, then as a whole, in blocks.
/// Memory does not grow beyond the values and findings kept.
///
/// - Parameters:
///   - source: The file and how to read it.
///   - indicator: The catalogue's entry for an id; it tells whether a percent sign may stand behind a number.
/// - Returns: The values in the order of the file, with findings and the account of the cells.
/// - Throws: ``IngestError`` where the file cannot be opened or read, where a column that the layout names is absent
///   or ambiguous, or where most of the records are ragged.
package func ingest(
    _ source: Source,
    indicator: (String) -> Indicator?
) throws(IngestError) -> IngestedSource {
    throw IngestError(code: "unreadable-file", file: source.file, problem: "not yet read")
}

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
    throw IngestError(code: "unreadable-file", file: file, problem: "not yet read")
}
