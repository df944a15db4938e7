import CSVStream
package import Indicators
import Spreadsheet

/// Reads a file into raw values: whatever its layout and encoding, each with where it stands.
///
/// The beginning of the file is read first, to find encoding, delimiter and header, then the file as a whole, in
/// blocks. Memory does not grow beyond the values and findings kept.
///
/// - Parameters:
///   - source: The file and how to read it.
///   - indicator: The catalogue's entry for an id; it tells whether a percent sign may stand behind a number.
/// - Returns: The values in the order of the file, with findings and the account of the cells.
/// - Throws: ``IngestError`` where the file cannot be opened or read, has no records, where a column that the layout
///   names is absent or ambiguous, or where most of the records are ragged.
package func ingest(
    _ source: Source,
    indicator: @escaping (String) -> Indicator?
) throws(IngestError) -> IngestedSource {
    try refuseContradictions(in: source)
    let bytes = try FileBytes(path: source.path, file: source.file)
    try refuseWrongKind(source, isWorkbook: isWorkbook(bytes))
    let text = try TextFile(bytes, declared: source.encoding, choice: SheetChoice(source))
    var source = source
    source.sheet = text.sheet?.sheet
    if text.sheet != nil { source.delimiter = .comma }
    let start = try TableStart(source, text)
    var reader = RecordReader(source, plan: start.plan, indicator: indicator)
    if text.encoding.isDetected {
        reader.log.add(
            "encoding-detected",
            .note,
            found: text.encoding.name,
            expected: "a declared encoding, or UTF-8",
            hint: "declare `encoding` to be sure"
        )
    }
    let size = try text.forEachRecord(start.options) { row throws(Interruption) in try reader.take(row) }
    try reader.finish()
    if let percentages = text.sheet?.percentages { reader.noteFractions(percentages.count, at: percentages.first) }
    return IngestedSource(
        values: reader.values,
        findings: reader.log.summedUp(),
        read: reader.read,
        refused: reader.refused,
        setAside: reader.setAside,
        facts: SourceFacts(
            encoding: text.encoding.name,
            sheet: text.sheet?.sheet,
            encodingIsDetected: text.encoding.isDetected,
            delimiter: start.options.delimiter,
            skippedRecords: start.plan.header.lastRecord - start.plan.header.recordCount,
            headerRecords: start.plan.header.recordCount,
            records: reader.records,
            bytes: size
        )
    )
}

extension RecordReader {
    /// Cells that show 92.3% hold 0.923: right for a share of 1, a hundredth of one in percent.
    fileprivate mutating func noteFractions(_ count: Int, at first: CellReference) {
        log.add(
            "percent-cells",
            source.isScaled ? .note : .warning,
            record: first.row,
            line: first.row,
            column: plan.header.label(first.column - 1),
            found: "\(count) cells that show a percentage and hold a hundredth of it",
            expected: "values in the unit of the indicator",
            hint: "declare `factor: 100` if that unit is percent"
        )
    }
}

/// Declarations that would make a number or a mark mean two things.
private func refuseContradictions(in source: Source) throws(IngestError) {
    let decimalMarks =
        switch source.numbers.decimal {
        case .point: "."
        case .comma: ","
        case .either: ".,"
        }
    if let separator = source.numbers.separator,
        decimalMarks.contains(separator) || separator.isWholeNumber || "+-%eE\"".contains(separator)
    {
        throw IngestError(
            code: "unusable-thousands",
            file: source.file,
            problem: "the separator of thousands can stand for something else",
            expected: "a character that is neither the decimal mark nor part of a number",
            found: excerpt(String(separator))
        )
    }
    for mark in source.footnotes where !mark.isEmpty && mark.allSatisfy({ "0123456789.,+-%".contains($0) }) {
        throw IngestError(
            code: "unusable-footnote",
            file: source.file,
            problem: "a footnote mark can be part of a number",
            expected: "a mark that holds something else than digits and signs",
            found: excerpt(mark),
            hint: "a digit behind a number cannot be told from the number; ask the source for brackets around it"
        )
    }
}
