package import Indicators

/// Rescales `values` to a mean and a standard deviation.
///
/// m + s × d × (x - mean) / sd, with the sample's standard deviation (n - 1) and d = -1 where lower is better.
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing.
///   - mean: The score of the mean, m.
///   - standardDeviation: How far one standard deviation is on the scale, s.
///   - direction: Which end is the best; an indicator without a direction is scaled upwards.
/// - Returns: As many scores without a unit, `nil` where the value is missing; all `nil`, with `constant-indicator`, where the
///   values present are equal or only one is, with `all-missing` where none is, and with `not-representable` where the spread or
///   a score is beyond doubles. Linear in the values.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 5.
package func zScore(
    _ values: [Double?],
    mean: Double = 0,
    standardDeviation: Double = 1,
    direction: Indicator.Direction
) -> Scores {
    let values = dense(values)
    return Scores(
        zScore(values, fittedOn: values, mean: mean, standardDeviation: standardDeviation, direction: direction)
    )
}

/// The z-score by the mean and standard deviation of `sample`, which need not be the values that are scaled.
func zScore(
    _ values: [Double],
    fittedOn sample: [Double],
    mean: Double,
    standardDeviation: Double,
    direction: Indicator.Direction
) -> ScaledValues {
    var scaled = ScaledValues(values.count, fittedOn: sample)
    guard let (low, high) = scaled.range else { return scaled }
    // The scale is made of moments, not of limits.
    (scaled.limits.low, scaled.limits.high) = (nil, nil)
    guard low < high else {
        scaled.limits.mean = low
        return scaled.refused(.constant)
    }
    guard let moments = Moments(of: sample, count: scaled.limits.count, low: low, high: high) else {
        return scaled.refused(.notRepresentable)
    }
    scaled.limits.mean = moments.mean
    scaled.limits.standardDeviation = moments.standardDeviation
    let sign = direction == .lowerIsBetter ? -1.0 : 1
    for index in values.indices where !values[index].isNaN {
        let distance = ((values[index] - low) - moments.meanAboveLow) / moments.standardDeviation
        let score = mean + standardDeviation * sign * distance
        guard score.isFinite else { return scaled.refused(.notRepresentable) }
        scaled.scores[index] = score
    }
    return scaled
}

/// The mean and the sample's standard deviation, from distances to the least value: so close values far from zero lose
/// no digits, and squares neither overflow nor vanish.
private struct Moments {
    var mean: Double
    /// The mean of the distances to the least value.
    var meanAboveLow: Double
    var standardDeviation: Double

    /// - Returns: `nil` where the range of the values, their sum or their spread is not a finite, positive double.
    init?(of sample: [Double], count: Int, low: Double, high: Double) {
        let range = high - low
        guard range.isFinite else { return nil }
        var distances = ExactSum()
        for value in sample where !value.isNaN { distances.add(value - low) }
        guard let sum = distances.value else { return nil }
        let centre = sum / Double(count)
        var squares = ExactSum()
        for value in sample where !value.isNaN {
            let deviation = ((value - low) - centre) / range
            squares.add(productOf: deviation, and: deviation)
        }
        guard let sumOfSquares = squares.value else { return nil }
        let spread = range * (sumOfSquares / Double(count - 1)).squareRoot()
        guard spread > 0, spread.isFinite else { return nil }
        mean = low + centre
        meanAboveLow = centre
        standardDeviation = spread
    }
}
