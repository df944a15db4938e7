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
        var deviations: [Double] = []
        deviations.reserveCapacity(count)
        for value in values where !value.isNaN { deviations.append((value * half - low * half) / range) }
        let n = Double(count)
        let mean = (ExactSum.value(of: deviations) ?? 0) / n
        for index in deviations.indices { deviations[index] -= mean }
        let squares = deviations.map { $0 * $0 }
        let cubes = squares.indices.map { squares[$0] * deviations[$0] }
        guard let second = ExactSum.value(of: squares).map({ $0 / n }),
            let third = ExactSum.value(of: cubes).map({ $0 / n }),
            let fourth = ExactSum.value(of: squares.map { $0 * $0 }).map({ $0 / n }), second > 0
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
