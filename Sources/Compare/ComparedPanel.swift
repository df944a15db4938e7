import Indicators

/// What every comparison reads: the observations laid out, the two countries, and when their places existed.
struct ComparedPanel {
    let observations: [Observation]
    let catalogue: Catalogue
    let gazetteer: Gazetteer
    let options: CompareOptions
    let panel: Panel
    let existence: Existence
    let reference: ComparedCountry
    let other: ComparedCountry
    /// Whether the rows of tables are kept beside their cells, for one who asks where those come from.
    var keepsRows = false

    init(_ observations: [Observation], catalogue: Catalogue, gazetteer: Gazetteer, options: CompareOptions) {
        self.observations = observations
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self.options = options
        panel = Panel(observations, places: gazetteer.places.map(\.code))
        existence = Existence(panel, gazetteer: gazetteer)
        reference = ComparedCountry(options.reference, gazetteer: gazetteer, panel: panel)
        other = ComparedCountry(options.other, gazetteer: gazetteer, panel: panel)
    }

    /// A country's own figure.
    func national(_ country: ComparedCountry, _ series: ComparedSeries, _ year: Int) -> Mean? {
        guard let place = country.place,
            let source = panel.source(series: series.position, year: year, place: place),
            let value = observations[source].value
        else { return nil }
        return Mean(national: observations[source], value: value)
    }

    /// The values of a division in a year of a series, with the weights that the series' denominator gives them.
    func observed(
        _ country: ComparedCountry,
        _ division: Division,
        _ series: ComparedSeries,
        _ year: Int
    ) -> ObservedDivision {
        let values = panel.values(series: series.position, year: year)
        let observed = division.observed(in: values, year, existence)
        let placeCount = division.count(in: year, observed: observed, existence)
        let key = series.indicator.denominator.map { SeriesKey(indicator: $0, group: series.key.group) }
        let weightSeries = key.flatMap { panel.index(of: $0) }
        let weights = weightSeries.flatMap {
            Weights(
                of: division,
                observed: observed,
                series: $0,
                year: year,
                within: options.weightYearsWithin,
                panel: panel,
                observations: observations,
                existence: existence
            )
        }
        let entries = observed.map { entry in
            let source = panel.source(series: series.position, year: year, place: entry.place).map { observations[$0] }
            return ObservedDivision.Entry(
                code: panel.places[entry.place],
                value: values[values.startIndex + entry.place],
                standardError: source?.standardError ?? .nan,
                status: source?.status ?? .normal,
                grade: source?.grade ?? .official,
                weight: weights?.values[entry.unit] ?? .nan,
                weightStatus: weights?.statuses[entry.unit] ?? .normal,
                weightGrade: weights?.grades[entry.unit] ?? .official
            )
        }
        let total = weights.flatMap { weights in
            weightSeries.flatMap { totalWeight(country, division, observed, weights, $0, year) }
        }
        return ObservedDivision(
            entries: entries,
            placeCount: placeCount,
            weights: weights,
            totalWeight: total,
            denominator: series.indicator.denominator,
            panelYears: panel.years
        )
    }

    /// The weight of all units of a year together; where one has none, the country's own figure, unless it is smaller than
    /// what the units add up to. `nil` where neither is known.
    func totalWeight(
        _ country: ComparedCountry,
        _ division: Division,
        _ observed: [Division.Observed],
        _ weights: Weights,
        _ series: Int,
        _ year: Int
    ) -> Double? {
        let behind = Set(observed.map(\.unit))
        let there = division.units.indices.filter {
            behind.contains($0) || existence.contains(division.units[$0].place, year)
        }
        let known = there.map { weights.values[$0] }.filter { !$0.isNaN }
        guard let sum = ExactSum(of: known).value else { return nil }
        if known.count == there.count { return sum }
        guard let place = country.place,
            let national = panel.value(series: series, year: weights.year, place: place), national >= sum
        else { return nil }
        return national
    }
}

/// An indicator and group under comparison.
struct ComparedSeries {
    /// In the panel.
    var position: Int
    var key: SeriesKey
    var indicator: Indicator
}
