import Cores
package import Indicators

/// What is compared with what, and how far apart the years may lie.
package struct CompareOptions: Hashable, Sendable {
    package enum Metric: String, Hashable, Sendable, CaseIterable {
        /// `gaps.csv`.
        case gaps
        /// `inequality.csv` and `inequality-decomposition.csv`.
        case inequality
        /// `association.csv`.
        case association
        /// `concentration.csv`.
        case concentration
        /// `parity.csv`.
        case parity
        /// `gap-composition.csv`.
        case gapComposition = "gap-composition"
        /// `gap-contributions.csv`; its cells come from `gaps.csv`.
        case gapContributions = "gap-contributions"
        /// `time-distance.csv`, `time-distance-levels.csv`, `catch-up.csv`.
        case timeDistance = "time-distance"
        /// `convergence.csv`, `sigma.csv`, `sigma-trend.csv`.
        case convergence
        /// `neighbours.csv`, `border.csv`.
        case neighbours
        /// `peers.csv`, `peer-gaps.csv`.
        case peers
        /// `targets.csv`, `target-topics.csv`.
        case targets
        /// `activities.csv`, and with gaps `activity-indicators.csv`.
        case activities
        /// `topics.csv`: which topics have figures, and of what grade.
        case topics
        /// `trends.csv`.
        case trends

        /// Whether a figure of one country is held against one of the other, or ranked or spread together with it.
        package var isAcrossCountries: Bool {
            switch self {
            case .gaps, .inequality, .association, .concentration, .parity, .gapComposition, .gapContributions,
                .timeDistance, .convergence, .neighbours, .peers:
                true
            case .targets, .activities, .topics, .trends: false
            }
        }
    }

    /// The code of the country that the other is held against: A of the formulas.
    package var reference: String
    /// The code of the country whose being worse off makes a gap positive: B of the formulas.
    package var other: String
    /// How many years apart a pair may lie where an indicator has no year that both countries have.
    package var matchYearsWithin: Int
    package var metrics: Set<Metric>
    /// How many years the weights of a mean may lie from its values. All weights of a mean are of one year: of those
    /// allowed the one in which the most places have a weight, then the nearest, then the later.
    package var weightYearsWithin: Int
    /// Means with less coverage than this are not compared; `nil` to compare all.
    package var minimumCoverage: Double?
    package var inequality = InequalityOptions()
    /// Which indicators' ranks are held against each other.
    package var association: [IndicatorPairs] = []
    /// Of which indicators the concentration by which others is asked for.
    package var concentration: [IndicatorPairs] = []
    /// Which groups are held against which.
    package var parity = [GroupPair(Group.women, to: Group.men), GroupPair(Group.rural, to: Group.urban)]
    /// Which gaps are split by the composition of the countries.
    package var composition: [CompositionOptions] = []
    /// How figures are followed over time, and which provinces are held to be alike.
    package var dynamics: DynamicsOptions

    package init(
        reference: String = "TH",
        other: String = "LA",
        matchYearsWithin: Int = 0,
        metrics: Set<Metric> = [.gaps],
        weightYearsWithin: Int = 5,
        minimumCoverage: Double? = nil,
        dynamics: DynamicsOptions = DynamicsOptions()
    ) {
        self.reference = reference
        self.other = other
        self.matchYearsWithin = matchYearsWithin
        self.metrics = metrics
        self.weightYearsWithin = weightYearsWithin
        self.minimumCoverage = minimumCoverage
        self.dynamics = dynamics
    }
}

/// What Compare returns.
package struct Compared: Sendable {
    /// One for each metric that was asked for.
    package var tables: [Table]
    package var findings: [Finding]
}

/// Compares two countries.
///
/// - Parameters:
///   - observations: At most one for each indicator, place, year and group; their order does not matter.
///   - catalogue: Knows every indicator, with its direction and the denominator that weights its means.
///   - gazetteer: Knows every place, and when it existed.
///   - options: Which countries, which tables, and how far apart the years may lie.
/// - Returns: The tables, gaps first and the others in the order of ``CompareOptions/Metric``, and why what could not be
///   compared was not: a figure without a value is an empty cell. Options that make no sense are findings of severity `error`, and
///   there are no tables then. Linear in the observations, but for rankings (n log n) and peers (the product of the places).
/// - SeeAlso: The columns of each table for the source of its formulas; the article *Methods* of Pipeline.
package func compare(
    _ observations: [Observation],
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    options: CompareOptions
) -> Compared {
    ComparedPanel(observations, catalogue: catalogue, gazetteer: gazetteer, options: options).compared()
}

extension ComparedPanel {
    /// The tables of all metrics that are asked for.
    ///
    /// - Parameter keep: Sees each table but `gaps`, with its rows where the panel keeps those.
    /// - Returns: As ``compare(_:catalogue:gazetteer:options:)`` does.
    func compared(_ keep: ([ComparedRows]) -> Void = { _ in }) -> Compared {
        let faults = options.faults(in: gazetteer)
        guard faults.isEmpty else { return Compared(tables: [], findings: faults) }
        let metrics = CompareOptions.Metric.allCases.filter(options.metrics.contains)
        let made = made(metrics)
        var compared = Compared(tables: [], findings: [])
        func add(_ metric: CompareOptions.Metric, _ outcome: ComparisonOutcome) {
            if metric != .gaps { keep(outcome.tables) }
            compared.tables += outcome.tables.map { $0.table.sortedByKey() }
            let isBySeries = CompareOptions.Metric.bySeries.contains(metric)
            compared.findings += isBySeries ? Self.joined(outcome.findings) : outcome.findings
        }
        if let gaps = made[.gaps] { add(.gaps, gaps) }
        let gaps = compared.tables.first
        if !metrics.isEmpty { compared.findings += mixedGrades() }
        for metric in metrics where metric != .gaps {
            // Joint activities are told with the gaps of their indicators.
            if let outcome = metric == .activities ? activities(gaps: gaps) : made[metric] { add(metric, outcome) }
        }
        return compared
    }

    /// What the metrics come to but `activities`: each part of the work by itself, put together in order whichever
    /// thread was the first.
    private func made(_ metrics: [CompareOptions.Metric]) -> [CompareOptions.Metric: ComparisonOutcome] {
        let bySeries = CompareOptions.Metric.bySeries.intersection(metrics)
        let others = metrics.filter { !bySeries.contains($0) && $0 != .activities }
        let parts = bySeries.isEmpty ? [] : partsOfSeries
        let frame = isSmall ? withStore() : self
        let outcomes = onAllCores(others.count + parts.count, isWorthIt: isWorthThreads) { position in
            position < others.count
                ? [others[position]: frame.outcome(of: others[position])]
                : frame.outcome(ofSeries: parts[position - others.count], bySeries)
        }
        var made: [CompareOptions.Metric: ComparisonOutcome] = [:]
        for part in outcomes {
            for (metric, outcome) in part {
                if made[metric] == nil { made[metric] = outcome } else { made[metric]?.append(outcome) }
            }
        }
        return made
    }
}

extension CompareOptions {
    /// What is wrong with the options; each stops the run.
    fileprivate func faults(in gazetteer: Gazetteer) -> [Finding] {
        // Where nothing is compared, the countries need not be there: another gazetteer has others.
        guard !metrics.isEmpty else { return [] }
        var faults: [Finding] = []
        func refuse(_ found: String, _ expected: String) {
            faults.append(Finding(code: "bad-comparison", severity: .error, found: found, expected: expected))
        }
        for code in [reference, other] where gazetteer.places.allSatisfy({ $0.country != code }) {
            refuse(code, "the code of a country in the gazetteer")
        }
        if reference == other { refuse("\(reference) with itself", "two countries") }
        if matchYearsWithin < 0 { refuse("match_years within \(matchYearsWithin)", "0 years or more") }
        if weightYearsWithin < 0 { refuse("weight years within \(weightYearsWithin)", "0 years or more") }
        if let minimumCoverage, !(0...1).contains(minimumCoverage) {
            refuse("minimum coverage \(minimumCoverage)", "a share from 0 to 1")
        }
        if metrics.contains(.gapContributions), !metrics.contains(.gaps) {
            refuse("gap-contributions without gaps", "both: the ones are taken of the others")
        }
        for fault in inequality.faults + composition.compactMap(\.fault) { refuse(fault.found, fault.expected) }
        for fault in dynamics.faults { refuse(fault.found, fault.expected) }
        return faults
    }
}
