import Indicators

extension GapLineage {
    /// Where a cell about one of the two countries comes from: `column` without its suffix.
    func derivation(
        _ column: Substring,
        _ suffix: String,
        _ side: ExplainedGap.Side,
        _ gap: ExplainedGap,
        _ cell: (String) -> Derivation.Source
    ) -> Derivation? {
        switch column {
        case "value": value(side, gap)
        case "year": year(side, gap)
        case "n": Derivation("count", "how many values the mean counts", inputs: values(side))
        case "places": places(side, gap)
        case "coverage": coverage(suffix, side, gap, cell)
        case "coverage_basis": basis(side, gap)
        case "best", "worst": extreme(column == "best", side, gap)
        case "weight_year": weightYear(side, gap)
        default: nil
        }
    }

    private func values(_ side: ExplainedGap.Side) -> [Derivation.Input] {
        side.counted.map { .init("value", of: $0.key.place, .observation($0.key, .value)) }
    }

    private func weights(_ values: [ExplainedGap.Value]) -> [Derivation.Input] {
        values.map(\.weightInput)
    }

    private func value(_ side: ExplainedGap.Side, _ gap: ExplainedGap) -> Derivation {
        guard let observed = side.observed else {
            return Derivation("same", "the national figure of \(side.country.code)", inputs: values(side))
        }
        var parameters: [Derivation.Parameter] = []
        let without = Set(side.places).subtracting(side.values.map(\.key.place)).sorted()
        if !without.isEmpty { parameters.append(.init("places without a value", without.joined(separator: " "))) }
        guard gap.isWeighted else {
            return Derivation(
                "mean",
                "the mean over \(side.counted.count) of \(observed.placeCount) places, each counted the same",
                parameters: parameters,
                inputs: values(side)
            )
        }
        let unweighted = side.values.filter { !($0.weight > 0) }.map(\.key.place)
        if !unweighted.isEmpty {
            parameters.append(.init("left out for want of a weight above 0", unweighted.joined(separator: " ")))
        }
        let year = observed.weights.map { observed.panelYears[$0.year] } ?? 0
        return Derivation(
            "weighted-mean",
            "sum of value × weight / sum of weight, over \(side.counted.count) of \(observed.placeCount) places",
            parameters: [.init("weights", "\(observed.denominator ?? "") of \(year)")] + parameters,
            inputs: zip(values(side), weights(side.counted)).flatMap { [$0, $1] }
        )
    }

    private func year(_ side: ExplainedGap.Side, _ gap: ExplainedGap) -> Derivation {
        let (left, right) = (gap.reference, gap.other)
        let isCommon = left.year == right.year
        let within = frame.options.matchYearsWithin
        return Derivation(
            "year-pair",
            isCommon
                ? "part of the row's key: a year in which both have values"
                : "part of the row's key: no year is common to both, so the closest pair at most \(within) years apart",
            parameters: [
                .init("match_years within", String(within)),
                .init("years of \(left.country.code)", left.years.map(String.init).joined(separator: " ")),
                .init("years of \(right.country.code)", right.years.map(String.init).joined(separator: " ")),
            ]
        )
    }

    private func places(_ side: ExplainedGap.Side, _ gap: ExplainedGap) -> Derivation {
        Derivation(
            "count",
            gap.isNational
                ? "a national figure is of one place"
                : "how many places of the level existed that year or have a value",
            inputs: side.places.map { .init("place", of: $0, .place($0, column: "code")) }
        )
    }

    private func coverage(
        _ suffix: String,
        _ side: ExplainedGap.Side,
        _ gap: ExplainedGap,
        _ cell: (String) -> Derivation.Source
    ) -> Derivation {
        guard let observed = side.observed else {
            return Derivation("whole", "1: a national figure stands for the whole country")
        }
        guard isOfDenominator(side, observed), let total = side.total else {
            return Derivation(
                "share",
                "places with a value / places, since the weights are not known for all",
                inputs: [.init("part", cell("n\(suffix)")), .init("whole", cell("places\(suffix)"))]
            )
        }
        let isNational = total.keys.map(\.place) == [side.country.code]
        let whole = Derivation(
            isNational ? "same" : "sum",
            isNational
                ? "the country's own figure, since a place has none" : "the sum over all places of the level",
            inputs: total.keys.map { .init("value", of: $0.place, .observation($0, .value)) }
        )
        return Derivation(
            "share",
            "the \(observed.denominator ?? "") of the places counted / that of all, at most 1",
            inputs: weights(side.counted).map { .init("part", of: $0.subject, $0.source) }
                + [.init("whole", .intermediate(.number(total.value), whole))]
        )
    }

    /// Whether coverage is a share of what the denominator counts, not of places.
    private func isOfDenominator(_ side: ExplainedGap.Side, _ observed: ObservedDivision) -> Bool {
        guard let total = side.total, total.value > 0 else { return false }
        return observed.denominator != nil && !side.counted.contains { $0.weight.isNaN }
    }

    private func basis(_ side: ExplainedGap.Side, _ gap: ExplainedGap) -> Derivation {
        Derivation(
            "basis",
            gap.isNational
                ? "country, for a national figure"
                : "the denominator where the weight of every place counted and of all together is known, else places",
            inputs: gap.isNational ? [] : weights(side.counted.filter { !$0.weight.isNaN })
        )
    }

    private func extreme(_ isBest: Bool, _ side: ExplainedGap.Side, _ gap: ExplainedGap) -> Derivation {
        let direction = gap.series.indicator.direction
        guard !gap.isNational else { return .empty("empty: a national figure is of one place") }
        guard direction != .neutral else { return .empty("empty: of the indicator neither end is better") }
        return Derivation(
            isBest ? "best-place" : "worst-place",
            "the place with the \(isBest ? "best" : "worst") value that the mean counts, of equals the first code",
            parameters: [.init("direction", direction.rawValue)],
            inputs: values(side)
        )
    }

    private func weightYear(_ side: ExplainedGap.Side, _ gap: ExplainedGap) -> Derivation {
        guard let observed = side.observed else { return .empty("empty: a national figure has no weights") }
        guard observed.weights != nil, gap.isWeighted || isOfDenominator(side, observed) else {
            return .empty("empty: no weights stand behind the mean or its coverage")
        }
        return Derivation(
            "weight-year",
            "of the years allowed the one in which the most places have a weight, then the nearest, then the later",
            parameters: [
                .init("weight_years within", String(frame.options.weightYearsWithin)),
                .init("year of the values", String(observed.panelYears[side.year])),
            ],
            inputs: weights(side.values.filter { !$0.weight.isNaN })
        )
    }
}
