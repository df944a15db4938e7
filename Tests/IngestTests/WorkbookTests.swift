import Indicators
import Testing

@testable import Ingest

@Suite struct `A source that is a workbook` {
    private static let table = [
        ["Table 3. Users"], [], ["จังหวัด", "ปี", "ร้อยละ"], ["เลย", "2560", "51.2"], [], ["หนองคาย", "2560", "-"],
    ]

    /// The oracle is the reader of CSV, which has its own tests.
    @Test func `yields what the CSV of the same table yields, but for where it stands`() throws {
        let fromSheet = try ingested([("Income", rows(Self.table))])
        let text = Self.table.map { $0.joined(separator: ",") }.joined(separator: "\n")
        let fromText = try Text.ingested(text)
        func bare(_ values: [RawValue]) -> [[String]] {
            values.map { [$0.place, $0.period, $0.text, "\($0.reading)", $0.indicator, $0.group] }
        }
        #expect(bare(fromSheet.values) == bare(fromText.values))
        #expect(fromSheet.values.count == 2)
        #expect(fromSheet.read == fromText.read)
    }

    @Test func `names the sheet and the cell of every value`() throws {
        let source = try ingested([("Income", rows(Self.table))])
        let origins = source.values.map(\.origin)
        #expect(origins.map(\.cell) == ["Income!C4", "Income!C6"])
        #expect(origins.map(\.record) == [4, 6])
        #expect(origins.map(\.line) == [4, 6])
        #expect(origins.map(\.column) == ["ร้อยละ (Income!C)", "ร้อยละ (Income!C)"])
        #expect(origins.map(\.heading) == ["ร้อยละ", "ร้อยละ"])
        #expect(source.facts.sheet == "Income")
    }

    @Test func `keeps the numbers of rows and columns where only a part of a sheet is meant`() throws {
        let above = (1...400).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c></row>" }.joined()
        let cells = ["จังหวัด", "ปี", "ร้อยละ"].enumerated()
        let header = "<row r=\"900\">" + cells.map { text("\(["D", "E", "F"][$0])900", $1) }.joined() + "</row>"
        let data = "<row r=\"902\">\(text("D902", "เลย"))<c r=\"E902\"><v>2560</v></c><c r=\"F902\"><v>7</v></c></row>"
        let source = try ingested([("S", above + header + data)]) { $0.range = "D900:F2000" }
        #expect(source.values.map(\.origin.cell) == ["S!F902"])
        #expect(source.values.map(\.reading) == [.number(7)])
        // Without the range, the header is too far down to be looked for.
        #expect(throws: IngestError.self) { try ingested([("S", above + header + data)]) }
    }

    @Test func `reads dates and numbers as values, with the decimal mark that its texts have`() throws {
        let rows =
            "<row r=\"1\">\(text("A1", "จังหวัด"))\(text("B1", "ปี"))\(text("C1", "ร้อยละ"))</row>"
            + "<row r=\"2\">\(text("A2", "เลย"))<c r=\"B2\" s=\"1\"><v>43190</v></c><c r=\"C2\"><v>1234.5</v></c></row>"
            + "<row r=\"3\">\(text("A3", "เลย"))<c r=\"B3\"><v>2561</v></c>\(text("C3", "1.234,5"))</row>"
            + "<row r=\"4\">\(text("A4", "เลย"))<c r=\"B4\"><v>2562</v></c><c r=\"C4\"><v>1e-7</v></c></row>"
        let source = try ingested([("S", rows)], styles: [0, 14]) { $0.numbers = NumberStyle(decimal: .comma) }
        #expect(source.values.map(\.reading) == [.number(1234.5), .number(1234.5), .number(1e-7)])
        #expect(source.values.map(\.period) == ["2018-03-31", "2561", "2562"])
        #expect(source.findings == [])
    }

    @Test func `refuses errors, booleans and formulas without a value, each with its finding`() throws {
        let header = "<row r=\"1\">\(text("A1", "จังหวัด"))\(text("B1", "ปี"))\(text("C1", "ร้อยละ"))</row>"
        let cells = [
            "t=\"e\"><v>#DIV/0!</v>", "t=\"b\"><v>1</v>", "><f>SUM(A1)</f>", "><v>1E400</v>", "t=\"e\"><v>#N/A</v>",
        ]
        let rows = cells.enumerated().map { index, cell in
            let row = index + 2
            return
                "<row r=\"\(row)\">\(text("A\(row)", "เลย"))<c r=\"B\(row)\"><v>\(2555 + row)</v></c><c r=\"C\(row)\" \(cell)</c></row>"
        }
        let source = try ingested([("S", header + rows.joined())]) { $0.missing += ["#N/A"] }
        #expect(source.findings.map(\.code) == ["cell-error", "not-a-number", "formula-without-value", "not-a-number"])
        #expect(source.findings.map(\.found) == ["#DIV/0!", "TRUE", "=SUM(A1)", "1E400"])
        #expect(source.refused == 4)
        #expect(source.values.map(\.reading) == [.missing])
        #expect(source.read == 5)
    }

    @Test(arguments: [(false, Finding.Severity.warning), (true, .note)])
    func `warns of cells that show a hundred times what they hold`(isScaled: Bool, severity: Finding.Severity) throws {
        let rows =
            "<row r=\"1\">\(text("A1", "จังหวัด"))\(text("B1", "ปี"))\(text("C1", "ร้อยละ"))</row>"
            + "<row r=\"2\">\(text("A2", "เลย"))<c r=\"B2\"><v>2561</v></c><c r=\"C2\" s=\"1\"><v>0.923</v></c></row>"
        let source = try ingested([("S", rows)], styles: [0, 10]) { $0.isScaled = isScaled }
        #expect(source.values.map(\.reading) == [.number(0.923)])
        #expect(source.findings.map(\.code) == ["percent-cells"])
        #expect(source.findings.map(\.severity) == [severity])
        #expect(source.findings.map(\.column) == ["ร้อยละ (S!C)"])
    }

    @Test func `takes a header that is merged over several columns, and a line break in a cell, as a CSV's`() throws {
        let rows =
            "<row r=\"1\">\(text("A1", "จังหวัด"))\(text("B1", "Internet&#10;users"))</row>"
            + "<row r=\"2\">\(text("B2", "2560"))\(text("C2", "2561"))</row>"
            + "<row r=\"3\">\(text("A3", "เลย"))<c r=\"B3\"><v>1</v></c><c r=\"C3\"><v>2</v></c></row>"
        let layout = Layout.yearsAcross(place: .named("จังหวัด"), headings: [])
        let source = try ingested([("S", rows)], layout: layout)
        #expect(source.values.map(\.period) == ["2560", "2561"])
        #expect(source.values.map(\.origin.column) == ["Internet users / 2560 (S!B)", "Internet users / 2561 (S!C)"])
    }

    @Test func `says which sheets there are where none is named or one that is not there`() throws {
        let sheets = [("Income", rows(Self.table)), ("รายจ่าย", "")]
        let unnamed = try error { _ = try ingested(sheets) }
        #expect(unnamed.code == "no-sheet")
        #expect(unnamed.found == "`Income`, `รายจ่าย`")
        let misspelt = try error { _ = try ingested(sheets) { $0.sheet = "Incomes" } }
        #expect(misspelt.code == "no-such-sheet")
        #expect(misspelt.hint == "did you mean `Income`?")
        let blank = try error { _ = try ingested(sheets) { $0.sheet = "รายจ่าย" } }
        #expect(blank.code == "no-records")
        #expect(try ingested(sheets) { $0.sheet = "income" }.facts.sheet == "Income")
    }

    @Test func `refuses what is declared of another kind of file`() throws {
        let sheet = [("S", rows(Self.table))]
        #expect(try error { _ = try ingested(sheet) { $0.delimiter = .semicolon } }.code == "text-options-for-workbook")
        #expect(try error { _ = try ingested(sheet) { $0.encoding = .windows874 } }.code == "text-options-for-workbook")
        #expect(try error { _ = try ingested(sheet) { $0.range = "A1" } }.code == "unusable-range")
        let text = try error { _ = try Text.ingested("a,b\n1,2\n") { $0.sheet = "S" } }
        #expect(text.code == "sheet-of-text-file")
        let old = try error { _ = try Text.ingested([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) }
        #expect(old.code == "old-workbook")
    }

    @Test func `of names alone is read as a table of names`() throws {
        let book = WorkbookMaker(sheets: [("S", rows([["name", "code"], [], ["เลย; a", "TH-42"]]))])
        let file = try TemporaryFile(book.archive)
        let table = try readTextTable(path: file.path, file: "names.xlsx", isLenient: true)
        #expect(table.header == ["name", "code"])
        #expect(table.rows.map(\.fields) == [["เลย; a", "TH-42"]])
        #expect(table.rows.map(\.record) == [3])
    }

    @Test func `is bounded by the limits of the source`() throws {
        let sheet = [("S", rows(Self.table))]
        #expect(try error { _ = try ingested(sheet) { $0.limits.partBytes = 100 } }.code == "workbook-too-large")
        #expect(try error { _ = try ingested(sheet) { $0.limits.entries = 2 } }.code == "workbook-too-large")
        #expect(try error { _ = try ingested(sheet) { $0.limits.columns = 2 } }.code == "too-many-columns")
    }
}

/// The same table as CSV, read by the same layout.
private enum Text {
    static func ingested(_ text: String, adjust: (inout Source) -> Void = { _ in }) throws -> IngestedSource {
        try ingested(Array(text.utf8), adjust: adjust)
    }

    static func ingested(_ bytes: [UInt8], adjust: (inout Source) -> Void = { _ in }) throws -> IngestedSource {
        try source(bytes, layout, adjust)
    }
}

private let layout = Layout.long(
    place: .named("จังหวัด"),
    placeCode: nil,
    country: nil,
    year: .named("ปี"),
    indicator: nil,
    group: nil,
    value: .named("ร้อยละ"),
    standardError: nil
)

private func source(_ bytes: [UInt8], _ layout: Layout, _ adjust: (inout Source) -> Void) throws -> IngestedSource {
    let file = try TemporaryFile(bytes)
    var source = Source(file: "book.xlsx", path: file.path, layout: layout, indicator: "internet_users")
    adjust(&source)
    return try ingest(source, indicator: indicator)
}

private func ingested(
    _ sheets: [(String, String)],
    styles: [Int] = [0],
    layout: Layout = layout,
    adjust: (inout Source) -> Void = { _ in }
) throws -> IngestedSource {
    var maker = WorkbookMaker(sheets: sheets.map { (name: $0.0, rows: $0.1) })
    maker.styles = styles
    return try source(maker.archive, layout, adjust)
}

private func text(_ cell: String, _ text: String) -> String {
    "<c r=\"\(cell)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
}

/// Rows of texts and numbers, as a spreadsheet program would keep what is typed in.
private func rows(_ table: [[String]]) -> String {
    table.enumerated().filter { !$0.element.isEmpty }.map { row, cells in
        let spelt = cells.enumerated().map { column, content in
            let cell = "\(["A", "B", "C"][column])\(row + 1)"
            return Double(content) == nil ? text(cell, content) : "<c r=\"\(cell)\"><v>\(content)</v></c>"
        }
        return "<row r=\"\(row + 1)\">\(spelt.joined())</row>"
    }
    .joined()
}

private func error(_ body: () throws -> Void) throws -> IngestError {
    let thrown = #expect(throws: IngestError.self, performing: body)
    return try #require(thrown)
}
