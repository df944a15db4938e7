package import Indicators

/// A table as CSV by RFC 4180: a header of column ids, then the rows in order of the primary key.
///
/// See ``writeCSV(_:dialect:to:)``.
///
/// - Returns: UTF-8, the whole file.
package func csv(_ table: Table, dialect: CSVDialect = .standard) -> [UInt8] {
    var bytes: [UInt8] = []
    writeCSV(table, dialect: dialect) { bytes += $0 }
    return bytes
}

/// Hands a table as CSV to `sink`, some 64 KiB at a time, so that millions of rows need no second copy.
///
/// The rows come in order of the primary key; a table without one keeps its order. A missing cell is empty and an
/// empty text is `""`; where a row is nothing but one missing cell it is `""` too, as readers skip an empty line.
///
/// Quotes stand only where a reader needs them. What could harm one is made harmless: a text that a spreadsheet would
/// run as a formula gets a leading `'`, with `excel` also one that it would turn into another number or a date, and a control character other than tab, CR and LF, on which no two readers
/// agree, is written as its picture (`␀` for NUL).
///
/// - Throws: What `sink` throws.
package func writeCSV<Failure>(
    _ table: Table,
    dialect: CSVDialect = .standard,
    to sink: ([UInt8]) throws(Failure) -> Void
) throws(Failure) {
    let blockSize = 65_536
    let spelling = CSVSpelling(dialect)
    let sorted = table.sortedByKey()
    let columns = sorted.schema.columns.indices.map { SpelledColumn(sorted.cells(ofColumn: $0), by: spelling) }
    var block: [UInt8] = []
    block.reserveCapacity(blockSize + 4096)
    if dialect.excel { block += [0xEF, 0xBB, 0xBF] }
    for (index, column) in sorted.schema.columns.enumerated() {
        if index > 0 { block.append(spelling.delimiter) }
        spelling.append(text: column.id, to: &block)
    }
    block += spelling.lineEnd
    for row in 0..<sorted.rowCount {
        let start = block.count
        for index in columns.indices {
            if index > 0 { block.append(spelling.delimiter) }
            columns[index].append(row: row, to: &block)
        }
        if block.count == start { spelling.append(text: "", to: &block) }
        block += spelling.lineEnd
        if block.count >= blockSize {
            try sink(block)
            block.removeAll(keepingCapacity: true)
        }
    }
    if !block.isEmpty { try sink(block) }
}

/// A column whose texts are spelt once each, however often they stand in it. The cells are in one of three arrays, the
/// others are empty. An object, so that one count is kept for a cell and not one for each array.
private final class SpelledColumn {
    private let type: Column.ValueType
    private let codes: [UInt32]
    private let spelt: [[UInt8]]
    private let integers: [Int]
    private let numbers: [Double]
    private let spelling: CSVSpelling

    init(_ cells: ColumnCells, by spelling: CSVSpelling) {
        var pool: [String] = []
        (type, codes, integers, numbers) =
            switch cells {
            case .texts(let codes, _): (.text, codes, [], [])
            case .integers(let values): (.integer, [], values, [])
            case .numbers(let values): (.number, [], [], values)
            }
        if case .texts(_, let texts) = cells { pool = texts }
        spelt = pool.map { text in
            var bytes: [UInt8] = []
            spelling.append(text: text, to: &bytes)
            return bytes
        }
        self.spelling = spelling
    }

    func append(row: Int, to bytes: inout [UInt8]) {
        switch type {
        case .text:
            if codes[row] != ColumnCells.missingCode { bytes += spelt[Int(codes[row])] }
        case .integer:
            if integers[row] != .min { bytes += String(integers[row]).utf8 }
        case .number:
            if !numbers[row].isNaN { spelling.append(numbers[row], to: &bytes) }
        }
    }
}
