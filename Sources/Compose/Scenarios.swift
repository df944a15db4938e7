import Indicators

/// Makes the scenarios of a trial: each combination of choices, with weights fitted to it and the scores of one year.
struct ScenarioBuilder {
    let rows: Rows
    let assessed: Range<Int>
    private let options: RobustnessOptions
    private let nominal: Nominal
    private let slice: Slice
    private let alternatives: PanelAlternatives?
    /// For each scenario the level of each input, 0 for those that are no choice.
    private let combinations: [[Int]]
    private let plans: [IndexPlan]

    init(
        _ options: RobustnessOptions,
        of nominal: Nominal,
        slice: Slice,
        alternatives: PanelAlternatives?
    ) throws(CompositionFailure) {
        self.options = options
        self.nominal = nominal
        self.slice = slice
        self.alternatives = alternatives
        var combinations: [[Int]] = [[]]
        for input in options.inputs {
            let count = input.levels(alternatives)?.count ?? 1
            combinations = combinations.flatMap { begun in (0..<count).map { begun + [$0] } }
        }
        self.combinations = combinations
        var plans: [IndexPlan] = []
        let panel = nominal.composition.panel
        for combination in combinations {
            let tree = options.tree(nominal, levels: combination)
            let faults = tree.faults(in: panel)
            guard faults.isEmpty else { throw CompositionFailure(findings: faults) }
            plans.append(IndexPlan(tree, panel: panel))
        }
        self.plans = plans
        let looksAtAllYears = plans.contains { $0.nodes.contains { $0.aggregation.looksAtAllYears } }
        let whole = nominal.composition.rows
        rows = Rows(placeCount: whole.placeCount, yearCount: looksAtAllYears ? whole.yearCount : 1)
        assessed = rows.year(looksAtAllYears ? slice.year : 0)
    }

    func scenarios(untouched: [IndexPlan.Node]) throws(CompositionFailure) -> [Trial.Scenario] {
        var scenarios: [Trial.Scenario] = []
        for (plan, levels) in zip(plans, combinations) {
            scenarios.append(try scenario(plan, panel: panel(levels), untouched: Set(untouched.map(\.slot))))
        }
        return scenarios
    }

    private func scenario(
        _ plan: IndexPlan,
        panel: ScorePanel,
        untouched: Set<Int>
    ) throws(CompositionFailure) -> Trial.Scenario {
        var weights = plan.givenWeights()
        if plan.nodes.contains(where: \.weighting.isFitted) {
            weights = try Composition(
                plan,
                panel: panel,
                denominators: nominal.denominators,
                fitYear: nominal.fitYear
            ).weights
        }
        // The window of years that the trial looks at.
        let from = rows.yearCount == 1 ? slice.year * rows.placeCount : 0
        let populations = plan.populations(
            nominal.denominators,
            rowsOf: panel,
            group: panel.groups[slice.group]
        ).map { $0.isEmpty ? [] : Array($0[from..<from + rows.count]) }
        var cells = Cells(slotCount: plan.slotCount, rowCount: rows.count)
        for (slot, indicator) in plan.indicators.enumerated() {
            let start = panel.start(indicator: indicator, group: slice.group) + from
            for row in 0..<rows.count { cells[slot, row] = panel.values[start + row] }
        }
        var aggregator = Aggregator(rows: rows, populations: populations, keepsLog: false)
        for node in plan.nodes where untouched.contains(node.slot) {
            aggregator.aggregate(node, by: node.aggregation, weights: weights, in: &cells)
        }
        return Trial.Scenario(nodes: plan.nodes, weights: weights, populations: populations, cells: cells)
    }

    /// The scores under the levels of the factors.
    private func panel(_ levels: [Int]) -> ScorePanel {
        guard let alternatives else { return nominal.composition.panel }
        var position = 0
        for factor in alternatives.factors {
            let input = options.inputs.firstIndex(of: .panel(factor.name))
            position = position * factor.levels.count + (input.map { levels[$0] } ?? 0)
        }
        return alternatives.panels[position]
    }
}

extension Aggregation {
    /// Whether the score in one year depends on scores of others.
    var looksAtAllYears: Bool {
        if case .mazziottaPareto(let method) = self, case .adjusted = method.scale { return true }
        return false
    }
}

extension UncertainInput {
    /// What it can be, in words; `nil` where it is not one of several.
    func levels(_ alternatives: PanelAlternatives?) -> [String]? {
        switch self {
        case .weights, .leaveOneOut: nil
        case .weighting(let choices, _): choices.map(\.rawValue)
        case .aggregation(let choices, _): choices.map(\.text)
        case .panel(let name): alternatives?.factors.first { $0.name == name }?.levels ?? []
        }
    }
}

extension RobustnessOptions {
    /// What the draw of each input does.
    func effects(_ alternatives: PanelAlternatives?, plan: IndexPlan) -> [Trial.Effect] {
        var stride = 1
        var effects: [Trial.Effect] = []
        for input in inputs.reversed() {
            if let levels = input.levels(alternatives) {
                effects.append(.choice(levels: levels, stride: stride))
                stride *= levels.count
            } else if case .weights(let noise, let levels) = input {
                let slots = (0..<plan.root).filter { levels?.contains(plan.levels[$0]) ?? true }
                effects.append(.noise(noise, slots: slots))
            } else {
                effects.append(.omission(Array(0..<plan.leafCount)))
            }
        }
        return effects.reversed()
    }

    /// The tree with the weightings and aggregations of some levels of the inputs.
    func tree(_ nominal: Nominal, levels: [Int]) -> IndexTree {
        var tree = nominal.tree
        let plan = nominal.composition.plan
        let nodeLevels = Dictionary(uniqueKeysWithValues: plan.nodes.map { (plan.ids[$0.slot], $0.level) })
        for (input, level) in zip(inputs, levels) {
            for index in tree.nodes.indices {
                guard let nodeLevel = nodeLevels[tree.nodes[index].id] else { continue }
                switch input {
                case .weighting(let choices, let chosen) where chosen?.contains(nodeLevel) ?? true:
                    tree.nodes[index].methods.weighting = choices[level]
                case .aggregation(let choices, let chosen) where chosen?.contains(nodeLevel) ?? true:
                    tree.nodes[index].methods.aggregation = choices[level]
                case .weighting, .aggregation, .weights, .leaveOneOut, .panel: break
                }
            }
        }
        return tree
    }
}
