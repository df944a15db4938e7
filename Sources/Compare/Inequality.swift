import Glibc
import Indicators

/// The measures of how unequally places share something.
///
/// In the formulas x are the values, w the weights, f = w / sum of w, mu the weighted mean and r = x / mu. Terms that cancel are
/// taken together first, so that nearly equal places keep their digits, and equal ones come to exactly 0.
///
/// - SeeAlso: Cowell (2011), *Measuring Inequality*, 3rd ed., Oxford; Shorrocks (1980), *Econometrica* 48(3) 613-625, for
///   generalised entropy; Atkinson (1970), *J. Economic Theory* 2, 244-263; Williamson (1965), *Economic Development and Cultural
///   Change* 13(4), for the weighted coefficient of variation.
package struct Inequality: Sendable {
    /// Why measures are `nil`.
    package enum Degeneracy: String, Hashable, Sendable, CaseIterable {
        /// Only the quantiles are left, and the coefficients of variation where the mean is above 0.
        case negativeValue = "negative-value"
        /// The mean is 0 or below: only the quantiles are left.
        case zeroMean = "zero-mean"
        /// A value is 0: no Theil L and no entropy of a <= 0.
        case zeroValue = "zero-value"
        /// A measure is beyond the doubles.
        case notRepresentable = "not-representable"
    }

    /// sum over i, j of f_i f_j |x_i - x_j| / (2 mu).
    package private(set) var gini: Double?
    /// ``gini`` times n / (n - 1), n the number of places.
    package private(set) var giniCorrected: Double?
    /// Half of sum f |r - 1|.
    package private(set) var hoover: Double?
    /// sum f r ln r, with 0 ln 0 = 0.
    package private(set) var theilT: Double?
    /// - sum f ln r, the mean logarithmic deviation.
    package private(set) var theilL: Double?
    /// The a that were asked for, and for each (sum f r^a - 1) / (a (a - 1)).
    let orders: [Double]
    package private(set) var entropies: [Double?]
    /// For each e asked for, 1 - (sum f r^(1 - e))^(1 / (1 - e)); 1 where e >= 1 and a value is 0.
    package private(set) var atkinsons: [Double?]
    /// sqrt(sum f (r - 1)^2).
    package private(set) var variation: Double?
    /// ``variation`` times sqrt(n / (n - 1)).
    package private(set) var variationOfSample: Double?
    /// The values that 90 and 10 percent of the weight do not exceed.
    package let p90: Double
    package let p10: Double
    package private(set) var p90ToP10: Double?
    /// What the highest fifth of the weight holds over what the lowest does.
    package private(set) var s80ToS20: Double?
    /// What the highest tenth of the weight holds over what the lowest four tenths do.
    package private(set) var palma: Double?
    package private(set) var degeneracies: Set<Degeneracy> = []

    /// - Parameters:
    ///   - distribution: The values; a measure that a negative value or a mean of 0 leaves without a meaning is `nil`.
    ///   - entropies: The a of generalised entropy.
    ///   - aversions: The e of Atkinson's measure, from 0 up.
    ///
    /// Measures are pure numbers but for the quantiles, which are in the unit of the values. What is `nil`, and why, stands in
    /// ``degeneracies``.
    /// - Complexity: Linear in the number of values.
    package init(of distribution: Distribution, entropies: [Double] = [2], aversions: [Double] = [0.5, 1, 2]) {
        p90 = distribution.quantile(tenths: 9)
        p10 = distribution.quantile(tenths: 1)
        orders = entropies
        self.entropies = entropies.map { _ in nil }
        atkinsons = aversions.map { _ in nil }
        if distribution.minimum < 0 { degeneracies.insert(.negativeValue) }
        guard distribution.scaledMean > 0 else {
            degeneracies.insert(.zeroMean)
            return
        }
        var deviations = Deviations(distribution)
        variation = deviations.entropy(2).map { (2 * $0).squareRoot() }
        let count = Double(distribution.count)
        if count > 1 { variationOfSample = variation.map { $0 * (count / (count - 1)).squareRoot() } }
        guard distribution.minimum >= 0 else { return }
        if distribution.minimum == 0 { degeneracies.insert(.zeroValue) }
        gini = Self.gini(distribution)
        if count > 1 { giniCorrected = gini.map { $0 * (count / (count - 1)) } }
        hoover = deviations.hoover
        theilT = deviations.entropy(1)
        theilL = deviations.entropy(0)
        self.entropies = entropies.map { deviations.entropy($0) }
        atkinsons = aversions.map { deviations.atkinson($0) }
        if p10 > 0 { p90ToP10 = finite(p90 / p10) }
        s80ToS20 = ratio(distribution.share(ofHighest: 0.2), distribution.share(ofLowest: 0.2))
        palma = ratio(distribution.share(ofHighest: 0.1), distribution.share(ofLowest: 0.4))
        if distribution.minimum > 0, ([theilT, theilL] + self.entropies + atkinsons).contains(nil) {
            degeneracies.insert(.notRepresentable)
        }
    }

    /// Generalised entropy of an order that was asked for, or of 1 and 0: Theil T and L.
    func entropy(_ a: Double) -> Double? {
        if a == 1 { return theilT }
        if a == 0 { return theilL }
        return orders.firstIndex(of: a).flatMap { entropies[$0] }
    }

    /// The sum over neighbours in ascending order of their distance times the weight below times the weight above: every term is
    /// positive, where the textbook's sum over ranks subtracts.
    private static func gini(_ distribution: Distribution) -> Double? {
        let (values, weights) = (distribution.values, distribution.weights)
        var all = CompensatedSum()
        for weight in weights { all.add(weight) }
        var below = CompensatedSum()
        var sum = CompensatedSum()
        for index in values.indices.dropLast() {
            below.add(weights[index])
            let distance = values[index + 1] - values[index]
            if distance > 0 { sum.add(distance * below.value * below.remainder(of: all)) }
        }
        let total = all.value
        return sum.value / (total * total * distribution.scaledMean)
    }

    private mutating func finite(_ number: Double) -> Double? {
        if number.isFinite { return number }
        degeneracies.insert(.notRepresentable)
        return nil
    }

    private mutating func ratio(_ above: Double, _ below: Double) -> Double? {
        below > 0 ? finite(above / below) : nil
    }
}

/// How far each value lies from the mean: r = x / mu, d = r - 1, and ln r.
private struct Deviations {
    let parts: [Double]
    let ratios: [Double]
    let deviations: [Double]
    /// Of the ratios; nothing where one is negative.
    let logarithms: [Double]
    let hasZero: Bool
    let isConstant: Bool
    private var known: [(order: Double, entropy: Double?)] = []

    init(_ distribution: Distribution) {
        let (mean, total) = (distribution.scaledMean, distribution.total)
        parts = distribution.weights.map { $0 / total }
        ratios = distribution.values.map { $0 / mean }
        deviations = distribution.values.map { ($0 - mean) / mean }
        // Near the mean the deviation has the digits, far from it the ratio.
        logarithms =
            distribution.minimum < 0
            ? [] : zip(ratios, deviations).map { abs($1) < 0.5 ? log1p($1) : log($0) }
        hasZero = distribution.minimum == 0
        isConstant = distribution.isConstant
    }

    var hoover: Double {
        isConstant ? 0 : sum { abs(deviations[$0]) } / 2
    }

    /// sum f (r^a - 1 - a d) / (a (a - 1)), of which no term is negative; the limits at 0 and 1. Measures share orders: each is
    /// summed up once.
    mutating func entropy(_ a: Double) -> Double? {
        if let known = known.first(where: { $0.order == a }) { return known.entropy }
        let entropy = summedEntropy(a)
        known.append((a, entropy))
        return entropy
    }

    private func summedEntropy(_ a: Double) -> Double? {
        if isConstant { return 0 }
        if hasZero, a <= 0 { return nil }
        let entropy: Double
        switch a {
        case 2: entropy = sum { deviations[$0] * deviations[$0] } / 2
        case 1: entropy = sum { ratios[$0] == 0 ? 1 : excess($0) }
        case 0: entropy = sum { deviations[$0] - logarithms[$0] }
        case 0.5:
            entropy =
                2
                * sum {
                    let root = deviations[$0] / (ratios[$0].squareRoot() + 1)
                    return root * root
                }
        case -1: entropy = sum { deviations[$0] * deviations[$0] / ratios[$0] } / 2
        default: entropy = sum { expm1(a * logarithms[$0]) - a * deviations[$0] } / (a * (a - 1))
        }
        return entropy.isFinite ? max(0, entropy) : nil
    }

    /// r ln r - d.
    private func excess(_ index: Int) -> Double {
        ratios[index] * logarithms[index] - deviations[index]
    }

    /// By the entropy of a = 1 - e: the mean of r^a is 1 + a (a - 1) GE(a).
    mutating func atkinson(_ aversion: Double) -> Double? {
        if aversion == 0 || isConstant { return 0 }
        if aversion >= 1, hasZero { return 1 }
        let a = 1 - aversion
        guard let entropy = entropy(a) else { return nil }
        let atkinson = a == 0 ? -expm1(-entropy) : -expm1(log1p(a * (a - 1) * entropy) / a)
        return atkinson.isFinite ? max(0, min(1, atkinson)) : nil
    }

    private func sum(_ term: (Int) -> Double) -> Double {
        var sum = CompensatedSum()
        for index in parts.indices { sum.add(parts[index] * term(index)) }
        return sum.value
    }
}
