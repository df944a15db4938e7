package import Indicators

/// Rescales `values` by the range of those that are present.
///
/// l + (x - min) / (max - min) × (u - l), reversed l + (max - x) / (max - min) × (u - l).
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing.
///   - lower: The score of the worst value, l.
///   - upper: The score of the best value, u.
///   - direction: Which end is the best; an indicator without a direction is scaled upwards.
/// - Returns: As many scores without a unit, `nil` where the value is missing; all `nil`, with `constant-indicator`, where the
///   values present are equal or only one is, with `all-missing` where none is, and with `not-representable` where a score is
///   beyond doubles. Linear in the values.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 5.
package func minMax(
    _ values: [Double?],
    lower: Double = 0,
    upper: Double = 1,
    direction: Indicator.Direction
) -> Scores {
    let values = dense(values)
    return Scores(minMax(values, fittedOn: values, lower: lower, upper: upper, direction: direction))
}

/// Min-max by the range of `sample`, which need not be the values that are scaled.
func minMax(
    _ values: [Double],
    fittedOn sample: [Double],
    lower: Double,
    upper: Double,
    direction: Indicator.Direction
) -> ScaledValues {
    var scaled = ScaledValues(values.count, fittedOn: sample)
    guard let (low, high) = scaled.range else { return scaled }
    guard low < high else { return scaled.refused(.constant) }
    let worst = direction == .lowerIsBetter ? high : low
    let best = direction == .lowerIsBetter ? low : high
    let isLine = fillLine(&scaled.scores, values, worst: worst, best: best, lower: lower, upper: upper)
    return isLine ? scaled : scaled.refused(.notRepresentable)
}

/// Puts each value on the line on which `worst` is at `lower` and `best` at `upper`.
///
/// - Returns: Whether all scores are finite; where they are not, all are NaN.
func fillLine(
    _ scores: inout [Double],
    _ values: [Double],
    worst: Double,
    best: Double,
    lower: Double,
    upper: Double
) -> Bool {
    // Halves keep a range beyond the greatest double finite, and are exact there.
    let half = (best - worst).isFinite ? 1.0 : 0.5
    let span = best * half - worst * half
    for index in values.indices {
        let score = lower + (values[index] * half - worst * half) / span * (upper - lower)
        guard score.isFinite || values[index].isNaN else {
            for index in scores.indices { scores[index] = .nan }
            return false
        }
        scores[index] = score
    }
    return true
}
