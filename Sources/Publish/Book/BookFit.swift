package import Indicators
internal import Workbook

/// Whether sheets can hold the tables. What does not fit is told of and never cut: a table that is too large has no
/// sheet, a text that is too long leaves a word in its cell of where to read it.
package enum BookFit {
    /// How a table lies in its sheet.
    enum Form: Hashable {
        /// A row for each row.
        case rows
        /// A row for each key without its year, a column for each year.
        case yearsAcross
        case none
    }

    /// What stands above the header of a table.
    static let rowsAbove = 2

    /// - Parameter tables: As they are published.
    /// - Returns: A finding for each table that has no sheet and each column with texts that no cell holds; in order
    ///   of the tables and columns.
    package static func findings(of tables: [Table]) -> [Finding] {
        tables.flatMap { table in
            let name = table.schema.name
            if form(of: table) == .none { return [tooLarge(table)] }
            return table.schema.columns.indices.compactMap { column in
                guard case .texts(_, let pool) = table.cells(ofColumn: column) else { return nil }
                let long = pool.filter { !SheetLimits.holds($0) }
                guard let longest = long.map(\.utf16.count).max() else { return nil }
                return Finding(
                    code: "workbook-text-too-long",
                    severity: .warning,
                    file: ReportBook.path,
                    column: "\(name).\(table.schema.columns[column].id)",
                    found: "\(long.count) \(long.count == 1 ? "text" : "texts"), the longest of \(longest) characters",
                    expected:
                        "at most \(SheetLimits.cellUnits) characters, which is what a cell of a spreadsheet holds",
                    hint: "its cell says so; the text stands whole in \(name).csv"
                )
            }
        }
    }

    private static func tooLarge(_ table: Table) -> Finding {
        let (rows, columns) = (table.rowCount, table.schema.columns.count)
        return Finding(
            code: "workbook-table-too-large",
            severity: .warning,
            file: ReportBook.path,
            column: table.schema.name,
            found: "\(rows) rows of \(columns) columns",
            expected:
                "at most \(SheetLimits.rows - rowsAbove - 1) rows and \(SheetLimits.columns) columns, which is what a sheet holds",
            hint: "the table has no sheet; it stands whole in \(table.schema.name).csv"
        )
    }

    /// How the table lies in its sheet: in rows where they fit, else with its years across where that does.
    static func form(of table: Table, rows limit: Int = SheetLimits.rows) -> Form {
        let most = limit - rowsAbove - 1
        // Names of indicators and places stand beside their codes.
        guard table.schema.columns.count + 8 <= SheetLimits.columns else { return .none }
        if table.rowCount <= most { return .rows }
        guard let wide = YearsAcross(table.sortedByKey()), wide.rowCount <= most,
            wide.years.count + table.schema.columns.count + 8 <= SheetLimits.columns
        else { return .none }
        return .yearsAcross
    }
}
