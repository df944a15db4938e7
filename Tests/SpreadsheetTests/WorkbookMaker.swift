import Foundation

/// Writes zip archives without compression, which is all that a test of a reader of workbooks needs.
struct ZipMaker {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Adds a file; of the general purpose bits under `flags`, 1 says that it is encrypted.
    mutating func add(_ name: String, _ content: [UInt8], flags: Int = 0) {
        let crc = Int(Self.crc32(content))
        let header =
            [20, flags, 0, 0, 0x21].flatMap { Self.little($0, 2) }
            + [crc, content.count, content.count].flatMap { Self.little($0, 4) }
            + Self.little(name.utf8.count, 2) + Self.little(0, 2)
        directory += [0x50, 0x4B, 1, 2] + Self.little(20, 2) + header
        directory += Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 4)
        directory += Self.little(bytes.count, 4) + Array(name.utf8)
        bytes += [0x50, 0x4B, 3, 4] + header + Array(name.utf8) + content
        count += 1
    }

    var archive: [UInt8] {
        bytes + directory + [0x50, 0x4B, 5, 6] + Self.little(0, 4) + Self.little(count, 2) + Self.little(count, 2)
            + Self.little(directory.count, 4) + Self.little(bytes.count, 4) + Self.little(0, 2)
    }

    private static func little(_ number: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

/// The parts of a workbook of one or more sheets, spelt by hand.
struct WorkbookMaker {
    /// The inside of `sheetData`, by the name of the sheet.
    var sheets: [(name: String, rows: String)]
    var sharedStrings = ""
    /// The inside of `numFmts`, and the ids of the formats of the cell styles.
    var formats = ""
    var styles: [Int] = [0]
    var workbookProperties = ""
    /// Parts that take the place of those that the maker writes; an empty one leaves the part out.
    var parts: [String: String] = [:]
    /// The same as bytes, without the declaration that the others begin with.
    var bytes: [String: [UInt8]] = [:]
    var flags = 0

    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    private static let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

    var archive: [UInt8] {
        var all: [String: String] = [
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels":
                "<Relationships \(Self.package)><Relationship Id=\"rId1\" Type=\"\(Self.kinds)/officeDocument\""
                + " Target=\"xl/workbook.xml\"/></Relationships>",
            "xl/workbook.xml":
                "<workbook \(Self.main) xmlns:r=\"\(Self.kinds)\"><workbookPr \(workbookProperties)/><sheets>"
                + sheets.indices.map {
                    "<sheet name=\"\(sheets[$0].name)\" sheetId=\"\($0 + 7)\" r:id=\"rId\($0 + 1)\"/>"
                }.joined() + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels":
                "<Relationships \(Self.package)>"
                + sheets.indices.map { relation($0 + 1, "worksheet", "worksheets/sheet\($0 + 1).xml") }.joined()
                + relation(90, "sharedStrings", "sharedStrings.xml") + relation(91, "styles", "/xl/styles.xml")
                + "</Relationships>",
            "xl/sharedStrings.xml": "<sst \(Self.main)>\(sharedStrings)</sst>",
            "xl/styles.xml":
                "<styleSheet \(Self.main)><numFmts>\(formats)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                + "<cellXfs>" + styles.map { "<xf numFmtId=\"\($0)\"/>" }.joined() + "</cellXfs></styleSheet>",
        ]
        for (index, sheet) in sheets.enumerated() {
            all["xl/worksheets/sheet\(index + 1).xml"] =
                "<worksheet \(Self.main)><sheetData>\(sheet.rows)</sheetData><mergeCells/></worksheet>"
        }
        for (name, content) in parts { all[name] = content }
        var zip = ZipMaker()
        for (name, content) in all.sorted(by: { $0.key < $1.key }) where !content.isEmpty {
            zip.add(name, bytes[name] ?? Array((Self.head + content).utf8), flags: flags)
        }
        return zip.archive
    }

    private func relation(_ id: Int, _ kind: String, _ target: String) -> String {
        "<Relationship Id=\"rId\(id)\" Type=\"\(Self.kinds)/\(kind)\" Target=\"\(target)\"/>"
    }
}
