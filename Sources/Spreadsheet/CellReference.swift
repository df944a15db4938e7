/// Where a cell stands on a sheet: column and row counted from 1.
package struct CellReference: Hashable, Sendable {
    package var column: Int
    package var row: Int

    package static let lastColumn = 16_384
    package static let lastRow = 1_048_576

    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }

    /// The cell of `B12` or `$B$12`, `nil` for anything else.
    package init?(_ text: String) {
        guard let part = CellRange.part(text[...]), let column = part.column, let row = part.row else { return nil }
        self.init(column: column, row: row)
    }
}

/// A part of a sheet: `A5:F90`, whole columns `A:F`, or whole rows `5:90`.
package struct CellRange: Hashable, Sendable {
    package var columns: ClosedRange<Int>
    package var rows: ClosedRange<Int>

    /// A whole sheet.
    package static let all = CellRange(columns: 1...CellReference.lastColumn, rows: 1...CellReference.lastRow)

    package init(columns: ClosedRange<Int>, rows: ClosedRange<Int>) {
        self.columns = columns
        self.rows = rows
    }

    /// - Returns: `nil` for a text that is no range, or one that is beyond a sheet or runs backwards.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Self.part(parts[0]), let last = Self.part(parts[1]),
            (first.column == nil) == (last.column == nil), (first.row == nil) == (last.row == nil)
        else { return nil }
        let columns = (first.column ?? 1, last.column ?? CellReference.lastColumn)
        let rows = (first.row ?? 1, last.row ?? CellReference.lastRow)
        guard columns.0 <= columns.1, rows.0 <= rows.1 else { return nil }
        self.init(columns: columns.0...columns.1, rows: rows.0...rows.1)
    }

    /// Column and row of one end of a range, at least one of them there; dollar signs may stand before each.
    fileprivate static func part(_ text: Substring) -> (column: Int?, row: Int?)? {
        var rest = text.utf8[...]
        func takeDollar() { if rest.first == UInt8(ascii: "$") { rest = rest.dropFirst() } }
        takeDollar()
        var column = 0
        while let byte = rest.first, (0x41...0x5A).contains(byte & 0xDF), byte >= 0x41,
            column <= CellReference.lastColumn
        {
            column = column * 26 + Int(byte & 0xDF) - 0x40
            rest = rest.dropFirst()
        }
        if column > 0 { takeDollar() }
        var row = 0
        let hasRow = !rest.isEmpty
        while let byte = rest.first, (0x30...0x39).contains(byte), row <= CellReference.lastRow {
            row = row * 10 + Int(byte) - 0x30
            rest = rest.dropFirst()
        }
        guard rest.isEmpty, column > 0 || hasRow, column <= CellReference.lastColumn,
            !hasRow || (1...CellReference.lastRow).contains(row)
        else { return nil }
        return (column > 0 ? column : nil, hasRow ? row : nil)
    }
}
