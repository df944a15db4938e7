/// What a pipeline declares uncertain, and how that is tried out.
package struct RobustnessOptions: Hashable, Sendable {
    /// How many times the index is computed anew, each time with every input drawn. The first-order and total indices
    /// need that number times (inputs + 2).
    package var replications: Int
    /// The same seed gives the same draws, whatever the number of threads.
    package var seed: UInt64
    package var inputs: [UncertainInput]
    /// The years to assess; `nil` for the latest in which at least two places have a score.
    package var years: [Int]?
    /// The groups to assess; `nil` for the total, or all where there is no total.
    package var groups: [String]?
    /// Whether the parts of the inputs in the variance of ranks are worked out: `sensitivity.csv`.
    package var sensitivity: Bool
    /// Whether pairs of places are held against each other: `dominance.csv`, the square of the number of places long.
    package var dominance: Bool
    /// At most this many threads; `nil` for as many as there are cores.
    package var threads: Int?

    package init(
        replications: Int = 1000,
        seed: UInt64 = 1,
        inputs: [UncertainInput],
        years: [Int]? = nil,
        groups: [String]? = nil,
        sensitivity: Bool = true,
        dominance: Bool = true,
        threads: Int? = nil
    ) {
        self.replications = replications
        self.seed = seed
        self.inputs = inputs
        self.years = years
        self.groups = groups
        self.sensitivity = sensitivity
        self.dominance = dominance
        self.threads = threads
    }
}

/// A choice in the making of the index that could have been another. Levels are distances from the index itself, which is
/// 0; `nil` for all.
package enum UncertainInput: Hashable, Sendable {
    /// Every weight w of a child at `levels` becomes w(1 + U), U uniform in -noise...noise, 0 <= noise < 1. All of them
    /// are one input.
    case weights(noise: Double, levels: Set<Int>? = nil)
    /// The weights of the children of nodes at `levels` come from one of these, each as likely.
    case weighting([Weighting], levels: Set<Int>? = nil)
    /// Nodes at `levels` are aggregated by one of these, each as likely.
    case aggregation([Aggregation], levels: Set<Int>? = nil)
    /// None of the indicators or one of them is left out, each as likely.
    case leaveOneOut
    /// One level of this factor of ``PanelAlternatives``, each as likely: normalisation, outlier rule, imputation.
    case panel(String)

    /// Its name in `sensitivity.csv`.
    package var name: String {
        switch self {
        case .weights: "weights"
        case .weighting: "weighting"
        case .aggregation: "aggregation"
        case .leaveOneOut: "left-out indicator"
        case .panel(let factor): factor
        }
    }
}

/// The scores that other choices on the way to the panel would have given.
///
/// Compose draws among them; whoever makes them computes each once, however many replications there are.
package struct PanelAlternatives: Sendable {
    /// A choice and what it could be.
    package struct Factor: Hashable, Sendable {
        /// `normalisation`, `outliers`, `imputation`.
        package var name: String
        package var levels: [String]

        package init(name: String, levels: [String]) {
            self.name = name
            self.levels = levels
        }
    }

    package var factors: [Factor]
    /// One for each combination of levels; the last factor varies fastest. All have the keys of the panel composed.
    package var panels: [ScorePanel]

    package init(factors: [Factor], panels: [ScorePanel]) {
        self.factors = factors
        self.panels = panels
    }
}
