import Indicators

/// The rows of one scaled frame in `normalised.csv`, column by column: they come by the million.
struct ScaledColumns: Sendable {
    /// Positions in ``codes``.
    var places: [UInt32] = []
    var years: [Int] = []
    /// NaN for missing.
    var values: [Double] = []
    var scores: [Double] = []
    var isTransformed = WordColumn<Bool>()
    var statuses = WordColumn<ObservationStatus>()
    var treatments = WordColumn<TreatmentSet>()
    var grades = WordColumn<Grade>()
    /// Of the panel's places.
    private let codes: [String]

    /// The rows of a range of the frame's cells; those without a value or an observation have none.
    init(
        _ scaled: Scaling.ScaledFrame,
        _ range: Range<Int>,
        of series: Int,
        _ scale: AppliedScale,
        on treated: Treated
    ) {
        let panel = treated.panel
        codes = panel.places.map(\.code)
        let start = panel.block(series).lowerBound
        let clipped = Set(scaled.values.clipped)
        let unit = scale.indicator.unit
        let width = panel.places.count
        places.reserveCapacity(range.count)
        years.reserveCapacity(range.count)
        values.reserveCapacity(range.count)
        scores.reserveCapacity(range.count)
        for position in range {
            let within = scaled.frame.cells[position]
            let cell = start + within
            guard panel.isPresent(cell) else { continue }
            var treatments = treated.treatments[cell]
            if !clipped.isEmpty, clipped.contains(position) { treatments.insert(TreatmentSet(.clipped)) }
            places.append(UInt32(within % width))
            years.append(panel.years[within / width])
            values.append(treated.shownValue(cell))
            scores.append(scaled.values.scores[position])
            isTransformed.append(treated.isTransformed(cell)) { $0 ? "transformed \(unit)" : unit }
            statuses.append(panel.statuses[cell]) { $0.rawValue }
            self.treatments.append(treatments) { $0.text }
            grades.append(panel.grades[cell]) { $0.rawValue }
        }
    }

    var count: Int { places.count }

    /// In the order of the schema's columns.
    func blocks(_ series: SeriesKey, _ scale: AppliedScale, _ limits: Limits) -> [ColumnBlock] {
        [
            .same(.text(series.indicator)), .each(.texts(codes: places, pool: codes)), .each(.integers(years)),
            .same(.text(series.group)),
            .same(.text(scale.method)), .same(.text(scale.scope)), .same(.text(scale.limits)),
            .each(.numbers(values)), isTransformed.block, .each(.numbers(scores)),
            .same(.text(scale.indicator.direction.rawValue)),
            .same(Cell(limits.low)), .same(Cell(limits.high)), .same(Cell(limits.mean)),
            .same(Cell(limits.standardDeviation)), .same(Cell(limits.reference)), .same(.integer(limits.count)),
            .same(.missing), .same(.missing), .same(.missing), .same(.missing), .same(.missing),
            statuses.block, treatments.block, grades.block,
        ]
    }
}
