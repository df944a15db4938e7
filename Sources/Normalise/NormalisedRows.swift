import Cores
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
            .missing, .missing, .missing, .missing, .missing, .missing,
            .text(rate.numerator), Cell(rate.numeratorValue),
            .text(rate.denominator), Cell(rate.denominatorValue), Cell(rate.denominatorYear),
            .text(observation.status.rawValue), .text(observation.treatmentText), .text(observation.grade.rawValue),
        ])
    }

    /// Adds the rows of scaled frames: one for each cell that has a value or an observation.
    mutating func append(_ frames: [Scaling.ScaledFrame], of series: Int, scale: AppliedScale, on treated: Treated) {
        let size = frames.reduce(0) { $0 + $1.frame.cells.count }
        // A part of a frame has the same limits: where there is one frame it is split, so that all cores have something to do.
        let parts = frames.flatMap { scaled in
            let count = scaled.frame.cells.count
            let width = max(1, frames.count == 1 ? (count + 7) / 8 : count)
            return stride(from: 0, to: count, by: width).map { (scaled, $0..<min(count, $0 + width)) }
        }
        let columns = onAllCores(parts.count, isWorthIt: size > 50_000) { position in
            let (scaled, range) = parts[position]
            return ScaledColumns(scaled, range, of: series, scale, on: treated)
        }
        let key = treated.panel.series[series]
        for ((scaled, range), rows) in zip(parts, columns) {
            normalised.append(rows: rows.count, rows.blocks(key, scale, scaled.values.limits))
            guard !scaled.values.clipped.isEmpty else { continue }
            let clipped = Set(scaled.values.clipped)
            let start = treated.panel.block(series).lowerBound
            for position in range where clipped.contains(position) {
                let cell = start + scaled.frame.cells[position]
                guard treated.panel.isPresent(cell) else { continue }
                appendClipped(
                    treated.panel.key(cell),
                    treated.shownValue(cell),
                    scale,
                    scaled.values.limits,
                    grade: treated.panel.grades[cell]
                )
            }
        }
    }

    private mutating func appendClipped(
        _ key: ObservationKey,
        _ value: Double,
        _ scale: AppliedScale,
        _ limits: Limits,
        grade: Grade
    ) {
        guard let clip = scale.clip(value, limits) else { return }
        let change = Change(cell: 0, treatment: .clipped, rule: clip.text, old: value, new: clip.value, grade: grade)
        append(change, key, unit: scale.indicator.unit)
    }

    /// Adds the row of a cell that a rule changed.
    mutating func append(_ change: Change, _ key: ObservationKey, unit: String) {
        treatments.append([
            .text(key.indicator), .text(key.place), .integer(key.year), .text(key.group),
            .text(change.treatment.rawValue), .text(change.rule),
            Cell(change.old), .number(change.new), .text(unit),
            change.donors == .none ? .missing : .text(change.donors.text),
            .text(change.grade.rawValue),
        ])
    }
}

extension AppliedScale {
    /// What a value beyond the limits of the scale counts as, and the rule as `treatments.csv` has it: the nearer of two
    /// goalposts, or the goal of a capped distance.
    func clip(_ value: Double, _ limits: Limits) -> (value: Double, text: String)? {
        // Goalposts hold for every year alike; a goal may come from the values, so that the text tells from which.
        if let goal = limits.reference { return (goal, "\(method) at \(Cell.format(goal)); \(scope); \(self.limits)") }
        guard let low = limits.low, let high = limits.high else { return nil }
        return (value < low ? low : high, "\(method) of \(Cell.format(low)) and \(Cell.format(high))")
    }
}
