import Cores
import Indicators

extension Composition {
    /// With fewer values a second thread costs more than it saves.
    private static let valuesWorthThreads = 200_000

    /// `index.csv`, `correlations.csv` and `weights.csv`, at once where that is worth it.
    func tables(fitYear: Int?) -> [Table] {
        let tables: [@Sendable () -> Table] = [
            indexTable, { correlationTable(fitYear: fitYear) }, { weightTable(fitYear: fitYear) },
        ]
        let values = plan.slotCount * rows.count
        return onAllCores(tables.count, isWorthIt: values > Self.valuesWorthThreads) { tables[$0]() }
    }

    /// What a node is called in a row: the index bears its name only where all that the name requires has a score.
    func name(ofNode index: Int, row: Int, group: Int) -> String {
        guard plan.nodes[index].slot == plan.root else { return plan.names[index] }
        let isWhole = !plan.isNameBeyondTree && plan.required.allSatisfy { !cells[group][$0, row].isNaN }
        return isWhole ? plan.names[index] : plan.styleName
    }

    /// `weights.csv`.
    private func weightTable(fitYear: Int?) -> Table {
        var table = Table(schema: .weights)
        let effective = effectiveWeights()
        let grade = Cell.text(worstGrade.grade.rawValue)
        let index = fitColumns([plan.root], year: fitYear)[0]
        for node in plan.nodes {
            let columns = fitColumns(node.children, year: fitYear)
            let own = fitColumns([node.slot], year: fitYear)[0]
            let alpha = cronbachAlpha(columns)
            let shares = shares(of: node)
            let fit = fits[node.slot]
            let isWorthIt = columns.count * rows.count > Self.valuesWorthThreads
            let correlations = onAllCores(columns.count, isWorthIt: isWorthIt) {
                (own: correlation(columns[$0], own).coefficient, index: correlation(columns[$0], index).coefficient)
            }
            for (position, child) in node.children.enumerated() {
                table.append([
                    .text(plan.id), .text(plan.ids[node.slot]), .text(plan.ids[child]),
                    .text(child < plan.leafCount ? "indicator" : "node"), .integer(plan.levels[child]),
                    .text(node.aggregation.text), .text(node.weighting.rawValue), .number(node.minimumCoverage),
                    Cell(shares?[position]), Cell(effective[child]),
                    Cell(fit?.loadings.isEmpty == false ? fit?.loadings[position] : nil), Cell(fit?.varianceShare),
                    Cell(fit?.criterion),
                    Cell(correlations[position].own),
                    Cell(correlations[position].index),
                    Cell(alpha), .text(fitScope(fitYear)), grade,
                ])
            }
        }
        return table.sortedByKey()
    }

    /// `correlations.csv`.
    private func correlationTable(fitYear: Int?) -> Table {
        var table = Table(schema: .correlations)
        let grade = Cell.text(worstGrade.grade.rawValue)
        for node in plan.nodes {
            let columns = fitColumns(node.children, year: fitYear)
            let pairs = columns.indices.flatMap { left in (left + 1..<columns.count).map { (left, $0) } }
            let found = onAllCores(pairs.count, isWorthIt: pairs.count * rows.count > Self.valuesWorthThreads) {
                correlation(columns[pairs[$0].0], columns[pairs[$0].1])
            }
            for ((left, right), found) in zip(pairs, found) {
                table.append([
                    .text(plan.id), .text(plan.ids[node.slot]), .text(plan.ids[node.children[left]]),
                    .text(plan.ids[node.children[right]]), Cell(found.coefficient), .integer(found.count),
                    .text(fitScope(fitYear)), grade,
                ])
            }
        }
        return table.sortedByKey()
    }

    private func fitScope(_ year: Int?) -> String {
        let group = panel.groups.contains(Group.total) ? Group.total : "all groups"
        return "\(year.map(String.init) ?? "all years"), \(group)"
    }

    /// The weights of a node's children over their sum; `nil` where they differ by place.
    func shares(of node: IndexPlan.Node) -> [Double]? {
        if node.weighting == .population { return nil }
        if case .benefitOfTheDoubt = node.aggregation { return nil }
        var total = CompensatedSum()
        for child in node.children { total.add(weights[child]) }
        return node.children.map { weights[$0] / total.value }
    }

    /// By slot: the product of the weights from the index down; `nil` where one of them differs by place.
    ///
    /// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 6.
    func effectiveWeights() -> [Double?] {
        var effective = [Double?](repeating: nil, count: plan.slotCount)
        effective[plan.root] = 1
        for node in plan.nodes.reversed() {
            guard let above = effective[node.slot], let shares = shares(of: node) else { continue }
            for (child, share) in zip(node.children, shares) { effective[child] = above * share }
        }
        return effective
    }
}
