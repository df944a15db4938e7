package import Indicators

/// How values far from the others are brought nearer, for the scores alone.
///
/// One rule holds for an indicator: the one that names it, or where none does the one for all.
package struct OutlierRule: Hashable, Sendable, SelectiveRule {
    package enum Method: Hashable, Sendable {
        case none
        /// Winsorising while skewness and kurtosis are both beyond their limits, at most so many values; where they still are,
        /// the transform of the values as they were instead.
        case shape(skewness: Double = 2, kurtosis: Double = 3.5, most: Int = 5, fallback: Transform? = nil)
        /// Winsorising to the quantiles (type 7) at `tail` and 1 - `tail`.
        case percentiles(tail: Double)
        /// Winsorising to so many interquartile ranges (quantiles of type 7) below the first and above the third quartile.
        case fences(multiple: Double = 1.5)
    }

    package enum Transform: Hashable, Sendable {
        /// ln(x - min + 0.01 range), for a long lower tail -ln(max + 0.01 range - x).
        case log
        /// ln(x - min + 0.01 range) whichever tail is long: COINr's log_CT.
        case logUpper
        /// ln(x - min + 1): the COIN Tool's.
        case logOfOnePlus
        /// ((x - min + 1)^lambda - 1) / lambda, and ln(x - min + 1) for 0.
        case boxCox(lambda: Double)
    }

    package var indicators: IndicatorSelection
    package var method: Method
    package var scope: ScaleRule.Scope
    /// Which years are looked at together; a base year makes no sense here.
    package var years: ScaleRule.Years
    /// Which places; `nil` for every level that is scaled.
    package var level: PlaceLevel?
    /// Where the rule stands, for findings; empty and 0 where nowhere.
    package var file: String
    package var line: Int

    package init(
        indicators: IndicatorSelection = .allDirected,
        method: Method,
        scope: ScaleRule.Scope = .pooled,
        years: ScaleRule.Years,
        level: PlaceLevel? = nil,
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

    /// As the column `rule` of `treatments.csv` begins.
    var text: String {
        let how: String
        switch method {
        case .none: how = "none"
        case .shape(let skewness, let kurtosis, let most, _):
            how = "skewness \(Cell.format(skewness)) and kurtosis \(Cell.format(kurtosis)), at most \(most)"
        case .percentiles(let tail): how = "quantiles \(Cell.format(tail)) and \(Cell.format(1 - tail))"
        case .fences(let multiple): how = "fences of \(Cell.format(multiple)) interquartile ranges"
        }
        return "\(how); \(scope.rawValue); \(years.text)"
    }
}

extension OutlierRule.Transform {
    var text: String {
        switch self {
        case .log: "log"
        case .logUpper: "log-upper"
        case .logOfOnePlus: "log-of-one-plus"
        case .boxCox(let lambda): "box-cox \(Cell.format(lambda))"
        }
    }
}
