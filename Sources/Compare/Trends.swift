import Indicators

/// A row of `trends.csv`: how the values of a place grew.
struct TrendRow: ComparedRow {
    var series: ComparedSeries
    let place: String
    /// Common Era, in order; not empty.
    let years: [Int]
    /// One for each year.
    let values: [Double]
    let status: ObservationStatus
    let grade: Grade
    private let line: LeastSquares?

    /// With the years as those of a line; `nil` where they make none.
    init(
        _ series: ComparedSeries,
        _ place: String,
        years: [Int],
        values: [Double],
        abscissae: LeastSquares.Abscissae?,
        status: ObservationStatus,
        grade: Grade
    ) {
        self.series = series
        self.place = place
        self.years = years
        self.values = values
        self.status = status
        self.grade = grade
        line = abscissae.flatMap { LeastSquares($0, values, isJudged: false) }
    }

    private var percentChange: Double? {
        guard let line else { return nil }
        let start = line.value(at: Double(years[0]))
        guard start > 0 else { return nil }
        let change = 100 * line.slope / start
        return change.isFinite ? change : nil
    }

    var cells: [Cell] {
        let last = years.count - 1
        let growth = compoundGrowth(from: values[0], to: values[last], years: Double(years[last] - years[0]))
        return [
            .text(series.key.indicator), .text(series.key.group), .text(place),
            .integer(years[0]), .integer(years[last]), .integer(values.count),
            .number(values[0]), .number(values[last]), Cell(growth), Cell(line?.slope), Cell(percentChange),
            .text(status.rawValue), .text(grade.rawValue), .text(series.indicator.unit),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func inputs(_ years: [Int], _ aspect: ObservationKey.Aspect = .value) -> [Derivation.Input] {
            years.map { year in
                let key = ObservationKey(
                    indicator: series.key.indicator,
                    place: place,
                    year: year,
                    group: series.key.group
                )
                return .init("\(year)", of: place, .observation(key, aspect))
            }
        }
        switch column {
        case "year_from", "year_to": return CellOrigin("years", inputs(years))
        case "n": return CellOrigin("count", inputs(years))
        case "first": return CellOrigin("same", inputs(Array(years.prefix(1))))
        case "last": return CellOrigin("same", inputs(Array(years.suffix(1))))
        case "cagr": return CellOrigin("growth", row.cells("first", "last", "year_from", "year_to"))
        case "slope", "percent_change": return CellOrigin("least-squares", inputs(years))
        case "status": return CellOrigin("worst-status", inputs(years, .status))
        case "grade": return CellOrigin("worst-grade", inputs(years, .grade))
        default: return nil
        }
    }
}

extension ComparedPanel {
    /// `trends.csv`: every place of the two countries, and the countries themselves.
    func trends() -> ComparisonOutcome {
        var table = ComparedRows(.trends, for: self)
        var findings: [Finding] = []
        let places = gazetteer.places.filter { [options.reference, options.other].contains($0.country) }
            .compactMap { panel.index(ofPlace: $0.code) }
        for series in series {
            // Most places have the same years.
            var known: (years: [Int], abscissae: LeastSquares.Abscissae?) = ([], nil)
            let rows = places.compactMap { trend(series, $0, &known) }
            table.add(rows)
            let single = rows.filter { $0.values.count == 1 }.map(\.place)
            guard !single.isEmpty else { continue }
            findings.append(
                Finding(
                    code: "too-few-years",
                    severity: .note,
                    found: "\(series.key.indicator), \(series.key.group): one year of " + single.joined(separator: " "),
                    expected: "two years or more",
                    hint: "they have no trend"
                )
            )
        }
        return ComparisonOutcome(tables: [table], findings: findings)
    }

    /// `nil` where a place has no value of its own in any year.
    private func trend(
        _ series: ComparedSeries,
        _ place: Int,
        _ known: inout (years: [Int], abscissae: LeastSquares.Abscissae?)
    ) -> TrendRow? {
        var years: [Int] = []
        var values: [Double] = []
        var (status, grade): (ObservationStatus?, Grade?)
        years.reserveCapacity(panel.years.count)
        values.reserveCapacity(panel.years.count)
        for year in panel.years.indices {
            guard let value = panel.value(series: series.position, year: year, place: place) else { continue }
            years.append(panel.years[year])
            values.append(value)
            let own = panel.status(series: series.position, year: year, place: place) ?? .normal
            let ownGrade = panel.grade(series: series.position, year: year, place: place)
            if status != own { status = status?.worse(own) ?? own }
            if grade != ownGrade { grade = grade?.worse(ownGrade) ?? ownGrade }
        }
        guard let status, let grade else { return nil }
        if known.years != years { known = (years, LeastSquares.Abscissae(years.map(Double.init))) }
        return TrendRow(
            series,
            panel.places[place],
            years: known.years,
            values: values,
            abscissae: known.abscissae,
            status: status,
            grade: grade
        )
    }
}
