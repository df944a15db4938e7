package import Indicators

/// How figures are followed over time, and which provinces are held to be alike.
package struct DynamicsOptions: Hashable, Sendable {
    /// Which crossing of a level counts for a time distance.
    package var lastCrossing: Bool
    /// The levels at which time distances are taken, by indicator; absent for the usual ones.
    package var levels: [String: [Double]]
    /// How many years before and with the last common one a trend is fitted to; `nil` for all.
    package var trendYears: Int?
    /// The scales on which growth is regressed on its start; `nil` for `log`, and for shares also `logit`.
    package var convergenceScales: [GrowthScale]?
    /// The first and the last year of convergence; `nil` for the widest span that most places are in.
    package var convergenceFrom: Int?
    package var convergenceTo: Int?
    package var peers: PeerOptions?
    /// What ``CompareOptions/Metric/targets`` measures progress to.
    package var targets: [Target]
    /// What ``CompareOptions/Metric/activities`` counts.
    package var activities: [Activity]

    package init(
        lastCrossing: Bool = false,
        levels: [String: [Double]] = [:],
        trendYears: Int? = nil,
        convergenceScales: [GrowthScale]? = nil,
        convergenceFrom: Int? = nil,
        convergenceTo: Int? = nil,
        peers: PeerOptions? = nil,
        targets: [Target] = [],
        activities: [Activity] = []
    ) {
        self.lastCrossing = lastCrossing
        self.levels = levels
        self.trendYears = trendYears
        self.convergenceScales = convergenceScales
        self.convergenceFrom = convergenceFrom
        self.convergenceTo = convergenceTo
        self.peers = peers
        self.targets = targets
        self.activities = activities
    }

    var crossing: Reached.Crossing { lastCrossing ? .last : .earliest }

    /// What is wrong with them, as found and expected.
    var faults: [(found: String, expected: String)] {
        var faults: [(found: String, expected: String)] = []
        if let trendYears, trendYears < 2 { faults.append(("trend_years \(trendYears)", "2 years or more")) }
        if let from = convergenceFrom, let to = convergenceTo, from >= to {
            faults.append(("convergence from \(from) to \(to)", "a last year after the first"))
        }
        for (indicator, levels) in levels.sorted(by: { $0.key < $1.key }) where Set(levels).count < levels.count {
            faults.append(("a level twice for \(indicator)", "each level once"))
        }
        if let peers {
            if peers.indicators.isEmpty { faults.append(("peers without indicators", "at least one indicator")) }
            if Set(peers.indicators).count < peers.indicators.count {
                faults.append(("an indicator twice among those of peers", "each indicator once"))
            }
            if peers.count < 1 { faults.append(("\(peers.count) peers", "1 or more")) }
        }
        return faults
    }
}

/// The scale on which growth is measured and regressed on its start.
package enum GrowthScale: String, Hashable, Sendable, CaseIterable {
    /// The natural logarithm: growth is relative. Needs values above 0.
    case log
    /// ln(p / (1 - p)) of a share, clipped to 0.1 ... 99.9 %.
    case logit
    /// The values themselves: growth is in the indicator's unit.
    case levels
}

/// By what provinces are held to be alike.
package struct PeerOptions: Hashable, Sendable {
    package enum Scale: String, Hashable, Sendable, CaseIterable {
        /// (x - mean) / standard deviation (over n) of the places of both countries together.
        case zScore = "z-score"
        /// z-scores of the natural logarithms.
        case logZScore = "log-z-score"
        /// (x - minimum) / (maximum - minimum) of the places of both countries together.
        case minMax = "min-max"
    }

    /// The context: what the distance is made of.
    package var indicators: [String]
    package var scale: Scale
    /// The one year of the context; `nil` for the latest pair of years that `match_years` admits, by indicator.
    package var year: Int?
    /// How many peers of each place are told.
    package var count: Int
    package var level: PlaceLevel
    /// What is compared with the peers; empty for every indicator that is no context.
    package var outcomes: [String]

    package init(
        indicators: [String],
        scale: Scale = .zScore,
        year: Int? = nil,
        count: Int = 3,
        level: PlaceLevel = .province,
        outcomes: [String] = []
    ) {
        self.indicators = indicators
        self.scale = scale
        self.year = year
        self.count = count
        self.level = level
        self.outcomes = outcomes
    }
}
