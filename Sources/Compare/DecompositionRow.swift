import Indicators

/// A row of `inequality-decomposition.csv`.
struct DecompositionRow: ComparedRow {
    let subject: InequalityComparison.Subject
    let orientation: InequalityOptions.Orientation
    let backing: Backing
    let measure: InequalityDecomposition.Measure
    let split: InequalityDecomposition
    /// Of the reference, of the other, of each the inequality by itself.
    let own: [Double?]
    /// f and s of the columns' definitions.
    let weightShares: [Double]
    let valueShares: [Double]
    let behind: PlacesBehind

    init(
        _ row: InequalityRow,
        _ measure: InequalityDecomposition.Measure,
        _ split: InequalityDecomposition,
        _ groups: [InequalityDecomposition.Part]
    ) {
        subject = row.subject
        orientation = row.orientation
        backing = row.backing
        behind = row.behind
        self.measure = measure
        self.split = split
        let whole = row.part.distribution
        own = groups.map { group in
            if case .entropy(let a) = measure { group.inequality.entropy(a) } else { group.inequality.gini }
        }
        let weights = groups.map { $0.distribution.totalWeight / whole.totalWeight }
        weightShares = weights
        valueShares = zip(weights, groups).map { $0 * ($1.distribution.mean / whole.mean) }
    }

    private var keys: [Cell] {
        var keys = subject.keys(orientation, isWeighted: behind.isWeighted)
        keys.remove(at: Self.countryIndex)
        return keys + [.text(measure.column)]
    }

    private static let countryIndex = TableSchema.inequalityKeys.firstIndex { $0.id == "country" } ?? 0

    var cells: [Cell] {
        let parts: [Cell] = [
            .number(split.total), .number(split.between), .number(split.within[0] + split.within[1]),
            Cell(split.overlap), Cell(split.total > 0 ? split.between / split.total : nil),
            .number(split.within[0]), .number(split.within[1]),
        ]
        let shares: [Cell] = [
            Cell(own[0]), Cell(own[1]), .number(weightShares[0]), .number(weightShares[1]), .number(valueShares[0]),
            .number(valueShares[1]),
        ]
        let notes = (subject.otherYear == subject.year ? [] : ["years differ"]) + backing.notes
        return keys + [Cell(subject.otherYear)] + parts + shares + [
            .text(backing.status.rawValue), .text(backing.grade.rawValue), .text(notes.joined(separator: "; ")),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        for (side, suffix) in ["_reference", "_other"].enumerated() where column.hasSuffix(suffix) {
            return origin(of: column.dropLast(suffix.count), side, suffix, row)
        }
        return switch column {
        case "total": CellOrigin("same", [.init("inequality", .cell(pooled(column: measure.column)))])
        case "between":
            CellOrigin(
                "between",
                row.cells("weight_share_reference", "weight_share_other", "value_share_reference", "value_share_other"),
                parameters: parameters
            )
        case "within": CellOrigin("sum", row.cells("within_reference", "within_other"))
        case "overlap": CellOrigin("overlap", row.cells("total", "between", "within"))
        case "between_share": CellOrigin("quotient", row.cells("between", "total"))
        case "status", "grade": CellOrigin("same", [.init("inequality", .cell(pooled(column: column)))])
        case "note": CellOrigin("note", row.cells("year", "year_other", "weighting"))
        default: nil
        }
    }

    private func origin(of column: Substring, _ side: Int, _ suffix: String, _ row: RowQuestion) -> CellOrigin? {
        let own = behind.values(row.frame, side: side)
        let others = behind.values(row.frame, side: 1 - side, prefix: "other ")
        return switch column {
        case "within":
            CellOrigin(
                "within",
                [
                    .init("weight share", row.cell("weight_share\(suffix)")),
                    .init("value share", row.cell("value_share\(suffix)")),
                    .init("inequality", row.cell("inequality\(suffix)")),
                ],
                parameters: parameters
            )
        case "inequality":
            CellOrigin(
                measure == .gini ? "gini" : "entropy",
                own,
                parameters: parameters + subject.parameters(orientation)
            )
        case "weight_share": CellOrigin("weight-share", own + others)
        case "value_share": CellOrigin("value-share", own + others, parameters: subject.parameters(orientation))
        case "year": CellOrigin("key")
        default: nil
        }
    }

    private var parameters: [Derivation.Parameter] {
        if case .entropy(let a) = measure { [.init("a", Cell.format(a))] } else { [] }
    }

    /// A cell of the row of both countries in `inequality.csv`.
    private func pooled(column: String) -> CellAddress {
        let keys = subject.keys(orientation, isWeighted: behind.isWeighted)
        return CellAddress(
            table: "inequality",
            keys: zip(TableSchema.inequalityKeys, keys).map { CellAddress.Key($0.id, $1.text) },
            column: column
        )
    }
}
