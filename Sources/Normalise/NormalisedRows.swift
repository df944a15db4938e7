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

    /// Adds the rows of a scaled frame: one for each cell that has a value or an observation.
    mutating func append(_ scaled: Scaling.ScaledFrame, of series: Int, scale: AppliedScale, on treated: Treated) {
        let panel = treated.panel
        let start = panel.block(series).lowerBound
        let limits = scaled.values.limits
        let clipped = Set(scaled.values.clipped)
        let unit = scale.indicator.unit
        var rows = ScaledColumns(places: panel.places.map(\.code))
        for (position, cell) in scaled.frame.cells.enumerated() where panel.isPresent(start + cell) {
            let within = cell
            let cell = start + cell
            let value = treated.values[cell].isNaN ? panel.values[cell] : treated.values[cell]
            var treatments = treated.treatments[cell]
            if !clipped.isEmpty, clipped.contains(position) {
                treatments.insert(TreatmentSet(.clipped))
                appendClipped(panel.key(cell), value, scale, limits, grade: panel.grades[cell])
            }
            rows.places.append(UInt32(within % panel.places.count))
            rows.years.append(panel.years[within / panel.places.count])
            rows.values.append(value)
            rows.scores.append(scaled.values.scores[position])
            rows.isTransformed.append(treated.isTransformed(cell)) {
                $0 ? "transformed \(unit)" : unit
            }
            rows.statuses.append(panel.statuses[cell], \.rawValue)
            rows.treatments.append(treatments, \.text)
            rows.grades.append(panel.grades[cell], \.rawValue)
        }
        normalised.append(rows: rows.count, rows.blocks(panel.series[series], scale, limits))
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
