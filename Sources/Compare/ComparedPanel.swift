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
    /// By position in the panel; `nil` where the catalogue does not know the indicator.
    let comparedSeries: [ComparedSeries?]
    /// Whether the rows of tables are kept beside their cells, for one who asks where those come from.
    var keepsRows = false
    let weights = WeightStore()
    /// What the metrics of a series share; `nil` where each works it out for itself.
    var store: ObservedStore?
    /// The positions of the series that are looked at; `nil` for all.
    var only: Range<Int>?

    init(_ observations: [Observation], catalogue: Catalogue, gazetteer: Gazetteer, options: CompareOptions) {
        self.observations = observations
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self.options = options
        panel = Panel(observations, places: gazetteer.places.map(\.code))
        existence = Existence(panel, gazetteer: gazetteer)
        reference = ComparedCountry(options.reference, gazetteer: gazetteer, panel: panel)
        other = ComparedCountry(options.other, gazetteer: gazetteer, panel: panel)
        comparedSeries = panel.series.enumerated().map { position, key in
            catalogue[key.indicator].map { ComparedSeries(position: position, key: key, indicator: $0) }
        }
    }

    /// A country's own figure.
    func national(_ country: ComparedCountry, _ series: ComparedSeries, _ year: Int) -> Mean? {
        guard let place = country.place,
            let source = panel.source(series: series.position, year: year, place: place),
            let value = observations[source].value
        else { return nil }
        return Mean(national: observations[source], value: value)
    }

    /// In which years a series has values of a country itself.
    func nationalYears(_ country: ComparedCountry, _ series: Int) -> [Int] {
        country.nationalYears(of: series, in: panel)
    }

    /// In which years a series has values in each division of a country.
    func years(_ country: ComparedCountry, _ series: Int) -> [[Int]] {
        if let known = store?.years(country, series) { return known }
        let years = country.years(of: series, in: panel, existence)
        store?.keep(years, of: series, country)
        return years
    }

    /// The values of a division in a year of a series, with the weights that the series' denominator gives them.
    func observed(
        _ country: ComparedCountry,
        _ division: Division,
        _ series: ComparedSeries,
        _ year: Int
    ) -> ObservedDivision {
        if let known = store?.division(division, series.position, year) { return known }
        let observed = observedAnew(country, division, series, year)
        store?.keep(observed, of: series.position, division, year)
        return observed
    }

    private func observedAnew(
        _ country: ComparedCountry,
        _ division: Division,
        _ series: ComparedSeries,
        _ year: Int
    ) -> ObservedDivision {
        let values = panel.values(series: series.position, year: year)
        let observed = division.observed(in: values, year, existence)
        let key = series.indicator.denominator.map { SeriesKey(indicator: $0, group: series.key.group) }
        let source = key.flatMap { panel.index(of: $0) }.map {
            WeightSource(series: $0, panel: panel, existence: existence)
        }
        let weights = source.flatMap {
            Weights(
                of: division,
                observed: observed,
                year: year,
                within: options.weightYearsWithin,
                source: $0,
                store: self.weights
            )
        }
        let areThere = division.areThere(in: year, observed: observed, existence)
        let total = weights.flatMap { weights in
            source.flatMap { totalWeight(country, areThere, weights, $0.series) }
        }
        return ObservedDivision(
            entries: entries(observed, weights, series, year),
            placeCount: areThere.count { $0 },
            weights: weights,
            totalWeight: total,
            indicator: series.indicator,
            panel: panel
        )
    }

    private func entries(
        _ observed: [Division.Observed],
        _ weights: Weights?,
        _ series: ComparedSeries,
        _ year: Int
    ) -> [ObservedDivision.Entry] {
        let (position, values) = (series.position, panel.values(series: series.position, year: year))
        return observed.map { entry in
            let place = entry.place
            var found = ObservedDivision.Entry(place: place, value: values[values.startIndex + place])
            found.standardError = panel.standardError(series: position, year: year, place: place)
            found.status = panel.status(series: position, year: year, place: place) ?? .normal
            found.grade = panel.grade(series: position, year: year, place: place)
            if let weights {
                found.weight = weights.values[entry.unit]
                found.weightStatus = weights.statuses[entry.unit] ?? .normal
                found.weightGrade = weights.grades[entry.unit] ?? .official
            }
            return found
        }
    }

    /// The weight of all units of a year together; where one has none, the country's own figure, unless it is smaller than
    /// what the units add up to. `nil` where neither is known.
    func totalWeight(
        _ country: ComparedCountry,
        _ areThere: [Bool],
        _ weights: Weights,
        _ series: Int
    ) -> Double? {
        var known: [Double] = []
        known.reserveCapacity(areThere.count)
        var isComplete = true
        for unit in areThere.indices where areThere[unit] {
            if weights.values[unit].isNaN { isComplete = false } else { known.append(weights.values[unit]) }
        }
        guard let sum = ExactSum.value(of: known) else { return nil }
        if isComplete { return sum }
        guard let place = country.place,
            let national = panel.value(series: series, year: weights.year, place: place), national >= sum
        else { return nil }
        return national
    }
}

/// An indicator and group under comparison. One for all rows about it.
final class ComparedSeries: Sendable {
    /// In the panel.
    let position: Int
    let key: SeriesKey
    let indicator: Indicator

    init(position: Int, key: SeriesKey, indicator: Indicator) {
        self.position = position
        self.key = key
        self.indicator = indicator
    }
}
