package import Indicators

/// From observed values and rates to scores: coverage, imputation, outliers, scale; each stage worked out once for the choices
/// that lead to it.
///
/// To ask for the scores under other choices, as a robustness analysis does, call ``scores(of:variant:)`` again: what lies
/// before the choice that differs is kept.
package struct Scoring {
    package let panel: ValuePanel
    let catalogue: Catalogue
    let gazetteer: Gazetteer
    let options: NormaliseOptions
    private var coverage: Withheld?
    private var imputed: [[ImputationRule]: Filled] = [:]
    private var treated: [Path: Treated] = [:]

    private struct Path: Hashable {
        var imputation: [ImputationRule]
        var outliers: [OutlierRule]
    }

    /// - Parameters:
    ///   - panel: The observed values and derived rates of one level.
    ///   - catalogue: Knows every indicator.
    ///   - gazetteer: Knows every place.
    ///   - options: The pipeline's rules; the denominators are not applied here.
    package init(_ panel: ValuePanel, catalogue: Catalogue, gazetteer: Gazetteer, options: NormaliseOptions) {
        self.panel = panel
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self.options = options
    }

    /// The scores of one scale rule.
    ///
    /// - Parameters:
    ///   - rule: One of the pipeline's, or another.
    ///   - variant: What is chosen otherwise than in the pipeline.
    /// - Returns: Scores and the findings about them; a rule that makes no sense gives none, with errors among the findings.
    ///   Linear in the cells, but for ranks and quantiles (n log n).
    /// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, steps 3 to 5; ``ScaleRule/Method`` for each
    ///   formula.
    package mutating func scores(of rule: ScaleRule, variant: ScoringVariant = ScoringVariant()) -> ScoredPanel {
        var rule = rule
        if let method = variant.method { rule.method = method }
        let treated = treated(variant)
        return ScoredPanel(scaling: treated, by: rule, catalogue: catalogue, gazetteer: gazetteer)
    }

    /// The places, indicators and years that have too little observed.
    mutating func withheld() -> Withheld {
        if let coverage { return coverage }
        let found = Withheld(options.coverage, of: panel, catalogue: catalogue, gazetteer: gazetteer)
        coverage = found
        return found
    }

    mutating func filled(_ variant: ScoringVariant = ScoringVariant()) -> Filled {
        let rules = variant.imputation ?? options.imputation
        if let known = imputed[rules] { return known }
        let filled = Filled(panel, withheld: withheld(), by: rules, catalogue: catalogue, gazetteer: gazetteer)
        imputed[rules] = filled
        return filled
    }

    mutating func treated(_ variant: ScoringVariant = ScoringVariant()) -> Treated {
        let path = Path(
            imputation: variant.imputation ?? options.imputation,
            outliers: variant.outliers ?? options.outliers
        )
        if let known = treated[path] { return known }
        let result = Treated(filled(variant), by: path.outliers, catalogue: catalogue, gazetteer: gazetteer)
        treated[path] = result
        return result
    }
}

extension Scoring {
    /// Adds the rows of all scale rules of the panel's level, and returns what was found.
    mutating func tabulate(into rows: inout NormalisedRows) -> [Finding] {
        let treated = treated()
        var findings = treated.filled.withheld.findings + treated.filled.findings + treated.findings
        for change in treated.filled.changes + treated.changes {
            let key = panel.key(change.cell)
            rows.append(change, key, unit: catalogue[key.indicator]?.unit ?? "")
        }
        var applied: Set<[String]> = []
        for rule in options.scales where rule.level == panel.level {
            var scaling = Scaling(rule, on: treated, catalogue: catalogue, gazetteer: gazetteer)
            for series in panel.series.indices {
                guard let scale = scaling.scale(of: series) else { continue }
                let key = panel.series[series]
                guard applied.insert([key.indicator, key.group] + scale.words).inserted else {
                    findings.append(
                        rule.finding(
                            "rule-repeated",
                            .error,
                            found: scale.text,
                            expected: "each scale once for an indicator"
                        )
                    )
                    continue
                }
                rows.append(scaling.scaled(series, by: scale), of: series, scale: scale, on: treated)
            }
            findings += scaling.findings
        }
        return findings
    }
}
