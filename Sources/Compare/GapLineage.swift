package import Indicators

/// Tells where the cells of `gaps.csv` come from. Nothing is stored in a run: the comparison is asked again which places,
/// weights and years it took.
package final class GapLineage {
    let frame: ComparedPanel
    let catalogue: Catalogue
    private let gazetteer: Gazetteer
    /// The row that was asked last, with its two sides: the columns of one row are asked for one after the other.
    private var last: (row: Int, gap: ExplainedGap)?

    /// - Parameters:
    ///   - frame: What was compared.
    ///   - catalogue: As it was given to ``compare(_:catalogue:gazetteer:options:)``.
    ///   - gazetteer: Likewise.
    init(_ frame: ComparedPanel, catalogue: Catalogue, gazetteer: Gazetteer) {
        self.frame = frame
        self.catalogue = catalogue
        self.gazetteer = gazetteer
    }

    /// Where a cell comes from.
    ///
    /// - Parameters:
    ///   - row: The row of `table`.
    ///   - column: The id of a column of `table`.
    ///   - table: `gaps`, as ``compare(_:catalogue:gazetteer:options:)`` returned it.
    /// - Returns: `nil` where the comparison has no such row.
    package func derivation(row: Int, column: String, of table: Table) -> Derivation? {
        guard let gap = gap(row: row, of: table) else { return nil }
        func cell(_ id: String) -> Derivation.Source { .cell(table.cellAddress(row: row, column: id)) }
        for (suffix, side) in [("_reference", gap.reference), ("_other", gap.other)] where column.hasSuffix(suffix) {
            let column = column.dropLast(suffix.count)
            let isEmpty = table[row, "\(column)\(suffix)"] == .missing
            return derivation(column, suffix, side, gap, cell)
                ?? spread(column, suffix, side, gap, isEmpty: isEmpty, cell)
        }
        let sides: [Derivation.Input] = [.init("A", cell("value_reference")), .init("B", cell("value_other"))]
        switch column {
        case "indicator", "group":
            return Derivation("key", "part of the row's key: what is compared, the same on both sides")
        case "level": return level(gap)
        case "weighting": return weighting(gap)
        case "unit", "direction": return .catalogue(column, of: gap.series.key.indicator)
        case "status", "grade": return mark(column, gap, cell)
        case "note": return note(gap, cell)
        default:
            let isEmpty = table[row, column] == .missing
            return measure(column, isEmpty: isEmpty, gap, sides, cell) ?? errors(column, isEmpty: isEmpty, cell)
        }
    }

    private func gap(row: Int, of table: Table) -> ExplainedGap? {
        if let last, last.row == row { return last.gap }
        guard let gap = ExplainedGap(row: row, of: table, frame, catalogue) else { return nil }
        last = (row, gap)
        return gap
    }

    // MARK: Measures

    private func measure(
        _ column: String,
        isEmpty: Bool,
        _ gap: ExplainedGap,
        _ sides: [Derivation.Input],
        _ cell: (String) -> Derivation.Source
    ) -> Derivation? {
        let direction = gap.series.indicator.direction
        let oriented = [Derivation.Parameter("direction", direction.rawValue)]
        let (rule, statement, parameters, inputs): (String, String, [Derivation.Parameter], [Derivation.Input])
        switch column {
        case "absolute_gap":
            (rule, statement, parameters, inputs) = (
                "difference", "d (A - B), d = 1 where higher is better and -1 where lower is", oriented, sides
            )
        case "relative_gap":
            (rule, statement, parameters, inputs) = (
                "relative-gap", "the absolute gap / A", oriented, [.init("gap", cell("absolute_gap")), sides[0]]
            )
        case "ratio": (rule, statement, parameters, inputs) = ("ratio", "B / A", [], sides)
        case "log_ratio": (rule, statement, parameters, inputs) = ("log-ratio", "ln(B / A)", [], sides)
        case "parity":
            (rule, statement, parameters, inputs) = ("parity", "the smaller of A and B / the greater", [], sides)
        default: return nil
        }
        guard isEmpty else { return Derivation(rule, statement, parameters: parameters, inputs: inputs) }
        let definition = TableSchema.gaps.columns.first { $0.id == column }?.definition ?? statement
        return .empty("empty, because of its definition: \(definition)", inputs: inputs)
    }

    // MARK: Status, grade, note

    private func mark(_ column: String, _ gap: ExplainedGap, _ cell: (String) -> Derivation.Source) -> Derivation? {
        guard let aspect = ObservationKey.Aspect(rawValue: column) else { return nil }
        var inputs: [Derivation.Input] = []
        for side in [gap.reference, gap.other] {
            for value in side.counted {
                inputs.append(.init("value", of: value.key.place, .observation(value.key, aspect)))
                guard gap.isWeighted else { continue }
                inputs += value.weights.map { .init("weight", of: value.key.place, .observation($0, aspect)) }
            }
        }
        guard aspect == .status else {
            return Derivation(
                "worst-grade",
                "the worst of the values behind A and B, and of their weights",
                inputs: inputs
            )
        }
        for side in ["reference", "other"] { inputs.append(.init("coverage", cell("coverage_\(side)"))) }
        return Derivation(
            "worst-status",
            "the most telling of the values behind A and B, and of their weights; U where a coverage is below 0.5",
            inputs: inputs
        )
    }

    private func note(_ gap: ExplainedGap, _ cell: (String) -> Derivation.Source) -> Derivation {
        Derivation(
            "note",
            "words on years or levels that differ, on means of counts, on summed and on missing weights",
            parameters: [.init("kind", gap.series.indicator.kind.rawValue)],
            inputs: [
                .init("year of A", cell("year_reference")), .init("year of B", cell("year_other")),
                .init("level", cell("level")), .init("weighting", cell("weighting")),
            ]
        )
    }

    // MARK: Keys

    private func level(_ gap: ExplainedGap) -> Derivation {
        let statement =
            gap.isNational
            ? "the national figures themselves"
            : "the level of the places over which the means are taken; different levels are compared only where the"
                + " indicator has no level in common"
        return Derivation("key", "part of the row's key: " + statement)
    }

    private func weighting(_ gap: ExplainedGap) -> Derivation {
        if gap.isNational { return Derivation("key", "part of the row's key: national figures need no weights") }
        return Derivation(
            "key",
            gap.isWeighted
                ? "part of the row's key: the denominator that the catalogue names for the indicator weights each place"
                : "part of the row's key: each place counts the same",
            inputs: gap.isWeighted ? [.init("entry", .indicator(gap.series.key.indicator))] : []
        )
    }
}
