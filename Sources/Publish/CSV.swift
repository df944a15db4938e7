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
    let columns = SpelledColumns(sorted, by: spelling)
    var block: [UInt8] = []
    block.reserveCapacity(blockSize + columns.width)
    if dialect.excel { block += [0xEF, 0xBB, 0xBF] }
    for (index, column) in sorted.schema.columns.enumerated() {
        if index > 0 { block.append(spelling.delimiter) }
        spelling.append(text: column.id, to: &block)
    }
    block += spelling.lineEnd
    for row in 0..<sorted.rowCount {
        block.append(addingCapacity: columns.width) { columns.append(row: row, to: &$0) }
        if block.count >= blockSize {
            try sink(block)
            block.removeAll(keepingCapacity: true)
        }
    }
    if !block.isEmpty { try sink(block) }
}

/// The columns of a table, their texts spelt once each, however often they stand in it. One object holds them all: where each
/// column is one, and each text an array, counting who uses them takes longer than writing them.
private final class SpelledColumns {
    private let types: [Column.ValueType]
    /// By column, like the next two; empty for one of another type.
    private let codes: [[UInt32]]
    private let integers: [[Int]]
    private let numbers: [[Double]]
    /// The texts of all columns, one behind the other, each behind the delimiter that stands before it in a row.
    private let texts: [UInt8]
    /// Where each of the texts begins, and behind them where the last one ends.
    private let bounds: [Int]
    /// By column, how many texts those before it have: the code of a text counts from there.
    private let firstTexts: [Int]
    private let emptyText: [UInt8]
    private let spelling: CSVSpelling
    /// The most bytes that a row takes, with its delimiters and the end of its line.
    let width: Int

    init(_ table: Table, by spelling: CSVSpelling) {
        var (types, codes, integers, numbers): ([Column.ValueType], [[UInt32]], [[Int]], [[Double]]) = ([], [], [], [])
        var texts: [UInt8] = []
        var bounds = [0]
        var firstTexts: [Int] = []
        var emptyText: [UInt8] = []
        spelling.append(text: "", to: &emptyText)
        var width = max(table.schema.columns.count, emptyText.count) + spelling.lineEnd.count
        for column in table.schema.columns.indices {
            codes.append([])
            integers.append([])
            numbers.append([])
            firstTexts.append(bounds.count - 1)
            switch table.cells(ofColumn: column) {
            case .texts(let values, let pool):
                types.append(.text)
                codes[column] = values
                var widest = 0
                for text in pool {
                    let start = texts.count
                    if column > 0 { texts.append(spelling.delimiter) }
                    spelling.append(text: text, to: &texts)
                    bounds.append(texts.count)
                    widest = max(widest, texts.count - start)
                }
                width += widest
            case .integers(let values):
                types.append(.integer)
                integers[column] = values
                width += 20
            case .numbers(let values):
                types.append(.number)
                numbers[column] = values
                width += CSVSpelling.numberWidth
            }
        }
        (self.types, self.codes, self.integers, self.numbers) = (types, codes, integers, numbers)
        (self.texts, self.bounds, self.firstTexts) = (texts, bounds, firstTexts)
        (self.spelling, self.emptyText, self.width) = (spelling, emptyText, width)
    }

    /// Adds a row, with the end of its line, to bytes that have room for ``width``.
    func append(row: Int, to bytes: inout OutputSpan<UInt8>) {
        let start = bytes.count
        for column in types.indices {
            if case .text = types[column], codes[column][row] != ColumnCells.missingCode {
                append(text: firstTexts[column] + Int(codes[column][row]), to: &bytes)
                continue
            }
            if column > 0 { bytes.append(spelling.delimiter) }
            switch types[column] {
            case .text: break
            case .integer:
                if integers[column][row] != .min { bytes.append(decimal: integers[column][row]) }
            case .number:
                if !numbers[column][row].isNaN { spelling.append(numbers[column][row], to: &bytes) }
            }
        }
        if bytes.count == start { for byte in emptyText { bytes.append(byte) } }
        for byte in spelling.lineEnd { bytes.append(byte) }
    }

    /// With its delimiter.
    private func append(text number: Int, to bytes: inout OutputSpan<UInt8>) {
        let (start, end) = (bounds[number], bounds[number + 1])
        unsafe texts.withUnsafeBufferPointer { texts in
            guard let first = texts.baseAddress else { return }
            unsafe bytes.append(copying: UnsafeBufferPointer(start: first + start, count: end - start))
        }
    }
}
