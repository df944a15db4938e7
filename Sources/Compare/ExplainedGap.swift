import Indicators

/// A row of `gaps.csv` with what stands behind it.
struct ExplainedGap {
    /// A value behind a mean.
    struct Value {
        var key: ObservationKey
        var value: Double
        /// NaN where it has none.
        var weight: Double
        /// What the weight is made of: the place's own value of the denominator, or those of its parts.
        var weights: [ObservationKey]
    }

    /// One of the two countries in the row.
    struct Side {
        var country: ComparedCountry
        /// The position of the year in the panel.
        var year: Int
        /// The years that could have been compared, Common Era.
        var years: [Int]
        /// `nil` for a national figure.
        var division: Division?
        var observed: ObservedDivision?
        /// In order of the codes, those without a weight too.
        var values: [Value]
        /// Those that the mean counts.
        var counted: [Value]
        /// The codes of all places there are in the year.
        var places: [String]
        /// The sum of all weights, made of these, where it is known; the first alone for the country's own figure.
        var total: (value: Double, keys: [ObservationKey])?
    }

    let series: ComparedSeries
    let level: String
    let isNational: Bool
    let isWeighted: Bool
    let reference: Side
    let other: Side

    /// - Returns: `nil` where the comparison has no such row.
    init?(row: Int, of table: Table, _ frame: ComparedPanel, _ catalogue: Catalogue) {
        let panel = frame.panel
        let key = SeriesKey(indicator: table[row, "indicator"].text, group: table[row, "group"].text)
        guard let indicator = catalogue[key.indicator], let position = panel.index(of: key),
            let left = panel.index(ofYear: Int(table[row, "year_reference"].numeric ?? 0)),
            let right = panel.index(ofYear: Int(table[row, "year_other"].numeric ?? 0))
        else { return nil }
        let series = ComparedSeries(position: position, key: key, indicator: indicator)
        level = table[row, "level"].text
        let weighting = table[row, "weighting"].text
        isNational = weighting == "none"
        let isWeighted = weighting == indicator.denominator
        self.series = series
        self.isWeighted = isWeighted
        let sides = [(frame.reference, left), (frame.other, right)]
        if isNational {
            let national = sides.compactMap { Side(national: $0.0, year: $0.1, series, frame) }
            guard national.count == 2 else { return nil }
            (reference, other) = (national[0], national[1])
            return
        }
        for one in frame.reference.divisions {
            for two in frame.other.divisions where GapComparison.levelText(one.level, two.level) == level {
                let divided = zip(sides, [one, two]).map { side, division in
                    Side(side.0, division, year: side.1, series, frame, isWeighted: isWeighted)
                }
                (reference, other) = (divided[0], divided[1])
                return
            }
        }
        return nil
    }
}

extension ExplainedGap.Side {
    init?(national country: ComparedCountry, year: Int, _ series: ComparedSeries, _ frame: ComparedPanel) {
        let panel = frame.panel
        guard let place = country.place, let value = panel.value(series: series.position, year: year, place: place)
        else { return nil }
        let key = ObservationKey(
            indicator: series.key.indicator,
            place: country.code,
            year: panel.years[year],
            group: series.key.group
        )
        let own = ExplainedGap.Value(key: key, value: value, weight: .nan, weights: [])
        self.init(
            country: country,
            year: year,
            years: country.nationalYears(of: series.position, in: panel).map { panel.years[$0] },
            values: [own],
            counted: [own],
            places: [country.code]
        )
    }

    init(
        _ country: ComparedCountry,
        _ division: Division,
        year: Int,
        _ series: ComparedSeries,
        _ frame: ComparedPanel,
        isWeighted: Bool
    ) {
        let panel = frame.panel
        let observed = frame.observed(country, division, series, year)
        let behind = division.observed(
            in: panel.values(series: series.position, year: year),
            year,
            frame.existence
        )
        let source = WeightSource(series, frame)
        let values = zip(behind, observed.entries).map { found, entry in
            ExplainedGap.Value(
                key: ObservationKey(
                    indicator: series.key.indicator,
                    place: panel.places[entry.place],
                    year: panel.years[year],
                    group: series.key.group
                ),
                value: entry.value,
                weight: entry.weight,
                weights: observed.weights.map { weights in
                    source?.keys(behind: division.units[found.unit], weights.year, series) ?? []
                } ?? []
            )
        }
        let units = Set(behind.map(\.unit))
        let there = division.units.indices.filter {
            units.contains($0) || frame.existence.contains(division.units[$0].place, year)
        }
        let position = country.divisions.firstIndex { $0.level == division.level } ?? 0
        self.init(
            country: country,
            year: year,
            years: frame.years(country, series.position)[position].map {
                panel.years[$0]
            },
            division: division,
            observed: observed,
            values: values,
            counted: isWeighted ? values.filter { $0.weight > 0 } : values,
            places: there.map { panel.places[division.units[$0].place] },
            total: source.flatMap { Self.total(country, division, there, observed, $0, series) }
        )
    }

    /// What the weight of all places together is made of.
    private static func total(
        _ country: ComparedCountry,
        _ division: Division,
        _ there: [Int],
        _ observed: ObservedDivision,
        _ source: WeightSource,
        _ series: ComparedSeries
    ) -> (value: Double, keys: [ObservationKey])? {
        guard let total = observed.totalWeight, let weights = observed.weights else { return nil }
        if there.contains(where: { weights.values[$0].isNaN }) {
            return (total, [source.key(country.code, weights.year, series)])
        }
        return (total, there.flatMap { source.keys(behind: division.units[$0], weights.year, series) })
    }
}

extension WeightSource {
    /// The series of an indicator's denominator, `nil` where there is none.
    fileprivate init?(_ compared: ComparedSeries, _ frame: ComparedPanel) {
        guard let denominator = compared.indicator.denominator,
            let series = frame.panel.index(of: SeriesKey(indicator: denominator, group: compared.key.group))
        else { return nil }
        self.init(
            series: series,
            panel: frame.panel,
            existence: frame.existence
        )
    }

    fileprivate func key(_ place: String, _ year: Int, _ compared: ComparedSeries) -> ObservationKey {
        ObservationKey(
            indicator: panel.series[series].indicator,
            place: place,
            year: panel.years[year],
            group: compared.key.group
        )
    }

    /// What a unit's weight is made of; nothing where it has none.
    fileprivate func keys(behind unit: Division.Unit, _ year: Int, _ compared: ComparedSeries) -> [ObservationKey] {
        guard !weight(of: unit, year).isNaN else { return [] }
        return places(behind: unit, year).map { key(panel.places[$0], year, compared) }
    }
}
