package import Indicators

/// A row of `gap-contributions.csv`: what one place adds to a gap.
struct ContributionRow: ComparedRow {
    let series: ComparedSeries
    let years: (reference: Int, other: Int)
    let level: String
    let weighting: String
    let isReference: Bool
    let country: String
    let place: String
    let entry: ObservedDivision.Entry
    let weightShare: Double
    /// The mean of the other side.
    let opposite: Double
    let gap: Double?
    let behind: PlacesBehind

    /// d f (x - B) of a place of the reference, d f (A - x) of one of the other.
    private var contribution: Double {
        let distance = isReference ? entry.value - opposite : opposite - entry.value
        return series.indicator.direction.sign * weightShare * distance + 0
    }

    private var gapKeys: [Cell] {
        [
            .text(series.key.indicator), .text(series.key.group), .text(level), .text(weighting),
            .integer(years.reference), .integer(years.other),
        ]
    }

    var cells: [Cell] {
        let isWeighted = behind.isWeighted
        let status = isWeighted ? entry.status.worse(entry.weightStatus) : entry.status
        let grade = isWeighted ? entry.grade.worse(entry.weightGrade) : entry.grade
        let share = gap.flatMap { $0 == 0 ? nil : contribution / $0 }
        return gapKeys + [
            .text(place), .text(country), .number(entry.value), .number(weightShare), .number(opposite),
            .number(contribution), Cell(share.flatMap { $0.isFinite ? $0 : nil }),
            .text(status.rawValue), .text(grade.rawValue), .text(series.indicator.unit),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        let own = behind.explained(row.frame).flatMap(\.counted).first { $0.key.place == place }
        guard let own else { return nil }
        func marks(_ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
            [.init("value", of: place, .observation(own.key, aspect))]
                + (behind.isWeighted ? own.weights : []).map {
                    .init("weight", of: place, .observation($0, aspect))
                }
        }
        switch column {
        case "country": return CellOrigin("place", [.init("place", .place(place, column: "country"))])
        case "value": return CellOrigin("same", [.init("value", .observation(own.key, .value))])
        case "weight_share": return weight(own, row)
        case "mean_of_other_side":
            return CellOrigin("same", [.init("mean", gapCell(isReference ? "value_other" : "value_reference"))])
        case "contribution":
            return CellOrigin(
                "contribution",
                row.cells("weight_share", "value", "mean_of_other_side"),
                parameters: [
                    .init("direction", series.indicator.direction.rawValue),
                    .init("side", isReference ? "reference" : "other"),
                ]
            )
        case "contribution_share":
            return CellOrigin("quotient", row.cells("contribution") + [.init("gap", gapCell("absolute_gap"))])
        case "status": return CellOrigin("worst-status", marks(.status))
        case "grade": return CellOrigin("worst-grade", marks(.grade))
        default: return nil
        }
    }

    private func weight(_ own: ExplainedGap.Value, _ row: RowQuestion) -> CellOrigin {
        guard behind.isWeighted else {
            return CellOrigin("one-of", [.init("n", gapCell(isReference ? "n_reference" : "n_other"))])
        }
        let all = behind.explained(row.frame).flatMap(\.counted).map(\.weightInput)
        return CellOrigin(
            "share",
            [.init("part", own.weightInput.source)] + all.map { .init("whole", of: $0.subject, $0.source) }
        )
    }

    /// A cell of the row of `gaps.csv` that is taken apart.
    private func gapCell(_ column: String) -> Derivation.Source {
        let schema = TableSchema.gaps
        let keys = zip(schema.keyIndices, gapKeys).map { CellAddress.Key(schema.columns[$0].id, $1.text) }
        return .cell(CellAddress(table: schema.name, keys: keys, column: column))
    }
}

extension TableSchema {
    /// `gap-contributions.csv`.
    package static let gapContributions = TableSchema(
        name: "gap-contributions",
        title: "What each place adds to a gap of gaps.csv: the places of either country add up to it.",
        columns: gaps.columns.filter(\.isKey) + [
            Column("place", .text, definition: "The code of the place.", isKey: true),
            Column("country", .text, definition: "The code of its country."),
            Column("value", .number, unit: "indicator", definition: "x: the value of the place."),
            Column(
                "weight_share",
                .number,
                unit: "1",
                definition:
                    "f: the place's part of the weights of its country's places that count (of their number, if simple)."
            ),
            Column(
                "mean_of_other_side",
                .number,
                unit: "indicator",
                definition: "value_other of the gap for a place of the reference, value_reference for one of the other."
            ),
            Column(
                "contribution",
                .number,
                unit: "indicator",
                definition:
                    "d f (x - mean_of_other_side) for a place of the reference and d f (mean_of_other_side - x) for one of the"
                    + " other, d = 1 where higher is better and -1 where lower is: each country's add up to absolute_gap."
            ),
            Column(
                "contribution_share",
                .number,
                unit: "1",
                definition: "contribution / absolute_gap: may be negative or above 1. Empty where the gap is 0."
            ),
            Column(
                "status",
                .text,
                definition: "The more telling status of the place's value and weight, if weighted."
            ),
            Column("grade", .text, definition: "The worse grade of the place's value and weight, if weighted."),
            Column("unit", .text, definition: "The unit of value, mean_of_other_side and contribution."),
        ]
    )
}

extension ComparedPanel {
    /// The rows of `gap-contributions.csv`.
    func gapContributions() -> ComparisonOutcome {
        var gaps = GapComparison(self)
        gaps.contributions = ComparedRows(.gapContributions, for: self)
        gaps.compareAll()
        // What is wrong with the gaps is told with `gaps.csv`.
        return ComparisonOutcome(tables: gaps.contributions.map { [$0] } ?? [])
    }
}

extension GapComparison {
    /// Takes a gap apart by places, if that is asked for; an indicator without a direction has no gap.
    mutating func appendContributions(
        _ series: ComparedSeries,
        _ sides: [ComparedSide],
        level: String,
        weighting: String,
        isWeighted: Bool,
        _ means: (Mean, Mean)
    ) {
        guard contributions != nil, series.indicator.direction != .neutral else { return }
        let gap = Gap(reference: means.0.value, other: means.1.value, direction: series.indicator.direction)
        for (index, side) in sides.enumerated() {
            let counted = side.observed.counted(isWeighted: isWeighted)
            guard let total = ExactSum.value(of: counted.weights) else { continue }
            let behind = PlacesBehind(series, [side], isWeighted: isWeighted)
            let years = (panel.years[sides[0].year], panel.years[sides[1].year])
            let rows = counted.entries.map { entry in
                ContributionRow(
                    series: series,
                    years: years,
                    level: level,
                    weighting: weighting,
                    isReference: index == 0,
                    country: side.country.code,
                    place: side.observed.code(of: entry),
                    entry: entry,
                    weightShare: (isWeighted ? entry.weight : 1) / total,
                    opposite: index == 0 ? means.1.value : means.0.value,
                    gap: gap.absolute,
                    behind: behind
                )
            }
            contributions?.add(rows)
        }
    }
}
