import Indicators

extension Composition {
    /// `index.csv`.
    func indexTable() -> Table {
        var table = Table(schema: .index)
        for group in cells.indices {
            let coverage = Coverage(self, group: group)
            let provenance = Provenance(self, group: group)
            for (index, node) in plan.nodes.enumerated() {
                for year in 0..<rows.yearCount {
                    let range = rows.year(year)
                    let start = node.slot * rows.count
                    let scores = cells[group].values[start + range.lowerBound..<start + range.upperBound]
                    let ranks = ranksFromBest(scores)
                    let ranked = ranks.count { $0 != nil }
                    let inCountry = ranksInCountry(scores)
                    for place in 0..<rows.placeCount {
                        let row = range.lowerBound + place
                        let children = coverage.children(ofNode: index, row: row)
                        let shadowShare = coverage.shadowShare(slot: node.slot, row: row)
                        guard children.present > 0 || shadowShare < 1 else { continue }
                        let score = cells[group][node.slot, row]
                        table.append([
                            .text(plan.id), .text(plan.ids[node.slot]), .text(panel.places[place]),
                            .integer(panel.years[year]), .text(panel.groups[group]),
                            .text(name(ofNode: index, row: row, group: group)), .integer(node.level),
                            score.isNaN ? .missing : .number(score),
                            Cell(ranks[place]), .integer(ranked), Cell(inCountry[place]),
                            .integer(children.counted),
                            .number(Double(children.present) / Double(children.counted)),
                            .number(shadowShare),
                            .text((score.isNaN ? .missing : provenance.status(slot: node.slot, row: row)).rawValue),
                            .text(provenance.treatments(slot: node.slot, row: row).text),
                            .text(provenance.grade(slot: node.slot, row: row).rawValue),
                        ])
                    }
                }
            }
        }
        return table.sortedByKey()
    }

    /// What a node is called in a row: the index bears its name only where all that the name requires has a score.
    func name(ofNode index: Int, row: Int, group: Int) -> String {
        guard plan.nodes[index].slot == plan.root else { return plan.names[index] }
        let isWhole = !plan.isNameBeyondTree && plan.required.allSatisfy { !cells[group][$0, row].isNaN }
        return isWhole ? plan.names[index] : plan.styleName
    }

    /// The rank of each place among those of its country.
    private func ranksInCountry(_ scores: ArraySlice<Double>) -> [Int?] {
        guard !panel.countries.isEmpty else { return scores.map { _ in nil } }
        var ranks = [Int?](repeating: nil, count: scores.count)
        for country in Set(panel.countries) {
            let places = panel.countries.indices.filter { panel.countries[$0] == country }
            let own = ranksFromBest(places.map { scores[scores.startIndex + $0] }[...])
            for (place, rank) in zip(places, own) { ranks[place] = rank }
        }
        return ranks
    }

    /// `weights.csv`.
    func weightTable(fitYear: Int?) -> Table {
        var table = Table(schema: .weights)
        let effective = effectiveWeights()
        let index = fitColumns([plan.root], year: fitYear)[0]
        for node in plan.nodes {
            let columns = fitColumns(node.children, year: fitYear)
            let own = fitColumns([node.slot], year: fitYear)[0]
            let alpha = cronbachAlpha(columns)
            let shares = shares(of: node)
            let fit = fits[node.slot]
            for (position, child) in node.children.enumerated() {
                table.append([
                    .text(plan.id), .text(plan.ids[node.slot]), .text(plan.ids[child]),
                    .text(child < plan.leafCount ? "indicator" : "node"), .integer(plan.levels[child]),
                    .text(node.aggregation.text), .text(node.weighting.rawValue), .number(node.minimumCoverage),
                    Cell(shares?[position]), Cell(effective[child]),
                    Cell(fit?.loadings.isEmpty == false ? fit?.loadings[position] : nil), Cell(fit?.varianceShare),
                    Cell(fit?.criterion),
                    Cell(correlation(columns[position], own).coefficient),
                    Cell(correlation(columns[position], index).coefficient),
                    Cell(alpha), .text(fitScope(fitYear)),
                ])
            }
        }
        return table.sortedByKey()
    }

    /// `correlations.csv`.
    func correlationTable(fitYear: Int?) -> Table {
        var table = Table(schema: .correlations)
        for node in plan.nodes {
            let columns = fitColumns(node.children, year: fitYear)
            for left in columns.indices {
                for right in columns.indices.dropFirst(left + 1) {
                    let found = correlation(columns[left], columns[right])
                    table.append([
                        .text(plan.id), .text(plan.ids[node.slot]), .text(plan.ids[node.children[left]]),
                        .text(plan.ids[node.children[right]]), Cell(found.coefficient), .integer(found.count),
                        .text(fitScope(fitYear)),
                    ])
                }
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
