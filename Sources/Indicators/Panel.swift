/// What a series of a panel measures, and of whom.
package struct SeriesKey: Hashable, Sendable, Comparable {
    package var indicator: String
    package var group: String

    package init(indicator: String, group: String = Group.total) {
        self.indicator = indicator
        self.group = group
    }

    package static func < (left: SeriesKey, right: SeriesKey) -> Bool {
        (left.indicator, left.group) < (right.indicator, right.group)
    }
}

/// The dense form of observations: for each series, every place in every year. Nothing in it is mutated;
/// a stage that changes values makes a new panel.
///
/// A cell is addressed by three positions: series, year, place. The places of one series and year lie side by side.
package struct Panel: Sendable {
    /// Codes of the gazetteer, sorted.
    package let places: [String]
    /// Common Era, sorted, without holes.
    package let years: [Int]
    /// Sorted.
    package let series: [SeriesKey]
    /// NaN where there is no value.
    private let values: [Double]
    /// The ASCII letter of the status, 0 where there is no observation at all.
    private let statuses: [UInt8]
    /// The position of the observation behind the cell in the array that the panel was made of, -1 where there is none.
    private let sources: [Int32]
    private let placeIndices: [String: Int]
    private let seriesIndices: [SeriesKey: Int]

    /// Lays observations out.
    ///
    /// - Parameters:
    ///   - observations: At most one for each indicator, group, place and year; their order does not matter.
    ///   - places: The codes to have cells for; observations of other places are left out. `nil` for all that occur.
    /// - Precondition: No two observations share a cell.
    package init(_ observations: [Observation], places: [String]? = nil) {
        let places = (places ?? Array(Set(observations.map(\.place)))).sorted()
        let placeIndices = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
        var indicators = TextNumbers()
        var groups = TextNumbers()
        var first = Int.max
        var last = Int.min
        var numbered: [SIMD2<Int>] = []
        numbered.reserveCapacity(observations.count)
        for position in observations.indices {
            first = min(first, observations[position].year)
            last = max(last, observations[position].year)
            let indicator = indicators.number(observations[position].indicator)
            numbered.append(SIMD2(indicator, groups.number(observations[position].group)))
        }
        let distinct = Set(numbered).map {
            (key: SeriesKey(indicator: indicators.texts[$0.x], group: groups.texts[$0.y]), number: $0)
        }.sorted { $0.key < $1.key }
        let keys = distinct.map(\.key)
        let seriesIndices = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
        let seriesByNumber = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1.number, $0) })
        let years = first <= last ? Array(first...last) : []
        let cellCount = keys.count * years.count * places.count
        var values = [Double](repeating: .nan, count: cellCount)
        var statuses = [UInt8](repeating: 0, count: cellCount)
        var sources = [Int32](repeating: -1, count: cellCount)
        for (position, observation) in observations.enumerated() {
            guard let place = placeIndices[observation.place], let series = seriesByNumber[numbered[position]] else {
                continue
            }
            let cell = (series * years.count + observation.year - first) * places.count + place
            precondition(
                sources[cell] < 0,
                "two observations of \(observation.indicator), \(observation.place), \(observation.year)"
            )
            values[cell] = observation.value ?? .nan
            statuses[cell] = observation.status.rawValue.utf8.first ?? 0
            sources[cell] = Int32(position)
        }
        self.places = places
        self.years = years
        series = keys
        self.values = values
        self.statuses = statuses
        self.sources = sources
        self.placeIndices = placeIndices
        self.seriesIndices = seriesIndices
    }

    package func index(ofPlace code: String) -> Int? {
        placeIndices[code]
    }

    package func index(ofYear year: Int) -> Int? {
        guard let first = years.first, year >= first, year - first < years.count else { return nil }
        return year - first
    }

    package func index(of key: SeriesKey) -> Int? {
        seriesIndices[key]
    }

    /// The value of a cell, `nil` where there is none.
    package func value(series: Int, year: Int, place: Int) -> Double? {
        let value = values[cell(series, year, place)]
        return value.isNaN ? nil : value
    }

    /// The values of all places in one year of a series, in the order of ``places``; NaN where there is none.
    package func values(series: Int, year: Int) -> ArraySlice<Double> {
        let start = cell(series, year, 0)
        return values[start..<start + places.count]
    }

    /// For all places in one year of a series the positions of the observations behind them in the array that the panel was
    /// made of, in the order of ``places``; -1 where there is none.
    package func sources(series: Int, year: Int) -> ArraySlice<Int32> {
        let start = cell(series, year, 0)
        return sources[start..<start + places.count]
    }

    /// The status of a cell, `nil` where nothing was observed.
    package func status(series: Int, year: Int, place: Int) -> ObservationStatus? {
        let letter = statuses[cell(series, year, place)]
        return letter == 0 ? nil : ObservationStatus(rawValue: String(UnicodeScalar(letter)))
    }

    /// The position of the observation behind a cell in the array that the panel was made of, `nil` where there is none.
    package func source(series: Int, year: Int, place: Int) -> Int? {
        let source = sources[cell(series, year, place)]
        return source < 0 ? nil : Int(source)
    }

    private func cell(_ series: Int, _ year: Int, _ place: Int) -> Int {
        (series * years.count + year) * places.count + place
    }
}
