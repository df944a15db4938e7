import Indicators
import Workbook

/// Writes the sheet of one table: a header, then a row for each row, with the names of indicators and places beside
/// their codes.
struct TableSheet {
    private let writer: BookWriter
    private let table: Table
    private let entry: BookWriter.BookTable
    private var columns: [SheetColumn] = []
    private let flags: RowFlags

    init(_ entry: BookWriter.BookTable, _ writer: BookWriter) {
        self.entry = entry
        self.writer = writer
        table = entry.table
        flags = RowFlags(entry.table)
        let looks = RowLooks(entry.table, writer.book.catalogue)
        for (index, column) in entry.table.schema.columns.enumerated() {
            let cells = SheetColumn(entry.table.cells(ofColumn: index), column, entry.name, looks, writer)
            columns.append(cells)
            if let names = cells.names(writer) { columns.append(names) }
        }
    }

    func write() throws(WorkbookWritingError) {
        let sheet = try writer.begin(
            entry.sheet,
            title: writer.words.known("sheet", entry.name)?[writer.book.language] ?? entry.name,
            lead: writer.lead(of: table)
        )
        let header = BookFit.rowsAbove
        writer.writeHead(columns.map { ($0.head, $0.isNumber) }, sheet, row: header)
        var widths = columns.map { displayWidth($0.head) }
        for row in 0..<table.rowCount {
            let flag = flags[row]
            for column in columns.indices {
                columns[column].write(row: row, flag, to: sheet, header + 1 + row, column, writer.styles)
            }
        }
        for column in columns.indices { widths[column] = max(min(widths[column], 16), columns[column].width) }
        writer.finish(sheet, entry, widths: widths, rows: table.rowCount, keys: keyColumns)
        // In the order of the words, for the sheet numbers its rules in the order in which they come.
        for (id, scale) in TableTraits(of: entry.name).scales.sorted(by: { $0.key < $1.key }) {
            guard let column = columns.firstIndex(where: { $0.id == id }), table.rowCount > 0 else { continue }
            let rows = (header + 1)...(header + table.rowCount)
            sheet.apply(scale, SheetRange(sheet: entry.sheet, rows: rows, columns: column...column))
        }
        if flags.isIllustrative { sheet.setTab(color: 0xE69F00) }
    }

    /// How many columns stay in sight: the first of the key, with its name.
    private var keyColumns: Int {
        guard table.schema.columns.first?.isKey == true else { return 0 }
        return columns.count > 1 && columns[1].id.isEmpty ? 2 : 1
    }
}

extension Sheet {
    func apply(_ scale: TableTraits.Scale, _ range: SheetRange) {
        switch scale {
        case .goodness: self.scale(range, low: 0xF4A582, middle: 0xFFFFFF, high: 0x92C5DE)
        case .size: self.scale(range, low: 0xFFFFFF, middle: nil, high: 0xFDB863)
        }
    }
}

extension BookWriter {
    /// Gives a table's sheet its widths, filter, frozen header, name and print settings.
    func finish(_ sheet: Sheet, _ entry: BookTable, widths: [Double], rows: Int, keys: Int) {
        let header = BookFit.rowsAbove
        for (column, width) in widths.enumerated() { sheet.setWidth(Self.width(width), column: column) }
        let range = SheetRange(
            sheet: entry.sheet,
            rows: header...(header + rows),
            columns: 0...(widths.count - 1)
        )
        sheet.filter(range)
        sheet.freeze(row: header + 1, column: keys)
        sheet.setPrinting(header: header...header, footer: footer)
        file.define(entry.range, as: range)
    }

    func write(_ entry: BookTable) throws(WorkbookWritingError) {
        switch entry.form {
        case .rows: try TableSheet(entry, self).write()
        case .yearsAcross: try writeYearsAcross(entry)
        case .none: break
        }
    }
}
