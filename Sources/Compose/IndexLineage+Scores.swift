import Indicators

/// `index.csv`.
extension IndexLineage {
    /// One score: the node, and where in the panel.
    struct Scored {
        var node: IndexPlan.Node
        var row: Int
        var group: Int
    }

    func indexCell(_ cell: TableCell) -> Derivation? {
        let id = cell["node"].text
        guard let node = plan.nodes.first(where: { plan.ids[$0.slot] == id }), let (row, group) = position(of: cell)
        else { return nil }
        let scored = Scored(node: node, row: row, group: group)
        switch cell.column {
        case "name": return name(scored)
        case "depth":
            return Derivation("declared", "how many nodes the pipeline file has above it", inputs: [declared(id)])
        case "score": return scoreDerivation(node, row, group)
        case "rank", "rank_in_country": return rank(scored, cell)
        case "ranked": return ranked(scored)
        case "children": return counted(scored)
        case "coverage":
            let present = present(scored)
            let count = Derivation(
                "count",
                "children of positive weight with a score",
                inputs: present.compactMap { source($0, row, group).map { .init("score", $0) } }
            )
            return Derivation(
                "ratio",
                "B / A: children with a score over children",
                inputs: [
                    .init("B", .intermediate(.integer(present.count), count)), cell.beside("children", "A"),
                ]
            )
        case "shadow_share": return shadowShare(scored)
        case "status", "grade", "treatment": return mark(scored, cell)
        default: return nil
        }
    }

    /// The children of positive weight that have a score.
    func present(_ scored: Scored) -> [Int] {
        children(scored).filter { !score($0, scored.row, scored.group).isNaN }
    }

    /// The children of positive weight.
    func children(_ scored: Scored) -> [Int] {
        scored.node.children.filter { weight(of: $0, scored.row, scored.group) > 0 }
    }

    private func name(_ scored: Scored) -> Derivation {
        guard scored.node.slot == plan.root, !tree.nameRequires.isEmpty else {
            return Derivation("declared", "the name in the pipeline file, or the id", inputs: [declared(id(scored))])
        }
        return Derivation(
            "name",
            "the name in the pipeline file where every indicator that it requires has a score, else with -style behind",
            parameters: [.init("required", tree.nameRequires.joined(separator: ", "))],
            inputs: [declared(id(scored))]
                + plan.required.compactMap { slot in
                    source(slot, scored.row, scored.group).map { .init("score", $0) }
                }
        )
    }

    private func id(_ scored: Scored) -> String { plan.ids[scored.node.slot] }

    // MARK: Scores

    /// What a child counts in a row, before weights are brought to a sum of 1.
    func weight(of child: Int, _ row: Int, _ group: Int) -> Double {
        let populations = composition.populations[group][child]
        return composition.weights[child] * (populations.isEmpty ? 1 : populations[row])
    }

    /// Where the score of a node comes from, or why it has none; with `leaf`, that of the node without this indicator.
    func scoreDerivation(_ node: IndexPlan.Node, _ row: Int, _ group: Int, without leaf: Int? = nil) -> Derivation? {
        let place = row % composition.rows.placeCount
        let year = row / composition.rows.placeCount
        guard
            let found = composed.explain(
                place: panel.places[place],
                year: panel.years[year],
                group: panel.groups[group],
                node: plan.ids[node.slot]
            )
        else { return nil }
        let scored = Scored(node: node, row: row, group: group)
        let result = leaf.map { score(of: node.slot, without: $0, row, group) } ?? score(node.slot, row, group)
        let weights = leaf.map { plan.without($0, weights: composition.weights) } ?? composition.weights
        var inputs: [Derivation.Input] = []
        for child in children(scored) where weights[child] > 0 {
            guard let value = value(of: child, row, group, without: leaf, isNeeded: !result.isNaN) else { continue }
            inputs.append(.init("value", of: plan.ids[child], value))
            inputs.append(.init("weight", of: plan.ids[child], weightSource(child, scored, found)))
        }
        guard !result.isNaN else {
            return .empty(
                "no score: fewer children have one than minimum_coverage \(Cell.format(node.minimumCoverage)) asks for,"
                    + " or a finding says why",
                inputs: inputs
            )
        }
        return Derivation(
            node.aggregation.rule,
            node.aggregation.statement,
            parameters: [.init("aggregation", found.rule)] + node.aggregation.parameters
                + found.parameters.map { .init($0.name, $0.value) }
                + (leaf.map { [.init("left out", plan.ids[$0])] } ?? []),
            inputs: inputs + peers(found.peers, scored)
        )
    }

    /// The score of a child, `nil` where it is not needed or there is none: that in its row, or without an indicator below it.
    private func value(
        of child: Int,
        _ row: Int,
        _ group: Int,
        without leaf: Int?,
        isNeeded: Bool
    ) -> Derivation.Source? {
        guard let leaf, isAbove(child, leaf) else {
            // Where there is no score, a child without one is the reason: it is shown.
            return isNeeded && score(child, row, group).isNaN ? nil : source(child, row, group)
        }
        let score = score(of: child, without: leaf, row, group)
        guard !score.isNaN, let inner = scoreDerivation(plan.node(at: child), row, group, without: leaf) else {
            return nil
        }
        return .intermediate(.number(score), inner)
    }

    /// What a child counts: a cell of `weights.csv`, the count of those it tells about, or what suits the place best.
    private func weightSource(_ child: Int, _ scored: Scored, _ found: ScoreDerivation) -> Derivation.Source {
        let node = scored.node
        if node.weighting == .population, let position = node.children.firstIndex(of: child) {
            var key = key(child, scored.row, scored.group)
            key.indicator = node.denominators[position]
            return .observation(key, .value)
        }
        if case .benefitOfTheDoubt = node.aggregation {
            let best = found.inputs.first { $0.id == plan.ids[child] }?.weight
            return .intermediate(
                Cell(best),
                Derivation(
                    "best-weight",
                    "of the weights under which no place scores more than 1 those that suit this place best",
                    inputs: peers(found.peers, scored)
                )
            )
        }
        return .cell(weightAddress(child, in: node, column: "weight"))
    }

    /// The scores of other places that a method takes besides.
    private func peers(_ places: [String], _ scored: Scored) -> [Derivation.Input] {
        let first = composition.rows.year(scored.row / composition.rows.placeCount).lowerBound
        let years: [Int] =
            scored.node.aggregation.looksAtAllYears
            ? (0..<composition.rows.yearCount).map { composition.rows.year($0).lowerBound } : [first]
        var inputs: [Derivation.Input] = []
        for start in years {
            for code in places {
                guard let place = panel.index(ofPlace: code) else { continue }
                for child in scored.node.children where composition.weights[child] > 0 {
                    guard !score(child, start + place, scored.group).isNaN,
                        let source = source(child, start + place, scored.group)
                    else { continue }
                    inputs.append(.init("peer", of: code, source))
                }
            }
        }
        return inputs
    }
}

extension Aggregation {
    /// The stable word of the rule.
    fileprivate var rule: String {
        switch self {
        case .arithmetic: "weighted-mean"
        case .geometric: "geometric-mean"
        case .harmonic: "harmonic-mean"
        case .power: "power-mean"
        case .mazziottaPareto: "mazziotta-pareto"
        case .copeland: "copeland"
        case .benefitOfTheDoubt: "benefit-of-the-doubt"
        }
    }

    fileprivate var statement: String {
        switch self {
        case .arithmetic: "Σwx / Σw over the children that have a score"
        case .geometric: "exp(Σw ln x / Σw) over the children that have a score"
        case .harmonic: "Σw / Σ(w/x) over the children that have a score"
        case .power: "(Σw x^p / Σw)^(1/p) over the children that have a score"
        case .mazziottaPareto(let method):
            "M \(method.penaltyLowers ? "-" : "+") S²/M, mean and standard deviation (n) of the children on the scale"
        case .copeland: "places that more weight puts behind this one, less those that it puts ahead"
        case .benefitOfTheDoubt: "Σwx with the weights that suit the place best"
        }
    }

    fileprivate var parameters: [Derivation.Parameter] {
        switch self {
        case .geometric(let floor?), .harmonic(let floor?): [.init("floor", Cell.format(floor))]
        case .power(let exponent): [.init("exponent", Cell.format(exponent))]
        case .mazziottaPareto(let method): [.init("penalty", method.penaltyLowers ? "lowers" : "raises")]
        default: []
        }
    }
}
