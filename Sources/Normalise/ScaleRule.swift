package import Indicators

/// How values of different units are brought to one scale on which more is better.
package struct ScaleRule: Hashable, Sendable {
    package enum Selection: Hashable, Sendable {
        /// All indicators of which the catalogue says which direction is good.
        case allDirected
        case only([String])
    }

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

    package var indicators: Selection
    package var method: Method
    package var scope: Scope
    package var years: Years
    package var level: PlaceLevel
    /// Where the rule stands, for findings; empty and 0 where nowhere.
    package var file: String
    package var line: Int

    package init(
        indicators: Selection = .allDirected,
        method: Method,
        scope: Scope = .pooled,
        years: Years,
        level: PlaceLevel = .province,
        file: String = "",
        line: Int = 0
    ) {
        self.indicators = indicators
        self.method = method
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
