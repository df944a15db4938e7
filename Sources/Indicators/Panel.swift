/// What a series of a panel measures, and of whom.
public struct SeriesKey: Hashable, Sendable, Comparable {
    public var indicator: String
    public var group: String

    public init(indicator: String, group: String = Group.total) {
        self.indicator = indicator
        self.group = group
    }

    public static func < (left: SeriesKey, right: SeriesKey) -> Bool {
        (left.indicator, left.group) < (right.indicator, right.group)
    }
}

/// The dense form of observations: for each series, every place in every year. Nothing in it is mutated;
/// a stage that changes values makes a new panel.
///
/// A cell is addressed by three positions: series, year, place. The places of one series and year lie side by side.
public struct Panel: Sendable {
    /// Codes of the gazetteer, sorted.
    public let places: [String]
    /// Common Era, sorted, without holes.
    public let years: [Int]
    /// Sorted.
    public let series: [SeriesKey]
    /// NaN where there is no value.
    private let values: [Double]
    /// `nil` where there is no observation at all.
    private let statuses: [ObservationStatus?]
    /// `official` where there is no observation.
    private let grades: [Grade]
    /// NaN where there is none; empty where no observation has one.
    private let standardErrors: [Double]
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
    public init(_ observations: [Observation], places: [String]? = nil) {
        let places = (places ?? Array(Set(observations.map(\.place)))).sorted()
        let layout = PanelLayout(observations, places: places, countsAll: true)
        let cellCount = layout.series.count * layout.years.count * places.count
        var values = [Double](repeating: .nan, count: cellCount)
        var statuses = [ObservationStatus?](repeating: nil, count: cellCount)
        var grades = [Grade](repeating: .official, count: cellCount)
        var standardErrors: [Double] = []
        var sources = [Int32](repeating: -1, count: cellCount)
        // Field by field: an observation is not copied.
        for position in observations.indices where layout.cells[position] >= 0 {
            let cell = Int(layout.cells[position])
            precondition(sources[cell] < 0, "two observations of \(ObservationKey(observations[position]))")
            values[cell] = observations[position].value ?? .nan
            statuses[cell] = observations[position].status
            grades[cell] = observations[position].grade
            sources[cell] = Int32(position)
            guard let error = observations[position].standardError else { continue }
            if standardErrors.isEmpty { standardErrors = [Double](repeating: .nan, count: cellCount) }
            standardErrors[cell] = error
        }
        self.places = places
        years = layout.years
        series = layout.series
        self.values = values
        self.statuses = statuses
        self.grades = grades
        self.standardErrors = standardErrors
        self.sources = sources
        placeIndices = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
        seriesIndices = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1, $0) })
    }

    public func index(ofPlace code: String) -> Int? {
        placeIndices[code]
    }

    public func index(ofYear year: Int) -> Int? {
        guard let first = years.first, year >= first, year - first < years.count else { return nil }
        return year - first
    }

    public func index(of key: SeriesKey) -> Int? {
        seriesIndices[key]
    }

    /// The value of a cell, `nil` where there is none.
    public func value(series: Int, year: Int, place: Int) -> Double? {
        let value = values[cell(series, year, place)]
        return value.isNaN ? nil : value
    }

    /// The values of all places in one year of a series, in the order of ``places``; NaN where there is none.
    public func values(series: Int, year: Int) -> ArraySlice<Double> {
        let start = cell(series, year, 0)
        return values[start..<start + places.count]
    }

    /// For all places in one year of a series the positions of the observations behind them in the array that the panel was
    /// made of, in the order of ``places``; -1 where there is none.
    public func sources(series: Int, year: Int) -> ArraySlice<Int32> {
        let start = cell(series, year, 0)
        return sources[start..<start + places.count]
    }

    /// The status of a cell, `nil` where nothing was observed.
    public func status(series: Int, year: Int, place: Int) -> ObservationStatus? {
        statuses[cell(series, year, place)]
    }

    /// The values of a series: by year, then place; NaN where there is none.
    public func values(series: Int) -> ArraySlice<Double> {
        let start = cell(series, 0, 0)
        return values[start..<start + years.count * places.count]
    }

    /// The statuses of the cells of a series: by year, then place; `nil` where nothing was observed.
    public func statuses(series: Int) -> ArraySlice<ObservationStatus?> {
        let start = cell(series, 0, 0)
        return statuses[start..<start + years.count * places.count]
    }

    /// The grades of the cells of a series: by year, then place; `official` where nothing was observed.
    public func grades(series: Int) -> ArraySlice<Grade> {
        let start = cell(series, 0, 0)
        return grades[start..<start + years.count * places.count]
    }

    /// The standard errors of the cells of a series: by year, then place; NaN where there is none. Empty where no observation of
    /// the panel has one.
    public func standardErrors(series: Int) -> ArraySlice<Double> {
        if standardErrors.isEmpty { return [] }
        let start = cell(series, 0, 0)
        return standardErrors[start..<start + years.count * places.count]
    }

    /// The position of the observation behind a cell in the array that the panel was made of, `nil` where there is none.
    public func source(series: Int, year: Int, place: Int) -> Int? {
        let source = sources[cell(series, year, place)]
        return source < 0 ? nil : Int(source)
    }

    private func cell(_ series: Int, _ year: Int, _ place: Int) -> Int {
        (series * years.count + year) * places.count + place
    }
}
