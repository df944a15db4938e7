import Indicators
import Testing

@Suite
struct `A cell by its address` {
    private static let schema = TableSchema(
        name: "gaps",
        title: "",
        columns: [
            Column("indicator", .text, definition: "", isKey: true),
            Column("year", .integer, definition: "", isKey: true),
            Column("ratio", .number, definition: ""),
        ]
    )

    @Test(arguments: ["users", "", "a,b", "a:b", "a\\", "\\,:\\\\:", "x=y", "ก็,ໍ:", "\u{301},\u{301}", " a "])
    func `reads back what a table writes`(value: String) throws {
        var table = Table(schema: Self.schema)
        table.append([.text(value), .integer(2020), .number(1)])
        let address = try CellAddress(parsing: table.address(row: 0, column: 2))
        #expect(address.table == "gaps")
        #expect(address.column == "ratio")
        #expect(address.keys.map(\.column) == ["indicator", "year"])
        #expect(address.keys.map { Array($0.value.utf8) } == [Array(value.utf8), Array("2020".utf8)])
        #expect(address.description == table.address(row: 0, column: 2))
    }

    @Test
    func `numbers the rows of a table without a key from 1`() {
        let schema = TableSchema(name: "findings", title: "", columns: [Column("found", .text, definition: "")])
        var table = Table(schema: schema)
        table.append([.text("a")])
        table.append([.text("b")])
        #expect(table.address(row: 1, column: 0) == "findings:row=2:found")
    }

    @Test(arguments: [
        ("", "not the address of a cell"),
        ("gaps", "not the address of a cell"),
        ("gaps:a=b", "not the address of a cell"),
        (":a=b:ratio", "not the address of a cell"),
        ("gaps:a=b:", "not the address of a cell"),
        ("gaps:a=b:ratio:more", "not the address of a cell"),
        (#"gaps:a=b\:ratio"#, "not the address of a cell"),
        ("gaps:a:ratio", "not a key of an address"),
        ("gaps:=b:ratio", "not a key of an address"),
        ("gaps:a=b,:ratio", "not a key of an address"),
        ("gaps:a=b,a=c:ratio", "a key twice"),
        (#"gaps:a=\b:ratio"#, #"a \ that escapes nothing"#),
    ])
    func `says what is wrong with a text that is none`(text: String, problem: String) {
        let error = #expect(throws: CellAddressError.self) { _ = try CellAddress(parsing: text) }
        #expect(error?.problem == problem)
    }
}
