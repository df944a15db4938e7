/// Some cells of a sheet, rows and columns counted from 0, both ends within.
package struct SheetRange: Hashable, Sendable {
    package var sheet: String
    package var rows: ClosedRange<Int>
    package var columns: ClosedRange<Int>

    package init(sheet: String, rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        self.sheet = sheet
        self.rows = rows
        self.columns = columns
    }

    /// `'Gaps'!$A$2:$C$9`.
    package var reference: String {
        let name = sheet.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        return "'\(name)'!$\(Self.letters(columns.lowerBound))$\(rows.lowerBound + 1)"
            + ":$\(Self.letters(columns.upperBound))$\(rows.upperBound + 1)"
    }

    /// The letters of a column: 0 is `A`, 27 `AB`.
    package static func letters(_ column: Int) -> String {
        var (rest, letters) = (column + 1, "")
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}
