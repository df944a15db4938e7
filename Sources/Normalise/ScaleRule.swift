package import Indicators

/// How values of different units are brought to one scale on which more is better.
package struct ScaleRule: Hashable, Sendable {
    package typealias Selection = IndicatorSelection

    package enum Method: Hashable, Sendable {
        /// To `lower...upper` by the least and the greatest value.
        case minMax(lower: Double = 0, upper: Double = 1)
        /// To a mean and a standard deviation, by the sample's standard deviation (n - 1).
        case zScore(mean: Double = 0, standardDeviation: Double = 1)
        /// To `lower...upper` by goalposts fixed beforehand, by indicator id. Indicators without goalposts get no score.
        case goalposts([String: Goalposts], lower: Double = 0, upper: Double = 1)
        /// The position among those with a value.
        case rank(ties: TieRule, from: RankOrigin = .worst)
        /// The share of the others that are worse: (rank - 1) / (n - 1), 0 for the worst, 1 for the best.
        case percentileRank(ties: TieRule = .competition)
        /// The rank less one, 0 for the worst: how many places a place leaves behind.
        case borda(ties: TieRule = .competition)
        /// To 0...size by limits fixed beforehand, without clipping. Indicators without limits get no score.
        case fixedLimits([String: FixedLimits], size: Double = 100)
        /// 1 for the best value, 0 for the worst.
        case distanceToMaximum
        /// 1 for the value of a place, 0 for the worst value; more than 1 for better ones, unless they are capped.
        case distanceToReference(place: String, isCapped: Bool = false)
        /// 1 for the target, 0 for the worst value. Indicators without a target get no score.
        case distanceToTarget([String: Double], isCapped: Bool = false)
        /// The value as a part of the greatest; where lower is better the least as a part of the value.
        case fractionOfMaximum
        /// 100 for the reference, 60 for the range: Mazziotta and Pareto's adjusted scale.
        case adjusted(AdjustedReference = .mean)
    }

    /// Among whom the limits, means and ranks are found.
    package enum Scope: String, Hashable, Sendable {
        /// The places of all countries together: scores can be compared between countries.
        case pooled
        /// Each country by itself, which erases the gap between the countries: for targeting within one.
        case withinCountry = "within-country"
    }

    /// From which years the limits are taken. Limits of each year by itself make scores of different years incomparable.
    package enum Years: Hashable, Sendable {
        case eachYear
        case wholePanel
        /// The limits of one year for all years. Scores may lie outside the scale then; they are not clipped.
        case base(Int)
    }

    /// Limits that are not clipped: the least and the greatest value of the scale.
    package struct FixedLimits: Hashable, Sendable {
        package var low: Double
        package var high: Double

        package init(low: Double, high: Double) {
            self.low = low
            self.high = high
        }
    }

    /// Which value has 100 on the adjusted scale.
    package enum AdjustedReference: Hashable, Sendable {
        /// The mean of the values that limits come from.
        case mean
        /// A number for each indicator. Indicators without one get no score.
        case values([String: Double])
    }

    /// What one indicator is scaled by instead of the rule's method; `nil` leaves scope or years as the rule has them.
    package struct Own: Hashable, Sendable {
        package var method: Method
        package var scope: Scope?
        package var years: Years?

        package init(method: Method, scope: Scope? = nil, years: Years? = nil) {
            self.method = method
            self.scope = scope
            self.years = years
        }
    }

    /// By which an index names the rule; empty where it needs no name.
    package var id: String
    package var indicators: Selection
    package var method: Method
    /// By indicator: those that have a method of their own.
    package var own: [String: Own]
    package var scope: Scope
    package var years: Years
    package var level: PlaceLevel
    /// Where the rule stands, for findings; empty and 0 where nowhere.
    package var file: String
    package var line: Int

    package init(
        id: String = "",
        indicators: Selection = .allDirected,
        method: Method,
        own: [String: Own] = [:],
        scope: Scope = .pooled,
        years: Years,
        level: PlaceLevel = .province,
        file: String = "",
        line: Int = 0
    ) {
        self.id = id
        self.indicators = indicators
        self.method = method
        self.own = own
        self.scope = scope
        self.years = years
        self.level = level
        self.file = file
        self.line = line
    }
}

extension ScaleRule.Method {
    /// As the column `method` has it; goalposts also name the form of the indicator's own goalposts.
    func text(of indicator: String) -> String {
        switch self {
        case .minMax(let lower, let upper):
            return "min-max \(Cell.format(lower)) to \(Cell.format(upper))"
        case .zScore(let mean, let standardDeviation):
            return "z-score mean \(Cell.format(mean)) sd \(Cell.format(standardDeviation))"
        case .goalposts(let goalposts, let lower, let upper):
            let own = goalposts[indicator]
            let form = own.map { $0.form == .linear ? "" : " on \($0.form.rawValue)" } ?? ""
            let clipping = own?.isClipped == false ? " unclipped" : ""
            return "goalposts\(form) \(Cell.format(lower)) to \(Cell.format(upper))\(clipping)"
        case .rank(let ties, let origin):
            return "rank from \(origin.rawValue) (\(ties.rawValue) ties)"
        case .percentileRank(let ties):
            return "percentile rank (\(ties.rawValue) ties)"
        case .borda(let ties):
            return "Borda (\(ties.rawValue) ties)"
        case .fixedLimits(_, let size):
            return "fixed limits 0 to \(Cell.format(size))"
        case .distanceToMaximum:
            return "distance to maximum"
        case .distanceToReference(let place, let isCapped):
            return "distance to \(place)\(isCapped ? " capped" : "")"
        case .distanceToTarget(_, let isCapped):
            return "distance to target\(isCapped ? " capped" : "")"
        case .fractionOfMaximum:
            return "fraction of maximum"
        case .adjusted(.mean):
            return "adjusted 100 at the mean"
        case .adjusted(.values):
            return "adjusted 100 at the reference"
        }
    }
}

extension ScaleRule.Years {
    /// As the column `limits` has it.
    var text: String {
        switch self {
        case .eachYear: "each year"
        case .wholePanel: "whole panel"
        case .base(let year): "base year \(year)"
        }
    }
}
