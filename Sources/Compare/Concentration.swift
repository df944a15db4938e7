import Glibc
import Indicators

/// How far something is concentrated where another thing is high.
///
/// - SeeAlso: Kakwani (1977), *Econometrica* 45(3), 719-727; Kakwani, Wagstaff and van Doorslaer (1997), *J. Econometrics* 77, 87-103.
package struct Concentration: Equatable, Sendable {
    /// 2 cov(x, r) / mu, with r the middle of each place's part of the weights in ascending order of the ranking variable; places
    /// that tie in it share the middle of their block. Above 0 where x is higher where the ranking variable is.
    package let index: Double
    /// Of x.
    package let gini: Double?
    /// Of the ranking variable.
    package let giniOfRanking: Double?
    /// ``index`` less ``giniOfRanking``.
    package var kakwani: Double? { giniOfRanking.map { index - $0 } }

    /// - Parameters:
    ///   - values: x, one for each place, in a canonical order.
    ///   - ranking: The ranking variable, likewise.
    ///   - weights: Above 0, likewise.
    ///
    /// It is `nil` of no place, where the mean of x is 0 or below, and beyond doubles. Places without one of the two are not
    /// among them. Takes n log n steps.
    package init?(of values: [Double], rankedBy ranking: [Double], weights: [Double]) {
        precondition(values.count == ranking.count && values.count == weights.count, "one of each for each place")
        guard let distribution = Distribution(values, weights: weights), distribution.scaledMean > 0,
            let variable = Distribution(ranking, weights: weights), distribution.mean.isFinite,
            distribution.totalWeight.isFinite
        else { return nil }
        let middles = Self.middles(of: ranking, weights)
        let mean = distribution.mean
        var sum = CompensatedSum()
        for place in values.indices {
            let part = weights[place] / distribution.totalWeight
            sum.add(part * ((values[place] - mean) / mean) * (middles[place] - 0.5))
        }
        let index = 2 * sum.value
        guard index.isFinite else { return nil }
        self.index = distribution.isConstant ? 0 : index
        gini = Inequality(of: distribution, entropies: [], aversions: []).gini
        giniOfRanking = Inequality(of: variable, entropies: [], aversions: []).gini
    }

    /// The middle of each place's part of the weights, from 0 to 1, in ascending order of `ranking`.
    static func middles(of ranking: [Double], _ weights: [Double]) -> [Double] {
        let order = ranking.indices.sorted { (ranking[$0], $0) < (ranking[$1], $1) }
        var total = CompensatedSum()
        for place in order { total.add(weights[place]) }
        var middles = [Double](repeating: 0, count: ranking.count)
        var below = CompensatedSum()
        var start = 0
        while start < order.count {
            var end = start
            var through = below
            while end < order.count, ranking[order[end]] == ranking[order[start]] {
                through.add(weights[order[end]])
                end += 1
            }
            for position in start..<end {
                middles[order[position]] = (below.value + through.value) / 2 / total.value
            }
            below = through
            start = end
        }
        return middles
    }
}
