import Indicators

/// Works parts of an index out again with other weights, for chosen years of one group.
struct Reworking {
    let composition: Composition
    private let group: Int
    private var cells: Cells
    private var aggregator: Aggregator

    init(_ composition: Composition, group: Int) {
        self.composition = composition
        self.group = group
        cells = composition.cells[group]
        aggregator = Aggregator(
            rows: composition.rows,
            populations: composition.populations[group],
            keepsLog: false
        )
    }

    /// The scores of the whole index without an indicator, in all rows of the group.
    mutating func scores(without leaf: Int) -> ArraySlice<Double> {
        scores(of: composition.plan.root, without: leaf)
    }

    /// The scores of a node above an indicator without it, in all rows of the group.
    mutating func scores(of wanted: Int, without leaf: Int) -> ArraySlice<Double> {
        let plan = composition.plan
        let weights = plan.without(leaf, weights: composition.weights)
        var stale: [IndexPlan.Node] = []
        var slot = plan.parents[leaf]
        while slot >= 0 {
            stale.append(plan.node(at: slot))
            slot = plan.parents[slot]
        }
        for node in stale { aggregator.aggregate(node, by: node.aggregation, weights: weights, in: &cells) }
        let scores = cells.column(wanted)
        let kept = Array(scores)
        for node in stale {
            for row in 0..<cells.rowCount { cells[node.slot, row] = composition.cells[group][node.slot, row] }
        }
        return kept[...]
    }
}

extension IndexPlan {
    /// Weights in which a child counts nothing, nor a node that is left with no child that counts.
    func without(_ slot: Int, weights: [Double]) -> [Double] {
        var weights = weights
        leaveOut(slot, of: &weights)
        return weights
    }

    /// Sets the weight of a child to 0, and that of a node that is left with no child that counts.
    func leaveOut(_ slot: Int, of weights: inout [Double]) {
        var slot = slot
        while slot >= 0 {
            weights[slot] = 0
            let parent = parents[slot]
            guard parent >= 0, node(at: parent).children.allSatisfy({ weights[$0] == 0 }) else { return }
            slot = parent
        }
    }
}

extension Composition {
    /// `leave-one-out.csv` for the years and groups assessed.
    func leaveOneOutTable(_ slices: [Slice]) -> Table {
        var table = Table(schema: .leaveOneOut)
        let grade = Cell.text(worstGrade.grade.rawValue)
        for group in Set(slices.map(\.group)).sorted() {
            let years = slices.filter { $0.group == group }.map(\.year)
            var reworking = Reworking(self, group: group)
            for leaf in 0..<plan.leafCount where weights[leaf] > 0 {
                let without = reworking.scores(without: leaf)
                for year in years {
                    let range = rows.year(year)
                    let nominal = scores(ofIndexIn: Slice(group: group, year: year))
                    let ranks = ranksFromBest(nominal)
                    let other = without[range]
                    let otherRanks = ranksFromBest(other)
                    for place in 0..<rows.placeCount {
                        let score = nominal[nominal.startIndex + place]
                        let scoreWithout = other[other.startIndex + place]
                        guard ranks[place] != nil || otherRanks[place] != nil else { continue }
                        var shift: Int?
                        if let rank = ranks[place], let otherRank = otherRanks[place] { shift = otherRank - rank }
                        table.append([
                            .text(plan.id), .text(plan.ids[leaf]), .text(panel.places[place]),
                            .integer(panel.years[year]), .text(panel.groups[group]),
                            score.isNaN ? .missing : .number(score),
                            scoreWithout.isNaN ? .missing : .number(scoreWithout),
                            Cell(ranks[place]), Cell(otherRanks[place]), Cell(shift), grade,
                        ])
                    }
                }
            }
        }
        return table.sortedByKey()
    }

    /// The scores of the whole index in one year and group.
    func scores(ofIndexIn slice: Slice) -> ArraySlice<Double> {
        let range = rows.year(slice.year)
        let start = plan.root * rows.count
        return cells[slice.group].values[start + range.lowerBound..<start + range.upperBound]
    }

    /// The years and groups to assess: those asked for, or the latest year with at least two scores of the total.
    func slices(years: [Int]?, groups: [String]?) -> [Slice] {
        let total = panel.groups.contains(Group.total) ? [Group.total] : panel.groups
        let chosen = Set(groups ?? total)
        return panel.groups.indices.filter { chosen.contains(panel.groups[$0]) }.flatMap { group -> [Slice] in
            if let years = years.map(Set.init) {
                return panel.years.indices.filter { years.contains(panel.years[$0]) }
                    .map { Slice(group: group, year: $0) }
            }
            let latest = panel.years.indices.last { year in
                scores(ofIndexIn: Slice(group: group, year: year)).count { !$0.isNaN } >= 2
            }
            return latest.map { [Slice(group: group, year: $0)] } ?? []
        }
    }
}

/// One year of one group: positions in the panel.
struct Slice: Hashable, Sendable {
    var group: Int
    var year: Int
}
