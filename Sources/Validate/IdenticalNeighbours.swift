import Indicators

extension Judgement {
    private struct Slice: Comparable {
        var file: Int
        var indicator: Int
        var year: Int
        var group: Int
        /// The number of the level: to compare the words would take longer than all the rest.
        var level: Int

        static func < (left: Slice, right: Slice) -> Bool {
            (left.file, left.indicator, left.year, left.group, left.level)
                < (right.file, right.indicator, right.year, right.group, right.level)
        }
    }

    /// With fewer chance coincidences than this to be expected in a whole column, one is suspicious.
    private static let expectedCoincidences = 0.1

    /// Flags places that stand beside each other in one column of a source (one indicator, year, group and level) with
    /// the same value to the last digit, where chance would hardly do it: a copied row, as a rule.
    ///
    /// Expected by chance are pairs x resolution / range: the pairs of different places, the smallest step that the
    /// column's decimals allow, and the distance from the least to the greatest value. 0 and 100 are natural limits and
    /// do not count. Notes only: equal values are not proven wrong.
    mutating func judgeIdenticalNeighbours(_ gazetteer: Gazetteer) {
        var keyed: [(key: Slice, position: Int)] = []
        // The level of the place of the last position: a place's values stand together.
        var last: (rank: Int, level: Int?)?
        var levels: [PlaceLevel] = []
        for position in remaining {
            guard let value = observations[position].value, value != 0, value != 100 else { continue }
            if last?.rank != ranks[position].place {
                let level = gazetteer.level(of: observations[position].place)
                if let level, !levels.contains(level) { levels.append(level) }
                last = (ranks[position].place, level.flatMap { levels.firstIndex(of: $0) })
            }
            guard let level = last?.level else { continue }
            let slice = Slice(
                file: ranks[position].file,
                indicator: ranks[position].indicator,
                year: observations[position].year,
                group: ranks[position].group,
                level: level
            )
            keyed.append((slice, position))
        }
        for slice in Self.groups(keyed) where slice.count > 2 { judge(slice) }
    }

    private mutating func judge(_ slice: ArraySlice<Int>) {
        let values = slice.compactMap { observations[$0].value }.sorted()
        guard let low = values.first, let high = values.last, low < high,
            zip(values, values.dropFirst()).contains(where: ==)
        else { return }
        var step = 1.0
        for _ in 0..<(values.map { decimals(of: $0) }.max() ?? 0) { step /= 10 }
        let pairs = Double(values.count * (values.count - 1) / 2)
        guard pairs * step / (high - low) < Self.expectedCoincidences else { return }
        var places: [Double: [Int]] = [:]
        for position in slice {
            guard let value = observations[position].value else { continue }
            places[value, default: []].append(position)
        }
        for value in places.keys.sorted() {
            guard let alike = places[value], alike.count > 1 else { continue }
            let codes = alike.map { observations[$0].place }.joined(separator: ", ")
            let first = observations[alike[0]]
            note(
                "identical-neighbours",
                .note,
                alike[0],
                found: "\(codes), \(first.indicator), \(first.year): \(Cell.format(value))",
                expected: "different values; all are kept",
                hint: "was a row copied?"
            )
        }
    }
}
