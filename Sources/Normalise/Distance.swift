package import Indicators

/// The best of a scale on which the worst value is 0.
package enum DistanceGoal: Hashable, Sendable {
    /// The best value.
    case maximum
    /// The value of a place, NaN where it has none.
    case reference(Double)
    case target(Double)
}

/// How far each value has come from the worst one to a goal: 0 at the worst, 1 at the goal.
///
/// (x - min) / (goal - min), where lower is better (max - x) / (max - goal). For the place of reference this is
/// 1 - (ref - x) / (ref - min).
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing.
///   - goal: What has the score 1, in the unit of the values.
///   - isCapped: Whether values beyond the goal get 1.
///   - direction: Which end is the best; an indicator without a direction is scaled upwards.
/// - Returns: As many scores without a unit, `nil` where the value is missing; all `nil` with `all-missing` where none is
///   present, with `constant-indicator` where the values are equal and no better goal is given, with `reference-missing` or
///   `reference-is-worst`, with `target-not-better` where the target is not strictly better than the worst value, and with
///   `not-representable` where a score is beyond doubles. Linear in the values.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 5.
package func distance(
    _ values: [Double?],
    to goal: DistanceGoal,
    isCapped: Bool = false,
    direction: Indicator.Direction
) -> Scores {
    let values = dense(values)
    return Scores(distance(values, fittedOn: values, to: goal, isCapped: isCapped, direction: direction))
}

/// The distance over the dense form, by the worst and best values of `sample`.
func distance(
    _ values: [Double],
    fittedOn sample: [Double],
    to goal: DistanceGoal,
    isCapped: Bool,
    direction: Indicator.Direction
) -> ScaledValues {
    var scaled = ScaledValues(values.count, fittedOn: sample)
    guard let (low, high) = scaled.range else { return scaled }
    let isReversed = direction == .lowerIsBetter
    let worst = isReversed ? high : low
    let best: Double
    let refusal: Degeneracy
    switch goal {
    case .maximum: (best, refusal) = (isReversed ? low : high, .constant)
    case .reference(let value): (best, refusal) = (value, .referenceIsWorst)
    case .target(let value): (best, refusal) = (value, .targetNotBetter)
    }
    guard !best.isNaN else { return scaled.refused(.referenceMissing) }
    if goal != .maximum { scaled.limits.reference = best }
    guard isReversed ? best < worst : best > worst else {
        // Where all are equal that is the reason, whichever the place of reference.
        return scaled.refused(refusal == .referenceIsWorst && low == high ? .constant : refusal)
    }
    guard fillLine(&scaled.scores, values, worst: worst, best: best, lower: 0, upper: 1) else {
        return scaled.refused(.notRepresentable)
    }
    if isCapped {
        for index in scaled.scores.indices where scaled.scores[index] > 1 {
            scaled.scores[index] = 1
            scaled.clipped.append(index)
        }
    }
    return scaled
}

/// Each value as a part of the greatest one: x / max; where lower is better the least as a part of the value: min / x.
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing.
///   - direction: Which end is the best; an indicator without a direction is scaled upwards.
/// - Returns: As many scores without a unit, at most 1, `nil` where the value is missing; all `nil` with `all-missing` where none
///   is present, with `fraction-of-nonpositive` where the greatest value is not positive, or where lower is better and one of
///   the values is not, and with `not-representable` where a score is beyond doubles. Linear in the values.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 5.
package func fractionOfMaximum(_ values: [Double?], direction: Indicator.Direction) -> Scores {
    let values = dense(values)
    return Scores(fractionOfMaximum(values, fittedOn: values, direction: direction))
}

/// Fractions over the dense form.
func fractionOfMaximum(
    _ values: [Double],
    fittedOn sample: [Double],
    direction: Indicator.Direction
) -> ScaledValues {
    var scaled = ScaledValues(values.count, fittedOn: sample)
    guard let (low, high) = scaled.range else { return scaled }
    let isReversed = direction == .lowerIsBetter
    let isDefined = isReversed ? low > 0 && values.allSatisfy { $0.isNaN || $0 > 0 } : high > 0
    guard isDefined else { return scaled.refused(.notPositive) }
    for index in values.indices {
        scaled.scores[index] = isReversed ? low / values[index] : values[index] / high
        guard scaled.scores[index].isFinite || values[index].isNaN else { return scaled.refused(.notRepresentable) }
    }
    return scaled
}

/// Mazziotta and Pareto's adjusted scale: 100 + 60 d (x - ref) / (max - min), so that goalposts half the range above and below
/// the reference have 70 and 130.
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing.
///   - reference: The value that has 100, in the unit of the values; `nil` for their mean.
///   - direction: d, +1 where higher is better and -1 where lower is; an indicator without a direction is scaled upwards.
/// - Returns: As many scores without a unit, `nil` where the value is missing; all `nil`, with `constant-indicator`, where the
///   values present are equal or only one is, with `all-missing` where none is, and with `not-representable` where the range, the
///   mean or a score is beyond doubles. Linear in the values.
/// - SeeAlso: Mazziotta & Pareto (2016), *On a generalized non-compensatory composite index for measuring socio-economic
///   phenomena*, Social Indicators Research 127(3).
package func adjusted(_ values: [Double?], reference: Double? = nil, direction: Indicator.Direction) -> Scores {
    let values = dense(values)
    return Scores(adjusted(values, fittedOn: values, reference: reference, direction: direction))
}

/// The adjusted scale over the dense form.
func adjusted(
    _ values: [Double],
    fittedOn sample: [Double],
    reference: Double?,
    direction: Indicator.Direction
) -> ScaledValues {
    var scaled = ScaledValues(values.count, fittedOn: sample)
    guard let (low, high) = scaled.range else { return scaled }
    guard low < high else { return scaled.refused(.constant) }
    var above = ExactSum()
    for value in sample where !value.isNaN { above.add(value - low) }
    guard let middle = reference ?? above.value.map({ low + $0 / Double(scaled.limits.count) }), (high - low).isFinite
    else { return scaled.refused(.notRepresentable) }
    scaled.limits.reference = middle
    let sign = direction == .lowerIsBetter ? -60.0 : 60
    for index in values.indices {
        scaled.scores[index] = 100 + sign * ((values[index] - middle) / (high - low))
        guard scaled.scores[index].isFinite || values[index].isNaN else { return scaled.refused(.notRepresentable) }
    }
    return scaled
}
