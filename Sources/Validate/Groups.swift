/// Positions of observations in groups, one behind the other.
struct Groups {
    /// Of all groups.
    let positions: [Int]
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
        var keys: [GroupKey] = []
        for column in ranks.indices.reversed() {
            let key = GroupKey(ranks[column], of: positions)
            // The key that weighs more than those before it joins the last of them where that makes no long count.
            if let last = keys.indices.last, keys[last].canTake(key) { keys[last].take(key) } else { keys.append(key) }
        }
        var order = Array(positions.indices)
        for key in keys.indices { keys[key].sort(&order) }
        self.positions = order.map { positions[$0] }
        var start = 0
        for end in order.indices.dropFirst() where !Self.agree(order[end - 1], order[end], in: keys) {
            ranges.append(start..<end)
            start = end
        }
        if !positions.isEmpty { ranges.append(start..<positions.count) }
    }

    private static func agree(_ left: Int, _ right: Int, in keys: [GroupKey]) -> Bool {
        for key in keys.indices where keys[key].numbers[left] != keys[key].numbers[right] { return false }
        return true
    }
}

/// For each of some elements a number from 0: of those that agree in one rank or in several the same one, in the order of the ranks.
private struct GroupKey {
    /// One per element.
    private(set) var numbers: [Int]
    /// How many numbers there may be, 1 or more.
    private var count = 1

    /// - Parameters:
    ///   - ranks: One for each position that there is.
    ///   - positions: Of the elements.
    init(_ ranks: [Int], of positions: [Int]) {
        numbers = positions.map { ranks[$0] }
        guard let least = numbers.min(), let greatest = numbers.max() else { return }
        count = greatest - least + 1
        if least != 0 { for element in numbers.indices { numbers[element] -= least } }
    }

    /// Whether both make one key that can be counted in one go: one with no more numbers than elements.
    func canTake(_ other: GroupKey) -> Bool {
        let (product, isTooGreat) = count.multipliedReportingOverflow(by: other.count)
        return !isTooGreat && product <= numbers.count
    }

    /// Becomes the key of what agrees in both, ordered by the other one first.
    mutating func take(_ other: GroupKey) {
        if other.count > 1 {
            for element in numbers.indices { numbers[element] += other.numbers[element] * count }
        }
        count *= other.count
    }

    /// Puts elements in the order of the key, those that agree in it as they were.
    func sort(_ order: inout [Int]) {
        if order.indices.dropFirst().allSatisfy({ numbers[order[$0 - 1]] <= numbers[order[$0]] }) { return }
        // Where the next element of each number comes to stand.
        var next = [Int](repeating: 0, count: count + 1)
        for number in numbers { next[number + 1] += 1 }
        for number in next.indices.dropFirst() { next[number] += next[number - 1] }
        var sorted = order
        for element in order {
            sorted[next[numbers[element]]] = element
            next[numbers[element]] += 1
        }
        order = sorted
    }
}
