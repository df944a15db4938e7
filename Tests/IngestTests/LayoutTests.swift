import Indicators
import Testing

@testable import Ingest

@Suite struct `The four layouts` {
    @Test func `read one value a record`() throws {
        let result = try ingested(
            """
            country,province,code,year,sex,measure,value,se
            TH,เลย,TH-42,2561,ชาย,ใช้อินเทอร์เน็ต,37.5%,1.2
            TH,เลย,TH-42,2561,หญิง,ใช้อินเทอร์เน็ต,40.1%,-
            TH,เลย,TH-42,2561,รวม,ประชากร,"642,950",

            """,
            .long(
                place: "province",
                placeCode: "code",
                country: "country",
                year: "year",
                indicator: Classifier(
                    "measure",
                    meanings: ["ใช้อินเทอร์เน็ต": "internet_users", "ประชากร": "population"]
                ),
                group: Classifier("sex", meanings: ["ชาย": "men", "หญิง": "women", "รวม": "total"]),
                value: "value",
                standardError: "se"
            )
        ) { $0.indicator = nil }
        #expect(
            result.summary == [
                "เลย 2561 men internet_users = 37.5", "เลย 2561 women internet_users = 40.1",
                "เลย 2561 total population = 642950.0",
            ]
        )
        #expect(result.values.map(\.standardError) == [1.2, nil, nil])
        #expect(
            result.values[0]
                == RawValue(
                    indicator: "internet_users",
                    place: "เลย",
                    placeCode: "TH-42",
                    country: "TH",
                    period: "2561",
                    group: "men",
                    text: "37.5%",
                    reading: .number(37.5),
                    standardError: 1.2,
                    origin: Origin(file: "figures.csv", record: 2, line: 2, field: 7, column: "value")
                )
        )
    }

    @Test func `read years across, descending, with eras beside them`() throws {
        let result = try ingested(
            "ภาค,จังหวัด,2561 (2018),พ.ศ. 2560,๒๕๕๙,หมายเหตุ\nเหนือ,น่าน,3,2,1,x\n",
            .yearsAcross(place: "จังหวัด")
        )
        #expect(
            result.summary == [
                "น่าน 2561 (2018) total population = 3.0", "น่าน พ.ศ. 2560 total population = 2.0",
                "น่าน ๒๕๕๙ total population = 1.0",
            ]
        )
        #expect(result.values.map(\.origin.field) == [3, 4, 5])
    }

    @Test func `tell of numbers under a header that is no year, and warn where one stands in it`() throws {
        let text = "ลำดับ,จังหวัด,2559,2560*,2561 p,หมายเหตุ,\n1,น่าน,-,2,,x,\n2,เลย,3,4,5,y,\n"
        let result = try ingested(text, .yearsAcross(place: "จังหวัด"))
        #expect(result.summary == ["น่าน 2559 total population = missing", "เลย 2559 total population = 3.0"])
        let passedOver = result.findings.filter { $0.code == "column-passed-over" }
        #expect(passedOver.map(\.severity) == [.note, .warning, .warning])
        #expect(passedOver.map(\.column) == ["ลำดับ", "2560*", "2561 p"])
        #expect(passedOver.map(\.record) == [2, 2, 3])
        let marked = try ingested(text, .yearsAcross(place: "จังหวัด")) { $0.footnotes = ["*", "p"] }
        #expect(marked.values.count == 6)
        #expect(marked.findings.filter { $0.code == "column-passed-over" }.map(\.column) == ["ลำดับ"])
    }

    @Test func `tell of numbers under no header between places across`() throws {
        let result = try ingested("ปี,เลย,,น่าน\n2560,1,2,3\n", .placesAcross(year: "ปี"))
        #expect(result.values.count == 2)
        #expect(result.findings.filter { $0.code == "column-passed-over" }.map(\.severity) == [.note])
    }

    @Test func `name the header, not the data, where a column of two rows is misspelt`() throws {
        let error = #expect(throws: IngestError.self) {
            try ingested(
                "จังหวัด,ผู้ใช้คอมพิวเตอร์,\n,จำนวน,ร้อยละ\nเลย,100,10\n",
                .indicatorsAcross(place: "จังหวัด", columns: [IndicatorColumn("computer", indicator: "population")])
            ) {
                $0.indicator = nil
                $0.year = "2561"
            }
        }
        #expect(error?.line == 1)
        #expect(error?.problem.contains("computer") == true)
        #expect(error?.found.contains("ผู้ใช้คอมพิวเตอร์ / จำนวน") == true)
    }

    @Test func `read years across whose headers do not say so`() throws {
        let result = try ingested(
            "จังหวัด,ปีแรก,ปีหลัง\nน่าน,1,2\n",
            .yearsAcross(place: "จังหวัด", years: [YearColumn("ปีแรก", year: "2550"), YearColumn(3, year: "2551")])
        )
        #expect(result.summary == ["น่าน 2550 total population = 1.0", "น่าน 2551 total population = 2.0"])
    }

    @Test func `read indicators and groups across, with units in the headers`() throws {
        let result = try ingested(
            "จังหวัด,ปี,ชาย (คน),หญิง (คน),ผู้ใช้ (%)\nน่าน,2561,10,11,55.5\n",
            .indicatorsAcross(
                place: "จังหวัด",
                year: "ปี",
                columns: [
                    IndicatorColumn("หญิง", indicator: "population", group: "women"),
                    IndicatorColumn("ชาย (คน)", indicator: "population", group: "men"),
                    IndicatorColumn(5, indicator: "internet_users"),
                ]
            )
        )
        #expect(
            result.summary == [
                "น่าน 2561 women population = 11.0", "น่าน 2561 men population = 10.0",
                "น่าน 2561 total internet_users = 55.5",
            ]
        )
    }

    @Test func `read places across, a record for each year`() throws {
        let result = try ingested(
            "ปี,ນະຄອນຫຼວງວຽງຈັນ,ຜົ້ງສາລີ,หมายเหตุ\n2560,1,2,ก\n2561,3,-,ข\n",
            .placesAcross(year: "ปี", ignoring: ["หมายเหตุ"])
        )
        #expect(
            result.summary == [
                "ນະຄອນຫຼວງວຽງຈັນ 2560 total population = 1.0", "ຜົ້ງສາລີ 2560 total population = 2.0",
                "ນະຄອນຫຼວງວຽງຈັນ 2561 total population = 3.0", "ຜົ້ງສາລີ 2561 total population = missing",
            ]
        )
    }

    @Test func `read places across under groups, a record for each indicator`() throws {
        let result = try ingested(
            "ตัวชี้วัด,เลย,,น่าน,\n,ชาย,หญิง,ชาย,หญิง\nประชากร,1,2,3,4\nหนี้,5,6,7,8\n",
            .placesAcross(
                indicator: Classifier("ตัวชี้วัด", meanings: ["ประชากร": "population"]),
                headings: [Heading("ชาย", group: "men"), Heading("หญิง", group: "women")]
            )
        ) { $0.indicator = nil }
        #expect(
            result.summary == [
                "เลย 2561 men population = 1.0", "เลย 2561 women population = 2.0",
                "น่าน 2561 men population = 3.0", "น่าน 2561 women population = 4.0",
            ]
        )
        #expect(result.setAside == 4)
        #expect(result.findings.map(\.found) == ["หนี้ in 1 records"])
        #expect(result.facts.headerRecords == 2)
    }

    @Test func `take country, group, year and indicator of the file where no column tells them`() throws {
        let result = try ingested("place,v\nVientiane,5\n", .long(place: "place", value: "v")) {
            $0.country = "LA"
            $0.group = "urban"
            $0.year = "2018-03"
            $0.indicator = "internet_users"
        }
        #expect(result.summary == ["Vientiane 2018-03 urban internet_users = 5.0"])
        #expect(result.values[0].country == "LA")
    }

    @Test func `join the year with its part, in a column of its own or in the header`() throws {
        let layout = Layout.long(place: "place", year: "year", value: "v")
        let months = try ingested(
            "place,year,month,v\nLoei,2561,3,1\nLoei,2561,๑๒,2\nLoei,2561,มีนาคม,3\nLoei,2561,,4\n",
            layout
        ) {
            $0.partOfYear = PartOfYear("month", unit: .month)
        }
        #expect(months.values.map(\.period) == ["2561-03", "2561-12", "2561 มีนาคม", "2561"])
        let quarters = try ingested("place,year,q,v\nLoei,2561,3,1\nLoei,2561,Q4,2\n", layout) {
            $0.partOfYear = PartOfYear("q", unit: .quarter)
        }
        #expect(quarters.values.map(\.period) == ["2561 Q3", "2561 Q4"])
        let across = try ingested(
            "place,Q1/2561,ม.ค. 2561,2018-03,2019 [YR2019]\nLoei,1,2,3,4\n",
            .yearsAcross(place: "place")
        )
        #expect(across.values.map(\.period) == ["Q1/2561", "ม.ค. 2561", "2018-03", "2019"])
    }

    @Test func `read a table without a header by the numbers of its columns`() throws {
        let result = try ingested(
            "TH-42,เลย,1\nTH-55,น่าน,2\n",
            .indicatorsAcross(place: 2, placeCode: 1, columns: [IndicatorColumn(3, indicator: "population")])
        ) { $0.header = 0 }
        #expect(result.summary == ["เลย 2561 total population = 1.0", "น่าน 2561 total population = 2.0"])
        #expect(result.values[0].origin.column == "3")
        #expect(result.facts.headerRecords == 0)
    }

    @Test func `hand on the same values whatever separates the fields`() throws {
        let text = "จังหวัด|2561|2562\nเลย|1.5|-\nน่าน|\"a|b\"|7\n"
        let expected = [
            "เลย 2561 total population = 1.5", "เลย 2562 total population = missing", "น่าน 2562 total population = 7.0",
        ]
        for separator in [",", ";", "\t"] {
            let bytes = text.replacing("|", with: separator)
            let result = try ingested(bytes, .yearsAcross(place: "จังหวัด"))
            #expect(result.summary == expected)
            #expect(result.facts.delimiter == separator.utf8.first)
        }
        let declared = try ingested(text, .yearsAcross(place: "จังหวัด")) { $0.delimiter = .byte(UInt8(ascii: "|")) }
        #expect(declared.summary == expected)
    }

    @Test func `tell the semicolon from the decimal comma`() throws {
        let result = try ingested("Province;2561;2562\nLoei;1,5;2,5\nNan;3,5;4,5\n", .yearsAcross(place: "Province")) {
            $0.numbers.decimal = .comma
        }
        #expect(result.values.map(\.number) == [1.5, 2.5, 3.5, 4.5])
        #expect(result.facts.delimiter == UInt8(ascii: ";"))
    }
}
