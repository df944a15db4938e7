package import Indicators

/// Which indicators a rule is meant for.
package enum IndicatorSelection: Hashable, Sendable {
    /// All indicators of which the catalogue says which direction is good.
    case allDirected
    case only([String])

    /// The ids that are named.
    var named: [String] {
        if case .only(let ids) = self { return ids }
        return []
    }

    /// Whether a rule with this selection is meant for `indicator`.
    package func covers(_ indicator: Indicator) -> Bool {
        switch self {
        case .allDirected: indicator.direction != .neutral
        case .only(let ids): ids.contains(indicator.id)
        }
    }
}

/// A rule for some indicators, of which one that names an indicator beats one for all.
protocol SelectiveRule {
    var indicators: IndicatorSelection { get }
    var level: PlaceLevel? { get }
}

extension Array where Element: SelectiveRule {
    /// The positions of the rules that hold for an indicator: those that name it, or where none does those for all.
    func positions(for indicator: Indicator, at level: PlaceLevel) -> [Int] {
        let here = indices.filter { self[$0].level == nil || self[$0].level == level }
        let naming = here.filter { self[$0].indicators.named.contains(indicator.id) }
        return naming.isEmpty
            ? here.filter { self[$0].indicators == .allDirected && indicator.direction != .neutral } : naming
    }
}
