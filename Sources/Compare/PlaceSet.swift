import Indicators

/// The places over which convergence is looked at: those of one level of one country, or of both together. One for all rows
/// about it.
final class PlaceSet: Sendable {
    /// The word for both countries together.
    static let pooled = "pooled"

    /// A place's value in a year.
    struct Entry: Sendable {
        /// The position in the panel, whose places are in order of their codes.
        var place: Int
        var value: Double
        var status: ObservationStatus
        var grade: Grade
    }

    /// `TH`, `LA`, or ``pooled``.
    let scope: String
    let level: String
    let years: [Int]
    /// By year, in the order of ``years``: the values of the places, in order of their codes.
    let entries: [[Entry]]
    /// By year, the most telling status and the worst grade of the entries.
    let statuses: [ObservationStatus?]
    let grades: [Grade?]
    /// The codes of the panel's places.
    private let panelPlaces: [String]

    init(scope: String, level: String, years: [Int], entries: [[Entry]], panelPlaces: [String]) {
        self.panelPlaces = panelPlaces
        self.scope = scope
        self.level = level
        self.years = years
        self.entries = entries
        statuses = entries.map(Self.worstStatus)
        grades = entries.map(Self.worstGrade)
    }

    /// The values of a year.
    func values(_ index: Int) -> [Double] { entries[index].map(\.value) }

    /// The values of a year at the places of the panel that are flagged, of which there are about `count`.
    func values(_ index: Int, where isWanted: [Bool], count: Int) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(count)
        for entry in entries[index] where isWanted[entry.place] { values.append(entry.value) }
        return values
    }

    /// `nil` of no entry.
    static func worstStatus(_ entries: [Entry]) -> ObservationStatus? {
        ObservationStatus.worst(of: entries.map(\.status))
    }

    /// `nil` of no entry.
    static func worstGrade(_ entries: [Entry]) -> Grade? { Grade.worst(of: entries.map(\.grade)) }

    func codes(_ entries: [Entry]) -> [String] { entries.map { panelPlaces[$0.place] } }

    /// Of several years the values of the places that have one in all of them: by year, then by code.
    func common(_ indices: [Int]) -> [[Entry]] {
        var met = [Int](repeating: 0, count: panelPlaces.count)
        for (step, index) in indices.enumerated() {
            for entry in entries[index] where met[entry.place] == step { met[entry.place] = step + 1 }
        }
        return indices.map { index in entries[index].filter { met[$0.place] == indices.count } }
    }

    /// Of each place of the panel whether it is among some entries.
    func flags(_ entries: [Entry]) -> [Bool] {
        var flags = [Bool](repeating: false, count: panelPlaces.count)
        for entry in entries { flags[entry.place] = true }
        return flags
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
                        entries: years[position].map { entries(division, series, $0) },
                        panelPlaces: panel.places
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
        return division.observed(in: values, year, existence).map { found in
            PlaceSet.Entry(
                place: found.place,
                value: values[values.startIndex + found.place],
                status: panel.status(series: series.position, year: year, place: found.place) ?? .normal,
                grade: panel.grade(series: series.position, year: year, place: found.place)
            )
        }
    }
}

extension PlaceSet {
    /// Both countries in the years that both have.
    fileprivate convenience init(pooling left: PlaceSet, _ right: PlaceSet, _ years: [Int]) {
        func entries(_ set: PlaceSet, _ year: Int) -> [Entry] {
            set.years.firstIndex(of: year).map { set.entries[$0] } ?? []
        }
        self.init(
            scope: Self.pooled,
            level: left.level,
            years: years,
            entries: years.map { Self.pooled(entries(left, $0), entries(right, $0)) },
            panelPlaces: left.panelPlaces
        )
    }

    /// In order of the codes, which the countries' own places mostly are one after the other.
    private static func pooled(_ left: [Entry], _ right: [Entry]) -> [Entry] {
        for both in [left + right, right + left]
        where both.indices.dropFirst().allSatisfy({ both[$0 - 1].place <= both[$0].place }) {
            return both
        }
        return (left + right).sorted { $0.place < $1.place }
    }
}
