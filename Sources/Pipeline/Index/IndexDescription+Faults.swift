internal import Compose
internal import Indicators
internal import Normalise

extension IndexDescription {
    /// What keeps the scales from giving each indicator one score; each stops the run.
    func faults(of scales: [ScaleRule], catalogue: Catalogue) -> [Finding] {
        guard !scales.isEmpty else {
            return [
                finding(
                    "index-unscaled-indicator",
                    found: "no scale of places of the level \(level.rawValue)",
                    expected: "a rule under normalise.scale with level: \(level.rawValue)"
                )
            ]
        }
        var faults: [Finding] = []
        for leaf in leaves {
            guard let indicator = catalogue[leaf] else { continue }
            let covering = scales.filter { $0.covers(indicator) }
            if covering.isEmpty {
                faults.append(
                    finding(
                        "index-unscaled-indicator",
                        line: line(of: leaf),
                        found: "\(leaf), which no scale of the index covers",
                        expected: "an indicator with scores",
                        hint: "name it in a rule under normalise.scale, or take it out of the tree"
                    )
                )
            } else if covering.count > 1 {
                let names = covering.map { $0.id.isEmpty ? "line \($0.line)" : $0.id }.joined(separator: ", ")
                faults.append(
                    finding(
                        "index-several-scales",
                        line: line(of: leaf),
                        found: "\(leaf) has scores by \(names)",
                        expected: "one score of each indicator",
                        hint: "give the scales ids, and name those of the index under scale"
                    )
                )
            }
            for rule in covering where rule.isBestFirst(of: leaf) {
                faults.append(
                    finding(
                        "index-inverted-scores",
                        line: line(of: leaf),
                        found: "\(leaf), ranked from the best",
                        expected: "scores of which more is better",
                        hint: "rank from the worst for an index"
                    )
                )
            }
        }
        return faults
    }

    /// Whether scores of one country cannot be held against those of the other.
    func isWithinCountry(_ rules: NormaliseOptions) -> Bool {
        rules.scales.contains { rule in
            rule.level == level && (scales.isEmpty || scales.contains(rule.id))
                && leaves.contains { (rule.own[$0]?.scope ?? rule.scope) == .withinCountry }
        }
    }

    private func line(of leaf: String) -> Int {
        tree.nodes.flatMap(\.children).first { $0.id == leaf }?.line ?? place.line
    }
}

extension ScaleRule {
    fileprivate func isBestFirst(of indicator: String) -> Bool {
        if case .rank(_, from: .best) = own[indicator]?.method ?? method { return true }
        return false
    }
}
