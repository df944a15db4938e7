import Indicators

/// A table of values by year with its years as columns: for tables of more rows than a sheet has.
///
/// It asks for the columns `year` and `value`, and for a primary key of which `year` is a part. A row is one key without
/// its year; a cell the value in that year, missing where the table has none.
struct YearsAcross {
    /// In order, each once.
    let years: [Int]
    /// The key columns but `year`, in the order of the schema.
    let keys: [Int]
    /// How many rows there are.
    let rowCount: Int
    private let table: Table
    private let yearCells: [Int]
    private let yearPosition: [Int: Int]
    /// Of each key column, before `year` and behind it, a number for each row: the same for the same text.
    private let before: [KeyCodes]
    private let behind: [KeyCodes]

    /// `nil` where the table has no such columns.
    ///
    /// - Parameter table: In order of its key.
    init?(_ table: Table) {
        guard let year = table.schema.index(of: "year"), table.schema.columns[year].isKey,
            let value = table.schema.index(of: "value"), table.schema.columns[value].type == .number,
            case .integers(let yearCells) = table.cells(ofColumn: year)
        else { return nil }
        self.table = table
        self.yearCells = yearCells
        years = Set(yearCells).sorted()
        yearPosition = Dictionary(uniqueKeysWithValues: years.enumerated().map { ($1, $0) })
        keys = table.schema.keyIndices.filter { $0 != year }
        before = keys.filter { $0 < year }.map { KeyCodes(table.cells(ofColumn: $0)) }
        behind = keys.filter { $0 > year }.map { KeyCodes(table.cells(ofColumn: $0)) }
        var count = 0
        Self.blocks(before, behind, table.rowCount) { count += $0.count }
        rowCount = count
    }

    /// Hands over the rows in order: a row of the table that has its key, and the row of the table for each year,
    /// `nil` where there is none.
    func forEachRow(_ use: (_ row: Int, _ rows: [Int?]) -> Void) {
        Self.blocks(before, behind, table.rowCount) { block in
            for rows in block {
                var across = [Int?](repeating: nil, count: years.count)
                for row in rows { across[yearPosition[yearCells[row]] ?? 0] = row }
                use(rows[0], across)
            }
        }
    }

    /// Hands over the rows that share what is before the year, put together by what is behind it.
    private static func blocks(
        _ before: [KeyCodes],
        _ behind: [KeyCodes],
        _ rowCount: Int,
        _ use: ([[Int]]) -> Void
    ) {
        var start = 0
        while start < rowCount {
            var end = start + 1
            while end < rowCount, before.allSatisfy({ $0[end] == $0[start] }) { end += 1 }
            var positions: [[Int]: Int] = [:]
            var block: [[Int]] = []
            for row in start..<end {
                let key = behind.map { $0[row] }
                if let position = positions[key] {
                    block[position].append(row)
                } else {
                    positions[key] = block.count
                    block.append([row])
                }
            }
            use(block)
            start = end
        }
    }
}

/// The cells of a key column as whole numbers, equal where they are.
private struct KeyCodes {
    private let codes: [UInt32]
    private let integers: [Int]
    private let numbers: [Double]

    init(_ cells: ColumnCells) {
        (codes, integers, numbers) =
            switch cells {
            case .texts(let codes, _): (codes, [], [])
            case .integers(let values): ([], values, [])
            case .numbers(let values): ([], [], values)
            }
    }

    subscript(row: Int) -> Int {
        if !codes.isEmpty { return Int(codes[row]) }
        if !integers.isEmpty { return integers[row] }
        return Int(bitPattern: UInt(numbers[row].bitPattern))
    }
}
