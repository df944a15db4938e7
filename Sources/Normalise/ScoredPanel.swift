package import Indicators

/// The scores that one scale rule gives, in their dense form: indicators × groups × years × places, the places of a year side
/// by side. What an index is put together from, without any table.
package struct ScoredPanel: Sendable {
    /// The key of a scale in `normalised.csv`, beside indicator, place, year and group.
    package struct Words: Hashable, Sendable {
        package var method: String
        package var scope: String
        package var limits: String
    }

    /// The indicators that the rule covers and of which there are observations, sorted.
    package let indicators: [String]
    /// Sorted.
    package let groups: [String]
    /// Common Era, sorted, without holes.
    package let years: [Int]
    /// In order of their codes.
    package let places: [Place]
    /// NaN where there is no score.
    package let values: [Double]
    /// Of the value that was scaled; missing where there is none.
    package let statuses: [ObservationStatus]
    package let grades: [Grade]
    package let treatments: [TreatmentSet]
    /// By indicator, then group: how the scores stand in `normalised.csv`; `nil` where the pair has no series.
    package let words: [Words?]
    package let findings: [Finding]

    /// The address in `normalised.csv` of the score at a position of ``values``, `nil` where its indicator and group have no
    /// series.
    package func address(ofCell cell: Int) -> CellAddress? {
        let block = years.count * places.count
        guard let words = words[cell / block] else { return nil }
        let within = cell % block
        let keys: [CellAddress.Key] = [
            .init("indicator", indicators[cell / block / groups.count]),
            .init("place", places[within % places.count].code),
            .init("year", String(years[within / places.count])),
            .init("group", groups[cell / block % groups.count]),
            .init("method", words.method), .init("scope", words.scope), .init("limits", words.limits),
        ]
        return CellAddress(table: TableSchema.normalised.name, keys: keys, column: "score")
    }
}

/// Other choices on the way to the scores than the pipeline's own; `nil` leaves a choice as it is.
package struct ScoringVariant: Hashable, Sendable {
    /// Instead of the rule's method; indicators with a scale of their own keep that.
    package var method: ScaleRule.Method?
    /// Instead of the rules for outliers.
    package var outliers: [OutlierRule]?
    /// Instead of the rules for imputation.
    package var imputation: [ImputationRule]?

    package init(
        method: ScaleRule.Method? = nil,
        outliers: [OutlierRule]? = nil,
        imputation: [ImputationRule]? = nil
    ) {
        self.method = method
        self.outliers = outliers
        self.imputation = imputation
    }
}
