/// An Excel workbook (.xlsx, .xlsm), open for reading: its sheets, and the cells of each as values.
///
/// What Excel, LibreOffice and the usual libraries write is read: shared, inline and rich texts, booleans, errors,
/// dates of either epoch at the precision that they are shown with, formulas by the value last worked out. A merged cell
/// is its first cell; the others are blank. Nothing is worked out, and nothing outside the file is asked for.
///
/// - SeeAlso: ECMA-376 (ISO/IEC 29500) part 1, section 18.
package final class Workbook {
    /// The names of the worksheets, in the order of the workbook; charts are none.
    package let sheets: [String]

    private let archive: ZipArchive
    private let parts: [String: String]
    private let dates: SerialDates
    private let relations: [(kind: String, part: String)]
    private var cellFormats: (strings: [String], forms: [NumberForm])?

    /// - Throws: ``WorkbookError`` where the file is no workbook that can be read.
    package init(path: String, limits: WorkbookLimits = WorkbookLimits()) throws(WorkbookError) {
        archive = try ZipArchive(path: path, limits: limits)
        let main = try Self.mainPart(of: archive)
        let part = WorkbookPart()
        try readXML(archive.open(main), part)
        let relations = RelationsPart()
        try readXML(archive.open(Self.relations(of: main)), relations)
        var names: [String] = []
        var parts: [String: String] = [:]
        for sheet in part.sheets {
            guard let relation = relations.relations[sheet.relation], relation.kind == "worksheet" else { continue }
            names.append(sheet.name)
            parts[sheet.name] = Self.resolved(relation.target, from: main)
        }
        sheets = names
        self.parts = parts
        self.relations = relations.relations.values.map { ($0.kind, Self.resolved($0.target, from: main)) }
        dates = SerialDates(countsFrom1904: part.countsFrom1904)
    }

    /// Lends the rows of a sheet that are not blank, in order, until `body` says `false`.
    ///
    /// Memory is that of a row and of the texts that all sheets share.
    ///
    /// - Parameters:
    ///   - sheet: One of ``sheets``.
    ///   - range: Which part of it; cells elsewhere count as blank.
    ///   - body: Takes a row; `false` ends the reading.
    /// - Throws: ``WorkbookError`` where a part is damaged or too large.
    package func forEachRow(
        of sheet: String,
        in range: CellRange = .all,
        _ body: (SheetRow) -> Bool
    ) throws(WorkbookError) {
        guard let part = parts[sheet] else { preconditionFailure("the workbook has no sheet \(sheet)") }
        let formats = try formats()
        let entry = try archive.open(part)
        let failure: WorkbookError?
        do {
            failure = try withoutActuallyEscaping(body) { body in
                let reader = SheetPart(
                    range: range,
                    strings: formats.strings,
                    forms: formats.forms,
                    dates: dates,
                    take: body
                )
                try readXML(entry, reader)
                return reader.failure
            }
        } catch let error as WorkbookError {
            throw error
        } catch {
            preconditionFailure("reading a part fails with an error of ours only, but: \(error)")
        }
        if let failure { throw failure }
    }

    /// The shared texts and the styles, read once, when the first sheet is.
    private func formats() throws(WorkbookError) -> (strings: [String], forms: [NumberForm]) {
        if let cellFormats { return cellFormats }
        let strings = SharedStringsPart()
        let styles = StylesPart()
        for (kind, part) in relations where archive.holds(part) {
            if kind == "sharedStrings" { try readXML(archive.open(part), strings) }
            if kind == "styles" { try readXML(archive.open(part), styles) }
        }
        let formats = (strings.strings, styles.forms)
        cellFormats = formats
        return formats
    }

    /// The part with the sheets: where the archive's own relations say, `xl/workbook.xml` for nearly everyone.
    private static func mainPart(of archive: ZipArchive) throws(WorkbookError) -> String {
        if archive.holds("EncryptedPackage") { throw .encrypted }
        guard archive.holds("_rels/.rels") else {
            if archive.holds("content.xml") { throw .openDocument }
            throw .damaged("a zip archive without _rels/.rels, which is no workbook")
        }
        let root = RelationsPart()
        try readXML(archive.open("_rels/.rels"), root)
        let target = root.relations.values.first { $0.kind == "officeDocument" }?.target
        guard let main = target.map({ resolved($0, from: "") }) else {
            throw .damaged("a zip archive whose _rels/.rels names no document")
        }
        if main.hasSuffix(".bin") { throw .binary }
        guard archive.holds(main), main.hasSuffix("workbook.xml") || archive.holds(relations(of: main)) else {
            throw .damaged("no part \(main)")
        }
        return main
    }

    /// The part with the relations of a part: `xl/_rels/workbook.xml.rels`.
    private static func relations(of part: String) -> String {
        let (folder, name) = split(part)
        return folder + "_rels/" + name + ".rels"
    }

    /// Where a target leads that the relations of `part` name: from its folder, or from the root.
    private static func resolved(_ target: String, from part: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var steps = split(part).folder.split(separator: "/").map(String.init)
        for step in target.split(separator: "/") {
            switch step {
            case ".": break
            case "..": _ = steps.popLast()
            default: steps.append(String(step))
            }
        }
        return steps.joined(separator: "/")
    }

    private static func split(_ part: String) -> (folder: String, name: String) {
        guard let slash = part.lastIndex(of: "/") else { return ("", part) }
        return (String(part[...slash]), String(part[part.index(after: slash)...]))
    }
}

/// What the first bytes of a file tell of it.
package enum FileSignature: Hashable, Sendable {
    /// A zip archive, which a workbook is.
    case archive
    /// What came before: `.xls`, and the wrapping of workbooks with a password.
    case compoundFile(isEncrypted: Bool)

    /// - Parameter head: The first bytes of the file, some kilobytes.
    package init?(head: [UInt8]) {
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            self = .archive
        } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            let name: [UInt8] = Array("EncryptedPackage".utf8).flatMap { [$0, 0] }
            let starts = head.indices.dropLast(name.count - 1).filter { head[$0] == name[0] }
            self = .compoundFile(isEncrypted: starts.contains { head[$0...].starts(with: name) })
        } else {
            return nil
        }
    }

    /// Why a file of this kind is not read, `nil` where it is.
    package var refusal: WorkbookError? {
        switch self {
        case .archive: nil
        case .compoundFile(let isEncrypted): isEncrypted ? .encrypted : .oldFormat
        }
    }
}
