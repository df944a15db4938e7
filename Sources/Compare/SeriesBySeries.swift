import Indicators

/// What one series, or several, come to under the metrics that look at each series by itself.
struct SeriesOutcome: Sendable {
    /// By metric, in the order of its tables.
    var tables: [CompareOptions.Metric: [Table]] = [:]
    var findings: [CompareOptions.Metric: [Finding]] = [:]

    /// Adds what other series come to, whose rows follow.
    mutating func append(_ other: SeriesOutcome) {
        for (metric, found) in other.findings { findings[metric, default: []] += found }
        for (metric, more) in other.tables {
            guard tables[metric] != nil else {
                tables[metric] = more
                continue
            }
            for (position, table) in more.enumerated() { tables[metric]?[position].append(contentsOf: table) }
        }
    }
}

extension CompareOptions.Metric {
    /// Those that look at each series by itself.
    static let bySeries: Set<Self> = [.gaps, .inequality, .convergence, .timeDistance, .trends]
}

extension ComparedPanel {
    /// With fewer values a second thread costs more than it saves, and what the metrics share of all series fits into memory
    /// at once.
    private static let valuesWorthThreads = 100_000

    var isSmall: Bool { observations.count < Self.valuesWorthThreads }

    /// Works out all metrics that look at each series by itself, so that what they share is worked out once. Of many values:
    /// series by series, on all cores; the outcomes are put together in the order of the series, whichever thread was the first.
    ///
    /// - Parameter keep: Sees the tables of few values with their rows, where the panel keeps those.
    /// - Returns: The tables in the order of the series, and the findings of each.
    func bySeries(_ keep: ([ComparedRows]) -> Void = { _ in }) -> SeriesOutcome {
        let metrics = CompareOptions.Metric.bySeries.intersection(options.metrics)
        guard !metrics.isEmpty else { return SeriesOutcome() }
        guard !isSmall else { return outcome(of: panel.series.indices, metrics, keep) }
        let outcomes = onAllCores(panel.series.count, isWorthIt: true) { outcome(of: $0..<$0 + 1, metrics) }
        // Of no series at all there are tables too, without rows.
        var all = outcome(of: 0..<0, metrics)
        for outcome in outcomes { all.append(outcome) }
        return all
    }

    func outcome(
        of positions: Range<Int>,
        _ metrics: Set<CompareOptions.Metric>,
        _ keep: ([ComparedRows]) -> Void = { _ in }
    ) -> SeriesOutcome {
        var frame = self
        frame.store = ObservedStore(keepsAllSeries: isSmall)
        frame.only = positions
        var outcome = SeriesOutcome()
        if metrics.contains(.gaps) {
            var gaps = GapComparison(frame)
            gaps.compareAll()
            outcome.tables[.gaps] = [gaps.table]
            outcome.findings[.gaps] = gaps.findings
        }
        for metric in metrics where metric != .gaps {
            let found = frame.outcome(of: metric)
            keep(found.tables)
            outcome.tables[metric] = found.tables.map(\.table)
            outcome.findings[metric] = found.findings
        }
        return outcome
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
