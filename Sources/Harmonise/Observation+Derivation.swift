package import Indicators

/// Tells where a part of an observation of one source comes from.
///
/// - Parameters:
///   - aspect: Which part.
///   - observation: As ``harmonise(_:options:names:catalogue:weights:)`` returned it, with its breaks marked or not.
///   - cells: The raw values of its origins, in their order.
///   - options: What the pipeline declares about the source.
/// - Returns: The rule that made it of the cells, and what was decided on the way: alias, calendar, unit, status.
package func derivation(
    of aspect: ObservationKey.Aspect,
    in observation: Observation,
    from cells: [RawValue],
    options: HarmoniseOptions
) -> Derivation {
    switch aspect {
    case .value: valueDerivation(of: observation, from: cells, options: options)
    case .status where cells.contains { $0.aggregation != nil && $0.status != nil }:
        Derivation(
            "records",
            "what the number of the group's records says: Q of too few, or withheld so that a total does not give"
                + " others away, U of few, O of none",
            decisions: observation.decisions.filter { ["records", "status"].contains($0.subject) },
            inputs: inputs(cells)
        )
    case .status:
        Derivation(
            "status",
            "the status that the source declares for its values, unless a missing value, the life of the place or a"
                + " break in its series says more",
            parameters: [.init("declared", options.status.rawValue)],
            decisions: observation.decisions.filter { $0.subject == "status" },
            inputs: inputs(cells)
        )
    case .treatment:
        Derivation(
            "treatment",
            "re-tabulated where the source has a value of a place that did not exist that year",
            decisions: observation.decisions.filter { $0.subject == "status" },
            inputs: inputs(cells)
        )
    case .grade:
        Derivation(
            "declared",
            "the grade that the pipeline or the metadata of the file declare for the source",
            parameters: [.init("grade", options.grade.rawValue)]
        )
    case .standardError: standardErrorDerivation(of: observation, from: cells, options: options)
    }
}

/// Tells where the standard error of an observation comes from.
package func standardErrorDerivation(
    of observation: Observation,
    from cells: [RawValue],
    options: HarmoniseOptions
) -> Derivation {
    // Of finer periods only the last one's is carried.
    let cell = cells.last { if case .number = $0.reading { true } else { false } }
    guard observation.standardError != nil, let cell else {
        let limits = cells.flatMap(inputsOfLimits)
        return .empty(
            limits.isEmpty
                ? "the source gives no standard error, or none that the rule for finer periods can carry"
                : "the limits that the source gives tell no standard error: see the findings",
            inputs: limits
        )
    }
    if cell.standardError == nil, let interval = cell.interval { return errorOfLimits(cell, interval, options) }
    return Derivation(
        "standard-error",
        cell.aggregation != nil
            ? "the standard error of the estimate from the records, by Taylor linearisation, in the catalogue's unit"
            : "the standard error that the source gives beside the value, in the catalogue's unit",
        parameters: unitParameters(options),
        inputs: inputs(cells)
    )
}

private func errorOfLimits(
    _ cell: RawValue,
    _ interval: StatedInterval,
    _ options: HarmoniseOptions
) -> Derivation {
    let (rule, formula) =
        switch interval.form.scale {
        case .linear: ("error-of-limits", "(high - low) / (2 z)")
        case .logit: ("error-of-logit-limits", "p (100 - p) / 100 x (logit(high) - logit(low)) / (2 z), in percent")
        case .log: ("error-of-log-limits", "x (ln high - ln low) / (2 z)")
        }
    return Derivation(
        rule,
        "the standard error behind the limits that the source gives beside the value, in the catalogue's unit: \(formula),"
            + " z the quantile of the normal distribution for their confidence",
        parameters: [.init("confidence", Cell.format(interval.form.confidence))] + unitParameters(options),
        inputs: [.init("value", .raw(cell))] + inputsOfLimits(cell)
    )
}

private func inputsOfLimits(_ cell: RawValue) -> [Derivation.Input] {
    guard let interval = cell.interval else { return [] }
    return [.init("low", .raw(cell.cell(of: interval.low))), .init("high", .raw(cell.cell(of: interval.high)))]
}

private func inputs(_ cells: [RawValue]) -> [Derivation.Input] {
    cells.map { Derivation.Input("cell", .raw($0)) }
}

private func unitParameters(_ options: HarmoniseOptions) -> [Derivation.Parameter] {
    options.unitFactor == 1 ? [] : [.init("factor", Cell.format(options.unitFactor))]
}

private func valueDerivation(
    of observation: Observation,
    from cells: [RawValue],
    options: HarmoniseOptions
) -> Derivation {
    let subAnnual = options.subAnnual.flatMap { rule in
        observation.decisions.contains { $0.subject == "period" && $0.statement.hasPrefix("the \(rule.rawValue) of ") }
            ? rule : nil
    }
    guard let rule = subAnnual else {
        var derivation = reading(of: cells, options)
        derivation.decisions = observation.decisions
        if observation.value == nil {
            derivation.rule = "empty"
            derivation.statement = absence(observation.status)
        }
        return derivation
    }
    let inputs = cells.map { cell in
        guard options.unitFactor != 1, case .number(let number) = cell.reading else {
            return Derivation.Input("part", of: cell.period, .raw(cell))
        }
        let scaled = Cell.number(scaled(number, by: options.unitFactor))
        return Derivation.Input("part", of: cell.period, .intermediate(scaled, reading(of: [cell], options)))
    }
    let word =
        switch rule {
        case .sum: ("sum", "the sum of the parts of the year; empty where one is missing")
        case .mean: ("mean", "the mean of the parts of the year that have a value")
        case .last: ("last", "the last part of the year that has a value")
        }
    return Derivation(
        observation.value == nil ? "empty" : word.0,
        word.1,
        parameters: [.init("sub_annual", rule.rawValue)],
        decisions: observation.decisions,
        inputs: inputs
    )
}

private func reading(of cells: [RawValue], _ options: HarmoniseOptions) -> Derivation {
    let factor = options.unitFactor
    if cells.contains(where: { $0.aggregation != nil }) {
        return Derivation(
            "records",
            factor == 1
                ? "worked out of the group's records"
                : "worked out of the group's records, times \(Cell.format(factor)), which"
                    + " brings it to the catalogue's unit",
            parameters: unitParameters(options),
            inputs: inputs(cells)
        )
    }
    return Derivation(
        "read",
        factor == 1
            ? "the number in the cell"
            : "the number in the cell times \(Cell.format(factor)), which brings it to the catalogue's unit",
        parameters: unitParameters(options),
        inputs: inputs(cells)
    )
}

/// Why an observation has no value.
private func absence(_ status: ObservationStatus) -> String {
    switch status {
    case .impossible: "no value, because the place did not exist that year"
    case .suppressed: "no value, because it is suppressed: the source, or too few records"
    default: "no value: the cell holds a marker for missing"
    }
}
