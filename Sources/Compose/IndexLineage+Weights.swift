import Indicators

/// `weights.csv`, `correlations.csv`.
extension IndexLineage {
    /// The address of a cell of `weights.csv`.
    func weightAddress(_ child: Int, in node: IndexPlan.Node, column: String) -> CellAddress {
        CellAddress(
            table: TableSchema.weights.name,
            keys: [
                .init("index", plan.id), .init("node", plan.ids[node.slot]), .init("child", plan.ids[child]),
            ],
            column: column
        )
    }

    func weightsCell(_ cell: TableCell) -> Derivation? {
        guard let node = plan.nodes.first(where: { plan.ids[$0.slot] == cell["node"].text }),
            let position = node.children.firstIndex(where: { plan.ids[$0] == cell["child"].text })
        else { return nil }
        let child = node.children[position]
        switch cell.column {
        case "child_kind", "child_depth":
            return Derivation("declared", "as the pipeline file has the child", inputs: [declared(plan.ids[child])])
        case "aggregation", "weighting", "minimum_coverage":
            return Derivation(
                "declared",
                "as the node has it, its level or the index",
                inputs: [declared(plan.ids[node.slot])]
            )
        case "fit_scope":
            return Derivation(
                "declared",
                "fit_year of the index, or all years; total, or all groups",
                inputs: [declared(plan.id)]
            )
        default: break
        }
        guard cell.value != .missing else { return cell.empty() }
        switch cell.column {
        case "weight": return weight(child, position, node)
        case "effective_weight":
            var inputs = [cell.beside("weight", "factor")]
            if node.slot != plan.root {
                let parent = plan.node(at: plan.parents[node.slot])
                inputs.append(.init("factor", .cell(weightAddress(node.slot, in: parent, column: "effective_weight"))))
            }
            return Derivation("product", "the child's weight times the effective weight of its node", inputs: inputs)
        case "correlation_with_node": return pearson(child, node.slot)
        case "correlation_with_index": return pearson(child, plan.root)
        case "node_alpha": return alpha(node)
        default: return fitted(cell.column, node)
        }
    }

    private func weight(_ child: Int, _ position: Int, _ node: IndexPlan.Node) -> Derivation {
        var total = CompensatedSum()
        for sibling in node.children { total.add(composition.weights[sibling]) }
        var inputs = [declared(plan.ids[child])]
        if composition.fits[node.slot]?.loadings.isEmpty == false {
            inputs.append(.init("loading", .cell(weightAddress(child, in: node, column: "loading"))))
        }
        return Derivation(
            "share-of-sum",
            "its own weight over the sum of those of the node's children",
            parameters: [
                .init("weighting", node.weighting.rawValue), .init("own", Cell.format(composition.weights[child])),
                .init("sum", Cell.format(total.value)),
            ],
            inputs: inputs
        )
    }

    private func fitted(_ column: String, _ node: IndexPlan.Node) -> Derivation {
        let statement =
            switch column {
            case "loading": "on the first principal component of the correlations of the node's children, length 1"
            case "variance_share": "the greatest eigenvalue of the correlations of the node's children over their sum"
            default: "the least variance (n) of the correlations of the children with the node that was found"
            }
        return Derivation(
            column == "criterion" ? "equal-correlations" : "principal-component",
            statement + ", over the rows that have all children",
            parameters: [.init("complete rows", String(composition.fits[node.slot]?.rowCount ?? 0))],
            inputs: node.children.flatMap { child in fitColumn(child).map { $0.input(plan.ids[child]) } }
        )
    }

    // MARK: Correlations

    func correlationsCell(_ cell: TableCell) -> Derivation? {
        guard let left = plan.ids.firstIndex(of: cell["child"].text),
            let right = plan.ids.firstIndex(of: cell["other"].text)
        else { return nil }
        switch cell.column {
        case "fit_scope":
            return Derivation(
                "declared",
                "fit_year of the index, or all years; total, or all groups",
                inputs: [declared(plan.id)]
            )
        case "rows":
            return Derivation(
                "count",
                "how many places and years have both",
                inputs: pairs(left, right).map { $0.0.input("x") }
            )
        default:
            return cell.value == .missing
                ? cell.empty(pairs(left, right).map { $0.0.input("x") }) : pearson(left, right)
        }
    }

    /// A score that is there, in the rows that weights are fitted to.
    private struct FitScore {
        var source: Derivation.Source
        /// Place, year, and group where there are several.
        var subject: String

        func input(_ role: String) -> Derivation.Input { .init(role, of: subject, source) }
    }

    /// The groups and rows that weights are fitted to: see ``ComposeOptions/fitYear``.
    private var fitRows: [(row: Int, group: Int)] {
        let rows = composition.rows
        let year = composition.fitYear.flatMap { panel.years.firstIndex(of: $0) }
        let range = year.map { rows.year($0) } ?? 0..<rows.count
        let groups = panel.groups.firstIndex(of: Group.total).map { [$0] } ?? Array(panel.groups.indices)
        return groups.flatMap { group in range.map { ($0, group) } }
    }

    private func fitColumn(_ slot: Int) -> [FitScore] {
        fitRows.compactMap { fitScore(slot, $0.row, $0.group) }
    }

    private func fitScore(_ slot: Int, _ row: Int, _ group: Int) -> FitScore? {
        guard !score(slot, row, group).isNaN, let source = source(slot, row, group) else { return nil }
        let key = key(slot, row, group)
        return FitScore(source: source, subject: "\(key.place) \(key.year) \(key.group)")
    }

    private func pairs(_ left: Int, _ right: Int) -> [(FitScore, FitScore)] {
        fitRows.compactMap { row, group in
            guard let x = fitScore(left, row, group), let y = fitScore(right, row, group) else { return nil }
            return (x, y)
        }
    }

    private func pearson(_ left: Int, _ right: Int) -> Derivation {
        Derivation(
            "pearson",
            "Σ(x - x̄)(y - ȳ) / √(Σ(x - x̄)² Σ(y - ȳ)²) over the places and years that have both",
            inputs: pairs(left, right).flatMap { [$0.0.input("x"), $0.1.input("y")] }
        )
    }

    private func alpha(_ node: IndexPlan.Node) -> Derivation {
        let complete = fitRows.filter { row, group in
            node.children.allSatisfy { !score($0, row, group).isNaN }
        }
        return Derivation(
            "cronbach-alpha",
            "k/(k-1) (1 - Σ variances of the children / variance of their sum), over the rows that have all children",
            inputs: node.children.flatMap { child in
                complete.compactMap { fitScore(child, $0.row, $0.group)?.input(plan.ids[child]) }
            }
        )
    }
}
