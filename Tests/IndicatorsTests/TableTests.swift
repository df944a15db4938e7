import Indicators
import Testing

@Suite struct `A table` {
    @Test func `gives back the cells it was given, by position and by name`() {
        let table = TableTests.table([[.text("TH-43"), .integer(2017), .number(52.8), .text("survey")]])
        #expect(table.rowCount == 1)
        #expect(table[0, 1] == .integer(2017))
        #expect(table[0, "value"] == .number(52.8))
        #expect(table.row(0) == [.text("TH-43"), .integer(2017), .number(52.8), .text("survey")])
    }

    @Test func `tells a missing cell from an empty text and from zero`() {
        let table = TableTests.table([
            [.text(""), .integer(0), .missing, .missing],
            [.text("a"), .integer(0), .number(0), .text("")],
        ])
        #expect(table[0, "value"] == .missing)
        #expect(table[0, "note"] == .missing)
        #expect(table[1, "value"] == .number(0))
        #expect(table[1, "note"] == .text(""))
    }

    @Test func `holds a whole number in a column of numbers as that number`() {
        let table = TableTests.table([[.text("a"), .integer(1), .integer(7), .missing]])
        #expect(table[0, "value"] == .number(7))
    }

    @Test func `keeps the spelling of texts that Swift calls equal`() {
        // Vowel before tone and tone before vowel: canonically equivalent, different bytes.
        let spellings = ["ก\u{E38}\u{E48}", "ก\u{E48}\u{E38}", "\u{E9}", "e\u{301}"]
        #expect(spellings[0] == spellings[1])
        var table = Table(
            schema: TableSchema(name: "t", title: "", columns: [Column("text", .text, definition: "")])
        )
        for spelling in spellings + spellings { table.append([.text(spelling)]) }
        let found = (0..<table.rowCount).map { Array(table[$0, 0].text.utf8) }
        #expect(found == (spellings + spellings).map { Array($0.utf8) })
    }

    @Test func `stores a text that repeats without mixing up its neighbours`() {
        var rows: [[Cell]] = []
        for index in 0..<1000 {
            rows.append([.text("p\(index % 95)"), .integer(index), .missing, index % 3 == 0 ? .missing : .text("x")])
        }
        let table = TableTests.table(rows)
        #expect((0..<1000).allSatisfy { table.row($0) == rows[$0] })
    }
}

@Suite struct `The order of a table` {
    @Test func `follows the key columns in their order, whatever the order of the rows`() {
        let expected: [[Cell]] = [
            [.text("LA-VT"), .integer(2016), .number(3), .missing],
            [.text("LA-VT"), .integer(2017), .number(1), .missing],
            [.text("TH-10"), .integer(2015), .number(2), .missing],
        ]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let sorted = TableTests.table(order.map { expected[$0] }).sortedByKey()
            #expect((0..<3).map { sorted.row($0) } == expected)
        }
    }

    @Test func `goes by Unicode scalar, not by language`() {
        let words = ["Z", "a", "ö", "ก", "ກ", "\u{FFFD}", "😀"]
        let sorted = TableTests.table(words.reversed().map { [.text($0), .integer(1), .missing, .missing] })
            .sortedByKey()
        #expect((0..<words.count).map { sorted[$0, 0].text } == words)
    }

    @Test func `tells whole numbers apart that no double can tell apart`() {
        let first = 9_007_199_254_740_992
        let sorted = TableTests.table([
            [.text("a"), .integer(first + 1), .missing, .missing],
            [.text("a"), .integer(first), .missing, .missing],
        ]).sortedByKey()
        #expect(sorted[0, 1] == .integer(first))
    }

    @Test func `puts numbers by size across zero`() {
        let numbers: [Double] = [-1e300, -2, -0.5, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1, 10, 1e300]
        let schema = TableSchema(
            name: "t",
            title: "",
            columns: [Column("n", .number, definition: "", isKey: true)]
        )
        var table = Table(schema: schema)
        for number in numbers.reversed() { table.append([.number(number)]) }
        let sorted = table.sortedByKey()
        #expect((0..<numbers.count).map { sorted[$0, 0].numeric } == numbers)
    }

    @Test func `stays as given where there is no key`() {
        var table = Table(schema: TableSchema(name: "t", title: "", columns: [Column("n", .integer, definition: "")]))
        for number in [3, 1, 2] { table.append([.integer(number)]) }
        let sorted = table.sortedByKey()
        #expect((0..<3).map { sorted[$0, 0] } == [.integer(3), .integer(1), .integer(2)])
        #expect(sorted.repeatedKey() == nil)
    }

    @Test func `shows a key that two rows share`() {
        let once = TableTests.table([
            [.text("a"), .integer(1), .missing, .missing], [.text("a"), .integer(2), .missing, .missing],
        ])
        #expect(once.repeatedKey() == nil)
        let twice = TableTests.table([
            [.text("b"), .integer(2), .number(1), .missing],
            [.text("a"), .integer(2), .missing, .missing],
            [.text("b"), .integer(2), .number(3), .missing],
        ])
        #expect(twice.repeatedKey() == "place=b,year=2")
    }
}

@Suite struct `The address of a cell` {
    @Test func `names table, key and column`() {
        let table = TableTests.table([[.text("TH-43"), .integer(2017), .number(52.8), .missing]])
        #expect(table.address(row: 0, column: 2) == "observations:place=TH-43,year=2017:value")
    }

    @Test func `is never that of another cell`() {
        let table = TableTests.table([
            [.text("a,year=1"), .integer(1), .missing, .missing],
            [.text("a"), .integer(1), .missing, .missing],
            [.text("a\\"), .integer(1), .missing, .missing],
            [.text("a:value"), .integer(1), .missing, .missing],
        ])
        #expect(table.address(row: 0, column: 2) == #"observations:place=a\,year=1,year=1:value"#)
        #expect(table.address(row: 2, column: 2) == #"observations:place=a\\,year=1:value"#)
        #expect(table.address(row: 3, column: 2) == #"observations:place=a\:value,year=1:value"#)
    }
}

@Suite struct `A table refuses` {
    @Test func `a row of another width`() async {
        await #expect(processExitsWith: .failure) {
            _ = TableTests.table([[.text("a"), .integer(1)]])
        }
    }

    @Test func `a key cell that is missing`() async {
        await #expect(processExitsWith: .failure) {
            _ = TableTests.table([[.missing, .integer(1), .missing, .missing]])
        }
    }

    @Test func `a text among numbers`() async {
        await #expect(processExitsWith: .failure) {
            _ = TableTests.table([[.text("a"), .integer(1), .text("52.8"), .missing]])
        }
    }

    @Test func `a fraction among whole numbers`() async {
        await #expect(processExitsWith: .failure) {
            _ = TableTests.table([[.text("a"), .number(1.5), .missing, .missing]])
        }
    }

    @Test func `a number that is not finite`() async {
        await #expect(processExitsWith: .failure) {
            _ = TableTests.table([[.text("a"), .integer(1), .number(.nan), .missing]])
        }
        await #expect(processExitsWith: .failure) {
            _ = TableTests.table([[.text("a"), .integer(1), .number(.infinity), .missing]])
        }
    }

    @Test func `two columns of one name`() async {
        await #expect(processExitsWith: .failure) {
            _ = TableSchema(
                name: "t",
                title: "",
                columns: [Column("a", .text, definition: ""), Column("a", .text, definition: "")]
            )
        }
    }

    @Test func `to name a column that it does not have`() async {
        await #expect(processExitsWith: .failure) {
            _ = TableTests.table([[.text("a"), .integer(1), .missing, .missing]])[0, "valeu"]
        }
    }
}

enum TableTests {
    /// Rows of place, year (the key), value and note.
    static func table(_ rows: [[Cell]]) -> Table {
        var table = Table(
            schema: TableSchema(
                name: "observations",
                title: "One value.",
                columns: [
                    Column("place", .text, definition: "Where.", isKey: true),
                    Column("year", .integer, unit: "years", definition: "When.", isKey: true),
                    Column("value", .number, unit: "indicator", definition: "How much."),
                    Column("note", .text, definition: "What else."),
                ]
            )
        )
        for row in rows { table.append(row) }
        return table
    }
}
