package import Indicators

/// What a pipeline declares of one indicator, where the rules for its kind are not enough.
package struct IndicatorRule: Hashable, Sendable {
    /// A value below or above is refused (`value-out-of-range`), in the unit of the catalogue.
    package var minimum: Double?
    package var maximum: Double?
    /// In place of ``ValidateOptions/jumpFactor``.
    package var jumpFactor: Double?

    package init(minimum: Double? = nil, maximum: Double? = nil, jumpFactor: Double? = nil) {
        self.minimum = minimum
        self.maximum = maximum
        self.jumpFactor = jumpFactor
    }
}

/// What a pipeline expects of one file.
package struct Expectation: Hashable, Sendable {
    package var file: String
    /// The indicators that it speaks of; empty for all of the file.
    package var indicators: Set<String>
    /// Cells with a number, used, of any place.
    package var values: Int?
    /// Places with at least one number.
    package var places: Int?
    /// Months from the end of the latest year with a number to `as_of`.
    package var maximumAgeInMonths: Int?

    package init(
        file: String,
        indicators: Set<String> = [],
        values: Int? = nil,
        places: Int? = nil,
        maximumAgeInMonths: Int? = nil
    ) {
        self.file = file
        self.indicators = indicators
        self.values = values
        self.places = places
        self.maximumAgeInMonths = maximumAgeInMonths
    }
}

/// What Validate is told. Severities are overridden by the pipeline, on the findings.
package struct ValidateOptions: Sendable {
    /// A value this many times its neighbours in time, or less than that part of them, is suspected.
    package var jumpFactor: Double
    package var rules: [String: IndicatorRule]
    /// By file: where two sources give a value for the same key, the greater wins; 0 where none is declared.
    package var priorities: [String: Int]
    package var expectations: [Expectation]

    package init(
        jumpFactor: Double = 5,
        rules: [String: IndicatorRule] = [:],
        priorities: [String: Int] = [:],
        expectations: [Expectation] = []
    ) {
        self.jumpFactor = jumpFactor
        self.rules = rules
        self.priorities = priorities
        self.expectations = expectations
    }
}

/// Observations that may be built upon.
package struct ValidatedObservations: Sendable {
    /// In canonical order, at most one for each indicator, place, year and group.
    package var observations: [Observation]
    /// Cells taken out of `used`, by file: those of values that cannot be, or that contradict each other.
    package var refused: [String: Int]
    /// Cells taken out of `used`, by file: those of duplicates that another value stands for.
    package var setAside: [String: Int]
    package var findings: [Finding]

    package init(
        observations: [Observation],
        refused: [String: Int],
        setAside: [String: Int],
        findings: [Finding]
    ) {
        self.observations = observations
        self.refused = refused
        self.setAside = setAside
        self.findings = findings
    }
}
