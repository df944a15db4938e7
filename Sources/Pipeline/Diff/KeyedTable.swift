internal import Indicators

/// A table whose rows are found by their primary key.
struct KeyedTable {
    let table: Table
    /// Whether only its numbers are known, as the history has them.
    var hasNumbersOnly = false
    private let rows: [Key: Int]

    /// What stands in the key columns, in their order.
    struct Key: Hashable {
        var texts: [String]
    }

    init(_ table: Table) {
        self.table = table
        let keys = table.schema.keyIndices
        var rows: [Key: Int] = [:]
        rows.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount { rows[Self.key(of: row, in: table, keys)] = row }
        self.rows = rows
    }

    func key(ofRow row: Int) -> Key {
        Self.key(of: row, in: table, table.schema.keyIndices)
    }

    private static func key(of row: Int, in table: Table, _ keys: [Int]) -> Key {
        Key(texts: keys.map { table[row, $0].text })
    }

    func row(_ key: Key) -> Int? { rows[key] }

    /// The cell in a row and a column, missing where there is no such row or column.
    func cell(_ key: Key, _ column: String) -> Cell {
        guard let row = rows[key], let index = table.schema.index(of: column) else { return .missing }
        return table[row, index]
    }

    /// The columns of the key, by which rows of two tables can be held against each other.
    var keyColumns: [String] {
        table.schema.keyIndices.map { table.schema.columns[$0].id }
    }
}
