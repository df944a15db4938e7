/// How a table is spelt as CSV. The numbers and texts are the same in each dialect.
package struct CSVDialect: Hashable, Sendable {
    /// A byte order mark before the header and CRLF after each row: what a spreadsheet program opens with a click. A
    /// text of which it would make a number or a date (`007`, `5-9`) gets a leading `'`.
    package var excel: Bool
    /// A comma in numbers, where the reader's spreadsheet is set to one.
    package var decimalComma: Bool
    /// A semicolon between the cells, as spreadsheets expect it where the comma stands in numbers.
    package var semicolon: Bool

    package init(excel: Bool = false, decimalComma: Bool = false, semicolon: Bool = false) {
        self.excel = excel
        self.decimalComma = decimalComma
        self.semicolon = semicolon
    }

    /// RFC 4180 in UTF-8 with LF, comma and decimal dot: what programs read.
    package static let standard = CSVDialect()
}
