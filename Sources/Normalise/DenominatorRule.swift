/// How one indicator is divided to make another: community centres by persons, times 100,000.
package struct DenominatorRule: Hashable, Sendable {
    /// Which year's denominator is taken for a numerator of a given year.
    package enum YearRule: Hashable, Sendable {
        /// The same year or none.
        case same
        /// The nearest year at most so many years away; of two equally near, the later.
        case nearest(within: Int)
        /// The same year or else the latest one before it, at most so many years back.
        case latestBefore(within: Int)
        /// One year for all.
        case fixed(Int)
    }

    /// The whole of which a share is taken.
    package enum Whole: String, Hashable, Sendable {
        /// The places of the same level in the same country.
        case country
        /// The places of the same level below the same region.
        case region
    }

    package enum Denominator: Hashable, Sendable {
        /// Another indicator of the same place and group: 1 for per capita, 1,000, 100,000...
        case indicator(String, years: YearRule, per: Double)
        /// The gazetteer's area: 1 for per square kilometre, 100 for per 100 square kilometres.
        case area(per: Double)
        /// The sum of the same indicator over all places that make up the whole, in percent. No share is given where one
        /// of them has no value, since it would come out too large.
        case total(of: Whole)
    }

    /// The id of the indicator that is made; the catalogue must have it.
    package var id: String
    /// The id of the indicator that is divided.
    package var numerator: String
    package var denominator: Denominator
    /// Where the rule stands, for findings; empty and 0 where nowhere.
    package var file: String
    package var line: Int

    package init(id: String, numerator: String, denominator: Denominator, file: String = "", line: Int = 0) {
        self.id = id
        self.numerator = numerator
        self.denominator = denominator
        self.file = file
        self.line = line
    }
}
