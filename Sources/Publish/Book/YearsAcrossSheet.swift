import Indicators
import Workbook

extension BookWriter {
    /// Writes a table with its years as columns: keys with their names, unit, then the values.
    func writeYearsAcross(_ entry: BookTable) throws(WorkbookWritingError) {
        let table = entry.table
        guard let wide = YearsAcross(table), let value = table.schema.index(of: "value"),
            case .numbers(let values) = table.cells(ofColumn: value)
        else { preconditionFailure("\(entry.name) has no values by year") }
        let looks = RowLooks(table, book.catalogue)
        let flags = RowFlags(table)
        let unit = table.schema.index(of: "unit").map { [$0] } ?? []
        var columns: [SheetColumn] = []
        for index in wide.keys + unit {
            let column = table.schema.columns[index]
            let cells = SheetColumn(table.cells(ofColumn: index), column, entry.name, looks, self)
            columns.append(cells)
            if let names = cells.names(self) { columns.append(names) }
        }
        let sheet = try beginSheet(of: entry, lead: word("lead.wide", ["table": entry.name]))
        let header = BookFit.rowsAbove
        writeHead(columns.map { ($0.head, $0.isNumber) } + wide.years.map { (String($0), true) }, sheet, row: header)
        var line = header
        let first = columns.count
        wide.forEachRow { row, rows in
            line += 1
            for column in columns.indices {
                columns[column].write(row: row, [], to: sheet, line, column, styles)
            }
            for (position, row) in rows.enumerated() {
                guard let row, !values[row].isNaN else { continue }
                let look = looks.look(row: row, unit: table.schema.columns[value].unit, isWhole: false)
                sheet.write(values[row], line, first + position, styles.number(values[row], look, flags[row]))
            }
        }
        let widths = columns.map { max(min(displayWidth($0.head), 16), $0.width) } + wide.years.map { _ in 11 }
        finish(sheet, entry, widths: widths, rows: wide.rowCount, keys: min(columns.count, 2))
        if flags.isIllustrative { sheet.setTab(color: 0xE69F00) }
    }
}
