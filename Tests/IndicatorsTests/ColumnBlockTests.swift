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
    @Test(arguments: [1, 7, 100, 5000], [1, 3, 40])
    func `are those that are added one by one`(count: Int, run: Int) {
        let codes = (0..<count).map { UInt32($0 / run % 3) }
        let years = (0..<count).map { $0 / run % 5 == 4 ? Int.min : 2000 + $0 / run }
        let values = (0..<count).map { $0 / run % 4 == 3 ? Double.nan : Double($0 / run) * 0.1 }
        var blocks = Table(schema: schema)
        var rows = Table(schema: schema)
        for _ in 0..<2 {
            blocks.append(
                rows: count,
                [
                    .each(.texts(codes: codes, pool: ["ก", "b", "c"])), .each(.integers(years)),
                    .each(.numbers(values)), .same(.text("%")),
                ]
            )
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
            table.append(rows: 1, [.same(.missing), .same(.missing), .same(.missing), .same(.missing)])
        }
        await #expect(processExitsWith: .failure) {
            var table = Table(schema: schema)
            table.append(
                rows: 1,
                [.same(.text("a")), .same(.missing), .each(.numbers([.infinity])), .same(.missing)]
            )
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
