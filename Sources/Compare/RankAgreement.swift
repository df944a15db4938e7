import Indicators

/// How far rankings agree.
///
/// - SeeAlso: Kendall (1948), *Rank Correlation Methods*; Knight (1966), *A computer method for calculating Kendall's tau with
///   ungrouped data*, JASA 61.
enum RankAgreement {
    /// The rank of each value, the smallest 1; equal values share the mean of their ranks. O(n log n).
    static func averageRanks(_ values: [Double]) -> [Double] { rankedRuns(values).ranks }

    /// The average ranks, and how many values are equal at each of them.
    private static func rankedRuns(_ values: [Double]) -> (ranks: [Double], lengths: [Int]) {
        let order = ascendingOrder(of: values)
        var ranks = [Double](repeating: 0, count: values.count)
        var lengths: [Int] = []
        lengths.reserveCapacity(values.count)
        var start = 0
        while start < order.count {
            let value = values[Int(order[start])]
            var end = start + 1
            while end < order.count, values[Int(order[end])] == value { end += 1 }
            for position in start..<end { ranks[Int(order[position])] = Double(start + 1 + end) / 2 }
            lengths.append(end - start)
            start = end
        }
        return (ranks, lengths)
    }

    /// Spearman's correlation: Pearson's of the average ranks; `nil` where one side is constant, or of fewer than two pairs.
    static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, x.count >= 2 else { return nil }
        let middle = Double(x.count + 1) / 2
        let dx = averageRanks(x).map { $0 - middle }
        let dy = averageRanks(y).map { $0 - middle }
        guard let both = sum(of: dx, times: dy), let left = sum(of: dx, times: dx), let right = sum(of: dy, times: dy),
            left > 0, right > 0
        else { return nil }
        return max(-1, min(1, both / (left * right).squareRoot()))
    }

    /// Kendall's tau-b; `nil` where one side is constant, or of fewer than two pairs. O(n log n).
    static func kendallTauB(_ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, x.count >= 2 else { return nil }
        // By x, and where that is equal by y.
        let byY = ascendingOrder(of: y)
        let order = ascendingOrder(of: byY.map { x[Int($0)] }).map { Int(byY[Int($0)]) }
        var sequence = order.map { y[$0] }
        let pairs = x.count * (x.count - 1) / 2
        let tiedX = tiedPairs(order.map { x[$0] }) { $0 == $1 }
        let tiedBoth = tiedPairs(order.map { (x[$0], y[$0]) }) { $0 == $1 }
        let swaps = sortCountingSwaps(&sequence)
        let tiedY = tiedPairs(sequence) { $0 == $1 }
        guard tiedX < pairs, tiedY < pairs else { return nil }
        let balance = pairs - tiedX - tiedY + tiedBoth - 2 * swaps
        // One root of the product: of orders that agree wholly it is exact, and tau is 1.
        return Double(balance) / (Double(pairs - tiedX) * Double(pairs - tiedY)).squareRoot()
    }

    /// Kendall's coefficient of concordance of several rankings of the same places, corrected for ties.
    ///
    /// - Parameter rankings: Of each year the values of all places, in the same order.
    /// - Returns: From 0 to 1; `nil` of fewer than two rankings or places, or where every ranking is one tie.
    static func kendallW(_ rankings: [[Double]]) -> Double? {
        guard rankings.count >= 2, let count = rankings.first?.count, count >= 2 else { return nil }
        var totals = [Double](repeating: 0, count: count)
        var ties = 0.0
        for values in rankings {
            let (ranks, lengths) = rankedRuns(values)
            for place in totals.indices { totals[place] += ranks[place] }
            for length in lengths where length > 1 {
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

    /// How many pairs of neighbours and their like are equal in a list where equals lie side by side.
    private static func tiedPairs<Element>(_ sorted: [Element], _ areEqual: (Element, Element) -> Bool) -> Int {
        runs(sorted, areEqual).reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }

    private static func runs<Element>(_ sorted: [Element], _ areEqual: (Element, Element) -> Bool) -> [Int] {
        var lengths: [Int] = []
        for index in sorted.indices {
            if index > 0, areEqual(sorted[index - 1], sorted[index]) {
                lengths[lengths.count - 1] += 1
            } else {
                lengths.append(1)
            }
        }
        return lengths
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
