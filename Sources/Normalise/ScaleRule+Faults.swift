import Indicators

extension ScaleRule {
    /// Whether the rule is meant for `indicator`.
    func covers(_ indicator: Indicator) -> Bool {
        if case .goalposts(let posts, _, _) = method, posts[indicator.id] == nil { return false }
        switch indicators {
        case .allDirected: return indicator.direction != .neutral
        case .only(let ids): return ids.contains(indicator.id)
        }
    }

    /// Why an indicator that the rule covers cannot be scaled by it, `nil` where it can.
    func obstacle(to indicator: Indicator) -> Finding? {
        if case .goalposts(let all, _, _) = method, let own = all[indicator.id],
            case .course(let threshold, let goalpost) = own.posts
        {
            let isUpwards = threshold < goalpost
            guard indicator.direction == (isUpwards ? .lowerIsBetter : .higherIsBetter) else { return nil }
            return finding(
                "goalposts-against-direction",
                .error,
                found: "\(indicator.id) from \(Cell.format(threshold)) to \(Cell.format(goalpost))",
                expected: "a goalpost on the good side of its threshold",
                hint: "the catalogue says that \(indicator.direction.rawValue) is better"
            )
        }
        guard indicator.direction == .neutral else { return nil }
        return finding(
            "indicator-without-direction",
            .warning,
            found: "\(indicator.id), of which neither end is better",
            expected: "an indicator with a direction",
            hint: "give it a direction in the catalogue, or leave it out of the rule"
        )
    }

    /// Indicators that the rule names and that have no observation at its level.
    func absences(in panel: Panel) -> [Finding] {
        guard case .only(let ids) = indicators else { return [] }
        let present = Set(panel.series.map(\.indicator))
        return ids.filter { !present.contains($0) }.map {
            finding("indicator-absent", .warning, found: "no value of \($0)", expected: "values to scale")
        }
    }

    /// What is wrong with the rule itself; each stops the run.
    func faults(in catalogue: Catalogue, gazetteer: Gazetteer) -> [Finding] {
        var faults = namedIndicators.filter { catalogue[$0] == nil }.map {
            finding(
                "unknown-indicator",
                .error,
                found: $0,
                expected: "an indicator of the catalogue",
                hint: "add it to the catalogue or correct the id"
            )
        }
        if !gazetteer.places.contains(where: { $0.level == level }) {
            faults.append(finding("unknown-level", .error, found: level.rawValue, expected: "a level of the gazetteer"))
        }
        return faults + methodFaults
    }

    private var namedIndicators: [String] {
        var ids: [String] = []
        if case .only(let named) = indicators { ids += named }
        if case .goalposts(let posts, _, _) = method { ids += posts.keys }
        return Set(ids).sorted()
    }

    private var methodFaults: [Finding] {
        switch method {
        case .minMax(let lower, let upper):
            return interval(lower, upper)
        case .zScore(let mean, let standardDeviation):
            guard mean.isFinite, standardDeviation.isFinite, standardDeviation > 0 else {
                return [
                    finding(
                        "bad-scale-rule",
                        .error,
                        found: "mean \(mean), standard deviation \(standardDeviation)",
                        expected: "a number and a positive number"
                    )
                ]
            }
            return []
        case .goalposts(let posts, let lower, let upper):
            return interval(lower, upper)
                + posts.sorted { $0.key < $1.key }.compactMap { id, own in
                    own.fault.map {
                        finding(
                            "bad-goalposts",
                            .error,
                            found: "\(id): \($0)",
                            expected: "two different limits, the low one first, for which the form is defined"
                        )
                    }
                }
        case .rank, .percentileRank:
            guard case .base(let year) = years else { return [] }
            return [
                finding(
                    "bad-scale-rule",
                    .error,
                    found: "ranks by the base year \(year)",
                    expected: "ranks within each year or over the whole panel"
                )
            ]
        }
    }

    private func interval(_ lower: Double, _ upper: Double) -> [Finding] {
        guard lower.isFinite, upper.isFinite, lower < upper, (upper - lower).isFinite else {
            return [
                finding("bad-scale-rule", .error, found: "from \(lower) to \(upper)", expected: "the lower end first")
            ]
        }
        return []
    }

    /// A finding about the rule, placed where it stands.
    func finding(
        _ code: String,
        _ severity: Finding.Severity,
        found: String,
        expected: String,
        hint: String = ""
    ) -> Finding {
        Finding(
            code: code,
            severity: severity,
            file: file,
            line: line,
            found: found,
            expected: expected,
            hint: hint
        )
    }
}
