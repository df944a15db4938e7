import CSVStream
import Indicators
import Spreadsheet

/// The part of a workbook that a source means, handed on as the text that a CSV of it would be: one record a row of the
/// sheet, so that records, lines and rows have the same numbers, and fields those of the columns.
///
/// Numbers are spelt in full with the source's decimal mark, dates as ISO 8601 has them, errors and formulas without a
/// value as they stand, for the reader of numbers to refuse. A line break in a cell is a space.
final class SheetText {
    let sheet: String
    /// How many rows stand above the first that is not blank.
    let rowsAbove: Int
    /// How many cells of the last reading show a hundred times what they hold, and the first of them.
    private(set) var percentages: (count: Int, first: CellReference)?

    /// How many columns the first rows take: a header merged over the last of them has blank cells there.
    private let width: Int
    private let workbook: Workbook
    private let range: CellRange
    private let decimalMark: UInt8
    private let file: String

    /// - Throws: ``IngestError`` where the workbook cannot be read, has no such sheet, or the part of it is blank.
    init(path: String, file: String, choice: SheetChoice) throws(IngestError) {
        self.file = file
        decimalMark = UInt8(ascii: choice.decimal == .comma ? "," : ".")
        do throws(WorkbookError) {
            workbook = try Workbook(path: path, limits: choice.limits)
        } catch {
            throw IngestError(error, file: file)
        }
        sheet = try choice.sheet(of: workbook.sheets, file: file)
        range = try choice.cells(file: file)
        var first: Int?
        var width = 0
        do throws(WorkbookError) {
            try workbook.forEachRow(of: sheet, in: range) { row in
                let start = first ?? row.number
                first = start
                width = max(width, row.cells.last?.column ?? 0)
                return row.number < start + Sample.recordLimit
            }
        } catch {
            throw IngestError(error, file: file)
        }
        guard let first else {
            throw IngestError(
                code: "no-records",
                file: file,
                problem: "there is nothing to read in \(choice.words(sheet))",
                expected: "a header and records",
                found: "blank cells only"
            )
        }
        rowsAbove = first - 1
        self.width = width
    }

    /// Lends the rows as UTF-8, block by block, from the first that is not blank.
    func forEachBlock(_ body: (RawSpan) throws(Interruption) -> Void) throws(Interruption) {
        percentages = nil
        var lines = SheetLines(rowsAbove: rowsAbove, width: width, decimalMark: decimalMark)
        var interruption: Interruption?
        func flush() -> Bool {
            do throws(Interruption) {
                try unsafe body(lines.bytes.span.bytes)
            } catch {
                interruption = error
            }
            lines.bytes.removeAll(keepingCapacity: true)
            return interruption == nil
        }
        do throws(WorkbookError) {
            try workbook.forEachRow(of: sheet, in: range) { row in
                note(row)
                while lines.rows + 1 < row.number {
                    lines.appendBlank()
                    if lines.bytes.count >= defaultBlockSize, !flush() { return false }
                }
                lines.append(row)
                return lines.bytes.count < defaultBlockSize || flush()
            }
        } catch {
            throw .failure(IngestError(error, file: file))
        }
        if interruption == nil, !lines.bytes.isEmpty { _ = flush() }
        if let interruption { throw interruption }
    }

    private func note(_ row: SheetRow) {
        for (column, cell) in row.cells {
            guard case .percentage = cell else { continue }
            percentages = (
                (percentages?.count ?? 0) + 1, percentages?.first ?? CellReference(column: column, row: row.number)
            )
        }
    }
}

/// Rows of a sheet spelt as CSV, each padded to the widest so far, so that a blank cell at the end is no lack of one.
private struct SheetLines {
    var bytes: [UInt8] = []
    private(set) var rows: Int
    private var width: Int
    private let decimalMark: UInt8

    init(rowsAbove: Int, width: Int, decimalMark: UInt8) {
        rows = rowsAbove
        // With one field only, a blank row would be a blank line.
        self.width = max(2, width)
        self.decimalMark = decimalMark
    }

    /// A record without texts: a blank line would be none.
    mutating func appendBlank() {
        bytes += [comma, lineFeed]
        rows += 1
    }

    mutating func append(_ row: SheetRow) {
        width = max(width, row.cells.last?.column ?? 0)
        var column = 1
        for (place, cell) in row.cells {
            for _ in column..<place { bytes.append(comma) }
            column = place
            append(cell)
        }
        for _ in column..<width { bytes.append(comma) }
        bytes.append(lineFeed)
        rows += 1
    }

    private mutating func append(_ cell: SheetCell) {
        switch cell {
        case .text(let text), .date(let text), .error(let text), .formula(let text), .damaged(let text): append(text)
        case .boolean(let truth): append(truth ? "TRUE" : "FALSE")
        case .number(let number), .percentage(let number):
            let spelt = Cell.format(number)
            append(decimalMark == UInt8(ascii: ".") ? spelt : spelt.replacing(".", with: ","))
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(quote)
        var wasBreak = false
        for byte in text.utf8 {
            let isBreak = byte == lineFeed || byte == UInt8(ascii: "\r")
            if byte == quote { bytes.append(quote) }
            if !isBreak { bytes.append(byte) } else if !wasBreak { bytes.append(UInt8(ascii: " ")) }
            wasBreak = isBreak
        }
        bytes.append(quote)
    }
}

private let comma = UInt8(ascii: ",")
private let lineFeed = UInt8(ascii: "\n")
private let quote = UInt8(ascii: "\"")

extension IngestError {
    init(_ error: WorkbookError, file: String) {
        self.init(
            code: error.code,
            file: file,
            problem: error.problem,
            expected: error.expected,
            found: error.found,
            hint: error.hint
        )
    }
}
