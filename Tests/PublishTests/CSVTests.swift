import Indicators
import Publish
import Testing

@Suite struct `A table as CSV` {
    @Test func `has a header and a row for each row, each ended by LF`() {
        let table = textTable(["a", "b"], [[.text("x"), .text("y")], [.text("1"), .text("2")]])
        #expect(text(csv(table)) == "a,b\nx,y\n1,2\n")
    }

    @Test func `without rows is its header`() {
        #expect(text(csv(textTable(["a", "b"], []))) == "a,b\n")
    }

    @Test func `comes in order of its key, whatever the order of its rows`() {
        let rows: [[Cell]] = [
            [.text("LA-VT"), .integer(2017), .number(1)], [.text("TH-10"), .integer(2009), .number(2)],
            [.text("TH-10"), .integer(2017), .number(3)], [.text("TH-10"), .integer(12_017), .number(4)],
        ]
        let expected = "place,year,value\nLA-VT,2017,1\nTH-10,2009,2\nTH-10,2017,3\nTH-10,12017,4\n"
        for _ in 0..<10 {
            var table = Table(schema: keyedSchema)
            for row in rows.shuffled() { table.append(row) }
            #expect(text(csv(table)) == expected)
        }
    }

    @Test func `without a key keeps its order`() {
        #expect(text(csv(textTable(["a"], [[.text("2")], [.text("1")]]))) == "a\n2\n1\n")
    }

    @Test func `tells a missing cell from an empty text`() {
        let table = textTable(["a", "b"], [[.missing, .text("")], [.text(""), .missing], [.missing, .missing]])
        #expect(text(csv(table)) == "a,b\n,\"\"\n\"\",\n,\n")
    }

    @Test func `has no empty line where its one cell is missing`() {
        #expect(text(csv(textTable(["a"], [[.missing], [.text("x")]]))) == "a\n\"\"\nx\n")
    }

    @Test func `writes whole numbers and numbers as they are`() {
        var table = Table(schema: numberSchema)
        table.append([.integer(9_007_199_254_740_993), .number(9_007_199_254_740_992)])
        table.append([.integer(-1), .number(-0.0)])
        table.append([.integer(0), .number(1e-7)])
        table.append([.integer(.max), .number(1e300)])
        table.append([.missing, .number(.leastNonzeroMagnitude)])
        table.append([.integer(1), .missing])
        let expected = """
            integer,number
            9007199254740993,9007199254740992
            -1,0
            0,1e-07
            9223372036854775807,1e+300
            ,5e-324
            1,

            """
        #expect(text(csv(table)) == expected)
    }

    @Test func `gives back each double bit by bit`() {
        var table = Table(schema: numberSchema)
        var numbers: [Double] = []
        var state: UInt64 = 7
        while numbers.count < 5000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Double(bitPattern: state ^ (state >> 29))
            if number.isFinite && number != 0 { numbers.append(number) }
        }
        for number in numbers { table.append([.missing, .number(number)]) }
        let read = records(csv(table)).dropFirst().map { Double($0[1] ?? "")?.bitPattern }
        #expect(read == numbers.map(\.bitPattern))
    }

    @Test(arguments: [
        ("plain", "plain"), ("a b", "a b"), ("a,b", "\"a,b\""), ("a;b", "a;b"), ("a\"b", "\"a\"\"b\""),
        ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""),
        (" a", "\" a\""), ("a ", "\"a \""), ("a\t", "\"a\t\""), ("จังหวัดเลย", "จังหวัดเลย"), ("'", "'"), ("''", "''"),
        ("2–3", "2–3"), ("๒๕๖๑", "๒๕๖๑"), ("0012", "0012"), ("TRUE", "TRUE"), ("a\u{2028}b", "a\u{2028}b"),
        ("\u{200F}a", "\u{200F}a"), ("\u{FEFF}a", "\u{FEFF}a"), ("1,234", "\"1,234\""), ("#N/A", "#N/A"),
    ])
    func `quotes where a reader needs it and nowhere else`(cell: String, written: String) {
        #expect(text(csv(textTable(["a"], [[.text(cell)]]))) == "a\n\(written)\n")
    }

    @Test(arguments: [
        "=1+1", "=HYPERLINK(\"x\")", "@SUM(A1)", "+cmd", "-cmd", "-", "+", "--1", "-1-1", "+1+1", "-1e", "-1e+",
        "-0x1p3",
        "-inf", "-nan", "- 1", "-1 ", "+๑", "-1%", "-1,5", "-1.2.3", "-.", "＝1", "＋1", "－1", "＠x", "\t=1", "\ta",
        "\r=1",
        "\n=1", "\r\n=1", "=", "@", "+1|cmd",
    ])
    func `makes a formula harmless`(formula: String) throws {
        let read = try #require(records(csv(textTable(["a"], [[.text(formula)]]))).last)
        #expect(read == ["'" + formula])
    }

    @Test(arguments: [
        "-1", "+1", "-1.5", "+0.5", "-.5", "-5.", "-1e5", "-1E-5", "+1.25e+10", "0", "1", "-0", "", "a=1", "1+1", "'=1",
        " =1",
        "−1", "–", "TH-43", "x@y", "-12345678901234567890",
    ])
    func `leaves alone what is no formula`(harmless: String) throws {
        let read = try #require(records(csv(textTable(["a"], [[.text(harmless)]]))).last)
        #expect(read == [harmless])
    }

    @Test func `shows control characters, which readers disagree on, as pictures`() {
        let table = textTable(["a"], [[.text("a\u{0}b\u{1B}[31m\u{7F}\u{B},")]])
        #expect(text(csv(table)) == "a\n\"a␀b␛[31m␡␋,\"\n")
    }

    @Test(arguments: [
        CSVDialect.standard, CSVDialect(excel: true), CSVDialect(semicolon: true),
        CSVDialect(excel: true, decimalComma: true, semicolon: true), CSVDialect(decimalComma: true),
    ])
    func `gives back any text`(dialect: CSVDialect) {
        let rows = hostileTexts(500).map { [Cell.text($0), .missing, .text("end")] }
        let read = records(csv(textTable(["a", "b", "c"], rows), dialect: dialect), dialect: dialect).dropFirst()
        #expect(read.map { $0[1...] } == rows.map { _ in [nil, "end"] })
        // By bytes: Swift's == would take another spelling of the same text.
        #expect(
            read.map { Array(($0[0] ?? "").utf8) }
                == rows.map { Array(disarmed($0[0].text, excel: dialect.excel).utf8) }
        )
    }

    @Test func `is the same bytes in one piece or in many`() {
        let rows = hostileTexts(20_000).map { [Cell.text($0), .text("TH-43")] }
        let table = textTable(["a", "b"], rows)
        var pieces: [[UInt8]] = []
        writeCSV(table) { pieces.append($0) }
        #expect(pieces.count > 3)
        #expect(pieces.allSatisfy { $0.count < 70_000 && !$0.isEmpty })
        #expect(Array(pieces.joined()) == csv(table))
    }

    @Test func `stops when its reader does`() {
        struct Enough: Error {}
        let table = textTable(["a"], hostileTexts(20_000).map { [.text($0)] })
        var pieces = 0
        #expect(throws: Enough.self) {
            try writeCSV(table) { _ in
                pieces += 1
                if pieces == 2 { throw Enough() }
            }
        }
        #expect(pieces == 2)
    }
}

@Suite struct `CSV for spreadsheets` {
    private let table: Table = {
        var table = Table(schema: keyedSchema)
        table.append([.text("ເລີຍ\nx"), .integer(2017), .number(0.5)])
        table.append([.text("a;b,c"), .integer(2017), .number(1.5e-7)])
        return table
    }()

    @Test func `has a byte order mark and CRLF, and leaves line breaks in texts alone`() {
        let bytes = csv(table, dialect: CSVDialect(excel: true))
        #expect(bytes.prefix(3) == [0xEF, 0xBB, 0xBF])
        let expected = "place,year,value\r\n\"a;b,c\",2017,1.5e-07\r\n\"ເລີຍ\nx\",2017,0.5\r\n"
        #expect(text(Array(bytes.dropFirst(3))) == expected)
    }

    @Test func `has semicolon and decimal comma if asked`() {
        let bytes = csv(table, dialect: CSVDialect(excel: true, decimalComma: true, semicolon: true))
        let expected = "place;year;value\r\n\"a;b,c\";2017;1,5e-07\r\n\"ເລີຍ\nx\";2017;0,5\r\n"
        #expect(text(Array(bytes.dropFirst(3))) == expected)
    }

    @Test(arguments: [
        ("007", "'007"), ("00", "'00"), ("0", "0"), ("2561", "2561"), ("1234567890123456", "'1234567890123456"),
        ("123456789012345", "123456789012345"), ("5-9", "'5-9"), ("2018-03-31", "'2018-03-31"), ("3/4", "'3/4"),
        ("1.5", "'1.5"), ("1E5", "'1E5"), ("92%", "'92%"), ("12:30", "'12:30"), ("5-9 years", "5-9 years"),
        ("TH-43", "TH-43"), ("๐๑", "๐๑"), ("-5", "-5"), ("65+", "65+"),
    ])
    func `keeps codes and age bands from becoming numbers and dates, in texts alone`(code: String, expected: String) {
        let codes = textTable(["code"], [[.text(code)]])
        #expect(
            records(csv(codes, dialect: CSVDialect(excel: true)), dialect: CSVDialect(excel: true))[1] == [expected]
        )
        #expect(records(csv(codes))[1] == [code])
    }

    @Test func `quotes a number whose comma would part it`() {
        let bytes = csv(table, dialect: CSVDialect(decimalComma: true))
        #expect(text(bytes) == "place,year,value\n\"a;b,c\",2017,\"1,5e-07\"\n\"ເລີຍ\nx\",2017,\"0,5\"\n")
    }

    @Test func `quotes the separator that it uses`() {
        let bytes = csv(textTable(["a", "b"], [[.text("x,y"), .text("x;y")]]), dialect: CSVDialect(semicolon: true))
        #expect(text(bytes) == "a;b\nx,y;\"x;y\"\n")
    }
}
