import Indicators
import Workbook

/// A sheet that is made for the workbook: it has no table of its own among the outputs.
struct PlainSheet {
    enum Item {
        case text(String)
        /// A verdict or its like.
        case word(String)
        /// A text over several lines.
        case paragraph(String)
        case number(Double, NumberLook, BookStyles.Flags = [])
        case none
    }

    struct Head {
        var text: String
        var isNumber = false
    }

    /// A filter that is set when the sheet is opened: on one text of a column.
    struct Filter {
        var column: Int
        var text: String
    }

    var heads: [Head]
    var rows: [[Item]]
    /// How many rows above the header are left to charts.
    var chartRows = 0
    var filter: Filter?

    /// The row of the header.
    var header: Int { BookFit.rowsAbove + chartRows }

    /// The cells of a column below the header, or the header's cell alone.
    func range(_ sheet: String, column: Int) -> SheetRange {
        SheetRange(sheet: sheet, rows: (header + 1)...(header + max(rows.count, 1)), columns: column...column)
    }

    func head(_ sheet: String, column: Int) -> SheetRange {
        SheetRange(sheet: sheet, rows: header...header, columns: column...column)
    }

    var widths: [Double] {
        heads.indices.map { column in
            var width = min(displayWidth(heads[column].text), 16)
            for row in rows {
                switch row[column] {
                case .text(let text), .word(let text): width = max(width, displayWidth(text))
                case .paragraph: width = max(width, 58)
                case .number(let value, _, _): width = max(width, Self.width(of: value))
                case .none: break
                }
            }
            return BookWriter.width(width)
        }
    }

    /// With its commas between groups of three, and two decimals where it is small enough to have some.
    private static func width(of value: Double) -> Double {
        var (digits, rest) = (1.0, abs(value))
        while rest >= 10 {
            rest /= 10
            digits += 4 / 3
        }
        return max(9, digits + 3)
    }

    /// Writes header and rows.
    func write(to sheet: Sheet, _ writer: BookWriter) {
        for (column, width) in widths.enumerated() { sheet.setWidth(width, column: column) }
        writer.writeHead(heads.map { ($0.text, $0.isNumber) }, sheet, row: header)
        for (index, row) in rows.enumerated() {
            let line = header + 1 + index
            if let filter, !isShown(row, filter) { sheet.hide(row: line) }
            for (column, item) in row.enumerated() { write(item, to: sheet, line, column, writer) }
        }
        let all = SheetRange(
            sheet: sheet.name,
            rows: header...(header + rows.count),
            columns: 0...(heads.count - 1)
        )
        sheet.filter(all)
        if let filter { sheet.filter(column: filter.column, by: filter.text) }
        // Charts would stay in sight, and nothing else.
        if chartRows == 0 { sheet.freeze(row: header + 1, column: 1) }
        sheet.setPrinting(header: header...header, footer: writer.footer)
    }

    private func isShown(_ row: [Item], _ filter: Filter) -> Bool {
        if case .text(let text) = row[filter.column] { return text == filter.text }
        return false
    }

    private func write(_ item: Item, to sheet: Sheet, _ line: Int, _ column: Int, _ writer: BookWriter) {
        switch item {
        case .text(let text): sheet.write(writer.fitting(text, in: "summary"), line, column, nil)
        case .word(let word): sheet.write(word, line, column, writer.styles.word(word))
        case .paragraph(let text):
            sheet.write(writer.fitting(text, in: "datapackage"), line, column, writer.styles.wrapped)
        case .number(let value, let look, let flags):
            sheet.write(value, line, column, writer.styles.number(value, look, flags))
        case .none: break
        }
    }
}
