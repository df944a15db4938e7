extension Table {
    /// The same rows in order of the primary key: the table itself, without a copy, where they are so already.
    public func inOrder() -> Table {
        isInOrder ? self : sortedByKey()
    }

    /// Whether each row stands behind those that precede it by the primary key.
    private var isInOrder: Bool {
        let columns = schema.keyIndices.map { KeyColumn(cells(ofColumn: $0)) }
        guard !columns.isEmpty, rowCount > 1 else { return true }
        for row in 1..<rowCount {
            for column in columns {
                let (earlier, later) = (column.rank(row - 1), column.rank(row))
                if earlier < later { break }
                if earlier > later { return false }
            }
        }
        return true
    }
}

/// The cells of a key column as numbers that are ordered as they are.
private struct KeyColumn {
    private enum Ranks {
        case codes([UInt32], ranks: [Int])
        case integers([Int])
        case numbers([Double])
    }

    private let ranks: Ranks

    init(_ cells: ColumnCells) {
        switch cells {
        case .texts(let codes, let pool):
            var ranks = [Int](repeating: 0, count: pool.count)
            let sorted = pool.indices.sorted { pool[$0].utf8.lexicographicallyPrecedes(pool[$1].utf8) }
            for (rank, code) in sorted.enumerated() { ranks[code] = rank }
            self.ranks = .codes(codes, ranks: ranks)
        case .integers(let values): ranks = .integers(values)
        case .numbers(let values): ranks = .numbers(values)
        }
    }

    func rank(_ row: Int) -> Double {
        switch ranks {
        // Both are exact: no column has 2^53 texts, and keys are years and counts.
        case .codes(let codes, let ranks):
            codes[row] == ColumnCells.missingCode ? -.infinity : Double(ranks[Int(codes[row])])
        case .integers(let values): values[row] == .min ? -.infinity : Double(values[row])
        case .numbers(let values): values[row].isNaN ? -.infinity : values[row]
        }
    }
}
