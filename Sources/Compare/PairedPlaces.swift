import Indicators

/// Two indicators at the places of one country that have both, or of both countries as one population.
struct PairedPlaces {
    /// What ``country`` holds for both countries together.
    static let pooled = "pooled"

    /// A place with both. One for all rows about it.
    final class Entry: Sendable {
        let code: String
        let x: ObservedDivision.Entry
        let y: ObservedDivision.Entry
        let keyOfX: ObservationKey
        let keyOfY: ObservationKey

        init(
            _ code: String,
            _ x: ObservedDivision.Entry,
            _ y: ObservedDivision.Entry,
            _ keyOfX: ObservationKey,
            _ keyOfY: ObservationKey
        ) {
            self.code = code
            self.x = x
            self.y = y
            self.keyOfX = keyOfX
            self.keyOfY = keyOfY
        }
    }

    /// The places of one of the countries.
    struct Part {
        /// Of x, with its weights.
        var side: ComparedSide
        /// Common Era.
        var year: Int
        var yearOfPartner: Int
        /// In order of the places' codes.
        var entries: [Entry]
    }

    let series: ComparedSeries
    let partner: ComparedSeries
    /// A country's code, or ``pooled``.
    let country: String
    let level: PlaceLevel
    /// One, or where pooled the reference's and the other's.
    let parts: [Part]
    /// Of each country in order of the places' codes.
    let entries: [Entry]

    init(
        _ series: ComparedSeries,
        _ partner: ComparedSeries,
        country: String,
        level: PlaceLevel,
        parts: [Part]
    ) {
        self.series = series
        self.partner = partner
        self.country = country
        self.level = level
        self.parts = parts
        entries = parts.count == 1 ? parts[0].entries : parts.flatMap(\.entries)
    }

    var isPooled: Bool { country == Self.pooled }
    var sides: [ComparedSide] { parts.map(\.side) }
    var placeCount: Int { parts.reduce(0) { $0 + $1.side.observed.placeCount } }
    /// Common Era; where pooled, of the reference.
    var year: Int { parts[0].year }
    var yearOfPartner: Int { parts[0].yearOfPartner }
    var yearOfOther: Int? { isPooled ? parts[1].year : nil }
    var yearOfPartnerOfOther: Int? { isPooled ? parts[1].yearOfPartner : nil }
    var hasOneYear: Bool { Set(parts.flatMap { [$0.year, $0.yearOfPartner] }).count == 1 }

    /// Of the values of both, and of the weights if they count.
    func status(_ entries: [Entry], isWeighted: Bool) -> ObservationStatus {
        entries.reduce(.normal) { status, entry in
            let both = status.worse(entry.x.status).worse(entry.y.status)
            return isWeighted ? both.worse(entry.x.weightStatus) : both
        }
    }

    func grade(_ entries: [Entry], isWeighted: Bool) -> Grade {
        guard let first = entries.first else { return .official }
        return entries.reduce(first.x.grade) { grade, entry in
            let both = grade.worse(entry.x.grade).worse(entry.y.grade)
            return isWeighted ? both.worse(entry.x.weightGrade) : both
        }
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
    /// The places of each country, by level and year, that have both indicators of a pair, and those of both countries
    /// together. The year of y is the nearest to the year of x, of equals the later; the countries' years of x are matched
    /// as those of a gap.
    func paired(_ pairs: IndicatorPairs, _ body: (PairedPlaces) -> Void) {
        let within = pairs.yearsWithin ?? options.matchYearsWithin
        for series in series where pairs.of.contains(series.key.indicator) {
            for indicator in pairs.with where indicator != series.key.indicator {
                guard let partner = partner(of: series, indicator) else { continue }
                let found = [reference, other].map { paired(series, partner, $0, within) }
                for places in found.joined() { body(places) }
                for places in pooled(found[0], found[1]) { body(places) }
            }
        }
    }

    private func pooled(_ reference: [PairedPlaces], _ other: [PairedPlaces]) -> [PairedPlaces] {
        levels.flatMap { level -> [PairedPlaces] in
            let sides = [reference, other].map { side in
                Dictionary(uniqueKeysWithValues: side.filter { $0.level == level }.map { ($0.parts[0].side.year, $0) })
            }
            let pairs = YearPair.matches(
                reference: sides[0].keys.sorted(),
                other: sides[1].keys.sorted(),
                within: options.matchYearsWithin
            )
            return pairs.compactMap { pair in
                guard let one = sides[0][pair.reference], let two = sides[1][pair.other] else { return nil }
                return PairedPlaces(
                    one.series,
                    one.partner,
                    country: PairedPlaces.pooled,
                    level: level,
                    parts: one.parts + two.parts
                )
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
        _ within: Int
    ) -> [PairedPlaces] {
        var found: [PairedPlaces] = []
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
                found.append(places(series, partner, side, match))
            }
        }
        return found
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
                panel.places[side.division.units[unit.unit].place],
                x,
                y,
                key(series, panel.places[x.place], side.year),
                key(partner, panel.places[y.place], year)
            )
        }
        return PairedPlaces(
            series,
            partner,
            country: side.country.code,
            level: side.division.level,
            parts: [
                PairedPlaces.Part(
                    side: side,
                    year: panel.years[side.year],
                    yearOfPartner: panel.years[year],
                    entries: found
                )
            ]
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
