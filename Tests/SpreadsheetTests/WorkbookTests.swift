import Foundation
import Testing

@testable import Spreadsheet

@Suite struct `A sheet of a workbook` {
    @Test func `gives texts wherever they are kept`() throws {
        let cells = try cells(
            """
            <row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>ใน</t></is></c>\
            <c r="C1" t="str"><f>A1</f><v>ผล</v></c><c r="D1" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r></is></c>\
            <c r="E1" t="s"><v>2</v></c></row>
            """,
            sharedStrings:
                "<si><t>no</t></si><si><r><t>ร้อย</t></r><r><rPr><b/></rPr><t>ละ</t></r><rPh><t>guide</t></rPh></si>"
                + "<si><t xml:space=\"preserve\"> a_x000D__x000A_b_x005F_x0041_ </t></si>"
        )
        #expect(
            cells == [
                "A1": .text("ร้อยละ"), "B1": .text("ใน"), "C1": .text("ผล"), "D1": .text("two runs"),
                "E1": .text(" a\r\nb_x0041_ "),
            ]
        )
    }

    @Test func `gives numbers as doubles, whatever their format`() throws {
        let cells = try cells(
            """
            <row r="2"><c r="A2"><v>0.81200000000000006</v></c><c r="B2" s="1"><v>0.923</v></c><c r="C2"><v>1E-05</v></c>\
            <c r="D2"><v>-0</v></c><c r="E2"><v>1E400</v></c><c r="F2"><v>0x10</v></c><c r="G2"><v>nan</v></c>\
            <c r="H2" s="99"><v>2561</v></c></row>
            """,
            styles: [0, 10]
        )
        #expect(
            cells == [
                "A2": .number(0.812), "B2": .percentage(0.923), "C2": .number(1e-5), "D2": .number(0),
                "E2": .damaged("1E400"), "F2": .damaged("0x10"), "G2": .damaged("nan"), "H2": .number(2561),
            ]
        )
    }

    @Test func `tells booleans, errors and formulas that were never worked out`() throws {
        let cells = try cells(
            """
            <row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1"><f>B1*2</f></c>\
            <c r="D1" t="str"><f>""</f><v></v></c><c r="E1" s="0"/><c r="F1" t="d"><v>2018-03-31</v></c></row>
            """
        )
        #expect(
            cells == [
                "A1": .boolean(true), "B1": .error("#DIV/0!"), "C1": .formula("=B1*2"), "F1": .date("2018-03-31"),
            ]
        )
    }

    @Test func `counts rows and columns that do not say where they are`() throws {
        let cells = try cells(
            "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"9\"><c r=\"C9\"><v>3</v></c><c><v>4</v></c></row>"
        )
        #expect(cells == ["A1": .number(1), "B1": .number(2), "C9": .number(3), "D9": .number(4)])
    }

    @Test(arguments: [("A2:B3", ["A2", "B2", "A3", "B3"]), ("B:B", ["B1", "B2", "B3"]), ("3:9", ["A3", "B3", "C3"])])
    func `is blank outside the range`(range: String, expected: [String]) throws {
        let rows = (1...3).map { row in
            "<row r=\"\(row)\">" + ["A", "B", "C"].map { "<c r=\"\($0)\(row)\"><v>1</v></c>" }.joined() + "</row>"
        }
        let cells = try cells(rows.joined(), range: try #require(CellRange(range)))
        #expect(Set(cells.keys) == Set(expected))
    }

    @Test func `is read no further than is wanted`() throws {
        let rows = (1...50_000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c></row>" }.joined()
        let book = try opened(WorkbookMaker(sheets: [("S", rows + "<row r=\"1\"/>")]))
        var seen = 0
        // The fault at the end of the sheet is never met.
        try book.forEachRow(of: "S") { row in
            seen += 1
            return row.number < 3
        }
        #expect(seen == 3)
    }

    @Test func `may have a prefix on every element`() throws {
        let sheet =
            "<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>7</x:v></x:c></x:row></x:sheetData>"
            + "</x:worksheet>"
        var maker = WorkbookMaker(sheets: [("S", "")])
        maker.parts["xl/worksheets/sheet1.xml"] = sheet
        #expect(try cells(of: maker) == ["A1": .number(7)])
    }

    @Test func `may be in UTF-16`() throws {
        var zip = ZipMaker()
        let maker = WorkbookMaker(sheets: [
            ("S", "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>ลาว</t></is></c></row>")
        ])
        let whole = String(decoding: maker.archive, as: UTF8.self)
        #expect(whole.contains("ลาว"))
        for (name, content) in [
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"w.xml\"/></Relationships>"
            ),
            ("w.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"b\"/></sheets></workbook>"),
            (
                "_rels/w.xml.rels",
                "<Relationships><Relationship Id=\"b\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>"
            ),
        ] { zip.add(name, Array(content.utf8)) }
        let sheet =
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>ลาว</t></is></c></row></sheetData></worksheet>"
        zip.add("s.xml", [0xFF, 0xFE] + sheet.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        let file = try TemporaryFile(zip.archive)
        #expect(try cells(of: Workbook(path: file.path)) == ["A1": .text("ลาว")])
    }
}

@Suite struct `Dates of a workbook` {
    /// Excel's own: serial 1 is 1900-01-01, 61 is 1900-03-01, 43190 is 2018-03-31; with the epoch of 1904, 0 is
    /// 1904-01-01 and 41728 is 2018-03-31. The greatest serial, 2958465, is 9999-12-31.
    @Test(arguments: [
        (1.0, false, "1900-01-01"), (59, false, "1900-02-28"), (61, false, "1900-03-01"), (43_190, false, "2018-03-31"),
        (2_958_465, false, "9999-12-31"), (0, true, "1904-01-01"), (41_728, true, "2018-03-31"),
        (36_584, false, "2000-02-28"), (36_585, false, "2000-02-29"), (36_586, false, "2000-03-01"),
        (43_190.25, false, "2018-03-31T06:00:00"), (43_190.999_999_9, false, "2018-04-01"), (0.5, false, "12:00:00"),
    ])
    func `are those that spreadsheet programs show`(serial: Double, from1904: Bool, expected: String) {
        #expect(SerialDates(countsFrom1904: from1904).text(serial, to: .day) == expected)
    }

    @Test(arguments: [-1.0, 60, 2_958_466, 1e300]) func `are no dates where there is no such day`(serial: Double) {
        #expect(SerialDates(countsFrom1904: false).text(serial, to: .day) == nil)
    }

    /// Foundation's Gregorian calendar is the other way of counting.
    @Test func `go through every day of four centuries as the calendar does`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let first = try #require(calendar.date(from: DateComponents(year: 1904, month: 1, day: 1)))
        for day in stride(from: 0, to: 146_097, by: 13) {
            let date = calendar.dateComponents([.year, .month, .day], from: first + Double(day) * 86_400)
            let parts = [date.year, date.month, date.day].map { String($0 ?? 0) }
            let padded = parts[0] + "-" + parts[1...].map { ($0.count == 1 ? "0" : "") + $0 }.joined(separator: "-")
            #expect(SerialDates(countsFrom1904: true).text(Double(day), to: .day) == padded)
        }
    }

    @Test(arguments: [
        ("yyyy", NumberForm.date(.year)), ("bbbb", .date(.year)), ("[$-107041E]bbbb", .date(.year)),
        ("mmm-yy", .date(.month)), ("yyyy\"-\"mm", .date(.month)), ("d/m/bb", .date(.day)),
        ("[$-D07041E]d mmmm yyyy", .date(.day)), ("yyyy\\-mm\\-dd;@", .date(.day)), ("h:mm AM/PM", .date(.time)),
        ("mm:ss.0", .date(.time)), ("yyyy h", .date(.day)), ("General", .plain), ("0.00E+00", .plain),
        ("#,##0", .plain), ("0.0%", .percentage), ("[Red]-0%;0%", .percentage), ("0.0\"%\"", .plain),
        ("[h]:mm", .plain), ("[mm]:ss", .plain), ("\"day\" 0", .plain), ("#,##0\\ \"baht\"", .plain), ("@", .plain),
        ("_-* #,##0.00_-;-* #,##0.00_-", .plain), ("", .plain),
    ])
    func `are told from numbers by the format`(code: String, expected: NumberForm) {
        #expect(NumberForm(code: code) == expected)
    }

    @Test func `are as fine as the cell shows them`() throws {
        let rows = (0..<4).map { "<c r=\"\(["A", "B", "C", "D"][$0])1\" s=\"\($0)\"><v>43190</v></c>" }.joined()
        let cells = try cells(
            "<row r=\"1\">\(rows)</row>",
            formats: "<numFmt numFmtId=\"164\" formatCode=\"bbbb\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0\"/>",
            styles: [14, 17, 164, 165]
        )
        #expect(
            cells == [
                "A1": .date("2018-03-31"), "B1": .date("2018-03"), "C1": .date("2018"), "D1": .number(43_190),
            ]
        )
    }

    @Test func `count from 1904 where the workbook says so`() throws {
        var maker = WorkbookMaker(sheets: [("S", "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>41728</v></c></row>")])
        maker.styles = [14]
        maker.workbookProperties = "date1904=\"1\""
        #expect(try cells(of: maker) == ["A1": .date("2018-03-31")])
    }
}

@Suite struct `A part of a sheet` {
    @Test(arguments: ["A1:B2", "$A$1:$B$2", "a1:b2", "A:B", "$A:$B", "1:2", "XFD1048576:XFD1048576"])
    func `is named as in spreadsheets`(text: String) {
        #expect(CellRange(text) != nil)
    }

    @Test(arguments: [
        "", "A1", "A1:", ":", "A1:B", "A:1", "B1:A1", "A2:A1", "XFE1:XFE2", "A0:A1", "A1:A1048577", "S!A1:B2",
        "A1:B2:C3", "A1 :B2", "AAAA1:B2", "@1:B2", "[1:B2",
    ])
    func `is refused where there is none of that name`(text: String) {
        #expect(CellRange(text) == nil)
    }
}

@Suite struct `A workbook that cannot be read` {
    @Test func `is told to be protected`() throws {
        var maker = WorkbookMaker(sheets: [("S", "")])
        maker.flags = 1
        #expect(throws: WorkbookError.encrypted) { try opened(maker) }
        #expect(
            FileSignature(
                head: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
                    + "EncryptedPackage".utf16.flatMap { [UInt8($0), 0] }
            )?.refusal == .encrypted
        )
        #expect(FileSignature(head: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])?.refusal == .oldFormat)
    }

    @Test func `is told to be of another kind`() throws {
        #expect(throws: WorkbookError.openDocument) { try opened(["mimetype": "x", "content.xml": "<a/>"]) }
        let binary =
            "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
        #expect(throws: WorkbookError.binary) { try opened(["_rels/.rels": binary]) }
        #expect(code { try opened(["hello.txt": "hello"]) } == "damaged-workbook")
    }

    @Test(arguments: [
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\">"),
        ("xl/worksheets/sheet1.xml", "no XML"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"2\"/><row r=\"1\"/></sheetData></worksheet>"),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row></sheetData></worksheet>"
        ),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A2\"/></row></sheetData></worksheet>"),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>5</v></c></row></sheetData></worksheet>"
        ),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1048577\"/></sheetData></worksheet>"),
        ("xl/sharedStrings.xml", "<sst><si><t>&undefined;</t></si></sst>"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1&#0;\"/></sheetData></worksheet>"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"<x/>1\"/></sheetData></worksheet>"),
        ("xl/worksheets/sheet1.xml", "<worksheet><dim\u{FFFF}ension/><sheetData/></worksheet>"),
        (
            "xl/worksheets/sheet1.xml",
            "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&a;</t></is></c></row></sheetData></worksheet>"
        ),
        ("xl/workbook.xml", "<!DOCTYPE lolz [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;\">]><workbook>&m;</workbook>"),
        ("xl/workbook.xml", ""), ("xl/_rels/workbook.xml.rels", ""), ("xl/worksheets/sheet1.xml", ""),
    ])
    func `is told to be damaged`(part: String, content: String) {
        var maker = WorkbookMaker(sheets: [("S", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")])
        maker.parts[part] = content
        #expect(code { _ = try cells(of: maker) } == "damaged-workbook")
    }

    @Test func `is told to be damaged at whatever byte it is cut or changed, and never more than that`() throws {
        let whole = WorkbookMaker(sheets: [("S", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")]).archive
        for length in stride(from: 0, to: whole.count, by: 37) {
            let file = try TemporaryFile(Array(whole[..<length]))
            #expect(code { _ = try cells(of: Workbook(path: file.path)) } == "damaged-workbook", "cut at \(length)")
        }
        for position in stride(from: 0, to: whole.count, by: 11) {
            var changed = whole
            changed[position] ^= 0x55
            let file = try TemporaryFile(changed)
            // Whatever comes of it, it is a value or an error of ours.
            _ = code { _ = try cells(of: Workbook(path: file.path)) }
        }
    }

    @Test func `is told to hold too much`() throws {
        let rows = (1...2_000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c></row>" }.joined()
        let maker = WorkbookMaker(sheets: [("S", rows)])
        #expect(code { _ = try cells(of: maker, limits: WorkbookLimits(partBytes: 10_000)) } == "workbook-too-large")
        #expect(code { _ = try cells(of: maker, limits: WorkbookLimits(entries: 3)) } == "workbook-too-large")
        #expect(code { _ = try cells(of: maker) } == nil)
    }

    @Test func `is refused for a document type wherever a block ends in it, and not for one in a comment`() throws {
        let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"
        for padding in 65_500...65_540 {
            var maker = WorkbookMaker(sheets: [("S", "")])
            let space = String(repeating: " ", count: padding)
            maker.parts["xl/worksheets/sheet1.xml"] = "\(space)<!DOCTYPE x>\(sheet)"
            #expect(found { _ = try cells(of: maker) }.hasSuffix("a document type, which no workbook has"))
            maker.parts["xl/worksheets/sheet1.xml"] = "<!--\(space)<!DOCTYPE x>-->\(sheet)"
            #expect(try cells(of: maker) == ["A1": .number(1)])
        }
    }

    @Test func `is read whole where a block ends inside a letter or a tag, in CDATA, and under a prefix`() throws {
        for padding in 65_450...65_530 {
            var maker = WorkbookMaker(sheets: [("S", "")])
            let text = String(repeating: "a", count: padding) + "ร้อยละ"
            maker.parts["xl/worksheets/sheet1.xml"] = """
                <x:worksheet xmlns:x="m"><x:sheetData><x:row r="1" xmlns:r="n" r:r="7"><x:c r="A1" t="inlineStr"><x:is><x:t>\(text)\
                </x:t></x:is></x:c><x:c r="B1" t="str"><x:v><![CDATA[<ใน>]]>&amp;</x:v></x:c></x:row></x:sheetData></x:worksheet>
                """
            #expect(try cells(of: maker) == ["A1": .text(text), "B1": .text("<ใน>&")])
        }
    }

    @Test func `is told to be damaged where a byte in a tag or a text is no UTF-8, and is read in UTF-16`() throws {
        let sheet =
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>ใน</v></c></row></sheetData></worksheet>"
        var maker = WorkbookMaker(sheets: [("S", "")])
        for position in stride(from: 1, to: sheet.utf8.count, by: 3) {
            var bytes = Array(sheet.utf8)
            bytes[position] = 0xFF
            maker.bytes = ["xl/worksheets/sheet1.xml": bytes]
            // What stands behind the rows is not looked at.
            let isRead = position >= sheet.utf8.count - "</worksheet>".utf8.count
            #expect(code { _ = try cells(of: maker) } == (isRead ? nil : "damaged-workbook"), "byte \(position)")
        }
        let wide = ("\u{FEFF}" + sheet).utf16.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }
        maker.bytes = ["xl/worksheets/sheet1.xml": wide]
        #expect(try cells(of: maker) == ["A1": .text("ใน")])
    }

    @Test(arguments: ["a", "numbered"])
    func `is refused for more open tags or names than there is memory for`(name: String) {
        var maker = WorkbookMaker(sheets: [("S", "")])
        let tags =
            name == "a"
            ? String(repeating: "<a>", count: 500_000)
            : (0..<400_000).map { "<a\($0)/>" }.joined()
        maker.parts["xl/worksheets/sheet1.xml"] = "<worksheet>\(tags)"
        #expect(found { _ = try cells(of: maker) }.hasSuffix("too many tags that are open, or names"))
    }

    @Test func `may hold a long tag far behind its beginning`() throws {
        var maker = WorkbookMaker(sheets: [("S", "")])
        let (before, comment) = (String(repeating: "<b/>", count: 600_000), String(repeating: "x", count: 900_000))
        maker.parts["xl/worksheets/sheet1.xml"] = """
            <worksheet>\(before)<!--\(comment)--><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>
            """
        #expect(try cells(of: maker) == ["A1": .number(1)])
    }

    @Test func `is refused for a tag that has no end, before much of it is kept`() {
        var maker = WorkbookMaker(sheets: [("S", "")])
        let value = (0..<400_000).map { String($0 % 9_973) }.joined()
        maker.parts["xl/worksheets/sheet1.xml"] = "<worksheet a=\"\(value)\"><sheetData/></worksheet>"
        #expect(value.utf8.count > 1 << 20)
        #expect(found { _ = try cells(of: maker) }.hasSuffix("a tag or comment of more than 1048576 bytes"))
    }
}

private func opened(_ maker: WorkbookMaker, limits: WorkbookLimits = WorkbookLimits()) throws -> Workbook {
    let file = try TemporaryFile(maker.archive)
    // An open archive is read on when its name is gone.
    return try Workbook(path: file.path, limits: limits)
}

@discardableResult
private func opened(_ parts: [String: String]) throws -> Workbook {
    var zip = ZipMaker()
    for (name, content) in parts.sorted(by: { $0.key < $1.key }) { zip.add(name, Array(content.utf8)) }
    let file = try TemporaryFile(zip.archive)
    return try Workbook(path: file.path)
}

/// The cells that are not blank, by name: `A1`.
private func cells(of book: Workbook, range: CellRange = .all) throws -> [String: SheetCell] {
    var cells: [String: SheetCell] = [:]
    for sheet in book.sheets.prefix(1) {
        try book.forEachRow(of: sheet, in: range) { row in
            for (column, cell) in row.cells {
                let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8(column - 1))
                cells["\(letter)\(row.number)"] = cell
            }
            return true
        }
    }
    return cells
}

private func cells(of maker: WorkbookMaker, limits: WorkbookLimits = WorkbookLimits()) throws -> [String: SheetCell] {
    try cells(of: opened(maker, limits: limits))
}

private func cells(
    _ rows: String,
    sharedStrings: String = "",
    formats: String = "",
    styles: [Int] = [0],
    range: CellRange = .all
) throws -> [String: SheetCell] {
    var maker = WorkbookMaker(sheets: [("S", rows)])
    maker.sharedStrings = sharedStrings
    maker.formats = formats
    maker.styles = styles
    return try cells(of: opened(maker), range: range)
}

/// The code of the error that comes of it, `nil` where none does.
private func code(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch {
        return (error as? WorkbookError)?.code ?? "\(error)"
    }
}

/// What was found instead, as an error of a workbook says it; empty where there is none.
private func found(_ body: () throws -> Void) -> String {
    do {
        try body()
        return ""
    } catch {
        return (error as? WorkbookError)?.found ?? "\(error)"
    }
}

/// A file that lives as long as the test that made it.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8]) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "spreadsheet-\(UUID().uuidString).xlsx")
        try Data(bytes).write(to: file)
        path = file.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
