import Indicators
import Spreadsheet

/// Which part of a workbook a source means, and how its numbers are to be spelt.
struct SheetChoice {
    /// `nil` for the only sheet.
    var sheet: String?
    /// `A5:F90`, `A:F` or `5:90`; `nil` for the whole sheet.
    var range: String?
    var decimal: NumberStyle.DecimalMark
    var limits: WorkbookLimits

    init(_ source: Source) {
        sheet = source.sheet
        range = source.range
        decimal = source.numbers.decimal
        limits = WorkbookLimits(
            entries: source.limits.entries,
            partBytes: source.limits.partBytes,
            expansion: source.limits.expansion
        )
    }

    /// The only sheet of a workbook with one, as a table of names has no more to say.
    init() {
        decimal = .point
        limits = WorkbookLimits()
    }

    /// The sheet that is meant, of those that there are.
    ///
    /// Names are compared as spreadsheet programs do, without regard to case.
    func sheet(of names: [String], file: String) throws(IngestError) -> String {
        let listing = names.prefix(20).map { "`\(excerpt($0))`" }.joined(separator: ", ")
        guard let sheet else {
            if names.count == 1 { return names[0] }
            throw IngestError(
                code: "no-sheet",
                file: file,
                problem: names.isEmpty ? "the workbook has no worksheet" : "the workbook has \(names.count) sheets",
                expected: names.isEmpty ? "one with a table" : "`sheet` to say which is meant",
                found: listing
            )
        }
        if let exact = names.first(where: { $0 == sheet }) { return exact }
        if let other = names.first(where: { $0.lowercased() == sheet.lowercased() }) { return other }
        throw IngestError(
            code: "no-such-sheet",
            file: file,
            problem: "the workbook has no sheet `\(excerpt(sheet))`",
            expected: "the name of one of its sheets",
            found: listing,
            hint: nearestWord(to: sheet, among: names).map { "did you mean `\(excerpt($0))`?" } ?? ""
        )
    }

    func cells(file: String) throws(IngestError) -> CellRange {
        guard let range else { return .all }
        guard let cells = CellRange(range) else {
            throw IngestError(
                code: "unusable-range",
                file: file,
                problem: "`range` is no part of a sheet",
                expected: "A5:F90, A:F or 5:90",
                found: excerpt(range)
            )
        }
        return cells
    }

    func words(_ sheet: String) -> String {
        "sheet `\(excerpt(sheet))`" + (range.map { ", \(excerpt($0))" } ?? "")
    }
}

/// Whether a text names a part of a sheet: `A5:F90`, `A:F`, `5:90`.
package func isCellRange(_ text: String) -> Bool {
    CellRange(text) != nil
}

/// What the first bytes of the file say: a workbook, or `nil` for a text.
///
/// - Throws: ``IngestError`` where it is a workbook of a kind that is not read.
func isWorkbook(_ bytes: FileBytes) throws(IngestError) -> Bool {
    guard let signature = FileSignature(head: bytes.head) else { return false }
    if let refusal = signature.refusal { throw IngestError(refusal, file: bytes.file) }
    return true
}

/// What is declared of a workbook but holds for texts only, or of a text but holds for workbooks only.
func refuseWrongKind(_ source: Source, isWorkbook: Bool) throws(IngestError) {
    if isWorkbook {
        let isForText = source.encoding != .automatic || source.delimiter != .automatic || source.isLenient
        guard isForText else { return }
        throw IngestError(
            code: "text-options-for-workbook",
            file: source.file,
            problem: "the file is a workbook, which has neither encoding nor delimiter nor quotes",
            expected: "none of `encoding`, `delimiter`, `quotes`",
            hint: "name the CSV file if one was meant"
        )
    }
    guard source.sheet != nil || source.range != nil else { return }
    throw IngestError(
        code: "sheet-of-text-file",
        file: source.file,
        problem: "the file is a text, which has no sheets",
        expected: "an .xlsx file, or neither `sheet` nor `range`"
    )
}
