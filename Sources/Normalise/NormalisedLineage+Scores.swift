import Indicators

extension NormalisedLineage {
    struct ComparisonKey: Hashable {
        var rule: Int
        var indicator: String
        var group: String
    }

    /// The values that were scaled together.
    struct Comparison {
        var frame: Frame
        /// Cells of the panel that limits, mean and ranks come from: those with a value.
        var base: [Int]
        /// The same as inputs: made once for all the scores that were compared.
        var inputs: [Derivation.Input]
        /// The values that were scaled, likewise.
        var scaled: [Derivation.Input]
        var members: Set<Int>
    }

    /// A score's row: the rule, and what it was compared with.
    struct Scored {
        var key: ObservationKey
        var cell: Int
        /// With the indicator's own method.
        var rule: ScaleRule
        var scale: AppliedScale
        var level: ScoredLevel
        var comparison: Comparison
    }

    private func scored(row: Int, of table: Table) -> Scored? {
        scored(key(row: row, of: table), words: ["method", "scope", "limits"].map { table[row, $0].text })
    }

    private func scored(_ key: ObservationKey, words: [String]) -> Scored? {
        guard let indicator = catalogue[key.indicator], let place = gazetteer[key.place] else { return nil }
        for (index, rule) in options.scales.enumerated()
        where rule.level == place.level && rule.covers(indicator) && rule.obstacle(to: indicator) == nil {
            let scale = AppliedScale(rule, indicator: indicator, group: key.group)
            guard scale.words == words else { continue }
            let level = level(rule.level)
            guard let cell = level.observed.cell(key),
                let comparison = comparisons(ofRule: index, scale, key, level).first(where: {
                    $0.members.contains(cell)
                })
            else { return nil }
            return Scored(
                key: key,
                cell: cell,
                rule: scale.rule,
                scale: scale,
                level: level,
                comparison: comparison
            )
        }
        return nil
    }

    private func comparisons(
        ofRule index: Int,
        _ scale: AppliedScale,
        _ key: ObservationKey,
        _ level: ScoredLevel
    ) -> [Comparison] {
        let id = ComparisonKey(rule: index, indicator: key.indicator, group: key.group)
        if let known = comparisons[id] { return known }
        guard let series = level.observed.index(of: SeriesKey(indicator: key.indicator, group: key.group)) else {
            return []
        }
        let start = level.observed.block(series).lowerBound
        let frames = Frame.frames(of: level.observed, scope: scale.rule.scope, years: scale.rule.years)
        let found = frames.map { frame in
            func valued(_ cells: [Int]) -> [Int] {
                cells.map { start + $0 }.filter { !level.treated.values[$0].isNaN }
            }
            let scaled = valued(frame.cells)
            let base = frame.base.map(valued) ?? scaled
            return Comparison(
                frame: frame,
                base: base,
                inputs: level.inputs(base),
                scaled: level.inputs(scaled),
                members: Set(frame.cells.map { start + $0 })
            )
        }
        comparisons[id] = found
        return found
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
            return .same("the value that is scaled", "value", scored.level.source(scored.cell))
        case "unit", "direction":
            return column == "unit" && scored.level.treated.isTransformed(scored.cell)
                ? Derivation(
                    "transformed-unit",
                    "the indicator's unit, transformed",
                    inputs: [.init("value", cell("value"))]
                )
                : .catalogue(column, of: scored.key.indicator)
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
                parameters: [.init("among", scored.comparison.frame.name)],
                inputs: scored.comparison.inputs
            )
        case "reference":
            return isEmpty ? .empty("empty: the method has no value of reference, or finds none") : reference(scored)
        case "n":
            return Derivation(
                "count",
                "how many values were compared",
                parameters: [.init("among", scored.comparison.frame.name)],
                inputs: rule.method.areLimitsFixed ? scored.comparison.scaled : scored.comparison.inputs
            )
        case "status", "grade": return mark(column, scored)
        case "treatment": return treatments(scored, cell)
        default:
            return .empty("empty in the row of a score, which is no rate")
        }
    }

    /// Status and grade: of the observation, or of what was put in its place.
    private func mark(_ column: String, _ scored: Scored) -> Derivation? {
        guard let aspect = ObservationKey.Aspect(rawValue: column) else { return nil }
        guard let imputed = scored.level.changes[scored.cell]?.first(where: { $0.treatment == .imputed }) else {
            return .same("that of the value", column, .observation(scored.key, aspect))
        }
        let column = column == "status" ? "treatment" : "grade"
        let source = Derivation.Source.cell(ScoredLevel.address(imputed, scored.key, column: column))
        return column == "grade"
            ? .same("that of what was imputed", "grade", source)
            : Derivation("imputed-status", "I, since the value was imputed by us", inputs: [.init("treatment", source)])
    }

    private func treatments(_ scored: Scored, _ cell: (String) -> Derivation.Source) -> Derivation {
        let made = scored.level.changes[scored.cell] ?? []
        var inputs: [Derivation.Input] = []
        if scored.level.observed.isPresent(scored.cell) {
            inputs.append(.init("treatment", .observation(scored.key, .treatment)))
        }
        inputs += made.map { .init("treatment", .cell(ScoredLevel.address($0, scored.key, column: "treatment"))) }
        if scored.rule.method.canClip {
            inputs += ["value", "low", "high", "reference"].map { .init($0, cell($0)) }
        }
        return Derivation(
            "treatment",
            "what was done to the value before, and clipped where the scale clips and it lies beyond its ends",
            inputs: inputs
        )
    }

    private func noScore(_ scored: Scored, _ cell: (String) -> Derivation.Source) -> Derivation {
        let reason: String
        if scored.level.treated.filled.withheld.contains(scored.cell) {
            reason = "no score, since too little was observed around it: see coverage"
        } else if scored.level.treated.values[scored.cell].isNaN {
            reason = "no score, since there is no value"
        } else {
            reason = "no score: \(scored.scale.method) gives none for these values"
        }
        return .empty(reason, inputs: [.init("value", cell("value")), .init("n", cell("n"))])
    }

    /// The least or greatest value compared, or a goalpost.
    private func limit(_ column: String, _ scored: Scored) -> Derivation {
        let rule = scored.rule
        guard !rule.method.areLimitsFixed else {
            return Derivation(
                "declared",
                "a limit that the pipeline fixes",
                inputs: [.init("rule", .declaration(file: rule.file, line: rule.line, text: scored.scale.method))]
            )
        }
        let values = scored.level.treated.values
        let isLow = column == "low"
        let limit = scored.comparison.base.lazy.map { values[$0] }
        let end = isLow ? limit.min() : limit.max()
        return Derivation(
            isLow ? "minimum" : "maximum",
            "the \(isLow ? "least" : "greatest") of \(limit.count) values compared; these have it",
            parameters: [.init("among", scored.comparison.frame.name), .init("compared", String(limit.count))],
            inputs: scored.level.inputs(scored.comparison.base.filter { values[$0] == end })
        )
    }

    private func reference(_ scored: Scored) -> Derivation {
        let rule = scored.rule
        if case .adjusted(.mean) = rule.method {
            return Derivation(
                "mean",
                "the unweighted mean of the values compared",
                parameters: [.init("among", scored.comparison.frame.name)],
                inputs: scored.comparison.inputs
            )
        }
        if let cell = Scaling.referenceCell(rule.method, scored.comparison.frame, scored.level.observed) {
            let start = scored.cell - scored.cell % scored.level.observed.blockSize
            return .same("the value of the place of reference", "value", scored.level.source(start + cell))
        }
        return Derivation(
            "declared",
            "a number that the pipeline fixes",
            inputs: [.init("rule", .declaration(file: rule.file, line: rule.line, text: scored.scale.method))]
        )
    }
}

extension ScaleRule.Method {
    /// Whether values beyond an end of the scale may get its score.
    var canClip: Bool {
        switch self {
        case .goalposts: true
        case .distanceToReference(_, let isCapped), .distanceToTarget(_, let isCapped): isCapped
        default: false
        }
    }
}
