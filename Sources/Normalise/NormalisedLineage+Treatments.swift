import Indicators

extension NormalisedLineage {
    /// Where a cell of `treatments.csv` comes from.
    func treatment(row: Int, column: String, of table: Table) -> Derivation? {
        let key = key(row: row, of: table)
        guard let place = gazetteer[key.place] else { return nil }
        let level = level(place.level)
        guard let cell = level.observed.cell(key) else { return nil }
        let rule = table[row, "rule"].text
        let made = level.changes[cell]?.first {
            $0.rule == rule && $0.treatment.rawValue == table[row, "treatment"].text
        }
        switch column {
        case "indicator", "place", "year", "group", "treatment": return keyDerivation(column, declaredAt: nil)
        case "rule": return keyDerivation("method", declaredAt: made.flatMap { declaration(of: $0, key, level) })
        case "unit": return .catalogue(column, of: key.indicator)
        case "old", "new", "donors", "grade":
            guard let made else { return clipped(key, cell, level, rule: rule, column: column) }
            return made.treatment == .imputed
                ? imputed(made, column, level) : treated(made, key, column, level)
        default: return nil
        }
    }

    private func declaration(of change: Change, _ key: ObservationKey, _ level: ScoredLevel) -> (
        file: String, line: Int
    )? {
        guard let indicator = catalogue[key.indicator] else { return nil }
        if change.treatment == .imputed {
            let position = level.imputation.rules(for: key.indicator).first {
                options.imputation[$0].text == change.rule
            }
            return position.map { (options.imputation[$0].file, options.imputation[$0].line) }
        }
        let position = options.outliers.positions(for: indicator, at: level.observed.level).first
        return position.map { (options.outliers[$0].file, options.outliers[$0].line) }
    }

    // MARK: Imputed

    private func imputed(_ change: Change, _ column: String, _ level: ScoredLevel) -> Derivation? {
        let key = level.observed.key(change.cell)
        let donors = level.imputation.donors(of: change)
        switch column {
        case "old": return .empty("empty: there was no value")
        case "donors":
            return Derivation(
                "donors",
                "where the value comes from, by the rule",
                inputs: level.inputs(donors, before: .imputed)
            )
        case "grade":
            let inputs = donors.map {
                Derivation.Input(
                    "grade",
                    of: level.observed.key($0).place,
                    .observation(level.observed.key($0), .grade)
                )
            }
            return Derivation("worst-grade", "the worst of what the value comes from", inputs: inputs)
        default: break
        }
        let declared = declaration(of: change, key, level).map {
            Derivation.Input("rule", .declaration(file: $0.file, line: $0.line, text: change.rule))
        }
        let rule = [declared].compactMap { $0 }
        let values = level.inputs(donors, before: .imputed)
        switch change.donors {
        case .none: return nil
        case .year(let year):
            return Derivation(
                "same",
                "the value of the same place in \(year)",
                inputs: values + rule
            )
        case .years(let before, let after):
            return Derivation(
                "interpolation",
                "before + (year - year before) / (year after - year before) × (after - before)",
                parameters: [
                    .init("year", String(key.year)), .init("year before", String(before)),
                    .init("year after", String(after)),
                ],
                inputs: zip(["before", "after"], values).map { .init($0, of: $1.subject, $1.source) } + rule
            )
        case .group(let name, let count):
            let isMedian = change.rule.hasPrefix("median")
            return Derivation(
                isMedian ? "median" : "mean",
                "the \(isMedian ? "median" : "unweighted mean") of the \(count) observed values of \(name) in \(key.year)",
                inputs: values + rule
            )
        case .indicators: return rowMean(change, key, level, declared: rule)
        }
    }

    /// The mean of the place's other indicators, each a share of its range, on the range of this one.
    private func rowMean(
        _ change: Change,
        _ key: ObservationKey,
        _ level: ScoredLevel,
        declared: [Derivation.Input]
    ) -> Derivation? {
        let position = level.imputation.rules(for: key.indicator).first { options.imputation[$0].text == change.rule }
        guard let position, let means = level.imputation.rowMeans(position, group: key.group) else { return nil }
        let within = change.cell % level.observed.blockSize
        func ends(_ series: Int) -> [Derivation.Input] {
            let cells = means.ends(of: series, at: within)
            return [("low", cells.low), ("high", cells.high)].compactMap { role, cell in
                cell.map { .init(role, of: level.observed.key($0).place, .observation(level.observed.key($0), .value)) }
            }
        }
        let shares: [Derivation.Input] = level.imputation.donors(of: change).compactMap { donor in
            let donorKey = level.observed.key(donor)
            let series = donor / level.observed.blockSize
            guard let share = means.share(of: series, at: within) else { return nil }
            let derivation = Derivation(
                "min-max",
                minMaxStatement(donorKey.indicator),
                parameters: [
                    .init("lower", "0"), .init("upper", "1"),
                    .init("direction", catalogue[donorKey.indicator]?.direction.rawValue ?? ""),
                ],
                inputs: [.init("value", .observation(donorKey, .value))] + ends(series)
            )
            return .init("share", of: donorKey.indicator, .intermediate(.number(share), derivation))
        }
        let isMedian = change.rule.hasPrefix("median")
        let direction = catalogue[key.indicator]?.direction.rawValue ?? ""
        return Derivation(
            "row-mean",
            "the \(isMedian ? "median" : "mean") of the shares, brought back to the indicator's own range: low + share ×"
                + " (high - low), where lower is better high - share × (high - low)",
            parameters: [.init("statistic", isMedian ? "median" : "mean"), .init("direction", direction)],
            inputs: shares + ends(change.cell / level.observed.blockSize) + declared
        )
    }

    private func minMaxStatement(_ indicator: String) -> String {
        catalogue[indicator]?.direction == .lowerIsBetter
            ? "(high - value) / (high - low)" : "(value - low) / (high - low)"
    }

    // MARK: Winsorised and transformed

    private func treated(_ change: Change, _ key: ObservationKey, _ column: String, _ level: ScoredLevel) -> Derivation?
    {
        let source = level.source(change.cell, before: change.treatment)
        switch column {
        case "old": return .same("the value before", "value", source)
        case "donors": return .empty("empty: only an imputed value has donors")
        case "grade":
            if let imputed = level.changes[change.cell]?.first(where: { $0.treatment == .imputed }) {
                return .same(
                    "that of what was imputed",
                    "grade",
                    .cell(ScoredLevel.address(imputed, key, column: "grade"))
                )
            }
            return .same("that of the value", "grade", .observation(key, .grade))
        default: break
        }
        guard let indicator = catalogue[key.indicator],
            let position = options.outliers.positions(for: indicator, at: level.observed.level).first
        else { return nil }
        let rule = options.outliers[position]
        let declared = Derivation.Input("rule", .declaration(file: rule.file, line: rule.line, text: rule.text))
        let cells = sample(of: change.cell, rule, level)
        let parameters = [Derivation.Parameter("rule", change.rule)]
        guard change.treatment == .winsorised else {
            let values = cells.compactMap { level.value($0, before: .transformed) }
            let ends = cells.filter {
                let value = level.value($0, before: .transformed)
                return value != nil && (value == values.min() || value == values.max())
            }
            return Derivation(
                "transform",
                "the formula that the rule names, with the least and the greatest value of those compared; taken since skewness"
                    + " and kurtosis were beyond their limits after winsorising too",
                parameters: parameters,
                inputs: [.init("value", source)] + level.inputs(ends, role: "end", before: .transformed) + [declared]
            )
        }
        if case .shape = rule.method {
            let holders = cells.filter { level.value($0, before: .winsorised) == change.new }
            return Derivation(
                "winsorise",
                "the nearest value that is left, which these places have; skewness and kurtosis were both beyond their limits",
                parameters: parameters,
                inputs: [.init("value", source)] + level.inputs(holders, role: "limit", before: .winsorised) + [
                    declared
                ]
            )
        }
        return Derivation(
            "quantile-limit",
            "the limit that quantiles of type 7 of these values give",
            parameters: parameters,
            inputs: [.init("own", source)] + level.inputs(cells, before: .winsorised) + [declared]
        )
    }

    /// The cells with a value that outliers of a cell's series were looked for in.
    private func sample(of cell: Int, _ rule: OutlierRule, _ level: ScoredLevel) -> [Int] {
        let start = cell - cell % level.observed.blockSize
        let frames = Frame.frames(of: level.observed, scope: rule.scope, years: rule.years)
        let frame = frames.first { $0.cells.contains(cell - start) }
        return (frame?.cells ?? []).map { start + $0 }.filter { !level.treated.values[$0].isNaN }
    }

    // MARK: Clipped

    private func clipped(
        _ key: ObservationKey,
        _ cell: Int,
        _ level: ScoredLevel,
        rule text: String,
        column: String
    ) -> Derivation? {
        switch column {
        case "old": return .same("the value before", "value", level.source(cell))
        case "donors": return .empty("empty: only an imputed value has donors")
        default: break
        }
        guard let indicator = catalogue[key.indicator] else { return nil }
        for rule in options.scales where rule.level == level.observed.level && rule.covers(indicator) {
            let scale = AppliedScale(rule, indicator: indicator, group: key.group)
            let isThis =
                text.hasPrefix("\(scale.method) of ")
                || (text.hasPrefix("\(scale.method) at ") && text.hasSuffix("; \(scale.scope); \(scale.limits)"))
            guard scale.rule.method.canClip, isThis else { continue }
            func source(_ column: String) -> Derivation.Source {
                .cell(
                    CellAddress(
                        table: TableSchema.normalised.name,
                        keys: [
                            .init("indicator", key.indicator), .init("place", key.place),
                            .init("year", String(key.year)),
                            .init("group", key.group), .init("method", scale.method), .init("scope", scale.scope),
                            .init("limits", scale.limits),
                        ],
                        column: column
                    )
                )
            }
            if column == "grade" { return .same("that of the value", "grade", source("grade")) }
            let declared = Derivation.Input(
                "rule",
                .declaration(file: scale.rule.file, line: scale.rule.line, text: scale.method)
            )
            guard case .goalposts = scale.rule.method else {
                return Derivation(
                    "same",
                    "the goal of the distance, which the value lies beyond",
                    inputs: [.init("reference", source("reference")), declared]
                )
            }
            return Derivation(
                "clip",
                "the goalpost that the value lies beyond",
                inputs: [
                    .init("value", level.source(cell)), .init("low", source("low")), .init("high", source("high")),
                    declared,
                ]
            )
        }
        return nil
    }
}
