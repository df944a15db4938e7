package import Indicators

/// How an index is put together besides its tree.
package struct ComposeOptions: Hashable, Sendable {
    /// The scores that weights are fitted to and that correlations and alpha are worked out from: those of this year, or
    /// with `nil` of all years together. Of the group `total` where there is one, else of all groups together.
    package var fitYear: Int?
    /// Whether each indicator is left out in turn: `leave-one-out.csv`.
    package var leaveOneOut: Bool
    /// `nil` for no robustness analysis.
    package var robustness: RobustnessOptions?

    package init(fitYear: Int? = nil, leaveOneOut: Bool = false, robustness: RobustnessOptions? = nil) {
        self.fitYear = fitYear
        self.leaveOneOut = leaveOneOut
        self.robustness = robustness
    }
}

/// What Compose returns.
package struct Composed: Sendable {
    /// `index`, `weights`, `correlations`, and what else was asked for of `leave-one-out`, `robustness`, `dominance` and
    /// `sensitivity`; in the order of their names. None where a finding is an error in tree, weights or options.
    package var tables: [Table]
    package var findings: [Finding]
    /// What the answers of ``explain(place:year:group:node:)`` are worked out from; `nil` where nothing was composed.
    let composition: Composition?
    /// What ``replay(_:year:group:)`` works replications out from.
    let trials: [Trial]

    /// Where there was nothing to put together.
    package static var nothing: Composed { Composed(findings: []) }

    init(tables: [Table] = [], findings: [Finding], composition: Composition? = nil, trials: [Trial] = []) {
        self.tables = tables
        self.findings = findings
        self.composition = composition
        self.trials = trials
    }
}

/// Puts an index together: weights, scores and ranks of every node, and what was asked for besides.
///
/// - Parameters:
///   - scores: The normalised indicators; more is better. Missing is missing: no node has a score with less than its
///     minimum coverage.
///   - tree: Which nodes, made of what, by which methods.
///   - options: What to work out besides.
///   - denominators: The counts that children are weighted by where the weighting is `population`.
///   - alternatives: The scores that other choices on the way would have given, for the robustness analysis.
///   - memo: What replications came to in earlier runs, so that those of the same scores need not be repeated.
/// - Returns: Tables, and findings: those with severity `error` about tree, weights or options come without tables. Linear
///   in the cells of `scores`, but for Copeland (the square of the places) and benefit of the doubt (a linear programme
///   for each place).
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, steps 4 to 8.
package func compose(
    _ scores: ScorePanel,
    tree: IndexTree,
    options: ComposeOptions = ComposeOptions(),
    denominators: ScorePanel? = nil,
    alternatives: PanelAlternatives? = nil,
    memo: Memo? = nil
) -> Composed {
    var composed = composedAnywhere(scores, tree, options, denominators, alternatives, memo)
    // What is wrong with an index as a whole stands where the index does.
    composed.findings = composed.findings.map { finding in
        var finding = finding
        finding.file = tree.file
        if finding.line == 0 { finding.line = tree.nodes.first?.line ?? 0 }
        return finding
    }
    return composed
}

/// As `compose`, without the file in the findings.
private func composedAnywhere(
    _ scores: ScorePanel,
    _ tree: IndexTree,
    _ options: ComposeOptions,
    _ denominators: ScorePanel?,
    _ alternatives: PanelAlternatives?,
    _ memo: Memo?
) -> Composed {
    let faults = tree.faults(in: scores) + options.faults(in: scores)
    guard faults.isEmpty else { return Composed(findings: faults) }
    let composition: Composition
    do {
        composition = try Composition(
            IndexPlan(tree, panel: scores),
            panel: scores,
            denominators: denominators,
            fitYear: options.fitYear
        )
    } catch {
        return Composed(findings: error.findings)
    }
    var tables = composition.tables(fitYear: options.fitYear)
    var findings = composition.emptinessFindings() + composition.findings + composition.nameFindings()
    findings += composition.mixedGradeFindings()
    var trials: [Trial] = []
    let robustness = options.robustness
    let slices = composition.slices(years: robustness?.years, groups: robustness?.groups)
    if options.leaveOneOut { tables.append(composition.leaveOneOutTable(slices)) }
    if let robustness {
        let nominal = Nominal(
            composition: composition,
            tree: tree,
            denominators: denominators,
            fitYear: options.fitYear
        )
        do {
            for slice in slices {
                trials.append(
                    try Trial(robustness, of: nominal, slice: slice, alternatives: alternatives, memo: memo)
                )
            }
        } catch {
            return Composed(findings: error.findings)
        }
        var results = RobustnessTables()
        for trial in trials { trial.append(to: &results) }
        tables += results.asked(robustness)
        if slices.isEmpty {
            findings.append(
                Finding(
                    code: "robustness-without-scores",
                    severity: .warning,
                    found: "no year in which two places have a score of \(composition.plan.id)",
                    expected: "places to rank"
                )
            )
        }
    }
    return Composed(
        tables: tables.map { $0.sortedByKey() }.sorted { $0.schema.name < $1.schema.name },
        findings: findings,
        composition: composition,
        trials: trials
    )
}

extension ComposeOptions {
    /// What is wrong with the options; each stops the run.
    fileprivate func faults(in panel: ScorePanel) -> [Finding] {
        var faults: [Finding] = []
        if let fitYear, !panel.years.contains(fitYear) {
            faults.append(
                .index("index-bad-option", found: "fit year \(fitYear)", expected: "a year of the panel")
            )
        }
        return faults + (robustness?.faults(in: panel) ?? [])
    }
}
