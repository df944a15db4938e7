/// Which series and years some observations have, and which cell of a panel is each one's: by series, then year, then place.
package struct PanelLayout: Sendable {
    /// Sorted.
    package let series: [SeriesKey]
    /// Common Era, sorted, without holes.
    package let years: [Int]
    /// For each observation its cell, -1 where its place is not among the places.
    package let cells: [Int32]

    /// O(n); texts are looked up only where they differ from those of the observation before.
    ///
    /// - Parameters:
    ///   - observations: In any order.
    ///   - places: The codes of the places that have cells.
    ///   - countsAll: Whether series and years count that are seen at other places alone.
    package init(_ observations: [Observation], places: [String], countsAll: Bool) {
        let placeIndices = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, Int32($0)) })
        var numbers: [SeriesKey: Int32] = [:]
        var keys: [SeriesKey] = []
        var (first, last) = (Int.max, Int.min)
        var numbered = [Int32](repeating: -1, count: observations.count)
        var cells = [Int32](repeating: -1, count: observations.count)
        var (number, place) = (Int32(-1), Int32(-1))
        var key = SeriesKey(indicator: "", group: "")
        var code: String?
        for position in observations.indices {
            if code != observations[position].place {
                code = observations[position].place
                place = placeIndices[observations[position].place] ?? -1
            }
            cells[position] = place
            guard place >= 0 || countsAll else { continue }
            if number < 0 || key.indicator != observations[position].indicator
                || key.group != observations[position].group
            {
                key = SeriesKey(indicator: observations[position].indicator, group: observations[position].group)
                number = numbers[key] ?? -1
                if number < 0 {
                    number = Int32(keys.count)
                    numbers[key] = number
                    keys.append(key)
                }
            }
            numbered[position] = number
            first = min(first, observations[position].year)
            last = max(last, observations[position].year)
        }
        let sorted = keys.indices.sorted { keys[$0] < keys[$1] }
        series = sorted.map { keys[$0] }
        years = first <= last ? Array(first...last) : []
        var rank = [Int](repeating: 0, count: keys.count)
        for (position, number) in sorted.enumerated() { rank[number] = position }
        for position in observations.indices where cells[position] >= 0 {
            let block = rank[Int(numbered[position])] * years.count + observations[position].year - first
            cells[position] += Int32(block * places.count)
        }
        self.cells = cells
    }
}
