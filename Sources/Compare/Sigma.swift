import Glibc
import Indicators

/// A row of `sigma.csv`: how far the places of a set lay apart in a year.
struct SigmaRow: ComparedRow {
    let series: ComparedSeries
    let set: PlaceSet
    /// The position of the year in the set.
    let index: Int
    let mean: Double?
    let logPopulation: Double?
    let logSample: Double?
    let cvPopulation: Double?
    let cvSample: Double?

    init(_ series: ComparedSeries, _ set: PlaceSet, _ index: Int) {
        self.series = series
        self.set = set
        self.index = index
        let values = set.values(index)
        let mean = Compare.mean(of: values)
        self.mean = mean
        let logs = values.allSatisfy { $0 > 0 } ? values.map { log($0) } : nil
        let spread = mean.flatMap { $0 > 0 ? standardDeviations(of: values, around: $0) : nil }
        let logSpread = logs.flatMap { logs in
            Compare.mean(of: logs).map { standardDeviations(of: logs, around: $0) }
        }
        logPopulation = logSpread?.population
        logSample = logSpread?.sample
        cvPopulation = mean.flatMap { mean in spread?.population.map { $0 / mean } }
        cvSample = mean.flatMap { mean in spread?.sample.map { $0 / mean } }
    }

    /// By the name of its column.
    func measure(_ name: SigmaMeasure) -> Double? {
        switch name {
        case .logPopulation: logPopulation
        case .logSample: logSample
        case .cvPopulation: cvPopulation
        case .cvSample: cvSample
        }
    }

    private var entries: [PlaceSet.Entry] { self.set.entries[index] }

    var cells: [Cell] {
        [
            .text(series.key.indicator), .text(series.key.group), .text(set.level), .text(set.scope),
            .integer(set.years[index]), .integer(entries.count),
            Cell(mean), Cell(logPopulation), Cell(logSample), Cell(cvPopulation), Cell(cvSample),
            Cell(set.statuses[index]?.rawValue), Cell(set.grades[index]?.rawValue), .text(series.indicator.unit),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func inputs(_ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
            set.inputs([set.years[index]], set.codes(entries), aspect, series)
        }
        switch column {
        case "places": return CellOrigin("count", inputs(.value))
        case "mean": return CellOrigin("mean", inputs(.value))
        case "status": return CellOrigin("worst-status", inputs(.status))
        case "grade": return CellOrigin("worst-grade", inputs(.grade))
        default:
            return SigmaMeasure(rawValue: column) == nil ? nil : CellOrigin(column, inputs(.value))
        }
    }
}

/// The measures of spread, by their columns.
enum SigmaMeasure: String, CaseIterable {
    case logPopulation = "sd_log_population"
    case logSample = "sd_log_sample"
    case cvPopulation = "cv_population"
    case cvSample = "cv_sample"
}

/// A row of `sigma-trend.csv`: whether the places of a set move together over the years.
struct SigmaTrendRow: ComparedRow {
    let series: ComparedSeries
    let set: PlaceSet
    let measure: SigmaMeasure
    /// The positions in the set of the years in which the measure is known; not empty.
    private let positions: [Int]
    /// Those years.
    let years: [Int]
    let line: LeastSquares?
    private let range: (Int, Int)

    /// The trends of all measures that are known in some year.
    static func all(of rows: [SigmaRow]) -> [SigmaTrendRow] {
        // Most measures are known in the same years.
        var known: (years: [Int], abscissae: LeastSquares.Abscissae?) = ([], nil)
        return SigmaMeasure.allCases.compactMap { SigmaTrendRow(rows, $0, &known) }
    }

    /// - Returns: `nil` where no year has the measure.
    private init?(
        _ rows: [SigmaRow],
        _ measure: SigmaMeasure,
        _ known: inout (years: [Int], abscissae: LeastSquares.Abscissae?)
    ) {
        guard let set = rows.first?.set, let series = rows.first?.series else { return nil }
        var positions: [Int] = []
        var years: [Int] = []
        var values: [Double] = []
        positions.reserveCapacity(rows.count)
        years.reserveCapacity(rows.count)
        values.reserveCapacity(rows.count)
        var (least, most) = (Int.max, 0)
        for index in rows.indices {
            guard let value = rows[index].measure(measure) else { continue }
            let position = rows[index].index
            positions.append(position)
            years.append(set.years[position])
            values.append(value)
            least = min(least, set.entries[position].count)
            most = max(most, set.entries[position].count)
        }
        guard !positions.isEmpty else { return nil }
        if known.years != years { known = (years, LeastSquares.Abscissae(years.map(Double.init))) }
        self.series = series
        self.set = set
        self.measure = measure
        self.positions = positions
        self.years = known.years
        line = known.abscissae.flatMap { LeastSquares($0, values) }
        range = (least, most)
    }

    /// The sign of the slope, after what rounding alone can make of it is taken off.
    private var verdict: String {
        guard let line, let first = years.first, let last = years.last else { return "too-few-years" }
        let change = line.slope * Double(last - first)
        if abs(change) <= 1e-12 * max(abs(line.value(at: Double(first))), abs(line.value(at: Double(last)))) {
            return "unchanged"
        }
        return change < 0 ? "converging" : "diverging"
    }

    var cells: [Cell] {
        [
            .text(series.key.indicator), .text(series.key.group), .text(set.level), .text(set.scope),
            .text(measure.rawValue), .integer(years.first ?? 0), .integer(years.last ?? 0), .integer(years.count),
            .integer(range.0), .integer(range.1),
            Cell(line?.intercept), Cell(line?.slope), Cell(line?.standardError), Cell(line?.rSquared), .text(verdict),
            Cell(ObservationStatus.worst(of: positions.compactMap { set.statuses[$0] })?.rawValue),
            Cell(Grade.worst(of: positions.compactMap { set.grades[$0] })?.rawValue), .text(series.indicator.unit),
        ]
    }

    /// The cells of `sigma.csv` that it is made of.
    private func inputs(_ column: String) -> [Derivation.Input] {
        years.map { year in
            let keys: [CellAddress.Key] = [
                .init("indicator", series.key.indicator), .init("group", series.key.group), .init("level", set.level),
                .init("country", set.scope), .init("year", String(year)),
            ]
            return Derivation.Input(
                "\(year)",
                .cell(CellAddress(table: TableSchema.sigma.name, keys: keys, column: column))
            )
        }
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        switch column {
        case "year_from", "year_to": return CellOrigin("years", inputs(measure.rawValue))
        case "years": return CellOrigin("count", inputs(measure.rawValue))
        case "places_least": return CellOrigin("minimum", inputs("places"))
        case "places_most": return CellOrigin("maximum", inputs("places"))
        case "intercept", "slope", "slope_standard_error", "r_squared":
            return CellOrigin("least-squares", inputs(measure.rawValue))
        case "verdict": return CellOrigin("verdict", row.cells("slope"))
        case "status", "grade": return CellOrigin("worst-\(column)", inputs(column))
        default: return nil
        }
    }
}
