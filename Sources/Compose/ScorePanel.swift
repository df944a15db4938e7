package import Indicators

/// Normalised scores in their dense form: indicators × groups × years × places, the places of one year side by side.
///
/// More is better, whatever the indicator: directions are taken care of before. Also holds the denominators that weight
/// children by population.
package struct ScorePanel: Sendable {
    /// Sorted.
    package let indicators: [String]
    /// Sorted.
    package let groups: [String]
    /// Common Era, sorted.
    package let years: [Int]
    /// Codes of the gazetteer, sorted.
    package let places: [String]
    /// The country of each place, for ranks within it; empty where there are none.
    package let countries: [String]
    /// NaN where there is no score.
    let values: [Double]
    /// One for each value, or empty where all are normal.
    let statuses: [ObservationStatus]
    /// One for each value, or empty where all are official.
    let grades: [Grade]
    /// One for each value, or empty where nothing was done to any.
    let treatments: [TreatmentSet]
    private let indicatorIndices: [String: Int]
    private let placeIndices: [String: Int]

    /// Takes dense values over.
    ///
    /// Values go by indicator, then group, then year, then place; NaN and infinity mean that there is none. Statuses are as
    /// many, or none for normal throughout; grades are as many, or none for official throughout; treatments are as many,
    /// or none for untouched throughout; countries are those of the places, or none.
    /// - Precondition: The keys are sorted without repetition, and there are as many values as cells.
    package init(
        indicators: [String],
        groups: [String] = [Group.total],
        years: [Int],
        places: [String],
        countries: [String] = [],
        values: [Double],
        statuses: [ObservationStatus] = [],
        grades: [Grade] = [],
        treatments: [TreatmentSet] = []
    ) {
        precondition(Self.isStrictlySorted(indicators) && Self.isStrictlySorted(groups), "ids must be sorted")
        precondition(Self.isStrictlySorted(years) && Self.isStrictlySorted(places), "years and places must be sorted")
        precondition(countries.isEmpty || countries.count == places.count, "one country for each place")
        let count = indicators.count * groups.count * years.count * places.count
        precondition(values.count == count, "\(values.count) values for \(count) cells")
        precondition(statuses.isEmpty || statuses.count == count, "one status for each value")
        precondition(grades.isEmpty || grades.count == count, "one grade for each value")
        precondition(treatments.isEmpty || treatments.count == count, "one set of treatments for each value")
        self.indicators = indicators
        self.groups = groups
        self.years = years
        self.places = places
        self.countries = countries
        self.values = values.contains { $0.isInfinite } ? values.map { $0.isFinite ? $0 : .nan } : values
        self.statuses = statuses
        self.grades = grades
        self.treatments = treatments
        indicatorIndices = Dictionary(uniqueKeysWithValues: indicators.enumerated().map { ($1, $0) })
        placeIndices = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
    }

    /// Lays observations out whose values are scores (or denominators).
    ///
    /// - Parameters:
    ///   - observations: At most one for each indicator, group, place and year; their order does not matter.
    ///   - indicators: Indicators to have cells for even where none has a value.
    ///   - places: The places to rank, with their countries; observations of others are left out.
    package init(_ observations: [Observation], indicators: [String] = [], places: [Place]) {
        let places = places.sorted { $0.code < $1.code }
        let placeIndices = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1.code, $0) })
        let placed = observations.filter { placeIndices[$0.place] != nil }
        let ids = Set(placed.map(\.indicator)).union(indicators).sorted()
        let groups = Set(placed.map(\.group)).sorted()
        let years = Set(placed.map(\.year)).sorted()
        let idIndices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        let groupIndices = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
        let yearIndices = Dictionary(uniqueKeysWithValues: years.enumerated().map { ($1, $0) })
        let count = ids.count * groups.count * years.count * places.count
        var values = [Double](repeating: .nan, count: count)
        var statuses = [ObservationStatus](repeating: .missing, count: count)
        var grades = [Grade](repeating: .official, count: count)
        var treatments = [TreatmentSet](repeating: [], count: count)
        for observation in placed {
            guard let id = idIndices[observation.indicator], let group = groupIndices[observation.group],
                let year = yearIndices[observation.year], let place = placeIndices[observation.place]
            else { continue }
            let cell = ((id * groups.count + group) * years.count + year) * places.count + place
            values[cell] = observation.value ?? .nan
            statuses[cell] = observation.status
            grades[cell] = observation.grade
            treatments[cell] = TreatmentSet(observation.treatments)
        }
        self.init(
            indicators: ids,
            groups: groups,
            years: years,
            places: places.map(\.code),
            countries: places.map(\.country),
            values: values,
            statuses: statuses,
            grades: grades,
            treatments: treatments
        )
    }

    /// The score of a cell, `nil` where there is none or the panel does not know the keys.
    package func value(indicator: String, place: String, year: Int, group: String = Group.total) -> Double? {
        guard let cell = cell(indicator: indicator, place: place, year: year, group: group) else { return nil }
        return values[cell].isNaN ? nil : values[cell]
    }

    /// The position of a cell among the values, `nil` where the panel does not know the keys.
    func cell(indicator: String, place: String, year: Int, group: String) -> Int? {
        guard let indicator = index(ofIndicator: indicator), let place = index(ofPlace: place),
            let year = years.firstIndex(of: year), let group = groups.firstIndex(of: group)
        else { return nil }
        return start(indicator: indicator, group: group) + year * places.count + place
    }

    /// The position of an indicator in ``indicators``, `nil` where the panel does not have it.
    package func index(ofIndicator id: String) -> Int? {
        indicatorIndices[id]
    }

    /// The position of a place in ``places``, `nil` where the panel does not have it.
    package func index(ofPlace code: String) -> Int? {
        placeIndices[code]
    }

    /// How many cells one indicator has in one group: those of all places in all years.
    var rowCount: Int {
        years.count * places.count
    }

    /// The position of the first cell of an indicator in a group; ``rowCount`` cells follow.
    func start(indicator: Int, group: Int) -> Int {
        (indicator * groups.count + group) * rowCount
    }

    /// Whether the other panel has the same keys.
    func hasKeys(of other: ScorePanel) -> Bool {
        indicators == other.indicators && groups == other.groups && years == other.years && places == other.places
    }

    private static func isStrictlySorted<Key: Comparable>(_ keys: [Key]) -> Bool {
        zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }
    }
}
