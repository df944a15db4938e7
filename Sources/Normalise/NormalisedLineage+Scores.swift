import Indicators

extension NormalisedLineage {
    struct ComparisonKey: Hashable {
        var rule: Int
        var indicator: String
        var group: String
    }

    /// The values that were scaled together.
    struct Comparison {
        var name: String
        var sample: Sample
        /// Positions of the observations that limits, mean and ranks come from.
        var base: [Int]
        /// The same as inputs: made once for all the scores that were compared.
        var inputs: [Derivation.Input]
        /// The values that were scaled, likewise.
        var scaled: [Derivation.Input]
        var members: Set<Int>
    }

    /// A score's row: the rule, and what it was compared with.
    private struct Scored {
        var key: ObservationKey
        var position: Int
        var rule: ScaleRule
        var scale: AppliedScale
        var comparison: Comparison
    }

    private func scored(row: Int, of table: Table) -> Scored? {
        let key = key(row: row, of: table)
        guard let position = positions[key], let indicator = catalogue[key.indicator],
            let place = gazetteer[key.place]
        else { return nil }
        let words = ["method", "scope", "limits"].map { table[row, $0].text }
        for (index, rule) in options.scales.enumerated()
        where rule.level == place.level && rule.covers(indicator) && rule.obstacle(to: indicator) == nil {
            let scale = AppliedScale(rule, indicator: indicator, group: key.group)
            guard scale.words == words else { continue }
            let comparison = comparisons(ofRule: index, key).first { $0.members.contains(position) }
            guard let comparison else { return nil }
            return Scored(key: key, position: position, rule: rule, scale: scale, comparison: comparison)
        }
        return nil
    }

    private func comparisons(ofRule index: Int, _ key: ObservationKey) -> [Comparison] {
        let id = ComparisonKey(rule: index, indicator: key.indicator, group: key.group)
        if let known = comparisons[id] { return known }
        let rule = options.scales[index]
        let panel = panel(at: rule.level)
        guard let series = panel.index(of: SeriesKey(indicator: key.indicator, group: key.group)) else { return [] }
        let places = gazetteer.places.filter { $0.level == rule.level }
        var found: [Comparison] = []
        for part in rule.scope.parts(of: places) {
            for sample in Sample.samples(of: panel, series: series, places: part.positions, by: rule.years) {
                let base = base(of: sample, rule, panel, series, part.positions)
                    .filter { observations[$0].value != nil }
                found.append(
                    Comparison(
                        name: "\(part.name), \(sample.period)",
                        sample: sample,
                        base: base,
                        inputs: inputs(base),
                        scaled: inputs(sample.sources.filter { observations[$0].value != nil }),
                        members: Set(sample.sources)
                    )
                )
            }
        }
        comparisons[id] = found
        return found
    }

    private func base(of sample: Sample, _ rule: ScaleRule, _ panel: Panel, _ series: Int, _ places: [Int]) -> [Int] {
        guard case .base(let base) = rule.years else { return sample.sources }
        guard let year = panel.index(ofYear: base) else { return [] }
        return places.compactMap { panel.source(series: series, year: year, place: $0) }
    }

    /// Where a cell in the row of a score comes from.
    func score(row: Int, column: String, of table: Table) -> Derivation? {
        guard let scored = scored(row: row, of: table) else { return nil }
        let rule = scored.rule
        func cell(_ id: String) -> Derivation.Source { .cell(table.cellAddress(row: row, column: id)) }
        let isEmpty = table[row, column] == .missing
        switch column {
        case "indicator", "place", "year", "group", "method", "scope", "limits":
            return keyDerivation(column, declaredAt: (rule.file, rule.line))
        case "value":
            return .same("the value that is scaled", "value", .observation(scored.key, .value))
        case "unit", "direction":
            return .catalogue(column, of: scored.key.indicator)
        case "score":
            return isEmpty ? noScore(scored, cell) : score(scored, cell)
        case "low", "high":
            return isEmpty
                ? .empty("empty: the method has no limits, or no value to take them from") : limit(column, scored)
        case "mean", "standard_deviation":
            guard !isEmpty else { return .empty("empty: only a z-score has it, of values that differ") }
            return Derivation(
                column == "mean" ? "mean" : "standard-deviation",
                column == "mean"
                    ? "the unweighted mean of the values compared"
                    : "the sample's standard deviation (n - 1) of the values compared",
                parameters: [.init("among", scored.comparison.name)],
                inputs: scored.comparison.inputs
            )
        case "n":
            return Derivation(
                "count",
                "how many values were compared",
                parameters: [.init("among", scored.comparison.name)],
                inputs: isGoalposts(rule) ? scored.comparison.scaled : scored.comparison.inputs
            )
        case "status", "grade":
            guard let aspect = ObservationKey.Aspect(rawValue: column) else { return nil }
            return .same("that of the value", column, .observation(scored.key, aspect))
        case "treatment":
            let inputs: [Derivation.Input] = [
                .init("treatment", .observation(scored.key, .treatment)), .init("value", cell("value")),
                .init("low", cell("low")), .init("high", cell("high")),
            ]
            return Derivation(
                "treatment",
                "what was done to the value before, and clipped where goalposts clip and it lies beyond them",
                inputs: isGoalposts(rule) ? inputs : Array(inputs.prefix(1))
            )
        default:
            return .empty("empty in the row of a score, which is no rate")
        }
    }

    private func isGoalposts(_ rule: ScaleRule) -> Bool {
        if case .goalposts = rule.method { return true }
        return false
    }

    private func inputs(_ positions: [Int]) -> [Derivation.Input] {
        positions.map {
            .init("value", of: observations[$0].place, .observation(ObservationKey(observations[$0]), .value))
        }
    }

    private func noScore(_ scored: Scored, _ cell: (String) -> Derivation.Source) -> Derivation {
        .empty(
            observations[scored.position].value == nil
                ? "no score, since there is no value" : "no score: \(scored.scale.method) gives none for these values",
            inputs: [.init("value", cell("value")), .init("n", cell("n"))]
        )
    }

    private func score(_ scored: Scored, _ cell: (String) -> Derivation.Source) -> Derivation {
        let value = Derivation.Input("value", cell("value"))
        let limits: [Derivation.Input] = [.init("low", cell("low")), .init("high", cell("high"))]
        let direction = scored.scale.indicator.direction
        let rule = scored.rule
        let declared = Derivation.Input(
            "rule",
            .declaration(file: rule.file, line: rule.line, text: scored.scale.method)
        )
        func ends(_ lower: Double, _ upper: Double) -> [Derivation.Parameter] {
            [
                .init("lower", Cell.format(lower)), .init("upper", Cell.format(upper)),
                .init("direction", direction.rawValue),
            ]
        }
        switch rule.method {
        case .minMax(let lower, let upper):
            return Derivation(
                "min-max",
                direction == .lowerIsBetter
                    ? "lower + (high - value) / (high - low) × (upper - lower)"
                    : "lower + (value - low) / (high - low) × (upper - lower)",
                parameters: ends(lower, upper),
                inputs: [value] + limits + [declared]
            )
        case .zScore(let mean, let deviation):
            return Derivation(
                "z-score",
                "mean of the scale + deviation of the scale × d × (value - mean) / standard deviation, d = -1 where lower is"
                    + " better",
                parameters: [
                    .init("mean of the scale", Cell.format(mean)),
                    .init("deviation of the scale", Cell.format(deviation)), .init("direction", direction.rawValue),
                ],
                inputs: [
                    value, .init("mean", cell("mean")), .init("standard deviation", cell("standard_deviation")),
                    declared,
                ]
            )
        case .goalposts(let posts, let lower, let upper):
            let own = posts[scored.key.indicator]
            let ends =
                ends(lower, upper) + [
                    .init("form", own?.form.rawValue ?? ""), .init("clipped", own?.isClipped == true ? "yes" : "no"),
                    .init("worst", own.map { Cell.format($0.ends(direction: direction).worst) } ?? ""),
                ]
            return Derivation(
                "goalposts",
                "lower + (f(value) - f(worst)) / (f(best) - f(worst)) × (upper - lower), f being the form; worst and best"
                    + " are low and high by the direction",
                parameters: ends,
                inputs: [value] + limits + [declared]
            )
        case .rank(let ties, let origin):
            return Derivation(
                "rank",
                "the position among the values compared, the \(origin.rawValue) being 1",
                parameters: [
                    .init("ties", ties.rawValue), .init("from", origin.rawValue),
                    .init("direction", direction.rawValue), .init("among", scored.comparison.name),
                ],
                inputs: [.init("own", cell("value"))] + scored.comparison.inputs + [declared]
            )
        case .percentileRank(let ties):
            return Derivation(
                "percentile-rank",
                "(rank - 1) / (n - 1) among the values compared, the worst being 0",
                parameters: [
                    .init("ties", ties.rawValue), .init("direction", direction.rawValue),
                    .init("among", scored.comparison.name),
                ],
                inputs: [.init("own", cell("value"))] + scored.comparison.inputs + [declared]
            )
        }
    }

    /// The least or greatest value compared, or a goalpost.
    private func limit(_ column: String, _ scored: Scored) -> Derivation {
        let rule = scored.rule
        guard !isGoalposts(rule) else {
            return Derivation(
                "declared",
                "a goalpost that the pipeline fixes",
                inputs: [.init("rule", .declaration(file: rule.file, line: rule.line, text: "goalposts"))]
            )
        }
        let values = scored.comparison.base.compactMap { observations[$0].value }
        let isLow = column == "low"
        let limit = isLow ? values.min() : values.max()
        return Derivation(
            isLow ? "minimum" : "maximum",
            "the \(isLow ? "least" : "greatest") of \(values.count) values compared; these have it",
            parameters: [.init("among", scored.comparison.name), .init("compared", String(values.count))],
            inputs: inputs(scored.comparison.base.filter { observations[$0].value == limit })
        )
    }

    /// Where a cell of `treatments.csv` comes from.
    func treatment(row: Int, column: String, of table: Table) -> Derivation? {
        let key = key(row: row, of: table)
        let value = Derivation.Input("value", .observation(key, .value))
        switch column {
        case "indicator", "place", "year", "group", "treatment", "rule":
            return keyDerivation(column, declaredAt: nil)
        case "old": return .same("the value before", "value", .observation(key, .value))
        case "new":
            let scale = options.scales.first { clipText(of: $0, key) == table[row, "rule"].text }
            guard let scale, case .goalposts(let posts, _, _) = scale.method, let own = posts[key.indicator],
                let direction = catalogue[key.indicator]?.direction
            else { return nil }
            let ends = own.ends(direction: direction)
            return Derivation(
                "clip",
                "the goalpost that the value lies beyond",
                parameters: [
                    .init("low", Cell.format(min(ends.worst, ends.best))),
                    .init("high", Cell.format(max(ends.worst, ends.best))),
                ],
                inputs: [value, .init("rule", .declaration(file: scale.file, line: scale.line, text: "goalposts"))]
            )
        case "unit": return .catalogue(column, of: key.indicator)
        case "grade": return .same("that of the value", "grade", .observation(key, .grade))
        default: return nil
        }
    }

    /// The column `rule` of a value that a rule's goalposts clip.
    private func clipText(of rule: ScaleRule, _ key: ObservationKey) -> String? {
        guard case .goalposts(let posts, _, _) = rule.method, let own = posts[key.indicator],
            let indicator = catalogue[key.indicator]
        else { return nil }
        let ends = own.ends(direction: indicator.direction)
        let method = AppliedScale(rule, indicator: indicator, group: key.group).method
        return AppliedScale.clipText(method, low: min(ends.worst, ends.best), high: max(ends.worst, ends.best))
    }
}
