import Indicators

/// A row of `inequality.csv`.
struct InequalityRow: ComparedRow {
    let subject: InequalityComparison.Subject
    let orientation: InequalityOptions.Orientation
    let backing: Backing
    let part: InequalityDecomposition.Part
    let aversions: [Double]
    let behind: PlacesBehind

    var cells: [Cell] {
        let found = part.inequality
        var cells = subject.keys(orientation, isWeighted: behind.isWeighted)
        cells.reserveCapacity(31 + found.entropies.count + found.atkinsons.count)
        cells += [
            Cell(subject.otherYear), .integer(backing.count), .integer(backing.placeCount),
            .number(backing.coverage), .text(backing.coverageBasis), .number(part.distribution.mean),
            Cell(found.gini), Cell(found.giniCorrected), Cell(found.hoover), Cell(found.theilT), Cell(found.theilL),
        ]
        for entropy in found.entropies { cells.append(Cell(entropy)) }
        for atkinson in found.atkinsons { cells.append(Cell(atkinson)) }
        cells += [
            Cell(found.variation), Cell(found.variationOfSample), .number(found.p90), .number(found.p10),
            Cell(found.p90ToP10), Cell(found.s80ToS20), Cell(found.palma),
            .text(backing.status.rawValue), .text(backing.grade.rawValue),
            Cell(backing.weightYears[0]), Cell(backing.weightYears.count > 1 ? backing.weightYears[1] : nil),
            .text(subject.series.indicator.unit), .text(notes.joined(separator: "; ")),
        ]
        return cells
    }

    private var notes: [String] {
        var notes: [String] = []
        if let other = subject.otherYear, other != subject.year { notes.append("years differ") }
        if backing.count < InequalityComparison.fewPlaces {
            notes.append("fewer than \(InequalityComparison.fewPlaces) places")
        }
        for degeneracy in Inequality.Degeneracy.allCases where part.inequality.degeneracies.contains(degeneracy) {
            notes.append(degeneracy.rawValue)
        }
        return notes + backing.notes
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        switch column {
        case "year_other": CellOrigin("key")
        case "n": behind.count(row.frame)
        case "places": behind.places(row.frame)
        case "coverage": behind.coverage(row, basis: backing.coverageBasis)
        case "coverage_basis": behind.basis(row)
        case "gini_corrected": CellOrigin("corrected", row.cells("gini", "n"))
        case "cov_sample": CellOrigin("corrected-root", row.cells("cov_population", "n"))
        case "p90_p10": CellOrigin("quotient", row.cells("p90", "p10"))
        case "status":
            CellOrigin("worst-status", behind.marks(.status, row.frame) + [.init("coverage", row.cell("coverage"))])
        case "grade": CellOrigin("worst-grade", behind.marks(.grade, row.frame))
        case "weight_year": behind.weightYear(0, row)
        case "weight_year_other": behind.weightYear(1, row)
        case "note": CellOrigin("note", row.cells("year", "year_other", "n", "weighting"))
        default: measure(column, row)
        }
    }

    /// Those that are taken of the places' values.
    private func measure(_ column: String, _ row: RowQuestion) -> CellOrigin? {
        let orders = part.inequality.orders.map { (InequalityOptions.column("ge", $0), "entropy", "a", $0) }
        let atkinsons = aversions.map { (InequalityOptions.column("atkinson", $0), "atkinson", "e", $0) }
        let others: [(String, String, String, Double)] = [
            ("theil_t", "entropy", "a", 1), ("theil_l", "entropy", "a", 0),
            ("p90", "weighted-quantile", "percent", 90), ("p10", "weighted-quantile", "percent", 10),
        ]
        let known = (orders + atkinsons + others).first { $0.0 == column }
        let plain = ["mean", "gini", "hoover", "cov_population", "s80_s20", "palma"]
        guard known != nil || plain.contains(column) else { return nil }
        let rule = known?.1 ?? (column == "mean" ? "mean-of-places" : column.replacing("_", with: "-"))
        return CellOrigin(
            rule,
            behind.values(row.frame),
            parameters: subject.parameters(orientation) + (known.map { [.init($0.2, Cell.format($0.3))] } ?? [])
        )
    }
}

extension InequalityComparison.Subject {
    func keys(_ orientation: InequalityOptions.Orientation, isWeighted: Bool) -> [Cell] {
        [
            .text(series.key.indicator), .text(series.key.group), .text(level.rawValue), .text(country),
            .text(isWeighted ? series.indicator.denominator ?? "" : "simple"), .text(orientation.rawValue),
            .integer(year),
        ]
    }

    /// What turns the indicator's values into what is spread.
    func parameters(_ orientation: InequalityOptions.Orientation) -> [Derivation.Parameter] {
        guard orientation == .shortfall, let bound = series.indicator.upperBound else { return [] }
        return [.init("shortfall from", Cell.format(bound))]
    }
}
