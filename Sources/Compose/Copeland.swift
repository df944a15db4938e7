/// How much of the weight speaks for the one place against the other: Σw where it is better and half of Σw where they
/// are equal, over Σw of the children that both have.
///
/// - Parameters:
///   - columns: One for each child, one score for each place, NaN where there is none.
///   - weights: One for each child, not negative.
/// - Returns: By place, then place, from 0 to 1; 1/2 on the diagonal, NaN where the two have no child of positive weight in
///   common. A child that one of the two lacks counts for neither. Takes the square of the number of places.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 6, non-compensatory methods.
package func outranking(_ columns: [[Double]], weights: [Double]) -> [[Double]] {
    let count = columns.first?.count ?? 0
    var matrix = [[Double]](repeating: [Double](repeating: 0.5, count: count), count: count)
    for left in 0..<count {
        for right in 0..<count where right != left {
            var better = 0.0
            var total = 0.0
            for (column, weight) in zip(columns, weights) where weight > 0 {
                let (x, y) = (column[left], column[right])
                if x.isNaN || y.isNaN { continue }
                total += weight
                better += x > y ? weight : x == y ? weight / 2 : 0
            }
            matrix[left][right] = better / total
        }
    }
    return matrix
}

extension Aggregator {
    /// Shares that are this near to one half are a tie.
    private static let tie = 1e-12

    /// The column of a node by Copeland's method in one year. Places without enough children are nobody's opponent.
    mutating func fillCopeland(_ node: IndexPlan.Node, _ weights: [Double], _ year: Int, _ cells: inout Cells) {
        let range = rows.year(year)
        let children = node.children.filter { weights[$0] > 0 }
        var opponents: [Int] = []
        scaled.removeAll(keepingCapacity: true)
        for row in range {
            let present = children.count { !cells[$0, row].isNaN }
            cells[node.slot, row] = .nan
            guard isCovered(present: present, of: children.count, node) else { continue }
            opponents.append(row)
            for child in children { scaled.append(cells[child, row]) }
        }
        var scores = [Int](repeating: 0, count: opponents.count)
        let width = children.count
        for left in opponents.indices {
            for right in opponents.indices.dropFirst(left + 1) {
                var better = 0.0
                var total = 0.0
                for index in 0..<width {
                    let x = scaled[left * width + index]
                    let y = scaled[right * width + index]
                    if x.isNaN || y.isNaN { continue }
                    let weight = weights[children[index]]
                    total += weight
                    better += x > y ? weight : x == y ? weight / 2 : 0
                }
                guard total > 0 else { continue }
                let lead = better / total - 0.5
                if abs(lead) <= Self.tie { continue }
                scores[left] += lead > 0 ? 1 : -1
                scores[right] -= lead > 0 ? 1 : -1
            }
        }
        for (row, score) in zip(opponents, scores) { cells[node.slot, row] = Double(score) }
    }
}
