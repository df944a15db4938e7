import Indicators
import Testing

private let schema = TableSchema(
    name: "blocks",
    title: "Rows that are added together.",
    columns: [
        Column("place", .text, definition: "The key.", isKey: true),
        Column("year", .integer, definition: "The year."),
        Column("value", .number, definition: "The value."),
        Column("unit", .text, definition: "The same in all rows."),
    ]
)

@Suite struct `Rows that are added column by column` {
    /// Short runs, long ones, and none, so that columns are held in either way.
    @Test(arguments: [1, 7, 100, 5000, 60_000], [1, 3, 40])
    func `are those that are added one by one`(count: Int, run: Int) {
        let codes = (0..<count).map { UInt32($0 / run % 3) }
        let years = (0..<count).map { $0 / run % 5 == 4 ? Int.min : 2000 + $0 / run }
        let values = (0..<count).map { $0 / run % 4 == 3 ? Double.nan : Double($0 / run) * 0.1 }
        var blocks = Table(schema: schema)
        var rows = Table(schema: schema)
        let block = RowBlock(
            count: count,
            columns: [
                .each(.texts(codes: codes, pool: ["ก", "b", "c"])), .each(.integers(years)),
                .each(.numbers(values)), .same(.text("%")),
            ]
        )
        blocks.append([block, block])
        for _ in 0..<2 {
            for row in 0..<count {
                rows.append([
                    .text(["ก", "b", "c"][Int(codes[row])]), years[row] == .min ? .missing : .integer(years[row]),
                    values[row].isNaN ? .missing : .number(values[row]), .text("%"),
                ])
            }
        }
        #expect(blocks.rowCount == 2 * count)
        #expect((0..<2 * count).allSatisfy { blocks.row($0) == rows.row($0) })
        let (sorted, expected) = (blocks.sortedByKey(), rows.sortedByKey())
        #expect((0..<2 * count).allSatisfy { sorted.row($0) == expected.row($0) })
    }

    @Test func `a key is not missing, and nothing is infinite`() async {
        await #expect(processExitsWith: .failure) {
            var table = Table(schema: schema)
            table.append([
                RowBlock(count: 1, columns: [.same(.missing), .same(.missing), .same(.missing), .same(.missing)])
            ])
        }
        await #expect(processExitsWith: .failure) {
            var table = Table(schema: schema)
            table.append([
                RowBlock(
                    count: 1,
                    columns: [.same(.text("a")), .same(.missing), .each(.numbers([.infinity])), .same(.missing)]
                )
            ])
        }
    }
}

@Suite struct `The order of the primary key` {
    private static let schema = TableSchema(
        name: "keys",
        title: "Keys of each type.",
        columns: [
            Column("place", .text, definition: "Part of the key.", isKey: true),
            Column("year", .integer, definition: "Part of the key.", isKey: true),
            Column("level", .number, definition: "Part of the key.", isKey: true),
            Column("position", .integer, definition: "Where the row was."),
        ]
    )

    /// Keys of which more or fewer repeat, in runs or not, in order already or not.
    @Test(arguments: [2, 30, 400], [true, false])
    func `is that of a sort of whole rows, and shows what repeats`(spread: Int, isInOrder: Bool) {
        var random = SystemRandomNumberGenerator()
        for count in [0, 1, 2, 50, 600] {
            var keys = (0..<count).map { _ in
                (
                    place: ["ก", "b", "B"].randomElement(using: &random) ?? "", year: Int.random(in: 0..<spread),
                    level: Double(Int.random(in: -1...1)) / 4
                )
            }
            func precedes(_ left: (String, Int, Double), _ right: (String, Int, Double)) -> Bool {
                if left.0 != right.0 { return left.0.utf8.lexicographicallyPrecedes(right.0.utf8) }
                return (left.1, left.2) < (right.1, right.2)
            }
            let sorted = keys.sorted(by: precedes)
            if isInOrder { keys = sorted }
            var table = Table(schema: Self.schema)
            for (position, key) in keys.enumerated() {
                table.append([.text(key.place), .integer(key.year), .number(key.level), .integer(position)])
            }
            let ordered = table.sortedByKey()
            let found = (0..<count).map { ordered.row($0) }
            #expect(found.map { Array($0.prefix(3)) } == sorted.map { [.text($0.0), .integer($0.1), .number($0.2)] })
            // Of one key the row that came first is first.
            for (above, row) in zip(found, found.dropFirst()) where above.prefix(3) == row.prefix(3) {
                #expect(above[3].numeric ?? 0 < row[3].numeric ?? 0)
            }
            let isRepeated = zip(sorted, sorted.dropFirst()).contains { $0 == $1 }
            #expect((table.repeatedKey() != nil) == isRepeated)
            #expect(ordered.repeatedKey() == table.repeatedKey())
            if let last = found.last {
                var longer = ordered
                longer.append([.text("A")] + last.dropFirst())
                #expect(longer.sortedByKey().row(0)[0] == .text("A"))
            }
        }
    }
}

@Suite struct `A panel of many observations` {
    /// More than one thread takes at a time.
    @Test func `is the same whatever their order`() {
        let observations = (0..<240_000).map { index in
            Observation(
                indicator: index % 2 == 0 ? "b" : "a",
                place: String(1000 + index / 2 % 1200),
                year: 2000 + index / 2400,
                value: Double(index)
            )
        }
        for panel in [Panel(observations), Panel(observations.reversed())] {
            #expect(panel.series.map(\.indicator) == ["a", "b"])
            #expect(panel.years == Array(2000..<2100))
            let isEach = (0..<240_000).allSatisfy { index in
                let value = panel.value(series: 1 - index % 2, year: index / 2400, place: index / 2 % 1200)
                return value == Double(index)
            }
            #expect(isEach)
        }
    }
}
