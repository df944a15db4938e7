import Indicators

/// What a target is held against in a year: the place's own value or, of a country that has none in any year, the mean over its
/// places.
struct TargetValue {
    /// The word for a place's own values.
    static let own = "own"

    private enum Source {
        case own(ObservationKey)
        /// The denominator and year of the weights, in words, and what the coverage is a share of.
        case places(PlacesBehind, weights: String, coverageBasis: String)
    }

    let year: Int
    let value: Double
    let status: ObservationStatus
    let grade: Grade
    /// From 0 to 1; 1 of a place's own value.
    let coverage: Double
    /// ``own``, or the level of the places.
    let basis: String
    private let source: Source

    init(_ value: PlaceValue, _ series: ComparedSeries) {
        year = value.year
        self.value = value.value
        status = value.status
        grade = value.grade
        coverage = 1
        basis = Self.own
        source = .own(value.key(series))
    }

    /// - Parameters:
    ///   - mean: Over the places of `side`, weighted.
    ///   - side: With its weights.
    ///   - series: The indicator and group.
    init(_ mean: Mean, _ side: ComparedSide, _ series: ComparedSeries) {
        year = side.observed.panelYears[side.year]
        value = mean.value
        status = mean.status
        grade = mean.grade
        coverage = mean.coverage
        basis = side.division.level.rawValue
        source = .places(
            PlacesBehind(series, [side], isWeighted: true),
            weights: "\(side.observed.denominator ?? "") of \(mean.weightYear ?? 0)",
            coverageBasis: mean.coverageBasis
        )
    }

    var isOfPlaces: Bool { basis != Self.own }

    // MARK: Lineage

    func origin(_ frame: ComparedPanel) -> CellOrigin {
        switch source {
        case .own(let key): CellOrigin("same", [.init("value", of: key.place, .observation(key, .value))])
        case .places(let behind, let weights, _):
            CellOrigin("weighted-mean", behind.values(frame), parameters: [.init("weights", weights)])
        }
    }

    /// A part of the observations behind it.
    func marks(_ aspect: ObservationKey.Aspect, _ frame: ComparedPanel) -> [Derivation.Input] {
        switch source {
        case .own(let key): [.init("value", of: key.place, .observation(key, aspect))]
        case .places(let behind, _, _): behind.marks(aspect, frame)
        }
    }

    func originOfCoverage(_ row: RowQuestion) -> CellOrigin {
        switch source {
        case .own: CellOrigin("whole")
        case .places(let behind, _, ObservedDivision.placesBasis):
            CellOrigin(
                "share",
                [("part", behind.count(row.frame)), ("whole", behind.places(row.frame))].map { role, counted in
                    let count = Derivation(counted.rule, "how many there are", inputs: counted.inputs)
                    return .init(role, .intermediate(.integer(counted.inputs.count), count))
                }
            )
        case .places(let behind, _, let basis): behind.coverage(row, basis: basis)
        }
    }
}

extension ComparedPanel {
    /// What a target of a place is held against, by year.
    ///
    /// A country without a figure of its own in any year falls to the means over its places, weighted by the indicator's own
    /// denominator, of those years in which they cover enough of it: `minimum_coverage`, or half where none is declared. They
    /// are of one level: of that with the most such years, of equals the finest. Nothing is put in the place of a country's
    /// own figure in some years only, since the two need not agree; nor is there a mean of counts.
    func targetValues(_ series: ComparedSeries, of code: String) -> [TargetValue] {
        guard panel.series.indices.contains(series.position), let place = panel.index(ofPlace: code) else { return [] }
        let own = ownYears(series, place).compactMap { ownValue(series, place, $0) }
        guard own.isEmpty, let country = [reference, other].first(where: { $0.place == place }) else {
            return own.map { TargetValue($0, series) }
        }
        guard series.indicator.denominator != nil, ![.count, .quantity].contains(series.indicator.kind) else {
            return []
        }
        var best: [TargetValue] = []
        for (division, years) in zip(country.divisions, years(country, series.position)) {
            let found = years.compactMap { mean(country, division, series, $0) }
            if !found.isEmpty, found.count >= best.count { best = found }
        }
        return best
    }

    private func mean(
        _ country: ComparedCountry,
        _ division: Division,
        _ series: ComparedSeries,
        _ year: Int
    ) -> TargetValue? {
        let side = ComparedSide(
            country: country,
            division: division,
            year: year,
            observed: observed(country, division, series, year)
        )
        guard side.observed.weights != nil, let mean = side.observed.mean(isWeighted: true),
            mean.coverage >= options.minimumCoverage ?? 0.5
        else { return nil }
        return TargetValue(mean, side, series)
    }
}
