package import Indicators

/// Judges observations by the kind of their indicator, against their own past, against each other and against what
/// the pipeline expects of their files.
///
/// What cannot be is refused, what is suspicious is kept and flagged; both are findings, and all of them are
/// collected. The order of the observations has no influence on what is kept.
///
/// - Parameters:
///   - observations: Of all sources, breaks marked, in any order.
///   - catalogue: Its kinds and units are the rules; an indicator that it lacks is judged by none of them.
///   - gazetteer: For the levels at which places are compared with each other.
///   - options: What the pipeline declares of indicators, priorities and files.
///   - asOf: Freshness and years to come are judged by it.
/// - Returns: Unique observations in canonical order, and the cells refused and set aside, by file.
package func validate(
    _ observations: consuming [Observation],
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    options: ValidateOptions,
    asOf: CalendarDate
) -> ValidatedObservations {
    var judgement = Judgement(observations)
    judgement.judgeExpectations(options.expectations, asOf: asOf)
    judgement.judgeRanges(catalogue, options, asOf: asOf)
    judgement.judgeDuplicates(options.priorities)
    judgement.judgeUnits(catalogue)
    judgement.judgeJumps(options)
    judgement.judgeIdenticalNeighbours(gazetteer)
    return (consume judgement).result()
}
