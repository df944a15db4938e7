import Indicators

/// How far rankings agree.
///
/// - SeeAlso: Kendall (1948), *Rank Correlation Methods*; Knight (1966), *A computer method for calculating Kendall's tau with
///   ungrouped data*, JASA 61.
enum RankAgreement {
    /// Spearman's correlation: Pearson's of the average ranks; `nil` where one side is constant, or of fewer than two pairs.
    static func spearman(_ x: Ranking, _ y: Ranking) -> Double? {
        let count = x.values.count
        guard count == y.values.count, count >= 2 else { return nil }
        let middle = Double(count + 1) / 2
        let dx = x.ranks.map { $0 - middle }
        let dy = y.ranks.map { $0 - middle }
        guard let both = sum(of: dx, times: dy), let left = sum(of: dx, times: dx), let right = sum(of: dy, times: dy),
            left > 0, right > 0
        else { return nil }
        return max(-1, min(1, both / (left * right).squareRoot()))
    }

    /// Kendall's tau-b; `nil` where one side is constant, or of fewer than two pairs. O(n log n).
    static func kendallTauB(_ x: Ranking, _ y: Ranking) -> Double? {
        let count = x.values.count
        guard count == y.values.count, count >= 2 else { return nil }
        let pairs = count * (count - 1) / 2
        let (tiedX, tiedY) = (x.tiedPairs, y.tiedPairs)
        guard tiedX < pairs, tiedY < pairs else { return nil }
        let order = x.order(thenBy: y).map { Int($0) }
        // Pairs that are equal in both lie side by side: each place makes one with every one of its run before it.
        var (tiedBoth, run) = (0, 0)
        for (one, next) in zip(order, order.dropFirst()) {
            run = x.values[one] == x.values[next] && y.values[one] == y.values[next] ? run + 1 : 0
            tiedBoth += run
        }
        var sequence = order.map { y.values[$0] }
        let swaps = sortCountingSwaps(&sequence)
        let balance = pairs - tiedX - tiedY + tiedBoth - 2 * swaps
        // One root of the product: of orders that agree wholly it is exact, and tau is 1.
        return Double(balance) / (Double(pairs - tiedX) * Double(pairs - tiedY)).squareRoot()
    }

    /// Kendall's coefficient of concordance of several rankings of the same places, corrected for ties.
    ///
    /// - Parameter rankings: Of each year that of all places, in the same order.
    /// - Returns: From 0 to 1; `nil` of fewer than two rankings or places, or where every ranking is one tie.
    static func kendallW(_ rankings: [Ranking]) -> Double? {
        guard rankings.count >= 2, let count = rankings.first?.values.count, count >= 2 else { return nil }
        var totals = [Double](repeating: 0, count: count)
        var ties = 0.0
        for ranking in rankings {
            for place in totals.indices { totals[place] += ranking.ranks[place] }
            for length in ranking.lengths where length > 1 {
                ties += Double(length * length * length - length)
            }
        }
        let judges = Double(rankings.count)
        let middle = judges * Double(count + 1) / 2
        let deviations = totals.map { $0 - middle }
        guard let squares = sum(of: deviations, times: deviations) else { return nil }
        let size = Double(count)
        let most = judges * (judges * (size * size * size - size) - ties)
        return most > 0 ? min(1, 12 * squares / most) : nil
    }

    /// Sorts by merging, and counts how many pairs stood the wrong way round.
    private static func sortCountingSwaps(_ values: inout [Double]) -> Int {
        var swaps = 0
        var width = 1
        var merged = values
        while width < values.count {
            for start in stride(from: 0, to: values.count, by: 2 * width) {
                let middle = min(start + width, values.count)
                let end = min(start + 2 * width, values.count)
                var (left, right) = (start, middle)
                for position in start..<end {
                    if left < middle, right >= end || values[left] <= values[right] {
                        merged[position] = values[left]
                        left += 1
                    } else {
                        swaps += middle - left
                        merged[position] = values[right]
                        right += 1
                    }
                }
            }
            swap(&values, &merged)
            width *= 2
        }
        return swaps
    }
}
