import Indicators

/// Works out `gaps.csv`, series by series.
struct GapComparison {
    private(set) var table = Table(schema: .gaps)
    var findings: [Finding] = []
    let observations: [Observation]
    private let catalogue: Catalogue
    let options: CompareOptions
    let panel: Panel
    let existence: Existence
    let reference: ComparedCountry
    let other: ComparedCountry

    init(_ observations: [Observation], catalogue: Catalogue, gazetteer: Gazetteer, options: CompareOptions) {
        self.observations = observations
        self.catalogue = catalogue
        self.options = options
        panel = Panel(observations, places: gazetteer.places.map(\.code))
        existence = Existence(panel, gazetteer: gazetteer)
        reference = ComparedCountry(options.reference, gazetteer: gazetteer, panel: panel)
        other = ComparedCountry(options.other, gazetteer: gazetteer, panel: panel)
    }

    mutating func compareAll() {
        for (series, key) in panel.series.enumerated() {
            guard let indicator = catalogue[key.indicator] else {
                findings.append(
                    Finding(
                        code: "unknown-indicator",
                        severity: .error,
                        found: key.indicator,
                        expected: "an indicator of the catalogue"
                    )
                )
                continue
            }
            compare(ComparedSeries(position: series, key: key, indicator: indicator))
        }
    }

    private mutating func compare(_ series: ComparedSeries) {
        let nationalYears = (
            reference.nationalYears(of: series.position, in: panel), other.nationalYears(of: series.position, in: panel)
        )
        for pair in matches(nationalYears.0, nationalYears.1) { compareNations(series, pair) }

        let years = (
            reference.years(of: series.position, in: panel, existence),
            other.years(of: series.position, in: panel, existence)
        )
        var hasRows = false
        for isMixed in [false, true] where !hasRows {
            for (left, referenceDivision) in reference.divisions.enumerated() {
                for (right, otherDivision) in other.divisions.enumerated()
                where (referenceDivision.level != otherDivision.level) == isMixed {
                    for pair in matches(years.0[left], years.1[right]) {
                        compareDivisions(series, pair, referenceDivision, otherDivision)
                        hasRows = true
                    }
                }
            }
        }
        if !hasRows { reportUnmatched(series, nationalYears, years) }
    }

    func matches(_ reference: [Int], _ other: [Int]) -> [YearPair] {
        YearPair.matches(reference: reference, other: other, within: options.matchYearsWithin)
    }

    // MARK: Countries

    private mutating func compareNations(_ series: ComparedSeries, _ pair: YearPair) {
        guard let left = national(reference, series, pair.reference), let right = national(other, series, pair.other)
        else {
            return
        }
        append(series, pair, level: PlaceLevel.country.rawValue, weighting: "none", left, right)
    }

    private func national(_ country: ComparedCountry, _ series: ComparedSeries, _ year: Int) -> Mean? {
        guard let place = country.place,
            let source = panel.source(series: series.position, year: year, place: place),
            let value = observations[source].value
        else { return nil }
        return Mean(national: observations[source], value: value)
    }

    // MARK: Regions and provinces

    private mutating func compareDivisions(
        _ series: ComparedSeries,
        _ pair: YearPair,
        _ referenceDivision: Division,
        _ otherDivision: Division
    ) {
        let level = Self.levelText(referenceDivision.level, otherDivision.level)
        let left = observed(reference, referenceDivision, series, pair.reference)
        let right = observed(other, otherDivision, series, pair.other)
        appendMeans(series, pair, level: level, weighting: "simple", left, right, isWeighted: false)
        guard let denominator = series.indicator.denominator else { return }
        for (country, division, year) in [(reference, left, pair.reference), (other, right, pair.other)] {
            reportWeights(series, country.code, division, panel.years[year], denominator)
        }
        guard left.weights != nil, right.weights != nil else { return }
        appendMeans(series, pair, level: level, weighting: denominator, left, right, isWeighted: true)
    }

    /// As the column `level` has it.
    static func levelText(_ reference: PlaceLevel, _ other: PlaceLevel) -> String {
        reference == other ? reference.rawValue : "\(reference.rawValue)/\(other.rawValue)"
    }

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

    private mutating func appendMeans(
        _ series: ComparedSeries,
        _ pair: YearPair,
        level: String,
        weighting: String,
        _ left: ObservedDivision,
        _ right: ObservedDivision,
        isWeighted: Bool
    ) {
        let direction = series.indicator.direction
        let means = [(reference, left, pair.reference), (other, right, pair.other)].map { country, division, year in
            let mean = Mean(of: division, isWeighted: isWeighted, direction: direction)
            reportMean(mean, series, country.code, panel.years[year], division, isWeighted: isWeighted)
            return mean
        }
        guard let first = means[0], let second = means[1] else { return }
        if let minimum = options.minimumCoverage, min(first.coverage, second.coverage) < minimum { return }
        append(series, pair, level: level, weighting: weighting, first, second)
    }

    private mutating func append(
        _ series: ComparedSeries,
        _ pair: YearPair,
        level: String,
        weighting: String,
        _ left: Mean,
        _ right: Mean
    ) {
        table.appendGap(
            series,
            years: (panel.years[pair.reference], panel.years[pair.other]),
            level: level,
            weighting: weighting,
            left,
            right
        )
    }
}

/// An indicator and group under comparison.
struct ComparedSeries {
    /// In the panel.
    var position: Int
    var key: SeriesKey
    var indicator: Indicator
}
