import Indicators

extension Judgement {
    /// With fewer chance coincidences than this to be expected in a whole column, one is suspicious.
    private static let expectedCoincidences = 0.1

    /// Flags places that stand beside each other in one column of a source (one indicator, year, group and level) with
    /// the same value to the last digit, where chance would hardly do it: a copied row, as a rule.
    ///
    /// Expected by chance are pairs x resolution / range: the pairs of different places, the smallest step that the
    /// column's decimals allow, and the distance from the least to the greatest value. 0 and 100 are natural limits and
    /// do not count. Notes only: equal values are not proven wrong.
    mutating func judgeIdenticalNeighbours(_ gazetteer: Gazetteer) {
        let levels = levels(gazetteer)
        let comparable = remaining.filter { position in
            guard let value = observations[position].value else { return false }
            return value != 0 && value != 100 && levels[position] >= 0
        }
        let years = observations.indices.map { observations[$0].year }
        let slices = Groups(comparable, by: [ranks.files, ranks.indicators, years, ranks.groups, levels])
        for range in slices.ranges where range.count > 2 { judge(slices.positions[range]) }
    }

    /// For each observation, by position, the number of the level of its place; -1 where the gazetteer does not have it.
    private func levels(_ gazetteer: Gazetteer) -> [Int] {
        var levels: [PlaceLevel] = []
        // By the rank of the place; `nil` until it was looked up.
        var known = [Int?](repeating: nil, count: ranks.placeCount)
        return observations.indices.map { position in
            if let number = known[ranks.places[position]] { return number }
            let level = gazetteer.level(of: observations[position].place)
            if let level, !levels.contains(level) { levels.append(level) }
            let number = level.flatMap { levels.firstIndex(of: $0) } ?? -1
            known[ranks.places[position]] = number
            return number
        }
    }

    private mutating func judge(_ slice: ArraySlice<Int>) {
        let values = slice.map { observations[$0].value ?? 0 }.sorted()
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
