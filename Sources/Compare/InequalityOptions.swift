import Indicators

/// What is asked of `inequality.csv`.
package struct InequalityOptions: Hashable, Sendable {
    /// Whether a row tells of the values or of what they lack.
    package enum Orientation: String, Hashable, Sendable, CaseIterable {
        case attainment, shortfall
    }

    /// The ids of the indicators, `nil` for all that are shares, rates, prices or indices: totals of places depend on where their
    /// borders run.
    package var indicators: [String]?
    /// The a of generalised entropy, each a column.
    package var entropies: [Double]
    /// The e of Atkinson's measure, each a column.
    package var aversions: [Double]

    package init(indicators: [String]? = nil, entropies: [Double] = [2], aversions: [Double] = [0.5, 1, 2]) {
        self.indicators = indicators
        self.entropies = entropies
        self.aversions = aversions
    }

    func isWanted(_ indicator: Indicator) -> Bool {
        indicators?.contains(indicator.id) ?? (indicator.kind != .count && indicator.kind != .quantity)
    }

    /// What is wrong with the parameters, in words: found and expected.
    var faults: [(found: String, expected: String)] {
        var faults: [(String, String)] = []
        for a in entropies where !a.isFinite || a == 0 || a == 1 || abs(a) > 100 {
            faults.append(("entropy \(a)", "a from -100 to 100, other than 0 and 1: those are theil_l and theil_t"))
        }
        for e in aversions where !e.isFinite || e <= 0 || e > 100 {
            faults.append(("aversion \(e)", "an inequality aversion above 0, up to 100"))
        }
        for (name, list) in [("entropy", entropies), ("aversion", aversions)] where Set(list).count < list.count {
            faults.append(("an \(name) twice", "each \(name) once"))
        }
        return faults
    }

    /// The name of a column that a parameter belongs to: `ge_minus_1`, `atkinson_0_5`.
    static func column(_ name: String, _ parameter: Double) -> String {
        let text = Cell.format(abs(parameter)).replacing(".", with: "_")
        return parameter < 0 ? "\(name)_minus_\(text)" : "\(name)_\(text)"
    }
}

extension Indicator {
    /// What its values cannot be above, `nil` where nothing bounds them.
    var upperBound: Double? { kind == .share ? 100 : nil }
}
