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

/// Observations laid out by series, year and place. Nothing in it is mutated; a stage that changes values makes a new panel.
///
/// A cell is addressed by three positions: series, year, place. The places of one series and year lie side by side, in a row. A
/// series and year in which no place was observed have no row of their own: indicators of provinces have a dozen years, those of countries
/// beside them sixty.
public struct Panel: Sendable {
    /// Codes of the gazetteer, sorted.
    public let places: [String]
    /// Common Era, sorted, without holes.
    public let years: [Int]
    /// Sorted.
    public let series: [SeriesKey]
    /// For each series and year, by series, then year, the number of its row; 0 where no place was observed, which is the number
    /// of a row without values.
    private let rows: [Int32]
    /// Row by row, as ``statuses`` to ``sources``; NaN where there is no value.
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
        let (rows, rowCount) = Self.rows(of: layout, placeCount: places.count)
        let cellCount = rowCount * places.count
        var values = [Double](repeating: .nan, count: cellCount)
        var statuses = [ObservationStatus?](repeating: nil, count: cellCount)
        var grades = [Grade](repeating: .official, count: cellCount)
        var standardErrors: [Double] = []
        var sources = [Int32](repeating: -1, count: cellCount)
        // Field by field: an observation is not copied.
        for position in observations.indices where layout.cells[position] >= 0 {
            let (line, place) = Int(layout.cells[position]).quotientAndRemainder(dividingBy: places.count)
            let cell = Int(rows[line]) * places.count + place
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
        self.rows = rows
        self.values = values
        self.statuses = statuses
        self.grades = grades
        self.standardErrors = standardErrors
        self.sources = sources
        placeIndices = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
        seriesIndices = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1, $0) })
    }

    /// The numbers of the rows, as in ``rows``, and how many there are.
    private static func rows(of layout: PanelLayout, placeCount: Int) -> (rows: [Int32], count: Int) {
        var rows = [Int32](repeating: 0, count: layout.series.count * layout.years.count)
        var count = 1
        for cell in layout.cells where cell >= 0 {
            let line = Int(cell) / placeCount
            guard rows[line] == 0 else { continue }
            rows[line] = Int32(count)
            count += 1
        }
        return (rows, count)
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

    /// Whether any place was observed in one year of a series, be it as missing.
    public func isObserved(series: Int, year: Int) -> Bool {
        rows[series * years.count + year] > 0
    }

    /// In which years a series has a value at a place, as positions in ``years``.
    public func years(of series: Int, at place: Int) -> [Int] {
        years.indices.filter { isObserved(series: series, year: $0) && !values[cell(series, $0, place)].isNaN }
    }

    /// The value of a cell, `nil` where there is none.
    public func value(series: Int, year: Int, place: Int) -> Double? {
        let value = values[cell(series, year, place)]
        return value.isNaN ? nil : value
    }

    /// The values of all places in one year of a series, in the order of ``places``; NaN where there is none.
    public func values(series: Int, year: Int) -> ArraySlice<Double> {
        values[row(series, year)]
    }

    /// For all places in one year of a series the positions of the observations behind them in the array that the panel was
    /// made of, in the order of ``places``; -1 where there is none.
    public func sources(series: Int, year: Int) -> ArraySlice<Int32> {
        sources[row(series, year)]
    }

    /// The status of a cell, `nil` where nothing was observed.
    public func status(series: Int, year: Int, place: Int) -> ObservationStatus? {
        statuses[cell(series, year, place)]
    }

    /// The grade of a cell, `official` where nothing was observed.
    public func grade(series: Int, year: Int, place: Int) -> Grade {
        grades[cell(series, year, place)]
    }

    /// The standard error of a cell, in the unit of its value; NaN where there is none.
    public func standardError(series: Int, year: Int, place: Int) -> Double {
        standardErrors.isEmpty ? .nan : standardErrors[cell(series, year, place)]
    }

    /// The position of the observation behind a cell in the array that the panel was made of, `nil` where there is none.
    public func source(series: Int, year: Int, place: Int) -> Int? {
        let source = sources[cell(series, year, place)]
        return source < 0 ? nil : Int(source)
    }

    private func row(_ series: Int, _ year: Int) -> Range<Int> {
        let start = cell(series, year, 0)
        return start..<start + places.count
    }

    private func cell(_ series: Int, _ year: Int, _ place: Int) -> Int {
        Int(rows[series * years.count + year]) * places.count + place
    }
}
