import Indicators

/// What the scores of one group rest on, by slot and row.
struct Coverage: Sendable {
    /// By node, then row: how many children of positive weight there are, and how many of them have a score.
    private(set) var counted: [Int32]
    private(set) var present: [Int32]
    /// By slot, then row: the part of the weight, down to the indicators, that rests on scores that are there; from 0 to 1.
    private(set) var shares: [Double]
    private let composition: Composition
    private let group: Int

    init(_ composition: Composition, group: Int) {
        self.composition = composition
        self.group = group
        let plan = composition.plan
        let rowCount = composition.rows.count
        counted = [Int32](repeating: 0, count: plan.nodes.count * rowCount)
        present = counted
        shares = [Double](repeating: 0, count: plan.slotCount * rowCount)
        let cells = composition.cells[group]
        for cell in 0..<plan.leafCount * rowCount where !cells.values[cell].isNaN { shares[cell] = 1 }
        for (index, node) in plan.nodes.enumerated() { count(node, at: index, cells) }
    }

    private mutating func count(_ node: IndexPlan.Node, at index: Int, _ cells: Cells) {
        let rowCount = cells.rowCount
        var weightSums = [Double](repeating: 0, count: rowCount)
        for child in node.children {
            let populations = composition.populations[group][child]
            for row in 0..<rowCount {
                var weight = composition.weights[child]
                if !populations.isEmpty { weight *= populations[row] }
                guard weight > 0 else { continue }
                weightSums[row] += weight
                counted[index * rowCount + row] += 1
                guard !cells.values[child * rowCount + row].isNaN else { continue }
                present[index * rowCount + row] += 1
                shares[node.slot * rowCount + row] += weight * shares[child * rowCount + row]
            }
        }
        for row in 0..<rowCount where weightSums[row] > 0 {
            shares[node.slot * rowCount + row] /= weightSums[row]
        }
    }

    /// The part of a node's weight that is stood in for by the mean of what is there, 0 without rounding where nothing is.
    func shadowShare(slot: Int, row: Int) -> Double {
        let share = 1 - shares[slot * composition.rows.count + row]
        return share < 1e-12 ? 0 : share
    }

    /// Children of positive weight of a node, and how many of them have a score.
    func children(ofNode index: Int, row: Int) -> (present: Int, counted: Int) {
        let cell = index * composition.rows.count + row
        return (Int(present[cell]), Int(counted[cell]))
    }
}
