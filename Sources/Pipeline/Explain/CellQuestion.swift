package import Indicators

/// Which cell is asked for.
package enum CellQuestion: Hashable, Sendable {
    case address(CellAddress)
    case description(CellDescription)
}

/// A cell described by what a person knows of it.
package struct CellDescription: Hashable, Sendable {
    /// `TABLE.column`, a column that one table has, or a word: `gap`, `value`, `rate`, `score`.
    package var metric: String
    package var indicator: String?
    /// A year of the Common Era, or `latest`.
    package var year: String?
    /// A code or a name.
    package var province: String?
    package var group: String?
    package var level: String?
    package var weighting: String?

    package init(
        metric: String,
        indicator: String? = nil,
        year: String? = nil,
        province: String? = nil,
        group: String? = nil,
        level: String? = nil,
        weighting: String? = nil
    ) {
        self.metric = metric
        self.indicator = indicator
        self.year = year
        self.province = province
        self.group = group
        self.level = level
        self.weighting = weighting
    }
}
