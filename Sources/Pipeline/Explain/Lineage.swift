internal import Check
internal import Compare
internal import Indicators
internal import Normalise

/// Asks the stages of a run, cell by cell, where their cells come from.
final class Lineage {
    let results: Results
    let trace: Trace
    var description: PipelineDescription { results.inputs.description }
    var tables: [Table] { results.tables }
    private(set) lazy var files = InputText(description)
    /// The observations that were built upon.
    private(set) lazy var observations = ObservationFinder(results.inputs.observations)
    /// The rows of the observations in `observations`, and of the derived ones in `normalised`.
    private lazy var observationRows = rows(of: "observations") { _, _ in true }
    private lazy var rates = rows(of: "normalised") { table, row in
        table[row, "scope"] == .text("") && table[row, "limits"] == .text("")
    }
    /// The sources that read a file, in order.
    private(set) lazy var sourcesByFile = Dictionary(
        grouping: description.sources.enumerated().flatMap { source, described in
            Set(described.files).map { (file: $0, source: source) }
        },
        by: \.file
    ).mapValues { $0.map(\.source) }
    /// By source, the positions of its raw values.
    var rawPositions: [Int: [RawKey: Int]] = [:]
    private(set) lazy var findingsByRecord = Dictionary(grouping: results.findings) { RecordKey($0.file, $0.record) }

    private lazy var normalised = trace.normalised.map {
        NormalisedLineage(
            results.inputs.observations,
            normalised: $0,
            catalogue: description.catalogue,
            gazetteer: results.inputs.gazetteer,
            options: description.normalise
        )
    }
    private var comparisons: ComparisonLineage? { trace.comparison }
    private lazy var checks = {
        let internals = results.inputs.judgedTables(asOf: results.asOf)
        return CheckLineage(
            description.checks,
            tables: tables + internals,
            gazetteer: results.inputs.gazetteer,
            unpublished: Set(internals.map(\.schema.name))
        )
    }()
    private lazy var indices = IndexLineages(trace.composed)
    /// The rows of the scores in `index`, by what they are called as observations.
    private lazy var nodeRows = tables.first { $0.schema.name == "index" }.map(IndexLineages.rows) ?? [:]
    private var rowFinder = RowFinder()
    /// The row that was found last: most cells that a cell comes from stand beside it.
    private var last: (keys: [CellAddress.Key], position: CellPosition)?

    struct RecordKey: Hashable {
        var file: String
        var record: Int

        init(_ file: String, _ record: Int) {
            self.file = file
            self.record = record
        }
    }

    init(_ results: Results, trace: Trace) {
        self.results = results
        self.trace = trace
    }

    subscript(position: CellPosition) -> Cell {
        tables[position.table][position.row, position.column]
    }

    /// Where a cell comes from, by the stage that made its table.
    ///
    /// - Throws: ``RunFailure`` where no stage can tell, which is a fault of ours.
    func derivation(of position: CellPosition) throws(RunFailure) -> Derivation {
        let table = tables[position.table]
        let column = table.schema.columns[position.column].id
        let derivation: Derivation? =
            switch table.schema.name {
            case "observations": observation(row: position.row, column: column, of: table)
            case "normalised", "treatments": normalised?.derivation(row: position.row, column: column, of: table)
            case "index", "weights", "correlations", "leave-one-out", "robustness", "dominance", "sensitivity":
                index(row: position.row, column: column, of: table)
            case "gaps": comparisons?.gaps.derivation(row: position.row, column: column, of: table)
            case "checks": checks.derivation(row: position.row, column: column, of: table)
            case "findings": finding(row: position.row, column: column)
            default: comparisons?.derivation(row: position.row, column: column, of: table)
            }
        guard let derivation else { throw Self.unexplained(table.address(row: position.row, column: position.column)) }
        return derivation
    }

    /// The cell at an address that a stage gave.
    ///
    /// - Throws: ``RunFailure`` where there is none, which is a fault of ours.
    func position(of address: CellAddress) throws(RunFailure) -> CellPosition {
        if let last, tables[last.position.table].schema.name == address.table, last.keys == address.keys,
            let column = tables[last.position.table].schema.index(of: address.column)
        {
            return CellPosition(table: last.position.table, row: last.position.row, column: column)
        }
        guard let table = tables.firstIndex(where: { $0.schema.name == address.table }),
            let row = rowFinder.row(address.keys, of: tables[table]),
            let column = tables[table].schema.index(of: address.column)
        else { throw Self.unexplained(address.description) }
        let position = CellPosition(table: table, row: row, column: column)
        last = (address.keys, position)
        return position
    }

    private func index(row: Int, column: String, of table: Table) -> Derivation? {
        indices.derivation(row: row, column: column, of: table)
    }

    static func unexplained(_ address: String) -> RunFailure {
        RunFailure(
            Problem(
                file: address,
                problem: "no stage tells where this cell comes from",
                hint: "this is a fault of divide, not of the pipeline"
            )
        )
    }

    // MARK: Observations and what is derived from them

    /// The cell in which a part of an observation stands.
    func position(of key: ObservationKey, _ aspect: ObservationKey.Aspect) throws(RunFailure) -> CellPosition {
        let found =
            cell(aspect.rawValue, observationRow(of: key), of: "observations")
            ?? cell(aspect.rawValue, rates[key], of: "normalised")
            ?? cell(aspect.columnOfIndex, nodeRows[key], of: "index")
        guard let found else { throw Self.unexplained("\(key.indicator), \(key.place), \(key.year), \(key.group)") }
        return found
    }

    private func cell(_ column: String, _ row: @autoclosure () -> Int?, of name: String) -> CellPosition? {
        guard let table = tables.firstIndex(where: { $0.schema.name == name }), let row = row(),
            let column = tables[table].schema.index(of: column)
        else { return nil }
        return CellPosition(table: table, row: row, column: column)
    }

    private func observationRow(of key: ObservationKey) -> Int? {
        guard let position = observations.position(of: key),
            let table = tables.first(where: { $0.schema.name == "observations" })
        else { return nil }
        // Both are sorted by what they are of; only texts that are spelt in two ways sort otherwise as bytes.
        return position < table.rowCount && Self.key(row: position, of: table) == key ? position : observationRows[key]
    }

    private func rows(of name: String, where isWanted: (Table, Int) -> Bool) -> [ObservationKey: Int] {
        guard let table = tables.first(where: { $0.schema.name == name }) else { return [:] }
        var rows = [ObservationKey: Int](minimumCapacity: table.rowCount)
        for row in 0..<table.rowCount where isWanted(table, row) { rows[Self.key(row: row, of: table)] = row }
        return rows
    }

    /// What a row is of.
    static func key(row: Int, of table: Table) -> ObservationKey {
        ObservationKey(
            indicator: table[row, "indicator"].text,
            place: table[row, "place"].text,
            year: Int(table[row, "year"].numeric ?? 0),
            group: table[row, "group"].text
        )
    }
}
