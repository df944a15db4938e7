internal import Indicators

/// A cell that was found.
struct CellPosition: Hashable {
    /// In the list of the tables.
    var table: Int
    var row: Int
    var column: Int
}

/// Finds cells among the tables of a run.
struct CellFinder {
    let tables: [Table]

    func failure(_ file: String, _ problem: String, expected: String, found: String = "", hint: String = "")
        -> RunFailure
    {
        RunFailure(Problem(file: file, problem: problem, expected: expected, found: found, hint: hint))
    }

    /// - Throws: ``RunFailure`` that says which part of the address names nothing.
    func find(_ address: CellAddress) throws(RunFailure) -> CellPosition {
        let text = address.description
        let names = tables.map(\.schema.name)
        guard let index = names.firstIndex(of: address.table) else {
            throw failure(
                text,
                "the run has no such table",
                expected: "one of \(names.joined(separator: ", "))",
                found: address.table,
                hint: hint(for: address.table, among: names)
            )
        }
        let schema = tables[index].schema
        let columns = schema.columns.map(\.id)
        guard let column = schema.index(of: address.column) else {
            throw failure(
                text,
                "\(schema.name) has no such column",
                expected: "one of \(columns.joined(separator: ", "))",
                found: address.column,
                hint: hint(for: address.column, among: columns)
            )
        }
        let keys = schema.keyIndices.isEmpty ? [CellAddress.row] : schema.keyIndices.map { columns[$0] }
        for key in address.keys where !keys.contains(key.column) {
            throw failure(
                text,
                "\(schema.name) has no such key",
                expected: keys.joined(separator: ", "),
                found: key.column,
                hint: hint(for: key.column, among: keys)
            )
        }
        for key in keys where !address.keys.contains(where: { $0.column == key }) {
            throw failure(text, "a key is missing", expected: keys.joined(separator: ", "), found: "no \(key)")
        }
        let rows = tables[index].rows(matching: address.keys)
        guard let row = rows.first else {
            throw failure(text, "no such row", expected: "the key of a row", hint: unmet(address.keys, index))
        }
        return CellPosition(table: index, row: row, column: column)
    }

    /// The first key that by itself no row has, with the nearest that one has.
    private func unmet(_ keys: [CellAddress.Key], _ index: Int) -> String {
        let table = tables[index]
        for key in keys where table.rows(matching: [key]).isEmpty {
            guard let column = table.schema.index(of: key.column) else {
                return "\(table.schema.name) has \(table.rowCount) rows"
            }
            let present = Set((0..<table.rowCount).map { table[$0, column].text }).sorted()
            let near = hint(for: key.value, among: present)
            return "no row has \(key.column)=\(key.value)" + (near.isEmpty ? "" : "; \(near)")
        }
        return "each key by itself stands in some row"
    }
}

extension Table {
    /// The rows in which the columns hold these texts, in order; of a table without a key, the row of that number.
    func rows(matching keys: [CellAddress.Key]) -> [Int] {
        var rows: [Int]?
        for key in keys {
            guard let column = schema.index(of: key.column) else {
                guard schema.keyIndices.isEmpty, key.column == CellAddress.row, let number = Int(key.value),
                    (1...max(1, rowCount)).contains(number), rowCount > 0, String(number) == key.value
                else { return [] }
                rows = [number - 1].filter { rows?.contains($0) ?? true }
                continue
            }
            rows = matches(key.value, column: column, among: rows)
        }
        return rows ?? Array(0..<rowCount)
    }

    private func matches(_ value: String, column: Int, among rows: [Int]?) -> [Int] {
        func all(_ isMatch: (Int) -> Bool) -> [Int] {
            rows.map { $0.filter(isMatch) } ?? (0..<rowCount).filter(isMatch)
        }
        switch cells(ofColumn: column) {
        case .texts(let codes, let pool):
            let spelling = Spelling(value)
            let wanted = pool.firstIndex { Spelling($0) == spelling }.map(UInt32.init)
            return wanted.map { wanted in all { codes[$0] == wanted } } ?? []
        case .integers(let integers):
            return Int(value).map { wanted in all { integers[$0] == wanted } } ?? []
        case .numbers(let numbers):
            return all { Cell.format(numbers[$0]) == value }
        }
    }
}
