/// Positions of observations in groups, one behind the other.
struct Groups {
    /// Of all groups.
    private(set) var positions: [Int]
    /// Where each group stands in ``positions``.
    private(set) var ranges: [Range<Int>] = []

    /// Groups the positions that agree in all ranks.
    ///
    /// Counted, not compared: O(n) for each of the ranks, whose range should not be much greater than n.
    ///
    /// - Parameters:
    ///   - positions: In order; each group keeps it.
    ///   - ranks: Of each position, those that weigh most in the order of the groups first.
    init(_ positions: [Int], by ranks: [[Int]]) {
        self.positions = positions
        for column in ranks.indices.reversed() { sort(by: ranks[column]) }
        var start = 0
        for end in self.positions.indices.dropFirst() where !agree(end - 1, end, in: ranks) {
            ranges.append(start..<end)
            start = end
        }
        if !positions.isEmpty { ranges.append(start..<positions.count) }
    }

    private func agree(_ left: Int, _ right: Int, in ranks: [[Int]]) -> Bool {
        for column in ranks.indices where ranks[column][positions[left]] != ranks[column][positions[right]] {
            return false
        }
        return true
    }

    /// Puts the positions in the order of one rank, those that agree in it as they were.
    private mutating func sort(by ranks: [Int]) {
        var (least, greatest) = (Int.max, Int.min)
        var isInOrder = true
        for position in positions {
            let rank = ranks[position]
            isInOrder = isInOrder && rank >= greatest
            least = min(least, rank)
            greatest = max(greatest, rank)
        }
        if isInOrder { return }
        var next = [Int](repeating: 0, count: greatest - least + 2)
        for position in positions { next[ranks[position] - least + 1] += 1 }
        for rank in next.indices.dropFirst() { next[rank] += next[rank - 1] }
        var sorted = positions
        for position in positions {
            let rank = ranks[position] - least
            sorted[next[rank]] = position
            next[rank] += 1
        }
        positions = sorted
    }
}
