package import Indicators

/// The values of one level of places in their dense form: series × years × places, the places of a year side by side. NaN
/// stands for missing.
///
/// What imputation, outlier treatment and scales work on. Fifteen bytes a cell; an observation takes several hundred.
package struct ValuePanel: Sendable {
    package let level: PlaceLevel
    /// In order of their codes.
    package let places: [Place]
    /// Common Era, sorted, without holes.
    package let years: [Int]
    /// Sorted.
    package let series: [SeriesKey]
    package internal(set) var values: [Double]
    package internal(set) var statuses: [ObservationStatus]
    package internal(set) var grades: [Grade]
    package internal(set) var treatments: [TreatmentSet]
    /// The positions of the observations behind the cells, -1 where there is none; empty where the panel is of none at all.
    let sources: [Int32]

    /// Takes dense values over.
    ///
    /// - Parameters:
    ///   - level: Of the places.
    ///   - places: In order of their codes.
    ///   - years: Common Era, sorted, without holes.
    ///   - series: Sorted.
    ///   - values: By series, then year, then place; NaN for missing.
    ///   - statuses: As many, or none for normal and missing.
    ///   - grades: As many, or none for official throughout.
    /// - Precondition: There are as many values as cells, none infinite; the keys are sorted.
    package init(
        level: PlaceLevel,
        places: [Place],
        years: [Int],
        series: [SeriesKey],
        values: [Double],
        statuses: [ObservationStatus] = [],
        grades: [Grade] = []
    ) {
        precondition(values.count == series.count * years.count * places.count, "\(values.count) values")
        precondition(statuses.isEmpty || statuses.count == values.count, "one status for each value")
        precondition(grades.isEmpty || grades.count == values.count, "one grade for each value")
        precondition(zip(places, places.dropFirst()).allSatisfy { $0.code < $1.code }, "places must be sorted")
        precondition(zip(series, series.dropFirst()).allSatisfy { $0 < $1 }, "series must be sorted")
        precondition(zip(years, years.dropFirst()).allSatisfy { $0 + 1 == $1 }, "years must have no holes")
        self.level = level
        self.places = places
        self.years = years
        self.series = series
        self.values = values
        self.statuses = statuses.isEmpty ? values.map { $0.isNaN ? .missing : .normal } : statuses
        self.grades = grades.isEmpty ? [Grade](repeating: .official, count: values.count) : grades
        treatments = [TreatmentSet](repeating: [], count: values.count)
        sources = []
    }

    /// Lays out the observations of one level.
    ///
    /// - Parameters:
    ///   - observations: At most one for each indicator, group, place and year; their order does not matter. Those of other
    ///     levels are left out.
    ///   - level: Whose places have cells, all of them.
    ///   - gazetteer: Knows the places.
    /// - Precondition: No two observations share a cell.
    package init(_ observations: [Observation], level: PlaceLevel, gazetteer: Gazetteer) {
        let places = gazetteer.places.filter { $0.level == level }
        let layout = PanelLayout(observations, places: places.map(\.code), countsAll: false)
        let count = layout.series.count * layout.years.count * places.count
        var values = [Double](repeating: .nan, count: count)
        var statuses = [ObservationStatus](repeating: .missing, count: count)
        var grades = [Grade](repeating: .official, count: count)
        var treatments = [TreatmentSet](repeating: [], count: count)
        var sources = [Int32](repeating: -1, count: count)
        // Field by field: an observation is not copied.
        for position in observations.indices where layout.cells[position] >= 0 {
            let cell = Int(layout.cells[position])
            precondition(sources[cell] < 0, "two observations of \(ObservationKey(observations[position]))")
            values[cell] = observations[position].value ?? .nan
            statuses[cell] = observations[position].status
            grades[cell] = observations[position].grade
            treatments[cell] = observations[position].treatmentSet
            sources[cell] = Int32(position)
        }
        self.level = level
        self.places = places
        years = layout.years
        series = layout.series
        self.values = values
        self.statuses = statuses
        self.grades = grades
        self.treatments = treatments
        self.sources = sources
    }

    /// How many cells a series has: those of all places in all years.
    var blockSize: Int { years.count * places.count }

    /// The cells of a series.
    func block(_ series: Int) -> Range<Int> {
        series * blockSize..<(series + 1) * blockSize
    }

    /// Whether there is a row for a cell: a value, or an observation without one.
    func isPresent(_ cell: Int) -> Bool {
        !values[cell].isNaN || (!sources.isEmpty && sources[cell] >= 0)
    }

    /// For each place whether the sources speak of it: whether one of some series has a value or an observation of it in any year.
    func isReported(in series: [Int]) -> [Bool] {
        var reported = [Bool](repeating: false, count: places.count)
        for series in series {
            let block = block(series)
            for cell in block where isPresent(cell) { reported[(cell - block.lowerBound) % places.count] = true }
        }
        return reported
    }

    /// What a cell is of.
    func key(_ cell: Int) -> ObservationKey {
        let series = series[cell / blockSize]
        let within = cell % blockSize
        return ObservationKey(
            indicator: series.indicator,
            place: places[within % places.count].code,
            year: years[within / places.count],
            group: series.group
        )
    }

    /// The cell of a key, `nil` where the panel does not have it.
    func cell(_ key: ObservationKey) -> Int? {
        guard let series = index(of: SeriesKey(indicator: key.indicator, group: key.group)),
            let place = index(ofPlace: key.place), let first = years.first, key.year >= first,
            key.year - first < years.count
        else { return nil }
        return (series * years.count + key.year - first) * places.count + place
    }

    func index(of key: SeriesKey) -> Int? {
        firstIndex(in: series) { $0 < key }.flatMap { series[$0] == key ? $0 : nil }
    }

    func index(ofPlace code: String) -> Int? {
        firstIndex(in: places) { $0.code < code }.flatMap { places[$0].code == code ? $0 : nil }
    }

    /// The first position of a sorted array that does not come before what is looked for.
    private func firstIndex<Element>(in elements: [Element], precedes: (Element) -> Bool) -> Int? {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if precedes(elements[middle]) { low = middle + 1 } else { high = middle }
        }
        return low < elements.count ? low : nil
    }
}
