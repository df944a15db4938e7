package import Indicators

/// Tells where the cells of `normalised.csv` and `treatments.csv` come from. Nothing is stored in a run: the rules are
/// asked again what they took.
package final class NormalisedLineage {
    let given: [Observation]
    let catalogue: Catalogue
    let gazetteer: Gazetteer
    let options: NormaliseOptions
    /// All observations, those that came in and those that were derived.
    let known: ObservationFinder
    private var divisors: [Int: Divisors] = [:]
    private var scorings: [PlaceLevel: ScoredLevel] = [:]
    var comparisons: [ComparisonKey: [Comparison]] = [:]

    /// - Parameters:
    ///   - given: What was given to ``normalise(_:catalogue:gazetteer:options:)``.
    ///   - normalised: What it returned.
    ///   - catalogue: As it was given.
    ///   - gazetteer: As it was given.
    ///   - options: As they were given.
    package init(
        _ given: [Observation],
        normalised: Normalised,
        catalogue: Catalogue,
        gazetteer: Gazetteer,
        options: NormaliseOptions
    ) {
        self.given = given
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self.options = options
        known = ObservationFinder(normalised.observations)
    }

    /// Where a cell comes from.
    ///
    /// - Parameters:
    ///   - row: The row of `table`.
    ///   - column: The id of a column of `table`.
    ///   - table: The table `normalised` or `treatments` that ``normalise(_:catalogue:gazetteer:options:)`` returned.
    /// - Returns: `nil` where no rule makes such a row.
    package func derivation(row: Int, column: String, of table: Table) -> Derivation? {
        if table.schema.name == TableSchema.treatments.name { return treatment(row: row, column: column, of: table) }
        let isRate = table[row, "scope"].text.isEmpty && table[row, "limits"].text.isEmpty
        return isRate ? rate(row: row, column: column, of: table) : score(row: row, column: column, of: table)
    }

    func key(row: Int, of table: Table) -> ObservationKey {
        ObservationKey(
            indicator: table[row, "indicator"].text,
            place: table[row, "place"].text,
            year: Int(table[row, "year"].numeric ?? 0),
            group: table[row, "group"].text
        )
    }

    /// The denominators as a rule found them: made of what stood there before it, so the rules before it are replayed.
    func divisors(ofRule position: Int) -> Divisors {
        if let known = divisors[position] { return known }
        var before = RateDerivation(given, catalogue: catalogue, gazetteer: gazetteer)
        for rule in options.denominators[..<position] { before.apply(rule) }
        let found = Divisors(for: options.denominators[position], among: before.observations, gazetteer: gazetteer)
        divisors[position] = found
        return found
    }

    /// The panel of a level as its values were scaled.
    func level(_ level: PlaceLevel) -> ScoredLevel {
        if let known = scorings[level] { return known }
        let panel = ValuePanel(known.observations, level: level, gazetteer: gazetteer)
        let scored = ScoredLevel(Scoring(panel, catalogue: catalogue, gazetteer: gazetteer, options: options))
        scorings[level] = scored
        return scored
    }

    /// The words for a column that is part of the key.
    func keyDerivation(_ column: String, declaredAt rule: (file: String, line: Int)?) -> Derivation {
        var inputs: [Derivation.Input] = []
        if let rule, ["method", "scope", "limits"].contains(column) {
            inputs.append(.init("rule", .declaration(file: rule.file, line: rule.line, text: column)))
        }
        return Derivation("key", "part of the row's key: what the row is of", inputs: inputs)
    }
}

// MARK: Rates

extension NormalisedLineage {
    private func rate(row: Int, column: String, of table: Table) -> Derivation? {
        let key = key(row: row, of: table)
        let position = options.denominators.firstIndex { rule in
            rule.id == key.indicator && rule.methodText == table[row, "method"].text
                && rule.numerator == table[row, "numerator"].text
                && rule.denominatorText == table[row, "denominator"].text
        }
        guard let position else { return nil }
        let rule = options.denominators[position]
        let declared = Derivation.Source.declaration(file: rule.file, line: rule.line, text: "denominator \(rule.id)")
        var numerator = key
        numerator.indicator = rule.numerator
        func cell(_ id: String) -> Derivation.Source { .cell(table.cellAddress(row: row, column: id)) }
        switch column {
        case "indicator", "place", "year", "group", "method", "scope", "limits":
            return keyDerivation(column, declaredAt: (rule.file, rule.line))
        case "value":
            let inputs: [Derivation.Input] = [
                .init("numerator", cell("numerator_value")), .init("denominator", cell("denominator_value")),
            ]
            guard table[row, "value"].numeric != nil else {
                return .empty(
                    "numerator / denominator, of which one is missing or the result is no number",
                    inputs: inputs
                )
            }
            return Derivation(
                "rate",
                "numerator / denominator × \(Cell.format(rule.per))",
                parameters: [.init("per", Cell.format(rule.per))],
                inputs: inputs + [.init("rule", declared)]
            )
        case "numerator_value":
            return .same("the value of \(rule.numerator)", "value", .observation(numerator, .value))
        case "denominator_value", "denominator_year":
            return divisor(column, rule, position, numerator, declared)
        case "numerator", "denominator":
            return Derivation("declared", "what the rule of the pipeline names", inputs: [.init("rule", declared)])
        case "unit", "direction":
            return .catalogue(column, of: key.indicator)
        case "status", "treatment", "grade":
            return rateMark(column, rule, position, numerator)
        default:
            return .empty("empty in the row of a rate, which is not brought to a scale")
        }
    }

    private func found(_ position: Int, _ numerator: ObservationKey) -> Divisor? {
        guard let above = known[numerator], above.value != nil else { return nil }
        return divisors(ofRule: position).divisor(of: CellKey(above), status: above.status)
    }

    private func divisor(
        _ column: String,
        _ rule: DenominatorRule,
        _ position: Int,
        _ numerator: ObservationKey,
        _ declared: Derivation.Source
    ) -> Derivation {
        switch found(position, numerator) {
        case nil:
            let value = Derivation.Input("numerator", .observation(numerator, .value))
            return .empty("not looked for, since the numerator has no value", inputs: [value])
        case .refused(_, let found, let expected, _):
            return .empty("none: \(found); expected \(expected)", inputs: [.init("rule", declared)])
        case .found(let divisor):
            let sources = divisor.sources.map {
                Derivation.Input("value", of: $0.place, .observation(ObservationKey($0), .value))
            }
            if column == "denominator_year" {
                guard divisor.year != nil else {
                    return .empty("an area has no year", inputs: [.init("rule", declared)])
                }
                return Derivation(
                    "denominator-year",
                    "the year that the rule prefers of those with a value of the same place and group",
                    parameters: [
                        .init("years", rule.yearText), .init("year of the numerator", String(numerator.year)),
                    ],
                    inputs: [.init("rule", declared)] + sources
                )
            }
            switch rule.denominator {
            case .indicator(let id, _, _):
                return Derivation(
                    "same",
                    "the value of \(id) in the same place and group, of the year that the rule takes",
                    parameters: [.init("years", rule.yearText)],
                    inputs: sources
                )
            case .area:
                return .same(
                    "the area of the place in the gazetteer",
                    "area",
                    .place(numerator.place, column: "area_km2")
                )
            case .total(let whole):
                return Derivation(
                    "sum",
                    "the sum over all places of the same level in the same \(whole.rawValue) that existed that year",
                    inputs: sources
                )
            }
        }
    }

    private func rateMark(
        _ column: String,
        _ rule: DenominatorRule,
        _ position: Int,
        _ numerator: ObservationKey
    ) -> Derivation {
        guard let aspect = ObservationKey.Aspect(rawValue: column) else { return .empty("") }
        var inputs = [Derivation.Input("numerator", .observation(numerator, aspect))]
        let result = known[ObservationKey(numerator, indicator: rule.id)]
        if case .found(let divisor) = found(position, numerator), result?.value != nil {
            inputs += divisor.sources.map {
                .init("denominator", of: $0.place, .observation(ObservationKey($0), aspect))
            }
        } else if aspect == .status, known[numerator]?.value != nil {
            return Derivation("status", "missing, since the division has no result", inputs: inputs)
        }
        switch aspect {
        case .status: return Derivation("worst-status", "the most telling of numerator and denominator", inputs: inputs)
        case .grade: return Derivation("worst-grade", "the worst of numerator and denominator", inputs: inputs)
        default: return Derivation("union", "what was done to numerator or denominator", inputs: inputs)
        }
    }
}

extension ObservationKey {
    fileprivate init(_ other: ObservationKey, indicator: String) {
        self = other
        self.indicator = indicator
    }
}

extension DenominatorRule {
    /// The rule for the year of the denominator, in words.
    fileprivate var yearText: String {
        guard case .indicator(_, let years, _) = denominator else { return "the numerator's own" }
        switch years {
        case .same: return "the same"
        case .nearest(let within): return "the nearest, at most \(within) away; of two as near the later"
        case .latestBefore(let within): return "the same or the latest of the \(within) before"
        case .fixed(let year): return "\(year) for all"
        }
    }
}
