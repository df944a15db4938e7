package import Indicators

/// Tells what an observation that was kept stands for: the others of its key, and why it stands and not they.
///
/// - Parameters:
///   - kept: One that ``validate(_:catalogue:gazetteer:options:asOf:)`` returned.
///   - rivals: What it was given of the same key, the one kept among them.
///   - priorities: By file, as in ``ValidateOptions/priorities``.
/// - Returns: A decision for each other one, in order of their cells.
package func duplicateDecisions(
    on kept: Observation,
    among rivals: [Observation],
    priorities: [String: Int]
) -> [Decision] {
    rivals.filter { $0.origins != kept.origins }
        .sorted { $0.origins.lexicographicallyPrecedes($1.origins) }
        .map { rival in
            Decision(
                subject: "duplicate",
                statement: "stands for \(place(of: rival)), because \(reason(kept, over: rival, priorities))"
            )
        }
}

private func place(of observation: Observation) -> String {
    let text = observation.texts.joined(separator: "; ")
    guard let origin = observation.firstOrigin else { return "another value" }
    return "“\(text)” in \(origin.words)"
}

private func reason(_ kept: Observation, over rival: Observation, _ priorities: [String: Int]) -> String {
    guard let other = rival.value else { return kept.value == nil ? "neither has a value" : "that has no value" }
    let (own, its) = (priorities[Judgement.file(of: kept)] ?? 0, priorities[Judgement.file(of: rival)] ?? 0)
    if own != its { return "its source has the priority \(own) and the other's \(its)" }
    if kept.grade < rival.grade { return "its grade is \(kept.grade.rawValue) and the other's \(rival.grade.rawValue)" }
    return kept.value == other ? "both are the same" : "the other is the same, rounded"
}
