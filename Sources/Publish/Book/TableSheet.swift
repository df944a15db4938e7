import Cores
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

    /// What a sheet is to get once its rows are written.
    struct Finish: Sendable {
        let widths: [Double]
        /// How many columns stay in sight.
        let keys: Int
        let scales: [(column: Int, scale: TableTraits.Scale)]
        let isIllustrative: Bool
    }

    /// Writes the header and the rows.
    func write(to sheet: Sheet) -> Finish {
        let header = BookFit.rowsAbove
        writer.writeHead(columns.map { ($0.head, $0.isNumber) }, sheet, row: header)
        for row in 0..<table.rowCount {
            let flag = flags[row]
            for column in columns.indices {
                columns[column].write(row: row, flag, to: sheet, header + 1 + row, column, writer.styles)
            }
        }
        // In the order of the words, for the sheet numbers its rules in the order in which they come.
        let scales = TableTraits(of: entry.name).scales.sorted { $0.key < $1.key }
        return Finish(
            widths: columns.map { max(min(displayWidth($0.head), 16), $0.width) },
            keys: keyColumns,
            scales: scales.compactMap { id, scale in
                columns.firstIndex { $0.id == id }.map { (column: $0, scale: scale) }
            },
            isIllustrative: flags.isIllustrative
        )
    }

    /// The first of the key, with its name.
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

    /// Writes the sheets of all tables that have one.
    ///
    /// They are begun and finished in order, for the workbook counts them and their names; the rows between, nearly all of
    /// the work, on all cores, the longest first.
    func writeTables() throws(WorkbookWritingError) {
        var begun: [(entry: BookTable, sheet: Sheet)] = []
        for entry in tables {
            switch entry.form {
            case .rows: begun.append((entry, try beginSheet(of: entry, lead: lead(of: entry.table))))
            case .yearsAcross: try writeYearsAcross(entry)
            case .none: break
            }
        }
        let order = begun.indices.sorted { begun[$0].entry.cellCount > begun[$1].entry.cellCount }
        let isWorthIt = begun.reduce(0) { $0 + $1.entry.cellCount } > 20_000
        let finishes = onAllCores(order.count, isWorthIt: isWorthIt) { [begun] turn in
            let (entry, sheet) = begun[order[turn]]
            return TableSheet(entry, self).write(to: sheet)
        }
        for (position, finish) in zip(order, finishes).sorted(by: { $0.0 < $1.0 }) {
            let (entry, sheet) = begun[position]
            self.finish(sheet, entry, widths: finish.widths, rows: entry.table.rowCount, keys: finish.keys)
            for (column, scale) in finish.scales where entry.table.rowCount > 0 {
                let rows = (BookFit.rowsAbove + 1)...(BookFit.rowsAbove + entry.table.rowCount)
                sheet.apply(scale, SheetRange(sheet: entry.sheet, rows: rows, columns: column...column))
            }
            if finish.isIllustrative { sheet.setTab(color: 0xE69F00) }
        }
    }

    func beginSheet(of entry: BookTable, lead: String) throws(WorkbookWritingError) -> Sheet {
        let title = words.known("sheet", entry.name)?[book.language] ?? entry.name
        return try begin(entry.sheet, title: title, lead: lead)
    }
}

extension BookWriter.BookTable {
    fileprivate var cellCount: Int { table.rowCount * table.schema.columns.count }
}
