package import Indicators

extension ScaleRule {
    /// Whether the rule is meant for `indicator`.
    package func covers(_ indicator: Indicator) -> Bool {
        (own[indicator.id] != nil || indicators.covers(indicator))
            && resolved(for: indicator.id).method.hasParameter(for: indicator.id)
    }

    /// Why an indicator that the rule covers cannot be scaled by it, `nil` where it can.
    func obstacle(to indicator: Indicator) -> Finding? {
        if case .goalposts(let all, _, _) = resolved(for: indicator.id).method, let own = all[indicator.id],
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
    func absences(in panel: ValuePanel) -> [Finding] {
        let present = Set(panel.series.map(\.indicator))
        return Set(indicators.named + own.keys).sorted().filter { !present.contains($0) }.map {
            finding("indicator-absent", .warning, found: "no value of \($0)", expected: "values to scale")
        }
    }

    /// What is wrong with the rule itself; each stops the run.
    func faults(in catalogue: Catalogue, gazetteer: Gazetteer) -> [Finding] {
        var faults = unknownIndicators(
            namedIndicators,
            in: catalogue,
            at: RulePlace(file: file, line: line, column: "")
        )
        if !gazetteer.places.contains(where: { $0.level == level }) {
            faults.append(finding("unknown-level", .error, found: level.rawValue, expected: "a level of the gazetteer"))
        }
        for id in indicators.named where own[id] == nil && !method.hasParameter(for: id) {
            faults.append(
                finding(
                    "scale-without-parameter",
                    .error,
                    found: "\(id) by \(method.text(of: id))",
                    expected: "the numbers of each indicator that the rule names"
                )
            )
        }
        for (id, own) in own.sorted(by: { $0.key < $1.key }) where !own.method.hasParameter(for: id) {
            faults.append(
                finding(
                    "scale-without-parameter",
                    .error,
                    found: "\(id) by \(own.method.text(of: id)), its own",
                    expected: "its numbers"
                )
            )
        }
        let rules = [self] + own.keys.sorted().map { resolved(for: $0) }
        return faults + rules.flatMap { $0.methodFaults + $0.referenceFaults(in: gazetteer) }
    }

    private var namedIndicators: [String] {
        indicators.named + method.parameterIDs + own.keys + own.values.flatMap { $0.method.parameterIDs }
    }

    /// What is wrong with the place of reference.
    private func referenceFaults(in gazetteer: Gazetteer) -> [Finding] {
        guard case .distanceToReference(let code, _) = method else { return [] }
        guard gazetteer[code]?.level == level else {
            let codes = gazetteer.places.filter { $0.level == level }.map(\.code)
            return [
                finding(
                    "unknown-place",
                    .error,
                    found: "reference \(code)",
                    expected: "a code of the gazetteer at the level \(level.rawValue)",
                    hint: hint(for: code, among: codes)
                )
            ]
        }
        guard years == .wholePanel else { return [] }
        return [
            finding(
                "bad-scale-rule",
                .error,
                found: "distance to \(code) over the whole panel, in which it has many values",
                expected: "limits of each year, or of a base year"
            )
        ]
    }

    private var methodFaults: [Finding] {
        switch method {
        case .minMax(let lower, let upper):
            return interval(lower, upper)
        case .zScore(let mean, let deviation):
            return mean.isFinite && deviation.isFinite && deviation > 0
                ? []
                : bad("mean \(mean), standard deviation \(deviation)", "a number and a positive number")
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
        case .fixedLimits(let limits, let size):
            let sizeFault = size > 0 && size.isFinite ? [] : bad("size \(size)", "a positive number")
            return sizeFault
                + limits.sorted { $0.key < $1.key }.compactMap { id, own in
                    Goalposts(.range(low: own.low, high: own.high)).fault.map {
                        finding(
                            "bad-goalposts",
                            .error,
                            found: "\(id): \($0)",
                            expected: "two limits, the low one first"
                        )
                    }
                }
        case .distanceToTarget(let numbers, _), .adjusted(.values(let numbers)):
            return numbers.sorted { $0.key < $1.key }.filter { !$0.value.isFinite }.flatMap {
                bad("\($0.key): \($0.value)", "a finite number")
            }
        case .distanceToMaximum, .distanceToReference, .fractionOfMaximum, .adjusted(.mean):
            return []
        case .rank, .percentileRank, .borda:
            guard case .base(let year) = years else { return [] }
            return bad("ranks by the base year \(year)", "ranks within each year or over the whole panel")
        }
    }

    private func bad(_ found: String, _ expected: String) -> [Finding] {
        [finding("bad-scale-rule", .error, found: found, expected: expected)]
    }

    private func interval(_ lower: Double, _ upper: Double) -> [Finding] {
        lower.isFinite && upper.isFinite && lower < upper && (upper - lower).isFinite
            ? [] : bad("from \(lower) to \(upper)", "the lower end first")
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

extension ScaleRule.Method {
    /// The indicators that it has numbers for, where it needs any.
    var parameterIDs: [String] {
        switch self {
        case .goalposts(let posts, _, _): Array(posts.keys)
        case .fixedLimits(let limits, _): Array(limits.keys)
        case .distanceToTarget(let numbers, _), .adjusted(.values(let numbers)): Array(numbers.keys)
        default: []
        }
    }

    /// Whether it has the numbers that it needs for an indicator.
    func hasParameter(for indicator: String) -> Bool {
        switch self {
        case .goalposts(let posts, _, _): posts[indicator] != nil
        case .fixedLimits(let limits, _): limits[indicator] != nil
        case .distanceToTarget(let numbers, _), .adjusted(.values(let numbers)): numbers[indicator] != nil
        default: true
        }
    }
}
