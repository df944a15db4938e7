internal import CXLSXWriter
internal import Glibc
internal import Spreadsheet

/// A workbook that is being written, row by row, in constant memory: the one place where libxlsxwriter is called.
///
/// The rows of a sheet go to a nameless file in a folder of the caller's choice as soon as the next one begins, so
/// that what is held is one row; ``close()`` puts the sheets together into the archive. Until then nothing lies at
/// the workbook's own path, and a process that ends leaves nothing behind. On the disk of that folder there must be room for the
/// parts, which are some ten times as large as the archive.
///
/// Sheets are added, formats, names and charts made on one thread. Between that, several threads may write to sheets, one to
/// each: a sheet has its own nameless file, and what it reads of the workbook are formats, which are numbered when they
/// are made and do not change.
@safe package final class WorkbookFile: @unchecked Sendable {
    private let library: cxlsxwriter_functions
    private var book: UnsafeMutablePointer<lxw_workbook>?
    private let path: String
    private var formats: [CellStyle: CellFormat] = [:]
    private var sheets: [Sheet] = []

    /// - Parameters:
    ///   - path: Where the workbook is to stand; a file that stands there is replaced.
    ///   - folder: Existing, for the nameless files.
    /// - Throws: Where no such file can be made, or the library is missing.
    package init(path: String, temporaryFolder folder: String) throws(WorkbookWritingError) {
        self.path = path
        library = try Self.found.get()
        errno = 0
        let book = unsafe folder.withCString { name in
            var options = unsafe lxw_workbook_options()
            unsafe options.constant_memory = 1
            unsafe options.tmpdir = UnsafeMutablePointer(mutating: name)
            return unsafe library.workbook_new_opt(path, &options)
        }
        guard let book = unsafe book else { throw .system(errno) }
        unsafe self.book = book
    }

    /// Loaded when the first workbook is written; a run that writes none does without it.
    private static let found: Result<cxlsxwriter_functions, WorkbookWritingError> = {
        var functions = cxlsxwriter_functions()
        guard let reason = unsafe cxlsxwriter_load(&functions) else { return .success(functions) }
        return .failure(.library(unsafe String(cString: reason)))
    }()

    deinit {
        if let book = unsafe book { unsafe library.lxw_workbook_free(book) }
    }

    private var open: UnsafeMutablePointer<lxw_workbook> {
        guard let book = unsafe book else { preconditionFailure("the workbook is closed") }
        return unsafe book
    }

    /// Adds a sheet behind the others.
    ///
    /// - Parameter name: As ``SheetNames`` gives it.
    /// - Returns: The sheet, empty.
    /// - Throws: Where no file for its rows can be made.
    package func addSheet(_ name: String) throws(WorkbookWritingError) -> Sheet {
        errno = 0
        guard let sheet = unsafe library.workbook_add_worksheet(open, name) else {
            throw errno == 0 ? .library("the sheet \(name) cannot be added") : .system(errno)
        }
        guard unsafe sheet.pointee.optimize_tmpfile != nil else { throw .system(errno) }
        let added = unsafe Sheet(sheet, name: name, library: library)
        sheets.append(added)
        return added
    }

    /// The style as the workbook knows it.
    package func format(_ style: CellStyle) -> CellFormat {
        if let known = formats[style] { return known }
        guard let format = unsafe library.workbook_add_format(open) else {
            preconditionFailure("no memory for a format")
        }
        unsafe style.apply(to: format, by: library)
        // Else the first sheet to use it would give it a number, and two threads could meet there.
        _ = unsafe library.lxw_format_get_xf_index(format)
        let added = unsafe CellFormat(format)
        formats[style] = added
        return added
    }

    /// Names a range, `name` as ``RangeNames`` gives it.
    package func define(_ name: String, as range: SheetRange) {
        let code = unsafe library.workbook_define_name(open, name, "=" + range.reference)
        precondition(code == LXW_NO_ERROR, "the name \(name) is refused")
    }

    /// What the workbook's properties say. Nothing in it may be a moment of the clock: `created` is the day that stands
    /// for when it was made, in seconds since 1970.
    package func describe(
        title: String,
        subject: String,
        comments: String,
        created: Int,
        custom: [(name: String, text: String)]
    ) {
        unsafe title.withCString { title in
            unsafe subject.withCString { subject in
                unsafe comments.withCString { comments in
                    var properties = unsafe lxw_doc_properties()
                    unsafe properties.title = UnsafeMutablePointer(mutating: title)
                    unsafe properties.subject = UnsafeMutablePointer(mutating: subject)
                    unsafe properties.comments = UnsafeMutablePointer(mutating: comments)
                    // 0 would stand for now.
                    unsafe properties.created = time_t(max(1, created))
                    _ = unsafe library.workbook_set_properties(open, &properties)
                }
            }
        }
        for (name, text) in custom {
            let code = unsafe library.workbook_set_custom_property_string(open, name, text)
            precondition(code == LXW_NO_ERROR, "the property \(name) is refused")
        }
    }

    /// A chart that a sheet may take.
    package func chart(_ chart: SheetChart) -> PlacedChart {
        guard let made = unsafe library.workbook_add_chart(open, chart.kind.code) else {
            preconditionFailure("no memory for a chart")
        }
        unsafe chart.apply(to: made, by: library)
        return unsafe PlacedChart(made, width: chart.width, height: chart.height)
    }

    private func words(of code: lxw_error) -> String {
        guard let words = library.lxw_strerror(code) else { return "error \(code.rawValue)" }
        return unsafe String(cString: words)
    }

    /// Puts the workbook together and looks whether each part is whole: the library does not notice where the disk took no
    /// more of its nameless files.
    ///
    /// - Throws: Where it does not stand whole at its path.
    package func close() throws(WorkbookWritingError) {
        for sheet in sheets { try sheet.flush() }
        errno = 0
        PackedText.watch()
        let code = unsafe library.workbook_close(open)
        let reason = errno
        let packed = PackedText.watched
        unsafe book = nil
        switch code {
        case LXW_NO_ERROR: break
        case LXW_ERROR_CREATING_XLSX_FILE, LXW_ERROR_CREATING_TMPFILE, LXW_ERROR_READING_TMPFILE,
            LXW_ERROR_ZIP_FILE_OPERATION, LXW_ERROR_ZIP_FILE_ADD, LXW_ERROR_ZIP_CLOSE, LXW_ERROR_ZIP_INTERNAL_ERROR:
            throw reason == 0 ? .library(words(of: code)) : .system(reason)
        default: throw .library(words(of: code))
        }
        do {
            // What was packed tells; where nobody saw it, and to name the part that was cut, all is read back.
            let isSeen = !packed.isEmpty && packed.allSatisfy { isWhole($0.head, $0.tail) }
            if isSeen, try partCount(ofWorkbook: path) == packed.count { return }
            if let part = try firstCutPart(ofWorkbook: path) { throw WorkbookWritingError.cut(part) }
        } catch let error as WorkbookWritingError {
            throw error
        } catch let error as WorkbookError where error.isOfMachine {
            throw .library("\(error.problem): \(error.found)")
        } catch {
            throw .cut(path)
        }
    }
}
