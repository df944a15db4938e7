import Indicators

extension Composition {
    /// What happened on the way: one finding for each kind, node and child, with the number of cells and the first.
    func mishapFindings(_ log: MishapLog, group: String) -> [Finding] {
        log.entries.map { mishap, entry in
            let place = panel.places[entry.firstRow % rows.placeCount]
            let year = panel.years[entry.firstRow / rows.placeCount]
            let child = mishap.child < 0 ? "" : " of \(plan.ids[mishap.child])"
            let times = entry.count == 1 ? "" : " and \(entry.count - 1) more"
            let words = mishap.kind.words
            return Finding(
                code: mishap.kind.rawValue,
                severity: mishap.kind.severity,
                line: plan.lines[mishap.child < 0 ? mishap.node : mishap.child],
                found: "\(plan.ids[mishap.node]): \(words.found)\(child) in \(place), \(year), \(group)\(times)",
                expected: words.expected,
                hint: words.hint
            )
        }
        .inCanonicalOrder
    }

    /// Indicators without any score, and nodes that come out empty.
    func emptinessFindings() -> [Finding] {
        (0..<plan.slotCount).compactMap { slot in
            guard cells.allSatisfy({ $0.column(slot).allSatisfy(\.isNaN) }) else { return nil }
            return Finding(
                code: "all-missing",
                severity: .warning,
                line: plan.lines[slot],
                found: "no score of \(plan.ids[slot])",
                expected: "a score in at least one place and year",
                hint: slot < plan.leafCount ? "" : "lower minimum_coverage, or add data"
            )
        }
    }

    /// An index that may not bear its name everywhere: which of the indicators that the name requires are not there.
    func nameFindings() -> [Finding] {
        let root = plan.nodes.count - 1
        var refused = 0
        for group in cells.indices {
            refused += (0..<rows.count).count { row in
                !cells[group][plan.root, row].isNaN && name(ofNode: root, row: row, group: group) == plan.styleName
                    && plan.styleName != plan.names[root]
            }
        }
        guard refused > 0 else { return [] }
        return [
            Finding(
                code: "index-name-not-granted",
                severity: .warning,
                line: plan.lines[plan.root],
                found:
                    "\(refused) score\(refused == 1 ? "" : "s") of \(plan.id) on part of the indicators that the name requires",
                expected: "a score of each for the name \(plan.names[root])",
                hint: "these are called \(plan.styleName)"
            )
        ]
    }
}

extension Mishap.Kind {
    fileprivate var severity: Finding.Severity {
        switch self {
        case .notPositive, .negative, .weightNegative: .error
        case .floored, .collapsed: .note
        case .unrepresentable, .constant, .meanNotPositive, .weightMissing, .zeroWeights, .unsolved: .warning
        }
    }

    fileprivate var words: (found: String, expected: String, hint: String) {
        switch self {
        case .notPositive:
            (
                "a score that is not above 0", "scores above 0 in this mean",
                "scale to 1...100, set a floor, or take another mean; the node has no score there"
            )
        case .negative: ("a negative score", "scores that are not negative", "the node has no score there")
        case .floored: ("a score below the floor", "scores above it", "it was raised to the floor")
        case .unrepresentable: ("a result beyond doubles", "a finite score", "")
        case .constant:
            ("the same score everywhere", "scores that differ", "it was left out of the node where it is so")
        case .meanNotPositive: ("a mean that is not above 0", "a mean above 0, which the penalty is divided by", "")
        case .weightMissing: ("no population", "a denominator for each child", "the node has no score there")
        case .weightNegative: ("a negative population", "a count that is not negative", "")
        case .zeroWeights: ("no child of positive weight", "at least one", "the node has no score there")
        case .unsolved: ("a linear programme that the solver gave up", "best weights", "the node has no score there")
        case .collapsed:
            ("a score of 0 through share limits", "scores above 0 in each child", "a child of 0 cannot have its share")
        }
    }
}

extension FitFailure {
    func finding(_ node: IndexPlan.Node, plan: IndexPlan) -> Finding {
        let blamed = child.map { plan.ids[node.children[$0]] } ?? ""
        let spelt = zip(node.children, loadings).map { "\(plan.ids[$0]) \(Cell.format($1))" }.joined(separator: ", ")
        let words: (found: String, expected: String, hint: String) =
            switch reason {
            case .tooFewRows:
                ("\(rowCount) places with all children", "at least 3 to fit weights to", "fit to all years together")
            case .constantChild: ("\(blamed) is the same everywhere", "children that vary", "take it out of the node")
            case .notRepresentable: ("covariances beyond doubles", "scores of a usual size", "scale them first")
            case .constantNode: ("no weights under which it varies", "a node that varies", "take equal weights")
            case .ambiguous:
                ("two components of equal variance", "one that is the first", "the children have nothing in common")
            case .negativeLoading:
                (
                    "a negative loading of \(blamed) (\(spelt))", "loadings that are not negative",
                    "more of \(blamed) would lower the index: check its direction, or take squared-loadings or equal"
                )
            }
        return .index(
            reason.rawValue,
            line: plan.lines[node.slot],
            found: "\(plan.ids[node.slot]): \(words.found)",
            expected: words.expected,
            hint: words.hint
        )
    }
}
