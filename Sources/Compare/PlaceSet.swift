import Indicators

/// The places over which convergence is looked at: those of one level of one country, or of both together.
struct PlaceSet {
    /// The word for both countries together.
    static let pooled = "pooled"

    /// A place's value in a year.
    struct Entry {
        var code: String
        /// The position in the panel, whose places are in order of their codes.
        var place: Int
        var value: Double
        var status: ObservationStatus
        var grade: Grade
    }

    /// `TH`, `LA`, or ``pooled``.
    var scope: String
    var level: String
    var years: [Int]
    /// By year, in the order of ``years``: the values of the places, in order of their codes.
    var entries: [[Entry]]
    /// By year, the most telling status and the worst grade of the entries.
    private(set) var statuses: [ObservationStatus?]
    private(set) var grades: [Grade?]

    init(scope: String, level: String, years: [Int], entries: [[Entry]]) {
        self.scope = scope
        self.level = level
        self.years = years
        self.entries = entries
        statuses = entries.map { ObservationStatus.worst(of: $0.map(\.status)) }
        grades = entries.map { Grade.worst(of: $0.map(\.grade)) }
    }

    /// The values of a year.
    func values(_ index: Int) -> [Double] { entries[index].map(\.value) }

    /// Of several years the values of the places that have one in all of them: by year, then by code.
    func common(_ indices: [Int]) -> [[Entry]] {
        guard let first = indices.first else { return [] }
        var places = Set(entries[first].map(\.place))
        for index in indices.dropFirst() { places.formIntersection(entries[index].map(\.place)) }
        return indices.map { index in entries[index].filter { places.contains($0.place) } }
    }

    /// The values of some places and years.
    func inputs(
        _ years: [Int],
        _ codes: [String],
        _ aspect: ObservationKey.Aspect,
        _ series: ComparedSeries
    ) -> [Derivation.Input] {
        years.flatMap { year in
            codes.map { code in
                let key = ObservationKey(
                    indicator: series.key.indicator,
                    place: code,
                    year: year,
                    group: series.key.group
                )
                return Derivation.Input("\(year)", of: code, .observation(key, aspect))
            }
        }
    }
}

extension ComparedPanel {
    /// The sets of places that have values of a series: of each country and level, and of both countries where both are divided
    /// at that level.
    func placeSets(_ series: ComparedSeries) -> [PlaceSet] {
        var sets: [PlaceSet] = []
        for country in [reference, other] {
            let years = self.years(country, series.position)
            for (position, division) in country.divisions.enumerated() where !years[position].isEmpty {
                sets.append(
                    PlaceSet(
                        scope: country.code,
                        level: division.level.rawValue,
                        years: years[position].map { panel.years[$0] },
                        entries: years[position].map { entries(division, series, $0) }
                    )
                )
            }
        }
        for left in sets where left.scope == reference.code {
            guard let right = sets.first(where: { $0.scope == other.code && $0.level == left.level }) else { continue }
            let both = left.years.filter(Set(right.years).contains)
            guard !both.isEmpty else { continue }
            sets.append(PlaceSet(pooling: left, right, both))
        }
        return sets
    }

    private func entries(_ division: Division, _ series: ComparedSeries, _ year: Int) -> [PlaceSet.Entry] {
        let values = panel.values(series: series.position, year: year)
        let sources = panel.sources(series: series.position, year: year)
        return division.observed(in: values, year, existence).map { found in
            let source = Int(sources[sources.startIndex + found.place])
            return PlaceSet.Entry(
                code: panel.places[found.place],
                place: found.place,
                value: values[values.startIndex + found.place],
                status: source < 0 ? .normal : observations[source].status,
                grade: source < 0 ? .official : observations[source].grade
            )
        }
    }
}

extension PlaceSet {
    /// Both countries in the years that both have.
    fileprivate init(pooling left: PlaceSet, _ right: PlaceSet, _ years: [Int]) {
        func entries(_ set: PlaceSet, _ year: Int) -> [Entry] {
            set.years.firstIndex(of: year).map { set.entries[$0] } ?? []
        }
        self.init(
            scope: Self.pooled,
            level: left.level,
            years: years,
            entries: years.map { (entries(left, $0) + entries(right, $0)).sorted { $0.place < $1.place } }
        )
    }
}
