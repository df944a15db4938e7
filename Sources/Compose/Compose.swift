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
}
