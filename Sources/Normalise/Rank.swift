package import Indicators

/// Which rank equal values get.
package enum TieRule: String, Hashable, Sendable, CaseIterable {
    /// The least of the ranks they take up: 1 2 2 4.
    case competition
    /// The mean of the ranks they take up: 1 2.5 2.5 4.
    case average
    /// The greatest of the ranks they take up: 1 3 3 4.
    case maximum
    /// The least, and the next value follows without a hole: 1 2 2 3.
    case dense
    /// One after the other by place code: 1 2 3 4.
    case ordinal
}

/// Where the counting of ranks begins.
package enum RankOrigin: String, Hashable, Sendable {
    /// Worst = 1: a score, more is better.
    case worst
    /// Best = 1: as ranks are published.
    case best
}

/// Ranks `values` among those that are present.
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing; in order of the place codes, by which ordinal ties go.
///   - ties: Which rank equal values get.
///   - origin: Whether the worst or the best is the first.
///   - direction: Which end is the best; for an indicator without a direction the greatest is.
/// - Returns: As many ranks from 1, `nil` where a value is missing, which is not counted; with `all-missing` where none is
///   present. Equal values are no degenerate case. Takes n log n steps.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 5.
package func rank(
    _ values: [Double?],
    ties: TieRule,
    from origin: RankOrigin = .worst,
    direction: Indicator.Direction
) -> Scores {
    Scores(rank(dense(values), ties: ties, from: origin, direction: direction))
}

/// The share of the other places that a place leaves behind: (rank - 1) / (n - 1), 0 for the worst, 1 for the best.
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing; in order of the place codes, by which ordinal ties go.
///   - ties: Which rank equal values get.
///   - direction: Which end is the best; for an indicator without a direction the greatest is.
/// - Returns: As many shares, `nil` where a value is missing, which is not counted; all `nil`, with `single-value`, where only
///   one is present, and with `all-missing` where none is. Takes n log n steps.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 5.
package func percentileRank(_ values: [Double?], ties: TieRule, direction: Indicator.Direction) -> Scores {
    Scores(percentileRank(dense(values), ties: ties, direction: direction))
}

/// Percentile ranks over the dense form.
func percentileRank(_ values: [Double], ties: TieRule, direction: Indicator.Direction) -> ScaledValues {
    var scaled = rank(values, ties: ties, from: .worst, direction: direction)
    let count = scaled.limits.count
    guard count > 1 else {
        scaled.scores = [Double](repeating: .nan, count: values.count)
        scaled.degeneracy = count == 0 ? .allMissing : .single
        return scaled
    }
    for index in scaled.scores.indices { scaled.scores[index] = (scaled.scores[index] - 1) / Double(count - 1) }
    return scaled
}

/// Ranks over the dense form.
func rank(
    _ values: [Double],
    ties: TieRule,
    from origin: RankOrigin,
    direction: Indicator.Direction
) -> ScaledValues {
    let isDescending = (direction == .lowerIsBetter) == (origin == .worst)
    let order = values.indices.filter { !values[$0].isNaN }.sorted { left, right in
        if values[left] != values[right] { return (values[left] < values[right]) != isDescending }
        return left < right
    }
    var scaled = ScaledValues(scores: [Double](repeating: .nan, count: values.count))
    scaled.limits.count = order.count
    if order.isEmpty { scaled.degeneracy = .allMissing }
    var start = 0
    var distinct = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        distinct += 1
        for position in start..<end {
            scaled.scores[order[position]] =
                switch ties {
                case .competition: Double(start + 1)
                case .average: Double(start + 1 + end) / 2
                case .maximum: Double(end)
                case .dense: Double(distinct)
                case .ordinal: Double(position + 1)
                }
        }
        start = end
    }
    return scaled
}

/// How many places each leaves behind: the rank from the worst, less one.
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing; in order of the place codes, by which ordinal ties go.
///   - ties: Which rank equal values get.
///   - direction: Which end is the best; for an indicator without a direction the greatest is.
/// - Returns: As many scores from 0, `nil` where a value is missing, which is not counted; with `all-missing` where none is
///   present. Takes n log n steps.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 5.
package func borda(_ values: [Double?], ties: TieRule, direction: Indicator.Direction) -> Scores {
    Scores(borda(dense(values), ties: ties, direction: direction))
}

/// Borda scores over the dense form.
func borda(_ values: [Double], ties: TieRule, direction: Indicator.Direction) -> ScaledValues {
    var scaled = rank(values, ties: ties, from: .worst, direction: direction)
    for index in scaled.scores.indices { scaled.scores[index] -= 1 }
    return scaled
}
