import Glibc
import Indicators

/// A row of `catch-up.csv`: when two trends meet, if they do.
struct CatchUpRow: ComparedRow {
    enum Trend: String, CaseIterable {
        case linear
        /// Straight in the logarithm: a constant rate of growth.
        case logLinear = "log-linear"
    }

    /// What comes of the trends.
    enum Verdict: String {
        case closing
        /// The other is not worse off at the last year.
        case alreadyLevel = "already-level"
        /// The gap stays or widens.
        case notClosing = "not-closing"
        /// Fewer than two years in which both have a value.
        case tooFewYears = "too-few-years"
        /// A value of 0 or less has no logarithm.
        case notPositive = "not-positive"
        /// The trends are beyond all numbers.
        case notRepresentable = "not-representable"
    }

    var pair: TimeLinePair
    var trend: Trend
    /// The years in which both have a value, of those asked for.
    var years: [Int]
    private var lines: (reference: LeastSquares, other: LeastSquares)?
    private(set) var verdict: Verdict
    private var gap: Double?
    private var closing: Double?
    private var meeting: Double?
    private var meetingValue: Double?
    private var observedMeeting: Double?

    /// The rows of both trends. Nothing where the two have no year in common.
    static func both(_ pair: TimeLinePair, window: Int?) -> [CatchUpRow] {
        let known = Set(pair.other.points.map(\.year))
        var years = pair.reference.points.map(\.year).filter(known.contains)
        if let window, let last = years.last { years.removeAll { $0 <= last - window } }
        guard !years.isEmpty else { return [] }
        return Trend.allCases.map { CatchUpRow(pair, $0, years) }
    }

    private init(_ pair: TimeLinePair, _ trend: Trend, _ years: [Int]) {
        self.pair = pair
        self.trend = trend
        self.years = years
        verdict = .tooFewYears
        let sides = [pair.reference, pair.other].map { line in
            let values = Dictionary(line.points.map { ($0.year, $0.value) }) { first, _ in first }
            return years.map { values[$0] ?? 0 }
        }
        guard years.count >= 2, let last = years.last.map(Double.init) else { return }
        if trend == .logLinear, sides.contains(where: { $0.contains { $0 <= 0 } }) {
            verdict = .notPositive
            return
        }
        let scaled = trend == .linear ? sides : sides.map { $0.map { log($0) } }
        let x = years.map(Double.init)
        guard let reference = LeastSquares(x, scaled[0]), let other = LeastSquares(x, scaled[1]) else {
            verdict = .notRepresentable
            return
        }
        lines = (reference, other)
        solve(reference, other, last, (scaled[0][years.count - 1], scaled[1][years.count - 1]))
    }

    private mutating func solve(
        _ reference: LeastSquares,
        _ other: LeastSquares,
        _ last: Double,
        _ observed: (reference: Double, other: Double)
    ) {
        let sign = pair.series.indicator.direction.sign
        let gap = Self.difference(reference.value(at: last), other.value(at: last), sign)
        let closing = Self.difference(other.slope, reference.slope, sign)
        let observedGap = sign * (observed.reference - observed.other)
        guard gap.isFinite, closing.isFinite else {
            verdict = .notRepresentable
            return
        }
        self.gap = gap
        self.closing = closing
        if closing > 0, observedGap > 0 { observedMeeting = finite(last + observedGap / closing) }
        if gap <= 0 {
            verdict = .alreadyLevel
        } else if closing <= 0 {
            verdict = .notClosing
        } else if let year = finite(last + gap / closing) {
            verdict = .closing
            meeting = year
            let height = other.value(at: year)
            meetingValue = finite(trend == .linear ? height : exp(height))
        } else {
            verdict = .notRepresentable
        }
    }

    /// Oriented; what rounding alone can make of two equal numbers counts as 0.
    private static func difference(_ left: Double, _ right: Double, _ sign: Double) -> Double {
        let difference = sign * (left - right) + 0
        return abs(difference) <= 1e-12 * max(abs(left), abs(right)) ? 0 : difference
    }

    private func finite(_ number: Double) -> Double? {
        number.isFinite ? number : nil
    }

    /// Why there is no trend, where the input is the reason.
    var finding: Finding? {
        let key = pair.series.key
        let subject = "\(key.indicator), \(key.group), \(pair.level), \(pair.weighting)"
        switch verdict {
        case .tooFewYears where trend == .linear:
            return Finding(
                code: "too-few-years",
                severity: .note,
                found: "\(subject): only \(years[0])",
                expected: "two or more years in which both countries have a value",
                hint: "no trend, and no year of catching up"
            )
        case .notRepresentable:
            return Finding(
                code: "not-representable",
                severity: .warning,
                found: "\(subject): a \(trend.rawValue) trend beyond all numbers",
                expected: "values whose trend a double can hold",
                hint: "there is no year of catching up"
            )
        default: return nil
        }
    }

    private var points: [TimeLine.Point] {
        let wanted = Set(years)
        return (pair.reference.points + pair.other.points).filter { wanted.contains($0.year) }
    }

    var cells: [Cell] {
        let last = Double(years.last ?? 0)
        let points = points
        return pair.keys + [
            .text(trend.rawValue), .integer(years.first ?? 0), .integer(years.last ?? 0), .integer(years.count),
            Cell(lines?.reference.value(at: last)), Cell(lines?.other.value(at: last)),
            Cell(lines?.reference.slope), Cell(lines?.other.slope), Cell(gap), Cell(closing),
            Cell(meeting), Cell(meetingValue), Cell(observedMeeting), .text(verdict.rawValue),
            Cell(ObservationStatus.worst(of: points.map(\.status))?.rawValue),
            Cell(Grade.worst(of: points.map(\.grade))?.rawValue),
            .text(pair.series.indicator.unit), .text(pair.series.indicator.direction.rawValue),
            .text(note),
        ]
    }

    private var note: String {
        guard let meetingValue, pair.series.indicator.kind == .share else { return "" }
        return (0...100).contains(meetingValue) ? "" : "the trends meet outside 0 and 100 %"
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func values(_ line: TimeLine) -> [Derivation.Input] {
            years.map { .init("\(line.country.code) \($0)", line.source($0, pair.series, row.frame)) }
        }
        let scale = [Derivation.Parameter("trend", trend.rawValue)]
        let all = values(pair.reference) + values(pair.other)
        switch column {
        case "year_from", "year_to", "n": return CellOrigin("common-years", all)
        case "trend_reference", "slope_reference":
            return CellOrigin("least-squares", values(pair.reference), parameters: scale)
        case "trend_other", "slope_other": return CellOrigin("least-squares", values(pair.other), parameters: scale)
        case "gap": return CellOrigin("trend-gap", row.cells("trend_reference", "trend_other"), parameters: scale)
        case "closing_speed": return CellOrigin("closing-speed", row.cells("slope_reference", "slope_other"))
        case "catch_up_year": return CellOrigin("catch-up", row.cells("year_to", "gap", "closing_speed"))
        case "catch_up_value": return CellOrigin("catch-up", row.cells("catch_up_year", "trend_other", "slope_other"))
        case "catch_up_year_observed":
            return CellOrigin("catch-up", row.cells("year_to", "closing_speed") + all, parameters: scale)
        case "verdict": return CellOrigin("verdict", row.cells("gap", "closing_speed", "n") + all)
        case "note": return CellOrigin("note", row.cells("catch_up_value"))
        case "status", "grade":
            guard let aspect = ObservationKey.Aspect(rawValue: column) else { return nil }
            return CellOrigin(
                "worst-\(column)",
                pair.reference.marks(aspect, years, pair.series, row.frame)
                    + pair.other.marks(aspect, years, pair.series, row.frame)
            )
        default: return nil
        }
    }
}
