/// Ranks as they are published: the best is 1, equal scores share the least rank they take up, and the next rank is left
/// out for each that shares.
///
/// - Parameters:
///   - scores: NaN where there is none.
///   - order: Memory for the positions of the scores; afterwards those that are there, from the best.
///   - ranks: As many as scores; 0 where there is none.
func rankFromBest(_ scores: ArraySlice<Double>, order: inout [Int32], ranks: inout [Int32]) {
    order.removeAll(keepingCapacity: true)
    let start = scores.startIndex
    for position in 0..<scores.count {
        ranks[position] = 0
        if !scores[start + position].isNaN { order.append(Int32(position)) }
    }
    order.sort { scores[start + Int($0)] > scores[start + Int($1)] }
    var rank: Int32 = 0
    var last = Double.nan
    for (index, position) in order.enumerated() {
        let score = scores[start + Int(position)]
        if score != last { rank = Int32(index) + 1 }
        last = score
        ranks[Int(position)] = rank
    }
}

/// Ranks of all scores, `nil` where there is none; see ``rankFromBest(_:order:ranks:)``.
func ranksFromBest(_ scores: ArraySlice<Double>) -> [Int?] {
    var order: [Int32] = []
    var ranks = [Int32](repeating: 0, count: scores.count)
    rankFromBest(scores, order: &order, ranks: &ranks)
    return ranks.map { $0 == 0 ? nil : Int($0) }
}
