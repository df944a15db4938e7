import Foundation
import Indicators
import Spreadsheet
import Testing

@testable import Publish

@Suite struct `The workbook` {
    @Test func `has the cells of a table where the table has them, names beside codes`() throws {
        let sheets = try written(valuesBook())
        let sheet = try #require(sheets["Observations"])
        #expect(
            sheet[3] == [
                .text("indicator"), .text("Indicator"), .text("place"), .text("Place"), .text("year"), .text("group"),
                .text("value"), .text("grade"),
            ]
        )
        #expect(sheet[4]?.prefix(4) == [.text("users"), .text("Users"), .text("TH-43"), .text("Nong Khai")])
        #expect(
            sheet[4]?.suffix(4) == [
                number("2010"), .text("total"), number("0.8120000000000001"), .text("illustrative"),
            ]
        )
        // Missing cells stay empty.
        #expect(sheet[5]?.contains { $0 == .text("0") } == false)
        #expect(sheet[6] == nil)
    }

    @Test func `is the same, byte for byte, when written again and from rows in another order`() throws {
        #expect(try bytes(valuesBook()) == bytes(valuesBook()))
        #expect(try bytes(valuesBook(reversed: true)) == bytes(valuesBook()))
    }

    @Test func `stores what looks like a formula, a code or nothing at all as the text that it is`() throws {
        let texts = hostileTexts(300) + ["007", "=HYPERLINK(\"http://x\")", "+1", "@SUM(1)", "_x0041_", "<script>"]
        let table = textTable(["text"], texts.map { [.text($0)] })
        let sheet = try #require(try written(book([table]))["texts"])
        for (index, text) in texts.enumerated() {
            guard !text.isEmpty else { continue }
            let expected = text.unicodeScalars.map(shown).joined()
            guard case .text(let found)? = sheet[4 + index]?.first else {
                #expect(expected.allSatisfy { $0.isWhitespace }, "\(index)")
                continue
            }
            #expect(Array(found.utf8) == Array(expected.utf8), "\(index)")
        }
    }

    @Test func `takes a title of 5,000 characters and a table of any name`() throws {
        var table = textTable(["a"], [[.text("x")]])
        table = Table(schema: TableSchema(name: "History", title: "=1+1", columns: table.schema.columns))
        var book = book([table])
        book.summary.title = LocalisedText(english: String(repeating: "=Tit'le& ", count: 600))
        let sheets = try written(book)
        #expect(sheets["History (2)"] != nil)
        #expect(sheets["Cover"]?[1]?.last == .text(String(repeating: "=Tit'le& ", count: 600)))
    }

    @Test(arguments: Language.allCases)
    func `names its sheets in the chosen language, within 31 units`(language: Language) throws {
        let words = PageWords.workbook
        var book = valuesBook()
        book.language = language
        let names = try written(book).keys
        #expect(names.contains(words["sheet.observations"][language]))
        for key in words.keys where key.hasPrefix("sheet.") {
            #expect((1...31).contains(words[key][language].utf16.count), "\(key)")
        }
    }

    @Test(arguments: Language.allCases)
    func `says in the chosen language what a row of each table is`(language: Language) throws {
        let words = PageWords.workbook
        var book = valuesBook()
        book.language = language
        let lead = words["table.observations"][language]
        #expect(try written(book).values.contains { $0.values.contains { $0.contains(.text(lead)) } })
        // Every table that has a sheet's name has a sentence.
        let own = ["cover", "definitions", "ranked", "sources", "summary", "trend-charts"]
        for key in words.keys where key.hasPrefix("sheet.") && !own.contains(String(key.dropFirst(6))) {
            #expect(words.known("table", String(key.dropFirst(6))) != nil, "\(key)")
        }
    }

    @Test func `says every text in three languages, each in its script`() {
        let words = PageWords.workbook
        for key in words.keys where !["unit.%", "map.units", "headline.years"].contains(key) {
            let text = words[key]
            func holds(_ text: String, _ scalars: ClosedRange<UInt32>) -> Bool {
                text.unicodeScalars.contains { scalars.contains($0.value) }
            }
            #expect(holds(text.thai, 0x0E00...0x0E7F) && !holds(text.thai, 0x0E80...0x0EFF), "\(key) in Thai")
            #expect(holds(text.lao, 0x0E80...0x0EFF) && !holds(text.lao, 0x0E00...0x0E7F), "\(key) in Lao")
        }
    }

    @Test func `says what does not fit, and cuts nothing`() throws {
        let long = String(repeating: "ก", count: 32_768)
        let table = textTable(
            ["a", "b"],
            [[.text(long), .text("short")], [.text(String(long.dropLast())), .missing]]
        )
        let findings = BookFit.findings(of: [table])
        #expect(findings.map(\.code) == ["workbook-text-too-long"])
        #expect(findings.first?.column == "texts.a")
        #expect(findings.first?.found == "1 text, the longest of 32768 characters")
        let sheet = try #require(try written(book([table]))["texts"])
        #expect(sheet[4]?.first == .text("too long for a cell: see texts.csv"))
        #expect(sheet[5]?.first == .text(String(long.dropLast())))
    }

    @Test func `has no sheet for a table of more columns than a sheet has`() throws {
        let table = textTable((0..<16_400).map { "c\($0)" }, [])
        #expect(BookFit.findings(of: [table]).map(\.code) == ["workbook-table-too-large"])
        #expect(try written(book([table]))["texts"] == nil)
    }

    @Test func `puts years across where rows do not fit, and refuses where neither does`() {
        let table = valuesTable()
        #expect(BookFit.form(of: table, rows: 6) == .rows)
        #expect(BookFit.form(of: table, rows: 5) == .rows)
        #expect(BookFit.form(of: table, rows: 4) == .yearsAcross)
        #expect(BookFit.form(of: table, rows: 3) == .none)
        #expect(BookFit.form(of: textTable(["a"], [[.text("1")], [.text("2")]]), rows: 4) == .none)
    }

    @Test func `across the years, has each value once under its year`() throws {
        var table = Table(schema: valuesTable().schema)
        var expected: [[String]: [Int: Double]] = [:]
        for (index, place) in ["TH-43", "TH-41", "LA-VT"].enumerated() {
            for year in [2010, 2012, 2015] where (index + year) % 3 != 0 {
                for (shift, group) in ["women", "total"].enumerated() {
                    let value = Double(index * 100 + year + shift)
                    table.append([
                        .text("users"), .text(place), .integer(year), .text(group), .number(value), .text("survey"),
                    ])
                    expected[[place, group], default: [:]][year] = value
                }
            }
        }
        let sorted = table.sortedByKey()
        let wide = try #require(YearsAcross(sorted))
        #expect(wide.years == [2010, 2012, 2015])
        var found: [[String]: [Int: Double]] = [:]
        var order: [[String]] = []
        wide.forEachRow { row, rows in
            let key = [sorted[row, "place"].text, sorted[row, "group"].text]
            order.append(key)
            for (year, row) in zip(wide.years, rows) {
                found[key, default: [:]][year] = row.flatMap { sorted[$0, "value"].numeric }
            }
        }
        #expect(found == expected)
        #expect(order.count == wide.rowCount && Set(order).count == order.count)
        #expect(order.map { $0[0] } == order.map { $0[0] }.sorted())
    }

    @Test(arguments: [
        ("%", 66.2, "#,##0.0\"%\""), ("%", 0.07, "0.000\"%\""),
        ("%", 0.0097, "0.00000\"%\""), ("%", 0.00002, "0.0E+00\"%\""), ("1", 0.752, "0.000"),
        ("persons", 5_686_252, "#,##0"),
        ("year", 2026, "0"), ("year", 2026.4, "0.0"), ("per 100 persons", 16.44, "#,##0.00"),
        ("baht per month", 18_543.25, "#,##0"), ("1", 0.000001, "0.0E+00"),
        ("% of GNI per person", 2.5, "#,##0.0\"%\""),
        ("index 0-1", 0, "0.000"), ("", -0.004, "0.0000"),
    ])
    func `shows numbers as their unit asks`(unit: String, value: Double, format: String) {
        let look = NumberLook(unit: unit)
        #expect(look.formats[look.variant(for: value)] == format)
    }

    /// `BENCH_WORKBOOK=9500x40x10 Tests/run --filter "takes millions"` says seconds and memory.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["BENCH_WORKBOOK"] != nil))
    func `takes millions of values in the memory of one row`() throws {
        let sizes = (ProcessInfo.processInfo.environment["BENCH_WORKBOOK"] ?? "").split(separator: "x").compactMap {
            Int($0)
        }
        try #require(sizes.count == 3)
        var table = Table(
            schema: TableSchema(
                name: "observations",
                title: "",
                columns: Array(valuesTable().schema.columns.dropLast())
            )
        )
        for indicator in 0..<sizes[1] {
            for place in 0..<sizes[0] {
                for year in 0..<sizes[2] {
                    let value = Double((indicator * 7919 + place * 104_729 + year) % 100_003) / 7
                    table.append([
                        .text("indicator_\(indicator + 100)"), .text("P-\(place + 10_000)"), .integer(2010 + year),
                        .text("total"), .number(value),
                    ])
                }
            }
        }
        let held = peakMegabytes()
        let clock = ContinuousClock()
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let target = folder.appending(path: "workbook.xlsx").path
        let time = try clock.measure { try book([table]).write(to: target) }
        let size = try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int ?? 0
        let peak = peakMegabytes()
        print("\(table.rowCount) values: \(time), \(size >> 20) MiB; peak \(peak) MB, of which \(held) MB before")
        #expect(peak <= 300)
    }
}

/// What the text reader is to find for a scalar that a sheet cannot hold as it is.
private func shown(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x9, 0xA, 0xD: String(scalar)
    case 0..<0x20: String(Unicode.Scalar(0x2400 + scalar.value) ?? " ")
    case 0x7F: "␡"
    case 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: String(scalar)
    }
}

private func number(_ text: String) -> SheetCell { Double(text).map(SheetCell.number) ?? .damaged(text) }

private func valuesTable(reversed: Bool = false) -> Table {
    var table = Table(
        schema: TableSchema(
            name: "observations",
            title: "One value.",
            columns: [
                Column("indicator", .text, definition: "What.", isKey: true),
                Column("place", .text, definition: "Where.", isKey: true),
                Column("year", .integer, unit: "year", definition: "When.", isKey: true),
                Column("group", .text, definition: "Whom.", isKey: true),
                Column("value", .number, unit: "indicator", definition: "How much."),
                Column("grade", .text, definition: "How sure.", words: Grade.words),
            ]
        )
    )
    let rows: [[Cell]] = [
        [.text("users"), .text("TH-43"), .integer(2010), .text("total"), .number(0.812), .text("illustrative")],
        [.text("users"), .text("TH-43"), .integer(2011), .text("total"), .missing, .text("survey")],
    ]
    for row in reversed ? rows.reversed() : rows { table.append(row) }
    return table
}

private func valuesBook(reversed: Bool = false) -> ReportBook {
    book([valuesTable(reversed: reversed)])
}

private func book(_ tables: [Table]) -> ReportBook {
    let users = Indicator(
        id: "users",
        topic: "inclusion",
        basis: .memorandum,
        names: LocalisedText(english: "Users", thai: "ผู้ใช้", lao: "ຜູ້ໃຊ້"),
        unit: "%",
        kind: .share,
        direction: .higherIsBetter
    )
    let place = Place(
        code: "TH-43",
        level: .province,
        country: "TH",
        names: LocalisedText(english: "Nong Khai", thai: "หนองคาย", lao: "ໜອງຄາຍ")
    )
    return ReportBook(
        summary: Summary(
            pipeline: "p",
            title: LocalisedText(english: "Title"),
            asOf: CalendarDate("2026-01-01") ?? .epoch,
            inputs: [],
            stages: [],
            findings: [],
            tables: tables,
            formats: [.xlsx]
        ),
        catalogue: Catalogue([users]),
        gazetteer: Gazetteer(places: [place]),
        reference: "TH",
        other: "LA",
        runHash: String(repeating: "0", count: 64),
        tool: "0"
    )
}

extension CalendarDate {
    fileprivate static var epoch: CalendarDate {
        guard let date = CalendarDate(year: 1970, month: 1, day: 1) else { preconditionFailure("no such day") }
        return date
    }
}

private func scratch() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

private func bytes(_ book: ReportBook) throws -> Data {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let length = try book.artefact.write(into: folder.path)
    let data = try Data(contentsOf: folder.appending(path: "workbook.xlsx"))
    #expect(data.count == length)
    // Nothing but the workbook is left.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["workbook.xlsx"])
    return data
}

/// The cells of each sheet by row, blank ones left out, as the project's own reader finds them.
private func written(_ book: ReportBook) throws -> [String: [Int: [SheetCell]]] {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    try book.artefact.write(into: folder.path)
    let file = try Workbook(path: folder.appending(path: "workbook.xlsx").path)
    var sheets: [String: [Int: [SheetCell]]] = [:]
    for name in file.sheets {
        sheets[name] = [:]
        try file.forEachRow(of: name) { row in
            sheets[name]?[row.number] = row.cells.map(\.cell)
            return true
        }
    }
    return sheets
}

private func peakMegabytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1000
}
