import Cores

/// Which series and years some observations have, and which cell of a panel is each one's: by series, then year, then place.
public struct PanelLayout: Sendable {
    /// Sorted.
    public let series: [SeriesKey]
    /// Common Era, sorted, without holes.
    public let years: [Int]
    /// For each observation its cell, -1 where its place is not among the places.
    public let cells: [Int32]

    /// O(n); texts are looked up only where they differ from those of the observation before.
    ///
    /// - Parameters:
    ///   - observations: In any order.
    ///   - places: The codes of the places that have cells.
    ///   - countsAll: Whether series and years count that are seen at other places alone.
    public init(_ observations: [Observation], places: [String], countsAll: Bool) {
        let placeIndices = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, Int32($0)) })
        let width = max(100_000, (observations.count + 15) / 16)
        let starts = Array(stride(from: 0, to: observations.count, by: width))
        let parts = onAllCores(starts.count, isWorthIt: true) { part in
            let range = starts[part]..<min(starts[part] + width, observations.count)
            return PanelPart(observations, range, places, placeIndices, countsAll: countsAll)
        }
        // Of a single part they are distinct, and mostly in order.
        let series = parts.count == 1 ? parts[0].keys.sorted() : Set(parts.flatMap(\.keys)).sorted()
        let ranks = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1, Int32($0)) })
        let first = parts.map(\.first).min() ?? .max
        let last = parts.map(\.last).max() ?? .min
        let years = first <= last ? Array(first...last) : []
        let cells = onAllCores(parts.count, isWorthIt: true) { position -> [Int32] in
            let part = parts[position]
            let starts = part.keys.map { (ranks[$0] ?? 0) * Int32(years.count * places.count) }
            return part.places.indices.map { index in
                let place = part.places[index]
                guard place >= 0 else { return -1 }
                let year = observations[part.start + index].year - first
                return starts[Int(part.numbers[index])] + Int32(year * places.count) + place
            }
        }
        self.series = series
        self.years = years
        self.cells = cells.count == 1 ? cells[0] : Array(cells.joined())
    }
}

/// A run of observations: whose they are.
private struct PanelPart: Sendable {
    let start: Int
    private(set) var keys: [SeriesKey] = []
    /// For each observation the position of its place, -1 where it has none.
    private(set) var places: [Int32] = []
    /// For each observation the position of its series in ``keys``, -1 where it does not count.
    private(set) var numbers: [Int32] = []
    private(set) var first = Int.max
    private(set) var last = Int.min

    /// - Parameters:
    ///   - observations: In any order; fastest where the places of a series come in the order of `places`.
    ///   - range: Which of them to read.
    ///   - places: The codes of the places that have cells.
    ///   - placeIndices: Their positions.
    ///   - countsAll: Whether series and years count that are seen at other places alone.
    init(
        _ observations: [Observation],
        _ range: Range<Int>,
        _ places: [String],
        _ placeIndices: [String: Int32],
        countsAll: Bool
    ) {
        start = range.lowerBound
        self.places.reserveCapacity(range.count)
        numbers.reserveCapacity(range.count)
        var known: [SeriesKey: Int32] = [:]
        var (number, place) = (Int32(-1), Int32(-1))
        var key = SeriesKey(indicator: "", group: "")
        var code: String?
        for position in range {
            if code != observations[position].place {
                code = observations[position].place
                let next = Int(place) + 1
                if next < places.count, places[next] == observations[position].place {
                    place = Int32(next)
                } else {
                    place = placeIndices[observations[position].place] ?? -1
                }
            }
            self.places.append(place)
            guard place >= 0 || countsAll else {
                numbers.append(-1)
                continue
            }
            if number < 0 || key.indicator != observations[position].indicator
                || key.group != observations[position].group
            {
                key = SeriesKey(indicator: observations[position].indicator, group: observations[position].group)
                number = known[key] ?? -1
                if number < 0 {
                    number = Int32(keys.count)
                    known[key] = number
                    keys.append(key)
                }
            }
            numbers.append(number)
            first = min(first, observations[position].year)
            last = max(last, observations[position].year)
        }
    }
}
