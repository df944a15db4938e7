import Indicators

/// One of the two countries: itself, and its divisions from the coarsest to the finest.
final class ComparedCountry: Sendable {
    let code: String
    /// The position of the country itself in the panel, `nil` where the gazetteer has no such place.
    let place: Int?
    let divisions: [Division]
    /// The positions of the places below the country.
    private let places: [Int]

    init(_ code: String, gazetteer: Gazetteer, panel: Panel) {
        self.code = code
        place = panel.index(ofPlace: code)
        var depths: [PlaceLevel: Int] = [:]
        for place in gazetteer.places where place.country == code && place.level != .country {
            depths[place.level] = max(depths[place.level] ?? 0, gazetteer.depth(of: place))
        }
        divisions = depths.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
            .compactMap { Division(code, into: $0.key, gazetteer: gazetteer, panel: panel) }
        places = Set(divisions.flatMap { $0.units.map(\.place) }).sorted()
    }

    /// In which years a series has values of the country itself.
    func nationalYears(of series: Int, in panel: Panel) -> [Int] {
        guard let place else { return [] }
        return panel.years(of: series, at: place)
    }

    /// In which years a series has values in each division.
    ///
    /// Where all values of a division in a year belong at the same time to a coarser one, beside values of the coarser one's
    /// own, they are not a division by themselves: with four Thai regions and Bangkok, Bangkok is not "the provinces".
    func years(of series: Int, in panel: Panel, _ existence: Existence) -> [[Int]] {
        var years = [[Int]](repeating: [], count: divisions.count)
        for year in panel.years.indices where panel.isObserved(series: series, year: year) {
            let values = panel.values(series: series, year: year)
            guard places.contains(where: { !values[values.startIndex + $0].isNaN }) else { continue }
            var lent: Set<Int> = []
            for (index, division) in divisions.enumerated() {
                let observed = division.observed(in: values, year, existence)
                let borrowed = observed.filter { division.isBorrowed($0) }
                guard borrowed.count < observed.count, !observed.allSatisfy({ lent.contains($0.place) }) else {
                    continue
                }
                years[index].append(year)
                for found in borrowed { lent.insert(found.place) }
            }
        }
        return years
    }
}

extension Gazetteer {
    /// How many places lie above `place`.
    fileprivate func depth(of place: Place) -> Int {
        var depth = 0
        var above = place.parent
        while let code = above, let parent = self[code], depth < places.count {
            depth += 1
            above = parent.parent
        }
        return depth
    }
}
