import Indicators

/// Collects the rows of `normalised.csv` and `treatments.csv`.
struct NormalisedRows {
    private(set) var normalised = Table(schema: .normalised)
    private(set) var treatments = Table(schema: .treatments)
    private let catalogue: Catalogue

    init(derived rates: [Rate], catalogue: Catalogue) {
        self.catalogue = catalogue
        for rate in rates { append(rate) }
    }

    private mutating func append(_ rate: Rate) {
        let observation = rate.observation
        let indicator = catalogue[observation.indicator]
        normalised.append([
            .text(observation.indicator), .text(observation.place), .integer(observation.year),
            .text(observation.group),
            .text(rate.method), .text(""), .text(""),
            Cell(observation.value), .text(indicator?.unit ?? ""), .missing,
            Cell(indicator?.direction.rawValue),
            .missing, .missing, .missing, .missing, .missing,
            .text(rate.numerator), Cell(rate.numeratorValue),
            .text(rate.denominator), Cell(rate.denominatorValue), Cell(rate.denominatorYear),
            .text(observation.status.rawValue), .text(observation.treatmentText), .text(observation.grade.rawValue),
        ])
    }

    /// Adds the score of an observation, and where it was clipped what it was clipped to.
    mutating func append(
        _ observation: Observation,
        scale: AppliedScale,
        score: Double?,
        limits: Limits,
        isClipped: Bool
    ) {
        let treatments = isClipped ? observation.treatments.union([.clipped]) : observation.treatments
        normalised.append([
            .text(observation.indicator), .text(observation.place), .integer(observation.year),
            .text(observation.group),
            .text(scale.method), .text(scale.scope), .text(scale.limits),
            Cell(observation.value), .text(scale.indicator.unit), Cell(score),
            .text(scale.indicator.direction.rawValue),
            Cell(limits.low), Cell(limits.high), Cell(limits.mean), Cell(limits.standardDeviation),
            .integer(limits.count),
            .missing, .missing, .missing, .missing, .missing,
            .text(observation.status.rawValue),
            .text(treatments.sorted().map(\.rawValue).joined(separator: " ")),
            .text(observation.grade.rawValue),
        ])
        guard isClipped, let old = observation.value, let low = limits.low, let high = limits.high else { return }
        self.treatments.append([
            .text(observation.indicator), .text(observation.place), .integer(observation.year),
            .text(observation.group),
            .text(Treatment.clipped.rawValue),
            .text(AppliedScale.clipText(scale.method, low: low, high: high)),
            .number(old), .number(old < low ? low : high), .text(scale.indicator.unit),
            .text(observation.grade.rawValue),
        ])
    }
}
