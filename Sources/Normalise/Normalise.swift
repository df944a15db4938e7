package import Indicators

/// Which rates are made and which scales are applied, in this order.
package struct NormaliseOptions: Hashable, Sendable {
    package var denominators: [DenominatorRule]
    package var scales: [ScaleRule]

    package init(denominators: [DenominatorRule] = [], scales: [ScaleRule] = []) {
        self.denominators = denominators
        self.scales = scales
    }
}

/// What Normalise returns.
package struct Normalised: Sendable {
    /// The observations that came in, unchanged, followed by the derived ones; in canonical order.
    package var observations: [Observation]
    /// `normalised.csv`: a row for each derived rate and for each score.
    package var table: Table
    /// `treatments.csv`: a row for each cell that was clipped.
    package var treatments: Table
    package var findings: [Finding]
}

/// Derives rates by the denominator rules, then brings values to common scales by the scale rules.
///
/// - Parameters:
///   - observations: At most one for each indicator, place, year and group; their order does not matter.
///   - catalogue: Knows every indicator, the derived ones too.
///   - gazetteer: Knows every place, with its area.
///   - options: What to derive and to scale. A denominator rule may divide what an earlier one derived.
/// - Returns: What came in and what was made of it. A missing value stays missing; a value that cannot be derived or scaled
///   is missing, with a finding that names the reason.
package func normalise(
    _ observations: [Observation],
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    options: NormaliseOptions
) -> Normalised {
    var derivation = RateDerivation(observations, catalogue: catalogue, gazetteer: gazetteer)
    for rule in options.denominators { derivation.apply(rule) }
    let all = Observation.canonicalOrder(of: derivation.observations).map { derivation.observations[$0] }
    var rows = NormalisedRows(derived: derivation.rates, catalogue: catalogue)
    let findings = scale(all, by: options.scales, catalogue: catalogue, gazetteer: gazetteer, into: &rows)
    return Normalised(
        observations: all,
        table: rows.normalised.sortedByKey(),
        treatments: rows.treatments.sortedByKey(),
        findings: derivation.findings + findings
    )
}
