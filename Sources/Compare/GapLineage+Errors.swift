import Indicators

extension GapLineage {
    /// Where a cell of one side comes from, of those that tell how its places lie and how far they are trusted.
    func spread(
        _ column: Substring,
        _ suffix: String,
        _ side: ExplainedGap.Side,
        _ gap: ExplainedGap,
        isEmpty: Bool,
        _ cell: (String) -> Derivation.Source
    ) -> Derivation? {
        let values = side.counted.map { Derivation.Input("value", of: $0.key.place, .observation($0.key, .value)) }
        let weights = gap.isWeighted ? side.counted.map(\.weightInput) : []
        let (rule, inputs): (String, [Derivation.Input])
        var parameters: [Derivation.Parameter] = []
        switch column {
        case "lowest_fifth", "highest_fifth":
            (rule, inputs) = (String(column).replacing("_", with: "-"), values + weights)
        case "standard_error":
            (rule, inputs) = ("error-of-mean", side.counted.map { error($0) } + weights)
        case "low", "high":
            let sources = ["value\(suffix)", "standard_error\(suffix)"].map { Derivation.Input($0, cell($0)) }
            (rule, inputs) = ("normal-interval", sources)
            parameters = [.init("bound", String(column)), .init("confidence", "0.95")]
        case "band": (rule, inputs) = ("band", [.init("value", cell("value\(suffix)"))])
        default: return nil
        }
        return explained(String(column) + suffix, rule, parameters, inputs, isEmpty: isEmpty)
    }

    /// Likewise of the columns about the gap itself.
    func errors(
        _ column: String,
        isEmpty: Bool,
        _ cell: (String) -> Derivation.Source
    ) -> Derivation? {
        func cells(_ names: String...) -> [Derivation.Input] { names.map { .init($0, cell($0)) } }
        let sides = ["standard_error_reference", "standard_error_other"]
        let bound = Derivation.Parameter("bound", column.hasPrefix("low") ? "low" : "high")
        let confidence = Derivation.Parameter("confidence", "0.95")
        switch column {
        case "standard_error_gap":
            return explained(column, "root-of-squares", [], cells(sides[0], sides[1]), isEmpty: isEmpty)
        case "low_gap", "high_gap":
            let inputs = cells("absolute_gap", "standard_error_gap")
            return explained(column, "normal-interval", [bound, confidence], inputs, isEmpty: isEmpty)
        case "standard_error_log_ratio":
            let inputs = cells("value_reference", "value_other", sides[0], sides[1])
            return explained(column, "error-of-log-ratio", [], inputs, isEmpty: isEmpty)
        case "low_ratio", "high_ratio":
            let inputs = cells("ratio", "standard_error_log_ratio")
            return explained(column, "ratio-interval", [bound, confidence], inputs, isEmpty: isEmpty)
        default: return nil
        }
    }

    private func explained(
        _ column: String,
        _ rule: String,
        _ parameters: [Derivation.Parameter],
        _ inputs: [Derivation.Input],
        isEmpty: Bool
    ) -> Derivation {
        let definition = TableSchema.gapSpread.first { $0.id == column }?.definition ?? column
        if isEmpty { return .empty("empty, because of its definition: \(definition)", inputs: inputs) }
        return Derivation(rule, definition, parameters: parameters, inputs: inputs)
    }

    private func error(_ value: ExplainedGap.Value) -> Derivation.Input {
        frame.errorInput("error", value.key)
    }
}

extension ComparedPanel {
    /// The standard error of a value. That of a derived rate stands in no table: it has the same part of the rate as the
    /// numerator's has of the numerator. The score of an index has none.
    func errorInput(_ role: String, _ key: ObservationKey) -> Derivation.Input {
        let source = panel.index(of: SeriesKey(indicator: key.indicator, group: key.group)).flatMap { series in
            panel.index(ofYear: key.year).flatMap { year in
                panel.index(ofPlace: key.place).flatMap { panel.source(series: series, year: year, place: $0) }
            }
        }
        guard let source, observations[source].decisions.contains(where: { $0.subject == "denominator" }) else {
            if let source, observations[source].originCount == 0 {
                let none = Derivation.empty(
                    "the score of an index has no standard error",
                    inputs: [.init("score", .observation(key, .value))]
                )
                return Derivation.Input(role, of: key.place, .intermediate(.missing, none))
            }
            return Derivation.Input(role, of: key.place, .observation(key, .standardError))
        }
        let derivation = Derivation(
            "error-of-rate",
            "the standard error of the numerator, divided and multiplied as the rate is",
            inputs: [.init("rate", .observation(key, .value))]
        )
        return Derivation.Input(
            role,
            of: key.place,
            .intermediate(Cell(observations[source].standardError), derivation)
        )
    }
}
