/// The years of the reference and of the other that are compared, as positions in a panel.
struct YearPair: Equatable {
    var reference: Int
    var other: Int

    /// Which years to compare.
    ///
    /// - Parameters:
    ///   - reference: Positions of the years that the reference has, ascending.
    ///   - other: Positions of the years that the other has, ascending.
    ///   - within: How far apart the years may lie.
    /// - Returns: Every year that both have, or where there is none, the closest pair allowed; of several as close the latest,
    ///   and of two as late the one with the later reference year.
    static func matches(reference: [Int], other: [Int], within: Int) -> [YearPair] {
        if reference.isEmpty || other.isEmpty { return [] }
        var common: [YearPair] = []
        var position = 0
        for year in reference {
            while position < other.count, other[position] < year { position += 1 }
            if position < other.count, other[position] == year { common.append(YearPair(reference: year, other: year)) }
        }
        if !common.isEmpty { return common }
        var closest: YearPair?
        for year in reference {
            for candidate in other where abs(year - candidate) <= within {
                let pair = YearPair(reference: year, other: candidate)
                if closest.map({ pair.isBetter(than: $0) }) ?? true { closest = pair }
            }
        }
        return closest.map { [$0] } ?? []
    }

    private func isBetter(than rival: YearPair) -> Bool {
        (-abs(reference - other), reference + other, reference)
            > (-abs(rival.reference - rival.other), rival.reference + rival.other, rival.reference)
    }
}
