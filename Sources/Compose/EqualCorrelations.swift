/// Weights on the simplex that make the variance of the correlations between children and node least.
///
/// The node is whatever `aggregate` makes of the children, so that the search knows nothing of its form: weight is moved
/// from one child to another as long as that helps, by ever smaller steps, from several beginnings. The criterion
/// reached is what counts; weights that reach the same differ where children say the same.
struct EqualCorrelations {
    /// Complete rows of the children.
    let columns: [[Double]]
    /// The covariances and standard deviations of the children.
    private let covariances: [[Double]]
    private let deviations: [Double]
    /// The node's scores for columns and weights; `nil` where it is the arithmetic mean, whose correlations follow from covariances.
    private let aggregate: (([[Double]], [Double]) -> [Double])?

    /// - Throws: ``FitFailure`` with fewer than three complete rows, or a child that does not vary.
    init(
        _ columns: [ArraySlice<Double>],
        aggregate: (([[Double]], [Double]) -> [Double])?
    ) throws(FitFailure) {
        let complete = CompleteRows(of: columns)
        guard complete.count >= 3 else { throw FitFailure(reason: .tooFewRows, rowCount: complete.count) }
        let (covariances, summaries) = complete.covariances()
        if let constant = summaries.firstIndex(where: \.isConstant) {
            throw FitFailure(reason: .constantChild, child: constant, rowCount: complete.count)
        }
        self.columns = complete.columns
        self.covariances = covariances
        deviations = covariances.indices.map { covariances[$0][$0].squareRoot() }
        self.aggregate = aggregate
    }

    /// The correlation of each child with the node for weights; `nil` where the node does not vary.
    func correlations(_ weights: [Double]) -> [Double]? {
        if let aggregate {
            let parent = aggregate(columns, weights)
            let found = columns.compactMap { correlation($0[...], parent[...]).coefficient }
            return found.count == columns.count ? found : nil
        }
        let products = covariances.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }
        let variance = zip(products, weights).reduce(0) { $0 + $1.0 * $1.1 }
        guard variance > 0 else { return nil }
        return products.indices.map { products[$0] / (deviations[$0] * variance.squareRoot()) }
    }

    /// The variance (with n) of the correlations, infinity where there are none.
    func criterion(_ weights: [Double]) -> Double {
        guard let found = correlations(weights) else { return .infinity }
        let summary = Summary(of: found)
        return summary.squares / Double(found.count)
    }

    /// - Throws: ``FitFailure`` where the node varies under no weights that were tried.
    func fit() throws(FitFailure) -> FittedWeights {
        let count = columns.count
        let equal = [Double](repeating: 1 / Double(count), count: count)
        var beginnings = [unlimited().flatMap(Self.normalised), Self.normalised(deviations.map { 1 / $0 }), equal]
        // The closed form serves the arithmetic mean; other means cost a pass over all rows for each step.
        if aggregate == nil {
            beginnings += (0..<count).map { child in
                Self.normalised(equal.indices.map { $0 == child ? 1 : 0.1 / Double(count) })
            }
        }
        var best = (weights: equal, value: Double.infinity)
        for beginning in beginnings.compactMap(\.self) {
            let found = descend(from: beginning)
            if found.value < best.value - 1e-15 { best = found }
        }
        guard best.value.isFinite else {
            throw FitFailure(reason: .constantNode, rowCount: columns.first?.count ?? 0)
        }
        return FittedWeights(weights: best.weights, criterion: best.value, rowCount: columns.first?.count ?? 0)
    }

    private func descend(from beginning: [Double]) -> (weights: [Double], value: Double) {
        var weights = beginning
        var value = criterion(weights)
        var step = 0.25
        // Each sweep must gain something worth the while, and there is an end to them.
        for _ in 0..<1000 where step > 1e-9 && value > 1e-24 {
            let before = value
            for giver in weights.indices where weights[giver] > 0 {
                for taker in weights.indices where taker != giver {
                    var moved = weights
                    let amount = min(step, moved[giver])
                    moved[giver] -= amount
                    moved[taker] += amount
                    let candidate = criterion(moved)
                    if candidate < value {
                        (weights, value) = (moved, candidate)
                    }
                }
            }
            if value >= before * (1 - 1e-6) { step /= 2 }
        }
        return (weights, value)
    }

    /// What would make all correlations with the arithmetic mean equal if weights could be negative, the inverse of the
    /// correlation matrix times ones; what is negative is cut off.
    private func unlimited() -> [Double]? {
        let eigen = SymmetricEigen(
            covariances.indices.map { row in
                covariances.indices.map { covariances[row][$0] / (deviations[row] * deviations[$0]) }
            }
        )
        guard let least = eigen.values.last, least > 1e-9 else { return nil }
        return columns.indices.map { child in
            let solution = eigen.values.indices.reduce(0.0) { sum, index in
                let vector = eigen.vectors[index]
                return sum + vector.reduce(0, +) / eigen.values[index] * vector[child]
            }
            return max(0, solution / deviations[child])
        }
    }

    /// Weights over their sum, `nil` where that is 0.
    private static func normalised(_ weights: [Double]) -> [Double]? {
        let total = weights.reduce(0, +)
        return total > 0 ? weights.map { $0 / total } : nil
    }
}
