import Indicators
import Testing

@testable import Ingest

@Suite struct `Which records and cells are read` {
    static let long = Layout.long(place: "place", year: "year", value: "value")

    @Test func `only those that pass every filter; the others are set aside and counted`() throws {
        let result = try ingested(
            "level,sex,place,year,value\n1, Total ,Loei,2018,1\n2,Total,Muang,2018,2\n1,Male,Loei,2018,3\n",
            Self.long
        ) { $0.filters = [RowFilter("level", isOneOf: ["1"]), RowFilter("sex", isOneOf: ["Total", "Both"])] }
        #expect(result.summary == ["Loei 2018 total population = 1.0"])
        #expect(result.setAside == 2)
        #expect(result.codes == ["filtered-rows"])
    }

    @Test func `with the text above for a blank cell of a merged column`() throws {
        let result = try ingested("place,year,value\nเลย,2560,1\n,2561,2\nน่าน,2560,3\n,2561,4\n", Self.long) {
            $0.fillDown = ["place"]
        }
        #expect(result.values.map(\.place) == ["เลย", "เลย", "น่าน", "น่าน"])
        let refused = try ingested("place,year,value\nเลย,2560,1\n,2561,2\n", Self.long)
        #expect(refused.refused == 1)
        #expect(refused.codes == ["blank-place"])
    }

    @Test func `with the country for a blank place where that is declared`() throws {
        let layout = Layout.long(place: "place", country: "iso", value: "value")
        let result = try ingested("iso,place,value\nLAO,,1\nLAO,Oudomxay,2\n", layout) { $0.blankPlace = .country }
        #expect(result.values.map(\.place) == ["LAO", "Oudomxay"])
    }

    @Test func `but none without a year`() throws {
        let result = try ingested("place,year,value\nLoei,,1\nNan,2018,2\n", Self.long) { $0.year = nil }
        #expect(result.values.map(\.place) == ["Nan"])
        #expect(result.codes == ["blank-year"])
        #expect(result.findings[0].column == "year")
    }

    @Test func `up to the text that ends the table`() throws {
        let result = try ingested("place,year,value\nLoei,2018,1\n,หมายเหตุ: a,\n\"b\nNan,2018,2\n", Self.long) {
            $0.until = "หมายเหตุ"
        }
        #expect(result.values.map(\.place) == ["Loei"])
    }

    @Test func `not blank ones, not notes below the table, not the header again`() throws {
        let result = try ingested(
            """
            place,2560,2561
            เลย,1,2
            ,,
               
            place,2560,2561
            น่าน,,
            ตาก,3,4
            บึงกาฬ,,
            ,,
            สำรวจโดยสำนักงาน,,
            Source: National Statistical Office, 2018
            (a) provisional
            """,
            .yearsAcross(place: "place")
        )
        #expect(result.values.map(\.place) == ["เลย", "เลย", "น่าน", "น่าน", "ตาก", "ตาก", "บึงกาฬ", "บึงกาฬ"])
        #expect(result.values.count { $0.number == nil } == 4)
        #expect(result.codes == ["repeated-header", "note-row", "note-row", "note-row"])
        #expect(result.setAside == 2)
    }

    @Test func `not the cells of ragged records, each with a finding`() throws {
        let result = try ingested(
            "place,2560,2561,,\nเลย,1,2\nน่าน,1\nตาก,3,4,,,,\nตรัง,1,2,,,9\n",
            .yearsAcross(place: "place")
        )
        #expect(result.values.map(\.place) == ["เลย", "เลย", "ตาก", "ตาก"])
        #expect(result.refused == 4)
        #expect(result.findings.map(\.record) == [3, 5])
        #expect(result.findings.map(\.severity) == [.error, .error])
        #expect(result.findings[0].found == "2 fields")
        #expect(result.findings[0].expected == "3 to 5 fields")
    }

    @Test func `with a warning where quotes hold a line break`() throws {
        let result = try ingested("place,year,value\n\"Loei\nNan\",2018,1\nTak,2018,2\n", Self.long)
        #expect(result.codes == ["field-spans-lines"])
        #expect(result.findings[0].line == 2)
        #expect(result.values.last?.origin.record == 3)
        #expect(result.values.last?.origin.line == 4)
    }

    @Test func `not those whose names have lost a letter`() throws {
        let result = try ingested("place,year,value\nเล\u{FFFD},2018,1\nน่าน,2018,2\n", Self.long)
        #expect(result.values.map(\.place) == ["น่าน"])
        #expect(result.codes == ["replacement-character"])
    }

    @Test func `with every unreadable number refused where it stands`() throws {
        let result = try ingested("place,2560,2561\nเลย,\"1,23,456\",\u{1}\nน่าน,5%,7\n", .yearsAcross(place: "place"))
        #expect(result.values.map(\.number) == [7])
        #expect(result.refused == 3)
        #expect(result.findings.map(\.found) == ["1,23,456", "\\u{1}", "5%"])
        #expect(result.findings.map(\.column) == ["2560", "2561", "2560"])
        #expect(result.findings.map(\.record) == [2, 2, 3])
    }

    @Test func `with the first thousand findings of a kind in full and the rest summed up`() throws {
        let rows = (0..<1_500).map { "P\($0),x\n" }.joined()
        let result = try ingested("place,2561\n" + rows + "Loei,1\n", .yearsAcross(place: "place"))
        #expect(result.refused == 1_500)
        #expect(result.findings.count == 1_001)
        #expect(result.findings.last?.found == "500 more")
    }

    @Test func `with a bad standard error left out and the value kept`() throws {
        let layout = Layout.long(place: "place", value: "v", standardError: "se")
        let result = try ingested("place,v,se\nLoei,5,-1\nNan,6,x\nTak,x,1\nTrat,7,0.5\n", layout)
        #expect(result.values.map(\.standardError) == [nil, nil, 0.5])
        #expect(result.codes == ["bad-standard-error", "bad-standard-error", "not-a-number"])
    }

    @Test func `with a cell that is read twice and refused once, which leaves the standard error of the other alone`()
        throws
    {
        let result = try ingested(
            "place,v,se1,se2\nLoei,12%,1,2\nNan,13%,1,x\n",
            .indicatorsAcross(
                place: "place",
                columns: [
                    IndicatorColumn("v", indicator: "internet_users", standardError: "se1"),
                    IndicatorColumn(2, indicator: "population", standardError: "se2"),
                ]
            )
        ) {
            $0.unit = ""
            $0.indicator = nil
        }
        #expect(result.values.map(\.indicator) == ["internet_users", "internet_users"])
        #expect(result.values.map(\.standardError) == [1, 1])
        #expect(result.refused == 2)
        #expect(!result.codes.contains("bad-standard-error"))
    }

    @Test func `with the limits beside a value as they stand, and none where one is unreadable`() throws {
        let interval = IntervalColumns(low: "from", high: "to", form: IntervalForm(confidence: 0.9, scale: .logit))
        let layout = Layout.long(place: "place", value: "v", interval: interval)
        let result = try ingested(
            "from,place,v,to\n4.5,Loei,5,5.5%\n-,Nan,6,7\n-,Tak,7,-\nx,Trat,8,9\n1,Nan,-,2\n1,Nan,y,2\n",
            layout
        )
        #expect(result.values.map(\.number) == [5, 6, 7, 8, nil])
        #expect(result.codes == ["bad-confidence-limit", "not-a-number"])
        let first = try #require(result.values[0].interval)
        #expect(first.form == interval.form)
        #expect([first.low.number, first.high.number] == [4.5, 5.5])
        #expect([first.low.field, first.high.field] == [1, 4])
        #expect([first.low.column, first.high.column] == ["from", "to"])
        #expect(first.high.text == "5.5%")
        let second = try #require(result.values[1].interval)
        #expect([second.low.number, second.high.number] == [nil, 7])
        #expect(result.values[2].interval == nil)
        #expect(result.values[3].interval == nil)
        #expect(result.findings[0].column == "from")
        let cell = result.values[0].cell(of: first.high)
        #expect(cell.text == "5.5%")
        #expect(cell.origin == Origin(file: "figures.csv", record: 2, line: 2, field: 4, column: "to"))
    }

    @Test func `with limits of several columns of one record`() throws {
        let result = try ingested(
            "place,a,a low,a high,b\nLoei,5,4,6,7\n",
            .indicatorsAcross(
                place: "place",
                columns: [
                    IndicatorColumn("a", indicator: "population", interval: .init(low: "a low", high: "a high")),
                    IndicatorColumn("b", indicator: "internet_users"),
                ]
            )
        )
        #expect(result.values.map { $0.interval?.low.number } == [4, nil])
        #expect(result.values[0].interval?.form == IntervalForm(confidence: 0.95, scale: .linear))
        #expect(result.codes == [])
        let error = try ingestError(
            "place,v,low\nLoei,5,4\n".utf8,
            .long(place: "place", value: "v", interval: .init(low: "low", high: "high"))
        )
        #expect(error.code == "no-such-column")
    }

    @Test func `without the footnote marks that are declared on places`() throws {
        let result = try ingested("place,2561*\nພົງສາລີ[໑],\"420,950[໑]\"\n", .yearsAcross(place: "place")) {
            $0.footnotes = ["[໑]", "*"]
        }
        #expect(result.summary == ["ພົງສາລີ 2561 total population = 420950.0"])
        #expect(result.values[0].text == "420,950[໑]")
    }
}
