extension Table {
    /// The same rows in the order of the primary key: texts by Unicode scalar, numbers by size, missing first; the table itself,
    /// without a copy, where they are so already.
    ///
    /// A table whose schema has no key keeps its order.
    public func sortedByKey() -> Table {
        if isSorted { return self }
        guard ties == nil else {
            var same = self
            same.isSorted = true
            return same
        }
        return reordered(orderByKey(keyRanks()))
    }

    /// A key that two rows share, as addresses spell it; `nil` where each row has its own, or the schema no key.
    public func repeatedKey() -> String? {
        guard !schema.keyIndices.isEmpty else { return nil }
        let repeated: Int?
        if let ties {
            repeated = ties.indices.dropFirst().first { ties[$0] }.map { $0 - 1 }
        } else {
            let ranks = keyRanks()
            let order = orderByKey(ranks)
            repeated =
                zip(order, order.dropFirst()).first { earlier, later in
                    ranks.allSatisfy { $0[earlier] == $0[later] }
                }?.0
        }
        return repeated.map { cellAddress(row: $0, column: 0).rowText }
    }

    /// For each row but the first whether it has the key of the one above; `nil` where a row comes before the one above.
    private var ties: [Bool]? {
        var isTied = [Bool](repeating: true, count: rowCount)
        for column in schema.columns.indices where schema.columns[column].isKey {
            guard storage[column].isInOrder(where: &isTied) else { return nil }
        }
        return isTied
    }

    private func keyRanks() -> [[Int]] {
        schema.keyIndices.map { storage[$0].sortRanks() }
    }

    private func orderByKey(_ ranks: [[Int]]) -> [Int] {
        (0..<rowCount).sorted { left, right in
            for rank in ranks where rank[left] != rank[right] { return rank[left] < rank[right] }
            return left < right
        }
    }
}
