import Indicators

/// A country divided into the places of one level, over which means are taken.
final class Division: Sendable {
    struct Unit {
        /// The position of the place in the panel.
        var place: Int
        /// The positions of the places directly below.
        var parts: [Int]
        /// A place of a finer level that belongs to none of this level, and so stands beside them.
        var isFiner: Bool
    }

    /// A unit with a value, and the place whose value it is: the unit's own, or that of its only part.
    struct Observed {
        var unit: Int
        var place: Int
    }

    let level: PlaceLevel
    /// In order of the codes of their places.
    let units: [Unit]

    /// - Returns: `nil` where the country has no place of the level.
    init?(_ country: String, into level: PlaceLevel, gazetteer: Gazetteer, panel: Panel) {
        let own = gazetteer.places(at: level, in: country)
        guard !own.isEmpty else { return nil }
        let finerLevels = Set(own.flatMap { gazetteer.children(of: $0.code).map(\.level) })
        let finer = gazetteer.places.filter {
            $0.country == country && finerLevels.contains($0.level) && !gazetteer.isBelow(level, $0)
        }
        self.level = level
        units = (own.map { ($0, false) } + finer.map { ($0, true) })
            .sorted { $0.0.code < $1.0.code }
            .compactMap { place, isFiner in
                guard let position = panel.index(ofPlace: place.code) else { return nil }
                let parts = gazetteer.children(of: place.code).compactMap { panel.index(ofPlace: $0.code) }
                return Unit(place: position, parts: parts, isFiner: isFiner)
            }
    }

    /// The units that have a value in a year of a series.
    ///
    /// A unit without a value of its own that has a single part then is represented by that part: Bangkok is a region and a
    /// province at once.
    func observed(in values: ArraySlice<Double>, _ year: Int, _ existence: Existence) -> [Observed] {
        var observed: [Observed] = []
        observed.reserveCapacity(units.count)
        for (index, unit) in units.enumerated() {
            if !values[values.startIndex + unit.place].isNaN {
                observed.append(Observed(unit: index, place: unit.place))
            } else if let part = onlyPart(of: unit, year, existence), !values[values.startIndex + part].isNaN {
                observed.append(Observed(unit: index, place: part))
            }
        }
        return observed
    }

    /// For each unit whether it is there in a year, those included that have a value though they are not there any more or
    /// not yet: the source has divided the country so.
    func areThere(in year: Int, observed: [Observed], _ existence: Existence) -> [Bool] {
        var areThere = units.map { existence.contains($0.place, year) }
        for entry in observed { areThere[entry.unit] = true }
        return areThere
    }

    /// Whether a value belongs to a place of a finer level.
    func isBorrowed(_ found: Observed) -> Bool {
        found.place != units[found.unit].place || units[found.unit].isFiner
    }

    /// `nil` where several parts exist in the year, or none.
    private func onlyPart(of unit: Unit, _ year: Int, _ existence: Existence) -> Int? {
        var only: Int?
        for part in unit.parts where existence.contains(part, year) {
            guard only == nil else { return nil }
            only = part
        }
        return only
    }
}

extension Gazetteer {
    /// Whether `place` lies within a place of `level`.
    fileprivate func isBelow(_ level: PlaceLevel, _ place: Place) -> Bool {
        var above = place.parent
        while let code = above {
            guard let parent = self[code] else { return false }
            if parent.level == level { return true }
            above = parent.parent
        }
        return false
    }
}

/// Which places of a panel exist in which of its years.
struct Existence {
    private let flags: [Bool]
    private let yearCount: Int

    init(_ panel: Panel, gazetteer: Gazetteer) {
        yearCount = panel.years.count
        flags = panel.places.flatMap { code in
            let place = gazetteer[code]
            return panel.years.map { place?.exists(in: $0) ?? false }
        }
    }

    func contains(_ place: Int, _ year: Int) -> Bool {
        flags[place * yearCount + year]
    }
}
