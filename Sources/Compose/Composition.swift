import Indicators

/// An index that has been worked out: the scores of all nodes, and the weights that made them.
struct Composition: Sendable {
    let plan: IndexPlan
    let panel: ScorePanel
    let rows: Rows
    /// The year that fitted weights and correlations come from, `nil` for all.
    let fitYear: Int?
    /// By slot: what a child counts within its node; 1 where the weights differ by place, or are not used.
    private(set) var weights: [Double]
    /// By slot of a node whose weights were fitted.
    private(set) var fits: [Int: FittedWeights] = [:]
    /// By group, in the order of the panel.
    private(set) var cells: [Cells]
    /// By group, then slot of a child: how many it counts in each row; empty where its node is not weighted by population.
    let populations: [[[Double]]]
    /// Where these come from.
    let denominators: ScorePanel?
    private(set) var findings: [Finding] = []

    /// Works an index out.
    ///
    /// - Precondition: The plan was made for a panel with these keys.
    /// - Throws: ``CompositionFailure`` where weights could not be fitted.
    init(_ plan: IndexPlan, panel: ScorePanel, denominators: ScorePanel?, fitYear: Int?) throws(CompositionFailure) {
        self.plan = plan
        self.panel = panel
        self.fitYear = fitYear
        self.denominators = denominators
        let rows = Rows(placeCount: panel.places.count, yearCount: panel.years.count)
        self.rows = rows
        weights = plan.givenWeights()
        cells = panel.groups.indices.map { Cells(plan, panel: panel, group: $0) }
        populations = panel.groups.map { group in
            plan.populations(denominators, rowsOf: panel, group: group)
        }
        var aggregators = populations.map { Aggregator(rows: rows, populations: $0, keepsLog: true) }
        for node in plan.nodes {
            if node.weighting.isFitted {
                let fit = try Self.fit(node, plan: plan, columns: fitColumns(node.children, year: fitYear))
                for (child, weight) in zip(node.children, fit.weights) { weights[child] = weight }
                fits[node.slot] = fit
            }
            for group in cells.indices {
                aggregators[group].aggregate(node, by: node.aggregation, weights: weights, in: &cells[group])
            }
        }
        findings = aggregators.enumerated().flatMap { group, aggregator in
            mishapFindings(aggregator.log, group: panel.groups[group])
        }
    }

    /// The columns of some slots that weights are fitted to: see ``ComposeOptions/fitYear``.
    func fitColumns(_ slots: [Int], year: Int?) -> [ArraySlice<Double>] {
        let range = year.flatMap { panel.years.firstIndex(of: $0) }.map { rows.year($0) } ?? 0..<rows.count
        func column(_ slot: Int, _ group: Int) -> ArraySlice<Double> {
            let start = slot * rows.count
            return cells[group].values[start + range.lowerBound..<start + range.upperBound]
        }
        if let total = panel.groups.firstIndex(of: Group.total) { return slots.map { column($0, total) } }
        return slots.map { slot in ArraySlice(cells.indices.flatMap { column(slot, $0) }) }
    }

    private static func fit(
        _ node: IndexPlan.Node,
        plan: IndexPlan,
        columns: [ArraySlice<Double>]
    ) throws(CompositionFailure) -> FittedWeights {
        do {
            switch node.weighting {
            case .principalComponent: return try principalComponentWeights(columns, isSquared: false)
            case .squaredLoadings: return try principalComponentWeights(columns, isSquared: true)
            case .equal, .given, .population, .equalCorrelations:
                guard node.aggregation != .arithmetic, node.aggregation != .power(1) else {
                    return try EqualCorrelations(columns, aggregate: nil).fit()
                }
                return try EqualCorrelations(columns) { complete, weights in
                    mean(of: complete, by: node.aggregation, weights: weights)
                }.fit()
            }
        } catch {
            throw CompositionFailure(findings: [error.finding(node, plan: plan)])
        }
    }

    /// A mean of complete columns, row by row.
    private static func mean(of columns: [[Double]], by aggregation: Aggregation, weights: [Double]) -> [Double] {
        let rows = Rows(placeCount: columns.first?.count ?? 0, yearCount: 1)
        var cells = Cells(slotCount: columns.count + 1, rowCount: rows.count)
        for (slot, column) in columns.enumerated() {
            for (row, value) in column.enumerated() { cells[slot, row] = value }
        }
        let node = IndexPlan.Node(
            slot: columns.count,
            level: 0,
            children: Array(columns.indices),
            given: weights,
            denominators: [],
            aggregation: aggregation,
            weighting: .given,
            minimumCoverage: 0
        )
        var aggregator = Aggregator(rows: rows, populations: [], keepsLog: false)
        aggregator.aggregate(node, by: aggregation, weights: weights + [1], in: &cells)
        return Array(cells.column(columns.count))
    }
}

/// Why nothing was composed.
struct CompositionFailure: Error {
    var findings: [Finding]
}

extension Cells {
    /// The scores of the indicators of a plan in one group; the nodes are yet to be worked out.
    init(_ plan: IndexPlan, panel: ScorePanel, group: Int) {
        rowCount = panel.rowCount
        values = []
        values.reserveCapacity(plan.slotCount * rowCount)
        for indicator in plan.indicators {
            let from = panel.start(indicator: indicator, group: group)
            values += panel.values[from..<from + rowCount]
        }
        values += repeatElement(.nan, count: plan.slotCount * rowCount - values.count)
    }
}

extension IndexPlan {
    /// By slot: the denominators of children weighted by population, in the rows of `panel`; NaN where there is none.
    func populations(_ denominators: ScorePanel?, rowsOf panel: ScorePanel, group: String) -> [[Double]] {
        var columns = [[Double]](repeating: [], count: slotCount)
        for node in nodes where node.weighting == .population {
            for (child, id) in zip(node.children, node.denominators) {
                columns[child] =
                    denominators?.column(of: id, group: group, rowsOf: panel)
                    ?? [Double](repeating: .nan, count: panel.rowCount)
            }
        }
        return columns
    }
}

extension ScorePanel {
    /// The values of an indicator in the rows of another panel.
    fileprivate func column(of id: String, group: String, rowsOf other: ScorePanel) -> [Double]? {
        guard let indicator = index(ofIndicator: id), let group = groups.firstIndex(of: group) else { return nil }
        let start = start(indicator: indicator, group: group)
        let placeIndices = other.places.map { index(ofPlace: $0) }
        return other.years.flatMap { year in
            let position = years.firstIndex(of: year)
            return placeIndices.map { place in
                guard let position, let place else { return Double.nan }
                let count = values[start + position * places.count + place]
                // Nobody counts such numbers; left in, their sums would leave the range of doubles.
                return count == 0 || (1e-100...1e100).contains(abs(count)) ? count : .nan
            }
        }
    }
}
