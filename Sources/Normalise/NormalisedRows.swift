import Cores
import Indicators

/// Collects the rows of `normalised.csv` and `treatments.csv`.
struct NormalisedRows {
    private var normalised: Table
    private var treatments = Table(schema: .treatments)
    /// Rows are added many at a time: all cores then have something to do.
    private var waiting: [Part] = []
    private var waitingRows = 0
    private let catalogue: Catalogue

    private static let longestPart = 32_000
    private static let mostWaiting = 200_000

    /// Cells of one scaled frame.
    private struct Part: Sendable {
        var scaled: Scaling.ScaledFrame
        var range: Range<Int>
        var series: Int
        var scale: AppliedScale
        var treated: Treated
    }

    /// - Parameters:
    ///   - rates: They have rows too.
    ///   - catalogue: Knows every indicator.
    ///   - count: About how many rows will be added.
    init(derived rates: [Rate], catalogue: Catalogue, expecting count: Int) {
        self.catalogue = catalogue
        normalised = Table(schema: .normalised, expecting: rates.count + count)
        normalised.append(rates.blocks(catalogue))
    }

    /// All rows that were added, each table in the order of its key.
    consuming func tables() -> (normalised: Table, treatments: Table) {
        appendWaiting()
        return (normalised.sortedByKey(), treatments.sortedByKey())
    }

    /// Adds the rows of scaled frames: one for each cell that has a value or an observation.
    mutating func append(_ frames: [Scaling.ScaledFrame], of series: Int, scale: AppliedScale, on treated: Treated) {
        for scaled in frames {
            let count = scaled.frame.cells.count
            // A part of a frame has the same limits: a long one is split, so that all cores have something to do.
            for start in stride(from: 0, to: count, by: Self.longestPart) {
                let range = start..<min(count, start + Self.longestPart)
                waiting.append(Part(scaled: scaled, range: range, series: series, scale: scale, treated: treated))
            }
            waitingRows += count
        }
        if waitingRows >= Self.mostWaiting { appendWaiting() }
    }

    private mutating func appendWaiting() {
        let parts = waiting
        let columns = onAllCores(parts.count, isWorthIt: waitingRows > 50_000) { position in
            let part = parts[position]
            return ScaledColumns(part.scaled, part.range, of: part.series, part.scale, on: part.treated)
        }
        normalised.append(
            zip(parts, columns).map { part, rows in
                let key = part.treated.panel.series[part.series]
                return RowBlock(count: rows.count, columns: rows.blocks(key, part.scale, part.scaled.values.limits))
            }
        )
        for part in parts where !part.scaled.values.clipped.isEmpty { appendClipped(part) }
        (waiting, waitingRows) = ([], 0)
    }

    private mutating func appendClipped(_ part: Part) {
        let (scaled, treated) = (part.scaled, part.treated)
        let clipped = Set(scaled.values.clipped)
        let start = treated.panel.block(part.series).lowerBound
        for position in part.range where clipped.contains(position) {
            let cell = start + scaled.frame.cells[position]
            guard treated.panel.isPresent(cell) else { continue }
            appendClipped(
                treated.panel.key(cell),
                treated.shownValue(cell),
                part.scale,
                scaled.values.limits,
                grade: treated.panel.grades[cell]
            )
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
