import Indicators

/// Skewness and excess kurtosis of a sample, both of type 2, as spreadsheets give them.
package struct SampleShape: Hashable, Sendable {
    /// G1 = sqrt(n (n - 1)) / (n - 2) × m3 / m2^1.5.
    package var skewness: Double
    /// G2 = ((n + 1) (m4 / m2² - 3) + 6) (n - 1) / ((n - 2) (n - 3)); `nil` of three values.
    package var kurtosis: Double?

    /// `nil` of fewer than three values, and where all are equal.
    ///
    /// - Parameter values: NaN for missing. Their order changes nothing: the sums are exact.
    /// - SeeAlso: Joanes & Gill (1998), *Comparing measures of sample skewness and kurtosis*, The Statistician 47(1).
    package init?(of values: [Double]) {
        let (count, low, high) = extent(of: values)
        guard count >= 3, low < high else { return nil }
        // On the range of the sample: neither squares nor fourth powers overflow or vanish.
        let half = (high - low).isFinite ? 1.0 : 0.5
        let range = high * half - low * half
        let shares = values.lazy.filter { !$0.isNaN }.map { ($0 * half - low * half) / range }
        var sum = ExactSum()
        for share in shares { sum.add(share) }
        let mean = (sum.value ?? 0) / Double(count)
        var squares = ExactSum()
        var cubes = ExactSum()
        var fourths = ExactSum()
        for share in shares {
            let deviation = share - mean
            let square = deviation * deviation
            squares.add(square)
            cubes.add(square * deviation)
            fourths.add(square * square)
        }
        let n = Double(count)
        guard let second = squares.value.map({ $0 / n }), let third = cubes.value.map({ $0 / n }),
            let fourth = fourths.value.map({ $0 / n }), second > 0
        else { return nil }
        skewness = (n * (n - 1)).squareRoot() / (n - 2) * third / (second * second.squareRoot())
        if count > 3 {
            kurtosis = ((n + 1) * (fourth / (second * second) - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
        }
    }

    /// Whether the sample is left as it is: either is within its limit.
    func passes(skewness limit: Double, kurtosis kurtosisLimit: Double) -> Bool {
        abs(skewness) < limit || (kurtosis.map { $0 < kurtosisLimit } ?? true)
    }
}

/// The quantile of type 7 (linear between the order statistics) at `share`, 0 to 1, of sorted values; `nil` of none.
func quantile(_ share: Double, ofSorted values: [Double]) -> Double? {
    guard let last = values.last else { return nil }
    let position = share * Double(values.count - 1)
    let below = Int(position)
    guard below + 1 < values.count else { return last }
    let part = position - Double(below)
    // Two summands: a difference may be beyond all doubles.
    return part == 0 ? values[below] : values[below] * (1 - part) + values[below + 1] * part
}
