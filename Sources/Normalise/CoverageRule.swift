/// How much must be observed for a score: below it there is none, however much could be imputed.
package struct CoverageRule: Hashable, Sendable {
    /// The share of the indicators, 0 to 1, that a place must have observed in a year; `nil` for no gate.
    package var place: Double?
    /// The share of a group's places, 0 to 1, that must have an indicator observed in a year; `nil` for no gate.
    package var group: Double?
    /// Which places are a group.
    package var grouping: Grouping
    /// How many years old an observed value may be to count.
    package var within: Int
    /// The indicators that count and are withheld.
    package var indicators: IndicatorSelection
    /// Where the rule stands, for findings; empty and 0 where nowhere.
    package var file: String
    package var line: Int

    package init(
        place: Double? = nil,
        group: Double? = nil,
        grouping: Grouping = .country,
        within: Int = 0,
        indicators: IndicatorSelection = .allDirected,
        file: String = "",
        line: Int = 0
    ) {
        self.place = place
        self.group = group
        self.grouping = grouping
        self.within = within
        self.indicators = indicators
        self.file = file
        self.line = line
    }
}
