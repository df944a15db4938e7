import Glibc
import Indicators

/// A row of `targets.csv`: how far a place is on its way to a target.
struct TargetRow: ComparedRow {
    enum Status: String, CaseIterable {
        case met
        case onTrack = "on-track"
        case behind
        case movingAway = "moving-away"
        case unknown
    }

    var target: Target
    var series: ComparedSeries
    let base: TargetValue?
    let latest: TargetValue?
    let status: Status
    /// +1 or -1: the direction in which the target is reached; 0 where nothing tells.
    let sign: Double

    /// `values` are those of the place, in order of their years.
    init(_ target: Target, _ series: ComparedSeries, _ values: [TargetValue]) {
        self.target = target
        self.series = series
        let latest = values.last
        let base = target.baseYear.map { year in values.first { $0.year == year } } ?? values.first
        self.base = base
        self.latest = latest
        let direction = series.indicator.direction.sign
        sign =
            direction != 0
            ? direction : base.map { $0.value < target.value ? 1 : $0.value > target.value ? -1 : 0 } ?? 0
        status = Self.status(target, base, latest, sign)
    }

    private static func status(
        _ target: Target,
        _ base: TargetValue?,
        _ latest: TargetValue?,
        _ sign: Double
    ) -> Status {
        guard let latest, sign != 0 else { return .unknown }
        if sign * latest.value >= sign * target.value { return .met }
        guard let base, base.year < latest.year else { return .unknown }
        if sign * latest.value < sign * base.value { return .movingAway }
        guard target.year > latest.year else { return .behind }
        // The latest value against the straight path from base to target, without rounding:
        // x (a + b) - a T - b x0, with a years gone and b to go.
        let (gone, ahead) = (Double(latest.year - base.year), Double(target.year - latest.year))
        var lead = ExactSum()
        lead.add(productOf: latest.value, and: gone + ahead)
        lead.add(productOf: -gone, and: target.value)
        lead.add(productOf: -ahead, and: base.value)
        guard let lead = lead.value else { return .unknown }
        return sign * lead >= 0 ? .onTrack : .behind
    }

    // MARK: Measures

    private var gone: Double? {
        guard let base, let latest, base.year < latest.year else { return nil }
        return Double(latest.year - base.year)
    }

    /// From the latest value to the target.
    private var ahead: Double? {
        guard let latest, latest.year < target.year else { return nil }
        return Double(target.year - latest.year)
    }

    private var whole: Double? {
        guard let base, base.year < target.year else { return nil }
        return Double(target.year - base.year)
    }

    private var progress: Double? {
        guard let base, let latest, sign * (target.value - base.value) > 0 else { return nil }
        return finite((latest.value - base.value) / (target.value - base.value))
    }

    private var actualRate: Double? {
        guard let base, let latest, let gone else { return nil }
        return finite((latest.value - base.value) / gone)
    }

    private var projectedYear: Double? {
        guard status != .met, status != .unknown, let latest, let rate = actualRate, sign * rate > 0 else { return nil }
        return finite(Double(latest.year) + (target.value - latest.value) / rate)
    }

    private func growth(_ from: Double?, _ to: Double?, _ years: Double?) -> Double? {
        guard let from, let to, let years else { return nil }
        return compoundGrowth(from: from, to: to, years: years)
    }

    private func finite(_ number: Double) -> Double? {
        number.isFinite ? number + 0 : nil
    }

    private var values: [TargetValue] { [base, latest].compactMap(\.self) }

    var cells: [Cell] {
        let wanted = target.value
        return [
            .text(series.key.indicator), .text(series.key.group), .text(target.place), .integer(target.year),
            .text(target.document), .number(wanted),
            Cell(base?.year), Cell(base?.value), Cell(latest?.year), Cell(latest?.value),
            Cell(latest?.basis), Cell(base?.coverage), Cell(latest?.coverage),
            .text(status.rawValue), Cell(progress),
            Cell(base.flatMap { base in whole.flatMap { finite((wanted - base.value) / $0) } }),
            Cell(actualRate),
            Cell(latest.flatMap { latest in ahead.flatMap { finite((wanted - latest.value) / $0) } }),
            Cell(growth(base?.value, wanted, whole)), Cell(growth(base?.value, latest?.value, gone)),
            Cell(growth(latest?.value, wanted, ahead)), Cell(projectedYear),
            Cell(ObservationStatus.worst(of: values.map(\.status))?.rawValue),
            Cell(grade?.rawValue),
            .text(series.indicator.unit), .text(series.indicator.direction.rawValue),
            .text(target.origin.file), .integer(target.origin.record), .text(note),
        ]
    }

    private var note: String {
        guard let latest, latest.year >= target.year else { return "" }
        return "the target's year is not after the latest value"
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        let declared = Derivation.Input(
            "target",
            .declaration(
                file: target.origin.file,
                line: target.origin.line,
                text: "\(target.indicator) \(Cell.format(target.value)) by \(target.year): \(target.document)"
            )
        )
        func marks(_ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
            values.flatMap { $0.marks(aspect, row.frame) }
        }
        let whole = row.cells("base_year", "base_value", "target", "year")
        let actual = row.cells("base_year", "base_value", "latest_year", "latest_value")
        let ahead = row.cells("latest_year", "latest_value", "target", "year")
        switch column {
        case "target", "file", "record": return CellOrigin("declared", [declared])
        case "base_year", "latest_year":
            let value = column == "base_year" ? base : latest
            return CellOrigin("year", (value?.marks(.value, row.frame) ?? []) + [declared])
        case "base_value": return base?.origin(row.frame) ?? CellOrigin("same")
        case "latest_value": return latest?.origin(row.frame) ?? CellOrigin("same")
        case "basis": return CellOrigin("basis", latest?.marks(.value, row.frame) ?? [])
        case "base_coverage": return base?.originOfCoverage(row) ?? CellOrigin("share")
        case "latest_coverage": return latest?.originOfCoverage(row) ?? CellOrigin("share")
        case "status":
            return CellOrigin(
                "target-status",
                actual + row.cells("target", "year"),
                parameters: [.init("direction", series.indicator.direction.rawValue)]
            )
        case "progress": return CellOrigin("progress", row.cells("base_value", "latest_value", "target"))
        case "required_rate_from_base", "required_growth_from_base": return CellOrigin(column, whole)
        case "actual_rate", "actual_growth": return CellOrigin(column, actual)
        case "required_rate", "required_growth": return CellOrigin(column, ahead)
        case "projected_year":
            return CellOrigin("projection", row.cells("latest_year", "latest_value", "target", "actual_rate"))
        case "observation_status": return CellOrigin("worst-status", marks(.status))
        case "grade": return CellOrigin("worst-grade", marks(.grade) + [grade(declared)])
        case "note": return CellOrigin("note", row.cells("latest_year", "year"))
        default: return nil
        }
    }

    private func grade(_ declared: Derivation.Input) -> Derivation.Input {
        let statement = "the grade that the file of targets states, official where it states none"
        return .init(
            "target",
            .intermediate(.text(target.grade.rawValue), Derivation("declared", statement, inputs: [declared]))
        )
    }
}

/// The compound annual growth rate (to / from)^(1 / years) - 1; `nil` where `from` is not positive, `to` negative, or beyond
/// all doubles.
func compoundGrowth(from: Double, to: Double, years: Double) -> Double? {
    guard from > 0, to >= 0, years > 0 else { return nil }
    let growth = pow(to / from, 1 / years) - 1
    return growth.isFinite ? growth : nil
}

extension ComparedPanel {
    /// `targets.csv`.
    func targets() -> ComparisonOutcome {
        var table = ComparedRows(.targets, for: self)
        var rows: [TargetRow] = []
        var findings: [Finding] = []
        for target in options.dynamics.targets {
            guard let indicator = catalogue[target.indicator] else { continue }
            let key = SeriesKey(indicator: target.indicator, group: target.group)
            let position = panel.index(of: key)
            let series = ComparedSeries(position: position ?? -1, key: key, indicator: indicator)
            let values = targetValues(series, of: target.place)
            let row = TargetRow(target, series, values)
            table.add(row)
            rows.append(row)
            findings += row.findings(values, isCountry: [reference.code, other.code].contains(target.place))
        }
        var topics = ComparedRows(.targetTopics, for: self)
        topics.add(TargetTopicRow.rows(rows, gazetteer))
        return ComparisonOutcome(tables: [table, topics], findings: findings)
    }
}
