import Indicators

extension CompareOptions.Metric {
    /// Those that look at each series by itself.
    static let bySeries: Set<Self> = [.gaps, .inequality, .convergence, .timeDistance, .trends]
}

extension ComparedPanel {
    /// With fewer values a second thread costs more than it saves.
    private static let valuesWorthThreads = 10_000
    /// With fewer values, what the metrics share of all series and the rows behind the tables fit into memory at once.
    private static let valuesWorthForgetting = 100_000
    /// Of few values: in how many parts the series are given to the threads, so that none waits for long at the end.
    private static let parts = 16

    var isWorthThreads: Bool { observations.count >= Self.valuesWorthThreads }
    var isSmall: Bool { observations.count < Self.valuesWorthForgetting }

    /// The series as they are given to the threads: all at once, in a few parts, or each by itself, so that what its metrics
    /// share goes with it.
    var partsOfSeries: [Range<Int>] {
        let count = panel.series.count
        guard isWorthThreads, count > 0 else { return [0..<count] }
        let size = isSmall ? max(1, (count + Self.parts - 1) / Self.parts) : 1
        return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }

    /// Works out all metrics that look at each series by itself, so that what they share is worked out once.
    ///
    /// - Parameters:
    ///   - positions: Of the series that are looked at; of none there are tables too, without rows.
    ///   - metrics: Which are worked out.
    /// - Returns: By metric, in the order of the series.
    func outcome(
        ofSeries positions: Range<Int>,
        _ metrics: Set<CompareOptions.Metric>
    ) -> [CompareOptions.Metric: ComparisonOutcome] {
        var frame = store == nil ? withStore() : self
        frame.only = positions
        var outcomes: [CompareOptions.Metric: ComparisonOutcome] = [:]
        for metric in metrics { outcomes[metric] = frame.outcome(of: metric) }
        return outcomes
    }

    /// The same, with a store for what the metrics share.
    func withStore() -> ComparedPanel {
        var frame = self
        frame.store = ObservedStore(keepsAllSeries: isSmall)
        return frame
    }

    /// One finding about all series for which a measure has no sense.
    static func joined(_ findings: [Finding]) -> [Finding] {
        var joined = findings.filter { $0.code != Finding.noDirectionCode }
        let without = findings.filter { $0.code == Finding.noDirectionCode }
        if var first = without.first {
            first.found = Set(without.flatMap { $0.found.split(separator: " ").map(String.init) }).sorted()
                .joined(separator: " ")
            joined.append(first)
        }
        return joined
    }
}
