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
    }

    /// A country's own figure.
    func national(_ country: ComparedCountry, _ series: ComparedSeries, _ year: Int) -> Mean? {
        guard let place = country.place,
            let source = panel.source(series: series.position, year: year, place: place),
            let value = observations[source].value
        else { return nil }
        return Mean(national: observations[source], value: value)
    }

    /// In which years a series has values in each division of a country.
    func years(_ country: ComparedCountry, _ series: Int) -> [[Int]] {
        guard let store else { return country.years(of: series, in: panel, existence) }
        return store.years(country, series) { country.years(of: series, in: panel, existence) }
    }

    /// The values of a division in a year of a series, with the weights that the series' denominator gives them.
    func observed(
        _ country: ComparedCountry,
        _ division: Division,
        _ series: ComparedSeries,
        _ year: Int
    ) -> ObservedDivision {
        guard let store else { return observedAnew(country, division, series, year) }
        return store.division(country, division.level, series.position, year) {
            observedAnew(country, division, series, year)
        }
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
            WeightSource(series: $0, panel: panel, observations: observations, existence: existence)
        }
        let weights = source.flatMap {
            Weights(
                of: division,
                in: country.code,
                observed: observed,
                year: year,
                within: options.weightYearsWithin,
                source: $0,
                store: self.weights
            )
        }
        let total = weights.flatMap { weights in
            source.flatMap { totalWeight(country, division, observed, weights, $0.series, year) }
        }
        return ObservedDivision(
            entries: entries(observed, weights, series, year),
            placeCount: division.count(in: year, observed: observed, existence),
            weights: weights,
            totalWeight: total,
            denominator: series.indicator.denominator,
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

    /// The mean over a side's places, `nil` where there is none.
    func meanValue(of side: ComparedSide, _ series: ComparedSeries, isWeighted: Bool) -> Mean? {
        func make() -> Mean? {
            Mean(of: side.observed, isWeighted: isWeighted, direction: series.indicator.direction)
        }
        guard let store else { return make() }
        return store.mean(
            side.country,
            side.division.level,
            series.position,
            side.year,
            isWeighted: isWeighted,
            make
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
        var isBehind = [Bool](repeating: false, count: division.units.count)
        for entry in observed { isBehind[entry.unit] = true }
        var known: [Double] = []
        var isComplete = true
        for unit in division.units.indices
        where isBehind[unit] || existence.contains(division.units[unit].place, year) {
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

/// An indicator and group under comparison.
struct ComparedSeries {
    /// In the panel.
    var position: Int
    var key: SeriesKey
    var indicator: Indicator
}
