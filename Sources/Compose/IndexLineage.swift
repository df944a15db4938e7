package import Indicators

/// Tells where the cells of an index's tables come from. Nothing is stored in a run: what was composed is asked again.
package final class IndexLineage {
    let composed: Composed
    let composition: Composition
    let tree: IndexTree
    /// Where the score of an indicator stands in `normalised.csv`, `nil` where it has no row.
    private let address: (ObservationKey) -> CellAddress?
    private var coverages: [Int: Coverage] = [:]
    /// By node, indicator left out and group: the scores of the node without it.
    var withoutScores: [[Int]: ArraySlice<Double>] = [:]

    var plan: IndexPlan { composition.plan }
    var panel: ScorePanel { composition.panel }

    /// - Parameters:
    ///   - composed: What `compose` returned.
    ///   - tree: As it was given.
    ///   - address: Where the score of an indicator stands, `nil` where it has no row.
    ///
    /// There is none where nothing was composed.
    package init?(_ composed: Composed, tree: IndexTree, scoresAt address: @escaping (ObservationKey) -> CellAddress?) {
        guard let composition = composed.composition else { return nil }
        self.composed = composed
        self.composition = composition
        self.tree = tree
        self.address = address
    }

    /// Where a cell comes from.
    ///
    /// - Parameters:
    ///   - row: The row of `table`, one of this index.
    ///   - column: The id of a column of `table`.
    ///   - table: One of those that were composed, alone or among the rows of other indices.
    /// - Returns: `nil` where the index has no such row.
    package func derivation(row: Int, column: String, of table: Table) -> Derivation? {
        let cell = TableCell(table: table, row: row, column: column)
        if let position = table.schema.index(of: column), table.schema.columns[position].isKey {
            return Derivation(
                "key",
                "part of the row's key: what the row is of",
                inputs: column == "index" || column == "node" || column == "child" ? [declared(cell[column].text)] : []
            )
        }
        if column == "grade", table.schema.name != "index" { return wholeGrade }
        switch table.schema.name {
        case "index": return indexCell(cell)
        case "weights": return weightsCell(cell)
        case "correlations": return correlationsCell(cell)
        case "leave-one-out": return leaveOneOutCell(cell)
        case "robustness", "dominance", "sensitivity": return robustnessCell(cell)
        default: return nil
        }
    }

    /// The grade of what rests on all scores at once: a score that has it stands for all.
    private lazy var wholeGrade: Derivation = {
        let worst = composition.worstGrade
        let witness = worst.leaf < 0 ? nil : source(worst.leaf, worst.row, worst.group, .grade)
        return Derivation(
            "grade",
            "the worst grade of the scores that the index is made of; one that has it",
            inputs: [witness.map { .init("grade", $0) } ?? declared(plan.id)]
        )
    }()

    // MARK: What cells come from

    /// A node, an indicator or the index in the pipeline file.
    func declared(_ id: String, _ role: String = "declared") -> Derivation.Input {
        let slot = plan.ids.firstIndex(of: id)
        let line = slot.map { plan.lines[$0] } ?? 0
        let source = Derivation.Source.declaration(
            file: tree.file,
            line: line > 0 ? line : tree.nodes.first?.line ?? 0,
            text: id
        )
        return Derivation.Input(role, source)
    }

    /// What a score is of, under the id that it goes by as an observation.
    func key(_ slot: Int, _ row: Int, _ group: Int) -> ObservationKey {
        let count = composition.rows.placeCount
        let id = slot < plan.leafCount ? plan.ids[slot] : Composed.indicator(ofNode: plan.ids[slot], in: plan.id)
        return ObservationKey(
            indicator: id,
            place: panel.places[row % count],
            year: panel.years[row / count],
            group: panel.groups[group]
        )
    }

    /// A part of a score, `nil` where no table has a row for it.
    func source(_ slot: Int, _ row: Int, _ group: Int, _ aspect: ObservationKey.Aspect = .value) -> Derivation.Source? {
        let key = key(slot, row, group)
        guard slot < plan.leafCount else {
            return hasRow(slot, row, group) ? .observation(key, aspect) : nil
        }
        guard var address = address(key) else { return nil }
        address.column = aspect == .value ? "score" : aspect.rawValue
        return .cell(address)
    }

    /// Whether a node has a row in `index.csv`.
    func hasRow(_ slot: Int, _ row: Int, _ group: Int) -> Bool {
        let coverage = coverage(group)
        return coverage.children(ofNode: slot - plan.leafCount, row: row).present > 0
            || coverage.shadowShare(slot: slot, row: row) < 1
    }

    func score(_ slot: Int, _ row: Int, _ group: Int) -> Double {
        composition.cells[group][slot, row]
    }

    func coverage(_ group: Int) -> Coverage {
        if let known = coverages[group] { return known }
        let coverage = Coverage(composition, group: group)
        coverages[group] = coverage
        return coverage
    }

    /// The position of a row's place, year and group; `nil` where the panel does not know them.
    func position(of cell: TableCell) -> (row: Int, group: Int)? {
        guard let place = panel.index(ofPlace: cell["place"].text),
            let year = cell["year"].numeric.flatMap({ panel.years.firstIndex(of: Int($0)) }),
            let group = panel.groups.firstIndex(of: cell["group"].text)
        else { return nil }
        return (composition.rows.year(year).lowerBound + place, group)
    }
}

/// A cell of a table, and what stands beside it.
struct TableCell {
    let table: Table
    let row: Int
    let column: String

    subscript(_ column: String) -> Cell { table[row, column] }

    var value: Cell { self[column] }

    /// Another cell of the row.
    func beside(_ column: String, _ role: String? = nil) -> Derivation.Input {
        Derivation.Input(role ?? column, .cell(table.cellAddress(row: row, column: column)))
    }

    /// Why it is empty: its definition says so.
    func empty(_ inputs: [Derivation.Input] = []) -> Derivation {
        let definition = table.schema.columns.first { $0.id == column }?.definition ?? column
        return .empty("empty, because of its definition: \(definition)", inputs: inputs)
    }
}
