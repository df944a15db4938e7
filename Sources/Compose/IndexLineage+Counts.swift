import Indicators

/// Ranks, counts and marks of `index.csv`.
extension IndexLineage {
    /// The scores of a node that are ranked together, as inputs.
    private func rankedScores(_ scored: Scored, country: String? = nil) -> [Derivation.Input] {
        let range = composition.rows.year(scored.row / composition.rows.placeCount)
        return range.compactMap { row in
            let place = row - range.lowerBound
            guard !score(scored.node.slot, row, scored.group).isNaN,
                country == nil || panel.countries[place] == country,
                let source = source(scored.node.slot, row, scored.group)
            else { return nil }
            return .init("value", of: panel.places[place], source)
        }
    }

    func rank(_ scored: Scored, _ cell: TableCell) -> Derivation {
        guard cell.value != .missing else { return cell.empty([cell.beside("score")]) }
        let place = scored.row % composition.rows.placeCount
        let country = cell.column == "rank_in_country" ? panel.countries[place] : nil
        return Self.rank(cell.beside("score", "own"), among: rankedScores(scored, country: country))
    }

    static func rank(_ own: Derivation.Input, among values: [Derivation.Input]) -> Derivation {
        Derivation(
            "rank",
            "how many places have a higher score, plus 1: equal scores share the lower number",
            parameters: [.init("direction", "higher"), .init("from", "best"), .init("ties", "competition")],
            inputs: [own] + values
        )
    }

    func ranked(_ scored: Scored) -> Derivation {
        Derivation("count", "how many places have a score", inputs: rankedScores(scored))
    }

    func counted(_ scored: Scored) -> Derivation {
        let node = scored.node
        return Derivation(
            "count",
            "how many children have a weight above 0",
            inputs: children(scored).map { child in
                if node.weighting == .population, let position = node.children.firstIndex(of: child) {
                    var key = key(child, scored.row, scored.group)
                    key.indicator = node.denominators[position]
                    return .init("weight", of: plan.ids[child], .observation(key, .value))
                }
                return .init("weight", of: plan.ids[child], .cell(weightAddress(child, in: node, column: "child")))
            }
        )
    }

    func shadowShare(_ scored: Scored) -> Derivation {
        var inputs: [Derivation.Input] = []
        for child in children(scored) {
            let id = plan.ids[child]
            let weight: Derivation.Source
            if let shares = composition.shares(of: scored.node), let at = scored.node.children.firstIndex(of: child),
                shares.indices.contains(at)
            {
                weight = .cell(weightAddress(child, in: scored.node, column: "weight"))
            } else if scored.node.weighting == .population, let at = scored.node.children.firstIndex(of: child) {
                var key = key(child, scored.row, scored.group)
                key.indicator = scored.node.denominators[at]
                weight = .observation(key, .value)
            } else {
                weight = .intermediate(
                    .number(composition.weights[child]),
                    Derivation("declared", "as the tree has it, or 1", inputs: [declared(id)])
                )
            }
            inputs.append(.init("weight", of: id, weight))
            guard !score(child, scored.row, scored.group).isNaN else { continue }
            if child < plan.leafCount {
                guard
                    let source = source(child, scored.row, scored.group)
                else { continue }
                inputs.append(.init("value", of: id, source))
            } else if hasRow(child, scored.row, scored.group) {
                inputs.append(
                    .init("shadow", of: id, .cell(indexAddress(child, scored.row, scored.group, "shadow_share")))
                )
            }
        }
        return Derivation(
            "shadow-share",
            "1 - Σw(1 - s) / Σw, s = 1 for a child without a score, else 0 for an indicator and its own shadow share"
                + " for a node",
            inputs: inputs
        )
    }

    func mark(_ scored: Scored, _ cell: TableCell) -> Derivation? {
        guard let aspect = ObservationKey.Aspect(rawValue: cell.column) else { return nil }
        let hasScore = !score(scored.node.slot, scored.row, scored.group).isNaN
        if aspect == .status, !hasScore {
            return Derivation("status", "O, since there is no score", inputs: [cell.beside("score")])
        }
        // The grade of a node without a score is that of what is below it.
        let children = children(scored).filter { child in
            !score(child, scored.row, scored.group).isNaN || (aspect == .grade && child >= plan.leafCount)
        }
        var inputs = children.compactMap { child in
            source(child, scored.row, scored.group, aspect).map {
                Derivation.Input("score", of: plan.ids[child], $0)
            }
        }
        if scored.node.weighting == .population {
            for (child, denominator) in zip(scored.node.children, scored.node.denominators)
            where children.contains(child) && !score(child, scored.row, scored.group).isNaN {
                var key = key(child, scored.row, scored.group)
                key.indicator = denominator
                inputs.append(.init("weight", of: plan.ids[child], .observation(key, aspect)))
            }
        }
        switch aspect {
        case .status: return Derivation("worst-status", "the most telling of the children's", inputs: inputs)
        case .grade: return Derivation("worst-grade", "the worst of the children's", inputs: inputs)
        default: return Derivation("union", "all that was done to the children", inputs: inputs)
        }
    }

    /// The address of a cell of `index.csv`.
    private func indexAddress(_ slot: Int, _ row: Int, _ group: Int, _ column: String) -> CellAddress {
        let key = key(slot, row, group)
        return CellAddress(
            table: TableSchema.index.name,
            keys: [
                .init("index", plan.id), .init("node", plan.ids[slot]), .init("place", key.place),
                .init("year", String(key.year)), .init("group", key.group),
            ],
            column: column
        )
    }
}
