package import Indicators

/// Which rates are made, what is imputed and treated for the scores, and which scales are applied, in this order.
package struct NormaliseOptions: Hashable, Sendable {
    package var denominators: [DenominatorRule]
    /// `nil` for no gate.
    package var coverage: CoverageRule?
    package var imputation: [ImputationRule]
    package var outliers: [OutlierRule]
    package var scales: [ScaleRule]

    package init(
        denominators: [DenominatorRule] = [],
        coverage: CoverageRule? = nil,
        imputation: [ImputationRule] = [],
        outliers: [OutlierRule] = [],
        scales: [ScaleRule] = []
    ) {
        self.denominators = denominators
        self.coverage = coverage
        self.imputation = imputation
        self.outliers = outliers
        self.scales = scales
    }
}

/// What Normalise returns.
package struct Normalised: Sendable {
    /// The observations that came in, unchanged, followed by the derived ones; in canonical order.
    package var observations: [Observation]
    /// `normalised.csv`: a row for each derived rate and for each score.
    package var table: Table
    /// `treatments.csv`: a row for each cell that was imputed, winsorised, transformed or clipped.
    package var treatments: Table
    package var findings: [Finding]
}

/// Derives rates by the denominator rules, then brings values to common scales: what has too little observed is withheld, holes
/// are imputed, outliers treated, and the scale rules applied.
///
/// Imputed and treated values serve scores alone: the observations that are returned are the observed ones and the rates.
///
/// - Parameters:
///   - observations: At most one for each indicator, place, year and group; their order does not matter.
///   - catalogue: Knows every indicator, the derived ones too.
///   - gazetteer: Knows every place, with its area.
///   - options: What to derive and to scale. A denominator rule may divide what an earlier one derived.
/// - Returns: What came in and what was made of it. A missing value stays missing; a value that cannot be derived or scaled
///   is missing, with a finding that names the reason. A rule that makes no sense is a finding of severity `error` and is not
///   applied. Linear in the cells, but for ranks, medians and quantiles (n log n).
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, steps 3 to 5; the article *Methods* of Pipeline.
package func normalise(
    _ observations: [Observation],
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    options: NormaliseOptions
) -> Normalised {
    var derivation = RateDerivation(observations, catalogue: catalogue, gazetteer: gazetteer)
    for rule in options.denominators { derivation.apply(rule) }
    let all = derivation.observations
    // Most indicators have one scale, whichever of the rules gives it.
    let count = options.scales.isEmpty ? 0 : observations.count
    var rows = NormalisedRows(derived: derivation.rates, catalogue: catalogue, expecting: count)
    var findings = derivation.findings + options.idleRules
    for level in options.scaledLevels {
        let panel = ValuePanel(all, level: level, gazetteer: gazetteer)
        var scoring = Scoring(panel, catalogue: catalogue, gazetteer: gazetteer, options: options)
        findings += scoring.tabulate(into: &rows)
    }
    let tables = rows.tables()
    return Normalised(observations: all, table: tables.normalised, treatments: tables.treatments, findings: findings)
}

extension NormaliseOptions {
    /// The levels that scale rules name, in the order in which they first come.
    var scaledLevels: [PlaceLevel] {
        var levels: [PlaceLevel] = []
        for rule in scales where !levels.contains(rule.level) { levels.append(rule.level) }
        return levels
    }

    /// Rules that nothing would come of: they serve scores, and there are none.
    fileprivate var idleRules: [Finding] {
        guard scales.isEmpty else { return [] }
        let places = [coverage.map { $0.place(in: "coverage") }, imputation.first?.place, outliers.first?.place]
        return places.compactMap { $0 }.map {
            .about(
                $0,
                "rule-without-scale",
                .error,
                found: "\($0.column), and no scale",
                expected: "a scale",
                hint: "imputed and treated values serve scores alone"
            )
        }
    }
}
