import Glibc

/// An inequality split into what lies between groups and what lies within them.
///
/// - SeeAlso: Shorrocks (1980), *Econometrica* 48(3), for entropies; Lambert and Aronson (1993), *Economic Journal* 103, for the
///   overlap of the Gini coefficient.
package struct InequalityDecomposition: Equatable, Sendable {
    package enum Measure: Hashable, Sendable {
        case gini
        /// Generalised entropy; 1 is Theil T and 0 Theil L.
        case entropy(Double)
    }

    /// Of all values together.
    package let total: Double
    /// As if each had its group's mean.
    package let between: Double
    /// For each group what its own inequality contributes: f s Gini, or f (mu_g / mu)^a GE(a).
    package let within: [Double]
    /// The rest of the Gini coefficient, that arises where the groups' values overlap; `nil` for entropies, which leave none.
    package let overlap: Double?

    /// Values with their inequality, worked out before: of a group, or of all.
    struct Part {
        let distribution: Distribution
        let inequality: Inequality

        init(_ distribution: Distribution, entropies: [Double], aversions: [Double] = []) {
            self.distribution = distribution
            inequality = Inequality(of: distribution, entropies: entropies, aversions: aversions)
        }
    }

    /// Splits a measure among groups. Between and within are pure numbers and add up to the total, with the overlap of the Gini
    /// coefficient.
    ///
    /// - Parameters:
    ///   - measure: What is split.
    ///   - groups: At least one, each with the values and weights of its places.
    ///   - whole: The same values together.
    ///
    /// It is `nil` where the measure is not defined for the whole or for a group: a negative value, a mean of 0, a value of 0
    /// where a <= 0. A group of which every value is 0 contributes nothing where a > 0. Linear in the values.
    package init?(_ measure: Measure, of groups: [Distribution], whole: Distribution) {
        let orders: [Double] = if case .entropy(let a) = measure { [a] } else { [] }
        self.init(
            measure,
            of: groups.map { Part($0, entropies: orders) },
            whole: Part(whole, entropies: orders)
        )
    }

    init?(_ measure: Measure, of groups: [Part], whole: Part) {
        let weights = groups.map(\.distribution.totalWeight)
        let weightOfAll = whole.distribution.totalWeight
        guard whole.distribution.minimum >= 0, whole.distribution.scaledMean > 0, weightOfAll.isFinite,
            let distribution = Distribution(groups.map(\.distribution.mean), weights: weights)
        else { return nil }
        let people = weights.map { $0 / weightOfAll }
        let means = groups.map { $0.distribution.mean / whole.distribution.mean }
        switch measure {
        case .gini:
            guard let total = whole.inequality.gini,
                let between = Inequality(of: distribution, entropies: [], aversions: []).gini
            else { return nil }
            self.total = total
            self.between = between
            within = groups.indices.map { people[$0] * people[$0] * means[$0] * (groups[$0].inequality.gini ?? 0) }
            // Groups that do not overlap leave nothing but the rounding of the other terms.
            overlap = Self.areApart(groups) ? 0 : max(0, total - between - within.reduce(0, +))
        case .entropy(let a):
            let amongMeans = Part(distribution, entropies: [a])
            guard let total = whole.inequality.entropy(a), let between = amongMeans.inequality.entropy(a)
            else { return nil }
            var within: [Double] = []
            for (index, group) in groups.enumerated() {
                // A group of which every value is 0 has nothing to be unequal in.
                let entropy = group.distribution.scaledMean > 0 ? group.inequality.entropy(a) : 0
                guard let entropy else { return nil }
                within.append(entropy == 0 ? 0 : people[index] * pow(means[index], a) * entropy)
            }
            guard within.allSatisfy(\.isFinite) else { return nil }
            self.total = total
            self.between = between
            self.within = within
            overlap = nil
        }
    }

    /// Whether every value of one group is at most every value of the next, in the order of their means.
    private static func areApart(_ groups: [Part]) -> Bool {
        let ranges = groups.map { ($0.distribution.minimum, $0.distribution.maximum) }
            .sorted { $0 < $1 }
        return zip(ranges, ranges.dropFirst()).allSatisfy { $0.1 <= $1.0 }
    }
}
