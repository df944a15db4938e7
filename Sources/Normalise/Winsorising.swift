import Indicators

/// What an outlier rule makes of a sample.
package struct TreatedSample: Equatable, Sendable {
    /// As many as came in; NaN stands for missing.
    package var values: [Double]
    /// Values below `low` were brought up to it, values above `high` down; `nil` where none was.
    package var low: Double?
    package var high: Double?
    /// How many values were winsorised.
    package var count = 0
    /// The transform with its numbers, as it stands in `treatments.csv`; `nil` where none was taken.
    package var transform: String?
    /// Why the result is not what the rule is after: the code of a finding.
    package var problem: String?

    init(_ values: [Double]) {
        self.values = values
    }

    /// Brings values beyond the limits to them.
    mutating func clamp(_ low: Double, _ high: Double) {
        count = 0
        for index in values.indices where values[index] < low || values[index] > high {
            if values[index] < low { self.low = low } else { self.high = high }
            values[index] = values[index] < low ? low : high
            count += 1
        }
    }
}

/// Treats the outliers of a sample by one rule.
///
/// - Parameters:
///   - values: All in one unit and in any order; NaN for missing, which stays missing and counts for nothing.
///   - method: The rule. Of fewer than three values, and of equal ones, nothing is changed.
/// - Returns: As many values, in the same unit unless a transform was taken, and what was done; with the problem
///   `outliers-remain` where the limits are still exceeded, or `transform-not-representable` where the transform is beyond doubles
///   and the winsorised values stand. Takes n log n steps.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 4; Becker et al. (2022), COINr, JOSS
///   7(78) 4567, whose `Treat` the shape rule follows.
package func treatOutliers(of values: [Double], by method: OutlierRule.Method) -> TreatedSample {
    var treated = TreatedSample(values)
    func sorted() -> [Double] { values.filter { !$0.isNaN }.sorted() }
    switch method {
    case .none:
        return treated
    case .shape(let skewness, let kurtosis, let most, let fallback):
        guard let shape = SampleShape(of: values), !shape.passes(skewness: skewness, kurtosis: kurtosis) else {
            return treated
        }
        return treatByShape(values, sorted(), shape, skewness, kurtosis, most, fallback)
    case .percentiles(let tail):
        let sorted = sorted()
        guard sorted.count >= 3, let low = quantile(tail, ofSorted: sorted),
            let high = quantile(1 - tail, ofSorted: sorted)
        else { return treated }
        treated.clamp(low, high)
        return treated
    case .fences(let multiple):
        let sorted = sorted()
        guard sorted.count >= 3, let first = quantile(0.25, ofSorted: sorted),
            let third = quantile(0.75, ofSorted: sorted)
        else { return treated }
        let reach = multiple * (third - first)
        guard reach.isFinite else { return treated }
        treated.clamp(first - reach, third + reach)
        return treated
    }
}

private func treatByShape(
    _ values: [Double],
    _ sorted: [Double],
    _ original: SampleShape,
    _ skewness: Double,
    _ kurtosis: Double,
    _ most: Int,
    _ fallback: OutlierRule.Transform?
) -> TreatedSample {
    var treated = TreatedSample(values)
    // The greatest and the least value that are left, as positions in the sorted sample: all beyond are brought to them, so
    // that equal values always move together.
    var (first, last) = (0, sorted.count - 1)
    var shape: SampleShape? = original
    while let current = shape, !current.passes(skewness: skewness, kurtosis: kurtosis), treated.count < most {
        if current.skewness >= 0 {
            let top = sorted[last]
            while last > first, sorted[last] == top { last -= 1 }
        } else {
            let bottom = sorted[first]
            while first < last, sorted[first] == bottom { first += 1 }
        }
        treated = TreatedSample(values)
        treated.clamp(sorted[first], sorted[last])
        shape = SampleShape(of: treated.values)
    }
    guard let end = shape, !end.passes(skewness: skewness, kurtosis: kurtosis) else { return treated }
    guard let fallback else {
        treated.problem = "outliers-remain"
        return treated
    }
    guard let (transformed, text) = fallback.apply(to: values, low: sorted[0], high: sorted[sorted.count - 1], original)
    else {
        treated.problem = "transform-not-representable"
        return treated
    }
    treated = TreatedSample(transformed)
    treated.transform = text
    if let shape = SampleShape(of: transformed), !shape.passes(skewness: skewness, kurtosis: kurtosis) {
        treated.problem = "outliers-remain"
    }
    return treated
}
