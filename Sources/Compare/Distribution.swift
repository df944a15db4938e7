import Glibc
import Indicators

/// Values of places with their weights, in ascending order: what a measure of inequality is taken of.
///
/// Values and weights are held as multiples of powers of two, so that no sum of theirs goes beyond the doubles; every measure
/// but the quantiles and the mean is a pure number and does not notice.
package struct Distribution: Sendable {
    /// Ascending, equal ones in the order given; the greatest in size between 1 and 2.
    let values: [Double]
    /// One for each value, above 0; the greatest between 1 and 2.
    let weights: [Double]
    /// The sum of the weights.
    let total: Double
    /// In the scale of ``values``.
    let scaledMean: Double
    /// The least value as it was given.
    let minimum: Double
    private let exponent: Int
    private let weightExponent: Int
    private let areWeightsEqual: Bool

    /// It is `nil` without a value. O(n log n).
    ///
    /// - Parameters:
    ///   - values: One for each place, finite and in one unit, in a canonical order of the places; without those missing.
    ///   - weights: One for each value, finite and above 0.
    package init?(_ values: [Double], weights: [Double]) {
        precondition(values.count == weights.count, "a weight for each value")
        precondition(weights.allSatisfy { $0 > 0 && $0.isFinite }, "weights are finite and above 0")
        self.init(values, weights: weights, order: ascendingOrder(of: values))
    }

    /// With the ascending order of the values, where it is known.
    init?(_ values: [Double], weights: [Double], order: [Int32]) {
        guard !values.isEmpty else { return nil }
        self.init(sorted: order.map { values[Int($0)] }, weights: order.map { weights[Int($0)] })
    }

    /// Places that all count the same: the values as above; `nil` without one.
    package init?(_ values: [Double]) {
        self.init(values, weights: [Double](repeating: 1, count: values.count))
    }

    /// All values of several distributions together, of equal ones those of the earlier part first; `nil` where there are none.
    /// O(n) for each part.
    init?(merging parts: [Distribution]) {
        guard let first = parts.first else { return nil }
        var values = first.unscaledValues
        var weights = first.unscaledWeights
        for part in parts.dropFirst() {
            let (more, moreWeights) = (part.unscaledValues, part.unscaledWeights)
            let (old, oldWeights) = (values, weights)
            var (left, right) = (0, 0)
            values = []
            weights = []
            values.reserveCapacity(old.count + more.count)
            weights.reserveCapacity(old.count + more.count)
            while left < old.count || right < more.count {
                if left < old.count, right == more.count || old[left] <= more[right] {
                    values.append(old[left])
                    weights.append(oldWeights[left])
                    left += 1
                } else {
                    values.append(more[right])
                    weights.append(moreWeights[right])
                    right += 1
                }
            }
        }
        self.init(sorted: values, weights: weights)
    }

    private init(sorted: [Double], weights: [Double]) {
        exponent = Self.exponent(of: max(abs(sorted[0]), abs(sorted[sorted.count - 1])))
        weightExponent = Self.exponent(of: weights.max() ?? 1)
        minimum = sorted[0]
        values = Self.scaled(sorted, by: -exponent)
        self.weights = Self.scaled(weights, by: -weightExponent)
        let first = self.weights[0]
        areWeightsEqual = self.weights.allSatisfy { $0 == first }
        total = areWeightsEqual ? Double(values.count) * first : ExactSum.value(of: self.weights) ?? .nan
        let sum =
            areWeightsEqual && first == 1
            ? ExactSum.value(of: values) : ExactSum.value(of: values, times: self.weights)
        let mean = (sum ?? .nan) / total
        // Of equal values the mean is that value, whatever a division rounds it to.
        scaledMean = values[0] == values[values.count - 1] ? values[0] : mean
    }

    /// The power of two that brings a number between 1 and 2; 0 for 0.
    private static func exponent(of number: Double) -> Int {
        number == 0 ? 0 : Int(ilogb(number))
    }

    /// Numbers times a power of two, rounded once where they leave the normal doubles.
    private static func scaled(_ numbers: [Double], by exponent: Int) -> [Double] {
        if exponent == 0 { return numbers }
        guard (-1022...1023).contains(exponent) else { return numbers.map { scalbn($0, Int32(exponent)) } }
        let factor = scalbn(1, Int32(exponent))
        return numbers.map { $0 * factor }
    }

    package var count: Int { values.count }

    /// The weighted mean.
    package var mean: Double { unscaled(scaledMean) }

    /// The greatest value as it was given.
    var maximum: Double { unscaled(values[values.count - 1]) }

    /// What each place weighs where all weigh the same, in the scale of ``weights``.
    var equalWeight: Double? { areWeightsEqual ? weights[0] : nil }

    var isConstant: Bool { values[0] == values[values.count - 1] }

    /// The sum of the weights as they were given; infinite where it is beyond the doubles.
    var totalWeight: Double { scalbn(total, Int32(weightExponent)) }

    private var unscaledWeights: [Double] {
        Self.scaled(weights, by: weightExponent)
    }

    private var unscaledValues: [Double] { Self.scaled(values, by: exponent) }

    private func unscaled(_ value: Double) -> Double { scalbn(value, Int32(exponent)) }

    /// How much each value falls short of `bound`, with the same weights.
    func shortfall(from bound: Double) -> Distribution {
        Distribution(
            sorted: unscaledValues.reversed().map { bound - $0 + 0 },
            weights: unscaledWeights.reversed()
        )
    }

    // MARK: Quantiles

    /// The least value up to which the places hold at least `tenths` tenths of the weight: the inverse of the weighted
    /// distribution function. The comparison is exact, so that 9 of 10 equal places hold nine tenths.
    /// From 0 tenths, for the least value, to 10, for the greatest.
    func quantile(tenths: Int) -> Double {
        // Of equal weights only their number counts.
        if areWeightsEqual { return unscaled(values[max(0, (tenths * values.count + 9) / 10 - 1)]) }
        let target = Double(tenths) * total
        // Far from the target, rounding cannot matter.
        let doubt = 1e-9 * 10 * total
        var cumulated = CompensatedSum()
        for index in values.indices {
            cumulated.add(weights[index])
            let held = 10 * cumulated.value
            if held > target + doubt { return unscaled(values[index]) }
            if held >= target - doubt, holds(tenths: tenths, upTo: index) { return unscaled(values[index]) }
        }
        return unscaled(values[values.count - 1])
    }

    /// Whether the weights up to `index` are at least so many tenths of all, without rounding.
    private func holds(tenths: Int, upTo index: Int) -> Bool {
        var difference = ExactSum()
        for weight in weights[...index] { difference.add(productOf: 10, and: weight) }
        for weight in weights { difference.add(productOf: -Double(tenths), and: weight) }
        return (difference.value ?? 0) >= 0
    }

    // MARK: Shares

    /// What the lowest places hold together that make up `part` of the weight, the place at the boundary split in proportion;
    /// as a multiple of mean times total weight.
    func share(ofLowest part: Double) -> Double {
        held(part * total, values.indices) / (scaledMean * total)
    }

    /// What the highest places hold together, likewise.
    func share(ofHighest part: Double) -> Double {
        held(part * total, values.indices.reversed()) / (scaledMean * total)
    }

    /// The weighted mean of the lowest places that make up `part` of the weight, likewise.
    func mean(ofLowest part: Double) -> Double {
        unscaled(mean(of: part * total, values.indices))
    }

    /// The weighted mean of the highest places, likewise.
    func mean(ofHighest part: Double) -> Double {
        unscaled(mean(of: part * total, values.indices.reversed()))
    }

    /// The mean of the first places that make up `weight`, worked out from the first of them: where that is the only one, or
    /// all are alike, it is their value to the last digit.
    private func mean(of weight: Double, _ order: some Collection<Int>) -> Double {
        guard let first = order.first.map({ values[$0] }) else { return scaledMean }
        return first + held(weight, order, above: first) / weight
    }

    private func held(_ weight: Double, _ order: some Collection<Int>, above origin: Double = 0) -> Double {
        if let equal = equalWeight, let first = order.first {
            return held(weight, each: equal, isDescending: first != 0, above: origin)
        }
        var left = weight
        var sum = CompensatedSum()
        for index in order where left > 0 {
            let taken = min(left, weights[index])
            sum.add(taken * (values[index] - origin))
            left -= taken
        }
        return sum.value
    }

    /// The same where all places weigh the same: whole places, and a part of the next.
    private func held(_ weight: Double, each equal: Double, isDescending: Bool, above origin: Double) -> Double {
        let whole = min(values.count, Int((weight / equal).rounded(.down)))
        let start = isDescending ? values.count - whole : 0
        var sum = CompensatedLanes()
        for block in 0..<whole / 4 { sum.add((SIMD4(values, at: start + 4 * block) - origin) * equal) }
        // At most three places, and the part of one.
        var rest = SIMD4<Double>.zero
        for index in whole / 4 * 4..<whole { rest[index % 4] = (values[start + index] - origin) * equal }
        if whole < values.count {
            let next = isDescending ? start - 1 : whole
            rest[3] = (weight - Double(whole) * equal) * (values[next] - origin)
        }
        sum.add(rest)
        return sum.value
    }
}
