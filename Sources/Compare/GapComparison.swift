import Indicators

/// Works out `gaps.csv`, series by series.
struct GapComparison {
    private(set) var table = Table(schema: .gaps)
    private(set) var findings: [Finding] = []
    private let observations: [Observation]
    private let catalogue: Catalogue
    private let options: CompareOptions
    private let panel: Panel
    private let existence: Existence
    private let reference: ComparedCountry
    private let other: ComparedCountry

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

    private func matches(_ reference: [Int], _ other: [Int]) -> [YearPair] {
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
        let isMixed = referenceDivision.level != otherDivision.level
        let level =
            isMixed
            ? "\(referenceDivision.level.rawValue)/\(otherDivision.level.rawValue)" : referenceDivision.level.rawValue
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

    private func observed(
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
    private func totalWeight(
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

// MARK: - Findings

extension GapComparison {
    /// Says why a mean was not compared.
    private mutating func reportMean(
        _ mean: Mean?,
        _ series: ComparedSeries,
        _ country: String,
        _ year: Int,
        _ division: ObservedDivision,
        isWeighted: Bool
    ) {
        let subject = "\(series.key.indicator), \(series.key.group), \(country) \(year)"
        guard let mean else {
            let hasWeight = !isWeighted || division.entries.contains { $0.weight > 0 }
            findings.append(
                Finding(
                    code: hasWeight ? "not-representable" : "weights-sum-to-zero",
                    severity: .warning,
                    found: hasWeight ? "\(subject): a mean beyond all numbers" : "\(subject): no weight above 0",
                    expected: hasWeight ? "values whose sum a double can hold" : "weights that add up to more than 0",
                    hint: "the mean is not compared"
                )
            )
            return
        }
        guard let minimum = options.minimumCoverage, mean.coverage < minimum else { return }
        findings.append(
            Finding(
                code: "coverage-below-minimum",
                severity: .warning,
                found: "\(subject): coverage \(Cell.format(mean.coverage)) of \(mean.coverageBasis)",
                expected: "at least \(Cell.format(minimum))",
                hint: "the mean is not compared"
            )
        )
    }

    /// Says which weights are missing or cannot be used.
    private mutating func reportWeights(
        _ series: ComparedSeries,
        _ country: String,
        _ division: ObservedDivision,
        _ year: Int,
        _ denominator: String
    ) {
        let subject = "\(series.key.indicator), \(series.key.group), \(country) \(year)"
        guard let weights = division.weights else {
            findings.append(
                Finding(
                    code: "weights-missing",
                    severity: .note,
                    found: "\(subject): no \(denominator) within \(options.weightYearsWithin) years",
                    expected: "\(denominator) of the places, to weight their mean",
                    hint: "only the simple mean is compared"
                )
            )
            return
        }
        if !weights.negative.isEmpty {
            findings.append(
                Finding(
                    code: "weight-negative",
                    severity: .error,
                    found: "\(subject): \(denominator) of \(weights.negative.joined(separator: " "))",
                    expected: "weights of 0 or more"
                )
            )
        }
        let without = division.entries.filter { $0.weight.isNaN }.map(\.code)
        guard !without.isEmpty else { return }
        findings.append(
            Finding(
                code: "weight-missing",
                severity: .warning,
                found: "\(subject): no \(denominator) in \(panel.years[weights.year]) of "
                    + without.joined(separator: " "),
                expected: "\(denominator) of every place that has a value",
                hint: "they are left out of the weighted mean"
            )
        )
    }

    /// Says that a series has nothing to be compared with, where it has anything at all.
    private mutating func reportUnmatched(
        _ series: ComparedSeries,
        _ national: (reference: [Int], other: [Int]),
        _ divided: (reference: [[Int]], other: [[Int]])
    ) {
        let hasNational = !matches(national.reference, national.other).isEmpty
        let areBothDivided = !divided.reference.allSatisfy(\.isEmpty) && !divided.other.allSatisfy(\.isEmpty)
        guard areBothDivided || !hasNational else { return }
        let sides = [
            (reference, national.reference, divided.reference), (other, national.other, divided.other),
        ].map { country, national, divided in
            let levels =
                [(PlaceLevel.country.rawValue, national)] + zip(country.divisions.map(\.level.rawValue), divided)
            let had = levels.filter { !$0.1.isEmpty }.map { "\($0.0) \(span($0.1))" }
            return "\(country.code) " + (had.isEmpty ? "nothing" : had.joined(separator: ", "))
        }
        findings.append(
            Finding(
                code: "not-compared",
                severity: .note,
                found: "\(series.key.indicator), \(series.key.group): \(sides.joined(separator: "; "))",
                expected: "values on both sides in years at most \(options.matchYearsWithin) apart",
                hint: areBothDivided ? "a greater match_years within would let other years be compared" : ""
            )
        )
    }

    /// The first and the last of some years, with how many there are.
    private func span(_ years: [Int]) -> String {
        guard let first = years.first, let last = years.last else { return "" }
        return first == last ? String(panel.years[first]) : "\(panel.years[first])..\(panel.years[last])"
    }
}
