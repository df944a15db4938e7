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
        if let weight = distribution.equalWeight { return gini(distribution.values, each: weight, distribution) }
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

    /// The same of places that all weigh the same: the weights below and above are their numbers.
    private static func gini(_ values: [Double], each weight: Double, _ distribution: Distribution) -> Double? {
        let count = Double(values.count)
        var sum = CompensatedLanes()
        var rank = SIMD4<Double>(1, 2, 3, 4)
        let blocks = (values.count - 1) / 4
        for block in 0..<blocks {
            let distance = SIMD4(values, at: 4 * block + 1) - SIMD4(values, at: 4 * block)
            sum.add(distance * (rank * weight) * ((count - rank) * weight))
            rank += 4
        }
        var rest = SIMD4<Double>.zero
        for index in 4 * blocks..<values.count - 1 {
            let below = Double(index + 1)
            rest[index % 4] = (values[index + 1] - values[index]) * (below * weight) * ((count - below) * weight)
        }
        sum.add(rest)
        let total = count * weight
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
