/// What stands in a cell.
package enum SheetCell: Hashable, Sendable {
    case text(String)
    case number(Double)
    /// The number that is stored, where the sheet shows a hundred times as much and a percent sign: 0.923 for 92.3%.
    case percentage(Double)
    /// As ISO 8601 has it, as fine as the cell's format shows: `2018`, `2018-03`, `2018-03-31`, `06:30:00`. The year is
    /// of the Common Era whatever the format shows.
    case date(String)
    case boolean(Bool)
    /// `#N/A`, `#DIV/0!` and their kind.
    case error(String)
    /// A formula that was never worked out; its text.
    case formula(String)
    /// What should be a number and is none that a double can hold.
    case damaged(String)
}

/// A row of a sheet that has at least one cell with something in it.
package struct SheetRow: Sendable {
    /// Counted from 1.
    package var number: Int
    /// From left to right, columns counted from 1.
    package var cells: [(column: Int, cell: SheetCell)]
}

/// Reads the cells of a worksheet row by row: `xl/worksheets/sheet1.xml`.
final class SheetPart: XMLPartReader {
    private let range: CellRange
    private let strings: [String]
    private let forms: [NumberForm]
    private let dates: SerialDates
    /// Takes a row; `false` where it wants no more.
    private let take: (SheetRow) -> Bool
    private(set) var isDone = false
    private(set) var failure: WorkbookError?

    private var row = SheetRow(number: 0, cells: [])
    private var column = 0
    private var kind = ""
    private var style = 0
    private var value = ""
    private var formula = ""
    private var inline = TextCollector()
    private var element = ""
    private var hasCell = false
    private var hasValue = false
    private var hasFormula = false

    init(
        range: CellRange,
        strings: [String],
        forms: [NumberForm],
        dates: SerialDates,
        take: @escaping (SheetRow) -> Bool
    ) {
        self.range = range
        self.strings = strings
        self.forms = forms
        self.dates = dates
        self.take = take
    }

    func start(_ element: String, _ attributes: [String: String]) {
        self.element = element
        switch element {
        case "row": startRow(attributes)
        case "c": startCell(attributes)
        case "v": hasValue = true
        case "f": hasFormula = true
        default: inline.start(element)
        }
    }

    func text(_ text: String) {
        switch element {
        case "v": value += text
        case "f": formula += text
        default: inline.take(text)
        }
    }

    func end(_ element: String) {
        self.element = ""
        switch element {
        case "c": endCell()
        case "row": endRow()
        case "sheetData": isDone = true
        case "v", "f": break
        default: inline.end(element)
        }
    }

    /// A row may leave its number out; it is then the one after the row before.
    private func startRow(_ attributes: [String: String]) {
        let number = attributes["r"].flatMap { Int($0) } ?? row.number + 1
        guard number > row.number, number <= CellReference.lastRow else {
            fail("row \(attributes["r"] ?? "") after row \(row.number)")
            return
        }
        row = SheetRow(number: number, cells: [])
        column = 0
        if number > range.rows.upperBound { isDone = true }
    }

    private func startCell(_ attributes: [String: String]) {
        let next: Int
        if let written = attributes["r"] {
            guard let reference = CellReference(written), reference.row == row.number else {
                fail("a cell \(written) in row \(row.number)")
                return
            }
            next = reference.column
        } else {
            next = column + 1
        }
        guard next > column, next <= CellReference.lastColumn else {
            fail("column \(next) after column \(column) in row \(row.number)")
            return
        }
        column = next
        kind = attributes["t"] ?? "n"
        style = attributes["s"].flatMap { Int($0) } ?? 0
        value = ""
        formula = ""
        inline = TextCollector()
        hasCell = true
        hasValue = false
        hasFormula = false
    }

    private func endCell() {
        guard hasCell else { return }
        hasCell = false
        guard range.columns.contains(column), range.rows.contains(row.number), let cell = cell() else { return }
        row.cells.append((column, cell))
    }

    private func endRow() {
        guard !isDone, !row.cells.isEmpty else { return }
        if !take(row) { isDone = true }
    }

    /// What the cell holds, `nil` where it is blank.
    private func cell() -> SheetCell? {
        if kind == "inlineStr" { return inline.text.isEmpty ? nil : .text(spelledOut(inline.text)) }
        guard hasValue, !value.isEmpty else {
            // An empty text that was worked out is blank; without a value nothing was worked out.
            return hasFormula && !hasValue ? .formula("=" + formula) : nil
        }
        switch kind {
        case "s":
            guard let index = Int(value), strings.indices.contains(index) else {
                fail("the shared text \(value) of \(strings.count)")
                return nil
            }
            return strings[index].isEmpty ? nil : .text(strings[index])
        case "str": return .text(spelledOut(value))
        case "b": return .boolean(value == "1" || value == "true")
        case "e": return .error(value)
        case "d": return .date(value)
        default: return number()
        }
    }

    private func number() -> SheetCell {
        let text = value.drop { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }
        guard let number = Double(text), number.isFinite, !text.utf8.contains(UInt8(ascii: "x")) else {
            return .damaged(value)
        }
        let form = forms.indices.contains(style) ? forms[style] : .plain
        if case .date(let precision) = form, let date = dates.text(number, to: precision) { return .date(date) }
        let value = number == 0 ? 0 : number
        return form == .percentage ? .percentage(value) : .number(value)
    }

    private func fail(_ found: String) {
        failure = .damaged(found)
        isDone = true
    }
}
