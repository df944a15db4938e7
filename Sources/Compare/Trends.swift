import Indicators

/// A row of `trends.csv`: how the values of a place grew.
struct TrendRow: ComparedRow {
    var series: ComparedSeries
    /// Not empty, in order of their years.
    let values: [PlaceValue]
    private let line: LeastSquares?

    init(_ series: ComparedSeries, _ values: [PlaceValue]) {
        self.series = series
        self.values = values
        line = LeastSquares(values.map { Double($0.year) }, values.map(\.value))
    }

    private var percentChange: Double? {
        guard let line else { return nil }
        let start = line.value(at: Double(values[0].year))
        guard start > 0 else { return nil }
        let change = 100 * line.slope / start
        return change.isFinite ? change : nil
    }

    var cells: [Cell] {
        let (first, last) = (values[0], values[values.count - 1])
        let growth = compoundGrowth(from: first.value, to: last.value, years: Double(last.year - first.year))
        return [
            .text(series.key.indicator), .text(series.key.group), .text(first.place),
            .integer(first.year), .integer(last.year), .integer(values.count),
            .number(first.value), .number(last.value), Cell(growth), Cell(line?.slope), Cell(percentChange),
            Cell(ObservationStatus.worst(of: values.map(\.status))?.rawValue),
            Cell(Grade.worst(of: values.map(\.grade))?.rawValue), .text(series.indicator.unit),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func inputs(_ values: [PlaceValue], _ aspect: ObservationKey.Aspect = .value) -> [Derivation.Input] {
            values.map { .init("\($0.year)", of: $0.place, .observation($0.key(series), aspect)) }
        }
        switch column {
        case "year_from", "year_to": return CellOrigin("years", inputs(values))
        case "n": return CellOrigin("count", inputs(values))
        case "first": return CellOrigin("same", inputs(Array(values.prefix(1))))
        case "last": return CellOrigin("same", inputs(Array(values.suffix(1))))
        case "cagr": return CellOrigin("growth", row.cells("first", "last", "year_from", "year_to"))
        case "slope", "percent_change": return CellOrigin("least-squares", inputs(values))
        case "status": return CellOrigin("worst-status", inputs(values, .status))
        case "grade": return CellOrigin("worst-grade", inputs(values, .grade))
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
            let rows = places.compactMap { place -> TrendRow? in
                let values = ownYears(series, place).compactMap { ownValue(series, place, $0) }
                return values.isEmpty ? nil : TrendRow(series, values)
            }
            table.add(rows)
            let single = rows.filter { $0.values.count == 1 }.map { $0.values[0].place }
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
}
