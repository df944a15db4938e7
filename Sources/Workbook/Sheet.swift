internal import CXLSXWriter
internal import Glibc

/// A sheet of a workbook that is being written. Rows and columns count from 0; rows are written from top to bottom,
/// and one that was left cannot be written to again. One thread at a time may write to it.
@safe package final class Sheet: @unchecked Sendable {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let library: cxlsxwriter_functions
    package let name: String
    /// Of the nameless file. By libc's own, of one page, a workbook would take thousands of writes and reads.
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, name: String, library: cxlsxwriter_functions) {
        unsafe self.sheet = sheet
        self.library = library
        self.name = name
        if let file = unsafe sheet.pointee.optimize_tmpfile {
            unsafe setvbuf(file, buffer.baseAddress, _IOFBF, buffer.count)
        }
    }

    /// The workbook holds its sheets for as long as their files are open.
    deinit {
        unsafe buffer.deallocate()
    }

    /// Writes a number.
    ///
    /// - Precondition: It is finite, and the cell within the sheet and not above the row that is being written.
    package func write(_ number: Double, _ row: Int, _ column: Int, _ format: CellFormat?) {
        precondition(number.isFinite, "\(name): a number that is none")
        let code = unsafe library.worksheet_write_number(sheet, UInt32(row), UInt16(column), number, format?.pointer)
        precondition(code == LXW_NO_ERROR, "\(name): no cell \(row), \(column)")
    }

    /// Writes a text, as ``spelledForSheet(_:)`` spells it; never a formula, whatever it begins with.
    ///
    /// - Precondition: ``SheetLimits/holds(_:)``, and as above.
    package func write(spelled text: String, _ row: Int, _ column: Int, _ format: CellFormat?) {
        // The text lends its bytes; handed over as it is, it would be copied for each cell.
        let code = unsafe text.withCString {
            unsafe library.worksheet_write_string(sheet, UInt32(row), UInt16(column), $0, format?.pointer)
        }
        precondition(code == LXW_NO_ERROR, "\(name): no cell \(row), \(column), or a text too long")
    }

    package func write(_ text: String, _ row: Int, _ column: Int, _ format: CellFormat?) {
        write(spelled: spelledForSheet(text), row, column, format)
    }

    /// Fills a cell that has no value with its style.
    package func writeBlank(_ row: Int, _ column: Int, _ format: CellFormat) {
        _ = unsafe library.worksheet_write_blank(sheet, UInt32(row), UInt16(column), format.pointer)
    }

    /// Writes a text that leads to the first cell of another sheet.
    package func writeLink(_ text: String, to other: String, _ row: Int, _ column: Int, _ format: CellFormat) {
        let name = other.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        let code = unsafe library.worksheet_write_url_opt(
            sheet,
            UInt32(row),
            UInt16(column),
            "internal:'\(name)'!A1",
            format.pointer,
            spelledForSheet(text),
            nil
        )
        precondition(code == LXW_NO_ERROR, "\(self.name): no link to \(other)")
    }

    /// The height of a row in points, before anything of it is written.
    package func setHeight(_ height: Double, row: Int) {
        _ = unsafe library.worksheet_set_row(sheet, UInt32(row), height, nil)
    }

    /// Hides a row, as a filter does, before anything of it is written.
    package func hide(row: Int) {
        var options = lxw_row_col_options()
        options.hidden = 1
        _ = unsafe library.worksheet_set_row_opt(sheet, UInt32(row), 15, nil, &options)
    }

    /// The width of a column in digits.
    package func setWidth(_ width: Double, column: Int) {
        _ = unsafe library.worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
    }

    /// Keeps the rows above and the columns left of a cell in sight.
    package func freeze(row: Int, column: Int) {
        unsafe library.worksheet_freeze_panes(sheet, UInt32(row), UInt16(column))
    }

    /// A filter on a range whose first row is the header.
    package func filter(_ range: SheetRange) {
        _ = unsafe library.worksheet_autofilter(
            sheet,
            UInt32(range.rows.lowerBound),
            UInt16(range.columns.lowerBound),
            UInt32(range.rows.upperBound),
            UInt16(range.columns.upperBound)
        )
    }

    /// Sets a column's filter to one text; the rows without it have to be hidden by ``hide(row:)``.
    package func filter(column: Int, by text: String) {
        unsafe text.withCString { text in
            var rule = unsafe lxw_filter_rule()
            unsafe rule.criteria = UInt8(LXW_FILTER_CRITERIA_EQUAL_TO.rawValue)
            unsafe rule.value_string = UnsafeMutablePointer(mutating: text)
            _ = unsafe library.worksheet_filter_column(sheet, UInt16(column), &rule)
        }
    }

    /// Colours a range from its least number over the middle to its greatest.
    package func scale(_ range: SheetRange, low: UInt32, middle: UInt32?, high: UInt32) {
        var format = unsafe lxw_conditional_format()
        let type = middle == nil ? LXW_CONDITIONAL_2_COLOR_SCALE : LXW_CONDITIONAL_3_COLOR_SCALE
        unsafe format.type = UInt8(type.rawValue)
        unsafe format.min_color = low
        if let middle { unsafe format.mid_color = middle }
        unsafe format.max_color = high
        _ = unsafe library.worksheet_conditional_format_range(
            sheet,
            UInt32(range.rows.lowerBound),
            UInt16(range.columns.lowerBound),
            UInt32(range.rows.upperBound),
            UInt16(range.columns.upperBound),
            &format
        )
    }

    /// Places a chart with its upper left corner in a cell. It lies on rows that no filter hides, or it would be folded
    /// with them.
    package func insert(_ chart: PlacedChart, row: Int, column: Int) {
        var options = unsafe lxw_chart_options()
        // The library's own size is 480 by 288.
        unsafe options.x_scale = chart.width / 480
        unsafe options.y_scale = chart.height / 288
        unsafe options.object_position = UInt8(LXW_OBJECT_DONT_MOVE_DONT_SIZE.rawValue)
        _ = unsafe library.worksheet_insert_chart_opt(sheet, UInt32(row), UInt16(column), chart.pointer, &options)
    }

    /// How it is printed: landscape, as wide as a page, the header on each.
    package func setPrinting(header: ClosedRange<Int>?, footer: String) {
        unsafe library.worksheet_set_landscape(sheet)
        unsafe library.worksheet_set_paper(sheet, 9)
        unsafe library.worksheet_fit_to_pages(sheet, 1, 0)
        if let header {
            _ = unsafe library.worksheet_repeat_rows(sheet, UInt32(header.lowerBound), UInt32(header.upperBound))
        }
        let text = footer.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&&")
        _ = unsafe library.worksheet_set_footer(sheet, "&L\(text)&R&P / &N")
    }

    package func setTab(color: UInt32) {
        unsafe library.worksheet_set_tab_color(sheet, color)
    }

    /// Without the lines between the cells: for a page that is read.
    package func hideGrid() {
        unsafe library.worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    }

    /// Shows this sheet first.
    package func activate() {
        unsafe library.worksheet_activate(sheet)
    }

    /// Sends what was written of the rows to their file.
    ///
    /// - Throws: Where the disk took no more.
    func flush() throws(WorkbookWritingError) {
        errno = 0
        guard let file = unsafe sheet.pointee.optimize_tmpfile else { return }
        guard unsafe fflush(file) == 0 && ferror(file) == 0 else { throw .system(errno == 0 ? ENOSPC : errno) }
    }
}
