import Indicators

/// A row of `border.csv`: the mean difference across the border, beside the difference between the places away from it.
struct BorderRow: ComparedRow {
    var series: ComparedSeries
    var level: String
    /// The pairs with values, all of the same two years.
    let pairs: [NeighbourRow]
    /// The places of the two countries at that level that touch no place of the other.
    let inner: (reference: [PlaceValue], other: [PlaceValue])
    private let across: Double?
    private let inland: Double?
    private let means: (Double?, Double?)

    init(
        _ series: ComparedSeries,
        level: String,
        _ pairs: [NeighbourRow],
        _ reference: [PlaceValue],
        _ other: [PlaceValue]
    ) {
        self.series = series
        self.level = level
        self.pairs = pairs
        inner = (reference, other)
        let sign = series.indicator.direction.sign
        let differences = pairs.compactMap(\.gap.absolute)
        across = differences.count == pairs.count ? mean(of: differences) : nil
        means = (mean(of: reference.map(\.value)), mean(of: other.map(\.value)))
        if sign != 0, let left = means.0, let right = means.1 {
            let difference = sign * (left - right) + 0
            inland = difference.isFinite ? difference : nil
        } else {
            inland = nil
        }
    }

    private var excess: Double? {
        guard let across, let inland, (across - inland).isFinite else { return nil }
        return across - inland + 0
    }

    /// Each place of the pairs once.
    private func places(_ side: (NeighbourRow) -> PlaceValue) -> [PlaceValue] {
        var seen: Set<String> = []
        return pairs.map(side).filter { seen.insert($0.place).inserted }.sorted { $0.place < $1.place }
    }

    private var all: [PlaceValue] { pairs.flatMap { [$0.reference, $0.other] } + inner.reference + inner.other }

    var cells: [Cell] {
        [
            .text(series.key.indicator), .text(series.key.group), .text(level),
            .integer(pairs.first?.reference.year ?? 0), .integer(pairs.first?.other.year ?? 0),
            .integer(pairs.count), .integer(places(\.reference).count), .integer(places(\.other).count),
            Cell(across),
            .integer(inner.reference.count), .integer(inner.other.count), Cell(means.0), Cell(means.1), Cell(inland),
            Cell(excess),
            Cell(ObservationStatus.worst(of: all.map(\.status))?.rawValue),
            Cell(Grade.worst(of: all.map(\.grade))?.rawValue),
            .text(series.indicator.unit), .text(series.indicator.direction.rawValue),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func values(_ values: [PlaceValue]) -> [Derivation.Input] {
            values.map { .init("value", of: $0.place, .observation($0.key(series), .value)) }
        }
        func marks(_ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
            all.map { .init("value", of: $0.place, .observation($0.key(series), aspect)) }
        }
        switch column {
        case "pairs": return CellOrigin("count", pairs.map { $0.cell("value_reference", of: "value_reference") })
        case "border_places_reference": return CellOrigin("count", values(places(\.reference)))
        case "border_places_other": return CellOrigin("count", values(places(\.other)))
        case "mean_gap_across":
            return CellOrigin(
                "mean",
                pairs.map { $0.cell("absolute_gap", of: "\($0.reference.place) \($0.other.place)") }
            )
        case "inner_places_reference": return CellOrigin("count", values(inner.reference))
        case "inner_places_other": return CellOrigin("count", values(inner.other))
        case "inner_mean_reference": return CellOrigin("mean", values(inner.reference))
        case "inner_mean_other": return CellOrigin("mean", values(inner.other))
        case "inner_gap":
            return CellOrigin(
                "difference",
                [.init("A", row.cell("inner_mean_reference")), .init("B", row.cell("inner_mean_other"))],
                parameters: [.init("direction", series.indicator.direction.rawValue)]
            )
        case "across_less_inner": return CellOrigin("discontinuity", row.cells("mean_gap_across", "inner_gap"))
        case "status": return CellOrigin("worst-status", marks(.status))
        case "grade": return CellOrigin("worst-grade", marks(.grade))
        default: return nil
        }
    }
}

extension NeighbourRow {
    /// A cell of this row, as an input of another table.
    fileprivate func cell(_ column: String, of subject: String) -> Derivation.Input {
        let keys: [CellAddress.Key] = [
            .init("indicator", series.key.indicator), .init("group", series.key.group),
            .init("place_reference", reference.place), .init("place_other", other.place),
            .init("year_reference", String(reference.year)), .init("year_other", String(other.year)),
        ]
        return .init(
            "pair",
            of: subject,
            .cell(CellAddress(table: TableSchema.neighbours.name, keys: keys, column: column))
        )
    }
}

extension ComparedPanel {
    /// One row for each level of the pairs; pairs of places of different levels are in none.
    func borderRows(_ series: ComparedSeries, _ rows: [NeighbourRow], _ pairs: [(reference: Int, other: Int)])
        -> [BorderRow]
    {
        guard let first = rows.first, let left = panel.index(ofYear: first.reference.year),
            let right = panel.index(ofYear: first.other.year)
        else { return [] }
        let atBorder = Set(pairs.flatMap { [$0.reference, $0.other] })
        func level(_ row: NeighbourRow) -> PlaceLevel? {
            guard let one = gazetteer.level(of: row.reference.place), one == gazetteer.level(of: row.other.place) else {
                return nil
            }
            return one
        }
        func inner(_ level: PlaceLevel, _ country: String, _ year: Int) -> [PlaceValue] {
            gazetteer.places(at: level, in: country).compactMap { place in
                guard let position = panel.index(ofPlace: place.code), !atBorder.contains(position) else { return nil }
                return ownValue(series, position, year)
            }
        }
        return Set(rows.compactMap(level)).sorted().map { wanted in
            BorderRow(
                series,
                level: wanted.rawValue,
                rows.filter { level($0) == wanted },
                inner(wanted, options.reference, left),
                inner(wanted, options.other, right)
            )
        }
    }
}
