import Indicators
import Testing

@testable import Ingest

/// The mess of a published table: a title, a blank record, three rows of merged headers, padded numbers, dashes, a
/// total and notes below.
private let merged = """
    "ครัวเรือนที่มีรายได้น้อยกว่า 30,000 บาท ปี 2557 - 2558",,,,,,,
    ,,,,,,,
    ที่,จังหวัด,ปี 2558,,,ปี 2557,,
    ,,ครัวเรือนที่สำรวจ,ครัวเรือนที่มีรายได้น้อย,,ครัวเรือนที่สำรวจ,ครัวเรือนที่มีรายได้น้อย,
    ,,จำนวน (ครัวเรือน),จำนวน (ครัวเรือน),ร้อยละ,จำนวน (ครัวเรือน),จำนวน (ครัวเรือน),ร้อยละ
    1,กระบี่," 1,000 ", 20 ,2.0," 2,000 ", 30 ,1.5
    2,น่าน," 3,000 ", - ,-," 4,000 ", 8 ,0.2
    ,,,,,,,
    ,รวม," 4,000 ", 20 ,0.5," 6,000 ", 38 ,0.63
    ,,,,,,,
    , ที่มา : กรม ก.,,,,,,
    , ภายใต้ คณะกรรมการ ข.,,,,,,
    """

@Suite struct `The text of a header cell` {
    @Test(arguments: [
        "ร้อยละ", "ປີ 2558", "Income (baht)", " padded ", "two  spaces", "a\u{A0}b", "a\u{2003}b", "a\u{3000}b",
        "a\u{1680}b",
        "a\u{85}b", "line\nbreak", "tab\tbed", "\u{FEFF}begins", "a \u{FEFF}b", "é à ü", "", " ", "\u{A0}", "ends ",
        "x",
    ])
    func `is its words with one space between them`(text: String) {
        let words = text.unicodeScalars.split { $0.properties.isWhitespace }.map { word in
            String(String.UnicodeScalarView(word.drop { $0 == "\u{FEFF}" }))
        }
        #expect(headerText(text, footnotes: []).utf8.elementsEqual(words.joined(separator: " ").utf8))
    }
}

@Suite struct `A header` {
    @Test func `of three merged rows under a title is found by its headings`() throws {
        let result = try ingested(merged, .yearsAcross(place: "จังหวัด", headings: [Heading("ร้อยละ")]))
        #expect(
            result.summary == [
                "กระบี่ ปี 2558 total population = 2.0", "กระบี่ ปี 2557 total population = 1.5",
                "น่าน ปี 2558 total population = missing", "น่าน ปี 2557 total population = 0.2",
                "รวม ปี 2558 total population = 0.5", "รวม ปี 2557 total population = 0.63",
            ]
        )
        #expect(result.values[0].origin.column == "ปี 2558 / ครัวเรือนที่มีรายได้น้อย / ร้อยละ")
        #expect(result.values[0].origin.record == 6)
        #expect(result.facts.skippedRecords == 2)
        #expect(result.facts.headerRecords == 3)
        #expect(result.codes == ["note-row", "note-row"])
    }

    @Test(arguments: [0, 1, 2, 3, 4, 40]) func `is found under titles, however many`(titles: Int) throws {
        let text = String(repeating: "A title\n", count: titles) + "place,2560,2561\nLoei,1,2\nNan,3,4\n"
        let result = try ingested(text, .yearsAcross(place: "place"))
        #expect(result.values.map(\.origin.record) == [titles + 2, titles + 2, titles + 3, titles + 3])
        #expect(result.facts.skippedRecords == titles)
        #expect(result.facts.headerRecords == 1)
    }

    @Test(arguments: [0, 1, 2, 3, 4]) func `of three rows is found whole under titles`(titles: Int) throws {
        let header = "place,2560,2561\n,men,men\n,persons,persons\n"
        let text = String(repeating: "A title\n", count: titles) + header + "Loei,1,2\n"
        let result = try ingested(text, .yearsAcross(place: "place"))
        #expect(result.values.map(\.origin.column) == ["2560 / men / persons", "2561 / men / persons"])
        #expect(result.facts.headerRecords == 3)
    }

    @Test func `of several rows is the same when it is declared`() throws {
        let layout = Layout.yearsAcross(
            place: "จังหวัด",
            headings: [Heading("ครัวเรือนที่สำรวจ", indicator: "population"), Heading("ร้อยละ", indicator: "internet_users")]
        )
        let detected = try ingested(merged, layout)
        let declared = try ingested(merged, layout) {
            $0.skip = 2
            $0.header = 3
        }
        #expect(declared.summary == detected.summary)
        #expect(declared.facts == detected.facts)
        #expect(declared.values.count == 12)
    }

    @Test(arguments: [nil, 3]) func `that lacks a heading which is declared is refused`(_ height: Int?) throws {
        let layout = Layout.yearsAcross(place: "จังหวัด", headings: [Heading("ร้อยละ"), Heading("ครัวเรือนที่สำรวม")])
        let error = try ingestError(merged.utf8, layout) { $0.header = height }
        #expect(error.code == "no-such-heading")
        #expect(error.line == 3)
        #expect(error.hint == "did you mean `ครัวเรือนที่สำรวจ`?")
    }

    @Test func `under which a year has several columns is refused unless one is meant`() throws {
        let error = try ingestError(merged.utf8, .yearsAcross(place: "จังหวัด"))
        #expect(error.code == "ambiguous-column")
        #expect(error.line == 3)
        #expect(error.problem == "3 columns stand for ปี 2558")
        #expect(error.found.contains("column 5, `ปี 2558 / ครัวเรือนที่มีรายได้น้อย / ร้อยละ`"))
    }

    @Test func `stands below titles, blank lines and notes`() throws {
        let result = try ingested(
            "Table 16.2, Population by province\n\n(persons)\n\nProvince,2560,2561\nLoei,1,2\n",
            .yearsAcross(place: "Province")
        )
        #expect(result.summary == ["Loei 2560 total population = 1.0", "Loei 2561 total population = 2.0"])
        #expect(result.facts.skippedRecords == 2)
        #expect(result.values[0].origin.record == 4)
        #expect(result.values[0].origin.line == 6)
    }

    @Test func `takes in the row of units below it`() throws {
        let result = try ingested(
            "จังหวัด,ชาย,หญิง\n,(คน),(คน)\nเลย,1,2\n",
            .indicatorsAcross(place: "จังหวัด", columns: [IndicatorColumn("ชาย", indicator: "population", group: "men")])
        )
        #expect(result.summary == ["เลย 2561 men population = 1.0"])
        #expect(result.values[0].origin.column == "ชาย / (คน)")
    }

    @Test func `is found in another normal form, in quotes over two lines, padded, behind a byte order mark`() throws {
        let decomposed = "Attape\u{75}\u{301}"
        let result = try ingested(
            "\u{FEFF}\" Province\nname \";Attape\u{FA};x\nLoei;1;\n".utf8,
            .indicatorsAcross(
                place: "Province name",
                columns: [IndicatorColumn(.named(decomposed), indicator: "population")]
            )
        )
        #expect(result.summary == ["Loei 2561 total population = 1.0"])
    }

    @Test func `in two languages is one if the source names both, or says that it has two rows`() throws {
        let text = "จังหวัด,2560,2561\nProvince,2017,2018\nเลย,1,2\n"
        let named = try ingested(text, .yearsAcross(place: "จังหวัด / Province"))
        let declared = try ingested(text, .yearsAcross(place: "Province")) { $0.header = 2 }
        #expect(named.values.map(\.number) == [1, 2])
        #expect(declared.values.map(\.number) == [1, 2])
    }

    @Test func `never takes a record of data into itself`() throws {
        let error = try ingestError("จังหวัด,ปี,ร้อยละ\nเลย,2561,3\nน่าน,2561,4\n".utf8, .yearsAcross(place: "จังหวัด"))
        #expect(error.code == "no-value-columns")
    }

    @Test func `may repeat a name that nobody asks for`() throws {
        let text = "จังหวัด,จำนวน,จำนวน,2561\nเลย,1,2,3\n"
        #expect(try ingested(text, .yearsAcross(place: "จังหวัด")).values.count == 1)
        let error = try ingestError(text.utf8, .long(place: "จังหวัด", value: "จำนวน"))
        #expect(error.code == "ambiguous-column")
        #expect(error.found == "column 2, `จำนวน`; column 3, `จำนวน`")
    }

    @Test func `without the column asked for is listed, with the nearest name`() throws {
        let text = "title\n\nจังหวัด,ปี,ร้อยละ\nเลย,2561,3\n"
        let error = try ingestError(text.utf8, .long(place: "จังหวด", value: "ร้อยละ"))
        #expect(
            error.description
                == "figures.csv:3: there is no column `จังหวด`; expected one of the columns of the header; found "
                + "`จังหวัด`, `ปี`, `ร้อยละ`; did you mean `จังหวัด`?"
        )
        let number = try ingestError(text.utf8, .long(place: "จังหวัด", value: 4))
        #expect(number.code == "no-such-column")
        #expect(number.problem == "there is no column 4")
        let years = try ingestError(text.utf8, .yearsAcross(place: "จังหวัด"))
        #expect(years.code == "no-value-columns")
    }

    @Test func `cannot be asked for by name where there is none`() throws {
        let error = try ingestError("Loei,1\n".utf8, .long(place: "place", value: 2)) { $0.header = 0 }
        #expect(error.code == "no-such-column")
        #expect(error.hint.contains("number"))
    }

    @Test func `must tell indicator and year if the source does not`() throws {
        let layout = Layout.long(place: "place", value: "v")
        #expect(try ingestError("place,v\nLoei,1\n".utf8, layout) { $0.year = nil }.code == "no-year")
        #expect(try ingestError("place,v\nLoei,1\n".utf8, layout) { $0.indicator = nil }.code == "no-indicator")
    }
}

@Suite struct `A table of texts` {
    @Test func `has trimmed fields, as many as its header, with their places`() throws {
        let file = try TemporaryFile("\u{FEFF}name;code;;\n\n กระบี่ ;TH-81;;\n;;;\n\"น;าน\";TH-55;;;\n")
        let table = try readTextTable(path: file.path, file: "names.csv")
        #expect(table.file == "names.csv")
        #expect(table.header == ["name", "code", "", ""])
        #expect(table.rows.map(\.fields) == [["กระบี่", "TH-81", "", ""], ["น;าน", "TH-55", "", ""]])
        #expect(table.rows.map(\.record) == [2, 4])
        #expect(table.rows.map(\.line) == [3, 5])
    }

    @Test func `refuses a short record and one with more than the header`() throws {
        for (text, line) in [("a,b\n1,2\n3\n", 3), ("a,b\n1,2,3\n", 2)] {
            let file = try TemporaryFile(text)
            let error = try #require(throws: IngestError.self) { _ = try readTextTable(path: file.path, file: "t.csv") }
            #expect(error.code == "ragged-row")
            #expect(error.line == line)
        }
    }

    @Test func `of unknown make is read leniently: titles passed over, records padded and cut`() throws {
        let file = try TemporaryFile(windows874("ตาราง 1\r\n\r\nที่\tจังหวัด\r\n1\tเลย\t5\r\n2\r\n"))
        let table = try readTextTable(path: file.path, file: "t.txt", isLenient: true)
        #expect(table.header == ["ที่", "จังหวัด"])
        #expect(table.rows.map(\.fields) == [["1", "เลย"], ["2", ""]])
    }

    @Test func `may be a list of one column`() throws {
        let file = try TemporaryFile("จังหวัด\nเลย\nหนองคาย\n")
        let table = try readTextTable(path: file.path, file: "t.txt", isLenient: true)
        #expect(table.header == ["จังหวัด"])
        #expect(table.rows.map(\.fields) == [["เลย"], ["หนองคาย"]])
    }

    @Test func `may have no rows, but not no header`() throws {
        let header = try TemporaryFile("name,code\n")
        #expect(try readTextTable(path: header.path, file: "t.csv").rows.isEmpty)
        let blank = try TemporaryFile("\n\n,,\n")
        let error = try #require(throws: IngestError.self) { _ = try readTextTable(path: blank.path, file: "t.csv") }
        #expect(error.code == "no-records")
    }
}
