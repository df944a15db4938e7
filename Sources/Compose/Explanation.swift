import Indicators

/// Where a node's score comes from: which cells, with which weights, by which rule.
package struct ScoreDerivation: Equatable, Sendable {
    /// One child of the node.
    package struct Input: Equatable, Sendable {
        /// The id of an indicator or of another node.
        package var id: String
        /// Whether its value is a normalised score rather than a row of `index.csv`.
        package var isIndicator: Bool
        /// `nil` where it has no score.
        package var value: Double?
        /// What it counts before weights are brought to a sum of 1: with population that of the place, with benefit of the
        /// doubt the best for the place. `nil` where unknown.
        package var weight: Double?
        /// The part of the weights of the children that are there; `nil` where the child is not, or the node has no score.
        package var share: Double?
    }

    package var index: String
    package var node: String
    package var place: String
    package var year: Int
    package var group: String
    /// The aggregation: `geometric mean, floor 1`.
    package var rule: String
    /// What the rule took besides: the weighting, the least coverage, the scales of a method that compares places.
    package var parameters: [Parameter]
    /// In order of their ids.
    package var inputs: [Input]
    /// The places whose scores of the same children, year and group the rule also took; empty for a mean.
    package var peers: [String]
    /// `nil` where the place has none.
    package var result: Double?

    /// A name and a value in words.
    package struct Parameter: Equatable, Sendable {
        package var name: String
        package var value: String
    }
}

extension Composed {
    /// Tells where a score in `index.csv` comes from.
    ///
    /// - Parameters:
    ///   - place: The code of the place.
    ///   - year: Common Era.
    ///   - group: Whom the indicators count.
    ///   - node: The id of a node; `nil` for the whole index.
    /// - Returns: `nil` where nothing was composed, or place, year, group or node are unknown.
    package func explain(
        place: String,
        year: Int,
        group: String = Group.total,
        node: String? = nil
    ) -> ScoreDerivation? {
        guard let composition else { return nil }
        let panel = composition.panel
        let plan = composition.plan
        guard let placeIndex = panel.index(ofPlace: place), let yearIndex = panel.years.firstIndex(of: year),
            let groupIndex = panel.groups.firstIndex(of: group),
            let found = plan.nodes.first(where: { plan.ids[$0.slot] == node ?? plan.id })
        else { return nil }
        return composition.derivation(of: found, place: placeIndex, year: yearIndex, group: groupIndex)
    }
}

extension Composition {
    fileprivate func derivation(of node: IndexPlan.Node, place: Int, year: Int, group: Int) -> ScoreDerivation {
        let row = rows.year(year).lowerBound + place
        let cells = cells[group]
        let result = cells[node.slot, row]
        let own = weights(of: node, row: row, group: group)
        let values = node.children.map { cells[$0, row].isNaN ? nil : cells[$0, row] }
        var total = CompensatedSum()
        for (value, weight) in zip(values, own) where value != nil { total.add(weight ?? 0) }
        let inputs = node.children.indices.map { position in
            let isCounted = !result.isNaN && values[position] != nil && total.value > 0
            return ScoreDerivation.Input(
                id: plan.ids[node.children[position]],
                isIndicator: node.children[position] < plan.leafCount,
                value: values[position],
                weight: own[position],
                share: isCounted ? own[position].map { $0 / total.value } : nil
            )
        }
        return ScoreDerivation(
            index: plan.id,
            node: plan.ids[node.slot],
            place: panel.places[place],
            year: panel.years[year],
            group: panel.groups[group],
            rule: node.aggregation.text,
            parameters: parameters(of: node, year: year, group: group),
            inputs: inputs,
            peers: peers(of: node, year: year, group: group, place: place),
            result: result.isNaN ? nil : result
        )
    }

    /// What each child counts in a row.
    private func weights(of node: IndexPlan.Node, row: Int, group: Int) -> [Double?] {
        if case .benefitOfTheDoubt(let method) = node.aggregation {
            return bestWeights(of: node, method, row: row, group: group)
        }
        return node.children.map { child in
            guard node.weighting == .population else { return weights[child] }
            let weight = populations[group][child][row]
            return weight.isNaN ? nil : weight
        }
    }

    /// The weights that the benefit of the doubt chooses for a place.
    private func bestWeights(of node: IndexPlan.Node, _ method: BenefitOfTheDoubt, row: Int, group: Int) -> [Double?] {
        guard !cells[group][node.slot, row].isNaN else { return node.children.map { _ in nil } }
        let counted = node.children.filter { weights[$0] > 0 }
        let year = rows.year(row / rows.placeCount)
        let complete = year.filter { !cells[group][node.slot, $0].isNaN }
            .map { row in counted.map { cells[group][$0, row] } }
        let own = counted.map { cells[group][$0, row] }
        let best = method.score(of: own, among: BenefitOfTheDoubt.undominated(complete))
        return node.children.map { child in
            guard let position = counted.firstIndex(of: child) else { return 0 }
            return best?.weights[position]
        }
    }

    private func parameters(of node: IndexPlan.Node, year: Int, group: Int) -> [ScoreDerivation.Parameter] {
        var parameters = [
            ScoreDerivation.Parameter(name: "weighting", value: node.weighting.rawValue),
            ScoreDerivation.Parameter(name: "minimum_coverage", value: Cell.format(node.minimumCoverage)),
        ]
        if node.weighting == .population {
            for (child, denominator) in zip(node.children, node.denominators) {
                parameters.append(.init(name: "denominator of \(plan.ids[child])", value: denominator))
            }
        }
        if let fit = fits[node.slot] {
            for (child, loading) in zip(node.children, fit.loadings) {
                parameters.append(.init(name: "loading of \(plan.ids[child])", value: Cell.format(loading)))
            }
            if let criterion = fit.criterion {
                parameters.append(.init(name: "variance of correlations", value: Cell.format(criterion)))
            }
        }
        if case .mazziottaPareto(let method) = node.aggregation {
            parameters += scaleParameters(of: node, method, year: year, group: group)
        }
        return parameters
    }

    /// How the children were brought to the scale around 100.
    private func scaleParameters(
        of node: IndexPlan.Node,
        _ method: MazziottaPareto,
        year: Int,
        group: Int
    ) -> [ScoreDerivation.Parameter] {
        node.children.flatMap { child -> [ScoreDerivation.Parameter] in
            let column = cells[group].column(child)
            let start = column.startIndex
            let range = rows.year(year)
            let own = column[start + range.lowerBound..<start + range.upperBound]
            let scale: LinearScale? =
                switch method.scale {
                case .standardisedBySample: LinearScale(standardised: own, ofSample: true)
                case .standardisedByPopulation: LinearScale(standardised: own, ofSample: false)
                case .adjusted(let reference): LinearScale(adjusted: column, to: reference)
                case .asGiven: nil
                }
            guard let scale else { return [] }
            return [
                .init(name: "100 for \(plan.ids[child])", value: Cell.format(scale.origin)),
                .init(name: "points per unit of \(plan.ids[child])", value: Cell.format(scale.factor)),
            ]
        }
    }

    private func peers(of node: IndexPlan.Node, year: Int, group: Int, place: Int) -> [String] {
        switch node.aggregation {
        case .arithmetic, .geometric, .harmonic, .power: return []
        case .mazziottaPareto(let method) where method.scale == .asGiven: return []
        case .mazziottaPareto(let method):
            let years: Range<Int> =
                if case .adjusted = method.scale { 0..<rows.yearCount } else { year..<year + 1 }
            return panel.places.indices.filter { other in
                other != place
                    && years.contains { hasChild(of: node, row: rows.year($0).lowerBound + other, group: group) }
            }.map { panel.places[$0] }
        case .copeland, .benefitOfTheDoubt:
            return panel.places.indices.filter { other in
                other != place && !cells[group][node.slot, rows.year(year).lowerBound + other].isNaN
            }.map { panel.places[$0] }
        }
    }

    private func hasChild(of node: IndexPlan.Node, row: Int, group: Int) -> Bool {
        node.children.contains { weights[$0] > 0 && !cells[group][$0, row].isNaN }
    }
}
