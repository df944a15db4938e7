import Indicators

/// Two indicators at the places of one country that have both.
struct PairedPlaces {
    struct Entry {
        var code: String
        var x: ObservedDivision.Entry
        var y: ObservedDivision.Entry
        var keyOfX: ObservationKey
        var keyOfY: ObservationKey
    }

    let series: ComparedSeries
    let partner: ComparedSeries
    let country: String
    let level: PlaceLevel
    /// Common Era.
    let year: Int
    let yearOfPartner: Int
    /// In order of the places' codes.
    let entries: [Entry]
    /// Of x, with its weights.
    let side: ComparedSide

    var placeCount: Int { side.observed.placeCount }

    /// Of the values of both, and of the weights if they count.
    func status(_ entries: [Entry], isWeighted: Bool) -> ObservationStatus {
        entries.reduce(.normal) { status, entry in
            let both = status.worse(entry.x.status).worse(entry.y.status)
            return isWeighted ? both.worse(entry.x.weightStatus) : both
        }
    }

    func grade(_ entries: [Entry], isWeighted: Bool) -> Grade {
        let grades = entries.flatMap { [$0.x.grade, $0.y.grade] + (isWeighted ? [$0.x.weightGrade] : []) }
        return Grade.worst(of: grades) ?? .official
    }

    func inputs(_ entries: [Entry], _ aspect: ObservationKey.Aspect = .value) -> [Derivation.Input] {
        entries.flatMap { entry in
            [
                Derivation.Input("x", of: entry.code, .observation(entry.keyOfX, aspect)),
                Derivation.Input("y", of: entry.code, .observation(entry.keyOfY, aspect)),
            ]
        }
    }
}

/// Which indicators to hold beside which.
package struct IndicatorPairs: Hashable, Sendable {
    /// x.
    package var of: [String]
    /// y.
    package var with: [String]
    /// How many years apart they may be where they share none; `nil` for as many as `matchYearsWithin` says.
    package var yearsWithin: Int?

    package init(of: [String], with: [String], yearsWithin: Int? = nil) {
        self.of = of
        self.with = with
        self.yearsWithin = yearsWithin
    }
}

extension ComparedPanel {
    /// The places of each country, by level and year, that have both indicators of a pair. The year of y is the nearest to the
    /// year of x, of equals the later.
    func paired(_ pairs: IndicatorPairs, _ body: (PairedPlaces) -> Void) {
        let within = pairs.yearsWithin ?? options.matchYearsWithin
        for series in series where pairs.of.contains(series.key.indicator) {
            for indicator in pairs.with where indicator != series.key.indicator {
                guard let partner = partner(of: series, indicator) else { continue }
                for country in [reference, other] {
                    paired(series, partner, country, within, body)
                }
            }
        }
    }

    /// An indicator of the same group, or where there is none, of all.
    private func partner(of series: ComparedSeries, _ indicator: String) -> ComparedSeries? {
        let keys = [series.key.group, Group.total].map { SeriesKey(indicator: indicator, group: $0) }
        guard let entry = catalogue[indicator], let key = keys.first(where: { panel.index(of: $0) != nil }),
            let position = panel.index(of: key)
        else { return nil }
        return ComparedSeries(position: position, key: key, indicator: entry)
    }

    private func paired(
        _ series: ComparedSeries,
        _ partner: ComparedSeries,
        _ country: ComparedCountry,
        _ within: Int,
        _ body: (PairedPlaces) -> Void
    ) {
        let years = self.years(country, series.position)
        let others = self.years(country, partner.position)
        for (position, division) in country.divisions.enumerated() {
            for year in years[position] {
                let near = others[position].filter { abs($0 - year) <= within }
                guard let match = near.min(by: { (abs($0 - year), -$0) < (abs($1 - year), -$1) }) else { continue }
                let side = ComparedSide(
                    country: country,
                    division: division,
                    year: year,
                    observed: observed(country, division, series, year)
                )
                body(places(series, partner, side, match))
            }
        }
    }

    private func places(
        _ series: ComparedSeries,
        _ partner: ComparedSeries,
        _ side: ComparedSide,
        _ year: Int
    ) -> PairedPlaces {
        let units = side.division.observed(
            in: panel.values(series: series.position, year: side.year),
            side.year,
            existence
        )
        let others = side.division.observed(in: panel.values(series: partner.position, year: year), year, existence)
        let entries = observed(side.country, side.division, partner, year).entries
        let byUnit = Dictionary(uniqueKeysWithValues: zip(others.map(\.unit), entries))
        let found = zip(units, side.observed.entries).compactMap { unit, x -> PairedPlaces.Entry? in
            guard let y = byUnit[unit.unit] else { return nil }
            return PairedPlaces.Entry(
                code: panel.places[side.division.units[unit.unit].place],
                x: x,
                y: y,
                keyOfX: key(series, panel.places[x.place], side.year),
                keyOfY: key(partner, panel.places[y.place], year)
            )
        }
        return PairedPlaces(
            series: series,
            partner: partner,
            country: side.country.code,
            level: side.division.level,
            year: panel.years[side.year],
            yearOfPartner: panel.years[year],
            entries: found,
            side: side
        )
    }

    private func key(_ series: ComparedSeries, _ place: String, _ year: Int) -> ObservationKey {
        ObservationKey(
            indicator: series.key.indicator,
            place: place,
            year: panel.years[year],
            group: series.key.group
        )
    }
}
