package import Indicators

/// A row of a comparison: its cells, and what stands behind each of them.
protocol ComparedRow: Sendable {
    /// In the order of the schema's columns.
    var cells: [Cell] { get }
    /// Where the cell of a column comes from; `nil` where the table's schema has no such column.
    func origin(of column: String, _ row: RowQuestion) -> CellOrigin?
}

/// A table in the making.
struct ComparedRows: Sendable {
    private(set) var table: Table
    /// Kept only where someone asks where cells come from: in a run they would hold every value twice.
    private(set) var rows: [any ComparedRow] = []
    private let keepsRows: Bool

    init(_ schema: TableSchema, for frame: ComparedPanel) {
        table = Table(schema: schema)
        keepsRows = frame.keepsRows
    }

    /// A table that is made, by one who keeps its own books.
    init(_ table: Table) {
        self.table = table
        keepsRows = false
    }

    /// Adds the rows of another table of the same schema.
    mutating func append(contentsOf other: ComparedRows) {
        table.append(contentsOf: other.table)
        rows += other.rows
    }

    mutating func add(_ rows: [some ComparedRow]) {
        // By position: a row is not copied.
        for position in rows.indices { table.append(rows[position].cells) }
        if keepsRows { self.rows += rows.map { $0 as any ComparedRow } }
    }

    mutating func add(_ row: some ComparedRow) {
        table.append(row.cells)
        if keepsRows { rows.append(row) }
    }
}

/// What a row is asked with.
struct RowQuestion {
    var frame: ComparedPanel
    /// The address of another cell of the same row.
    var cell: (String) -> Derivation.Source

    /// Inputs that are cells of the same row.
    func cells(_ columns: String...) -> [Derivation.Input] {
        columns.map { Derivation.Input($0, cell($0)) }
    }
}

/// The rule behind a cell and its inputs. The sentence is the definition of the cell's column.
struct CellOrigin {
    var rule: String
    var parameters: [Derivation.Parameter] = []
    var inputs: [Derivation.Input] = []

    init(_ rule: String, _ inputs: [Derivation.Input] = [], parameters: [Derivation.Parameter] = []) {
        self.rule = rule
        self.inputs = inputs
        self.parameters = parameters
    }
}

/// What a comparison comes to.
struct ComparisonOutcome: Sendable {
    var tables: [ComparedRows] = []
    var findings: [Finding] = []

    /// Adds what other series come to, whose rows follow.
    mutating func append(_ other: ComparisonOutcome) {
        findings += other.findings
        for (position, table) in other.tables.enumerated() { tables[position].append(contentsOf: table) }
    }
}

extension ComparedPanel {
    /// The series whose indicators the catalogue knows; the others are reported by `gaps` alone, as errors.
    var series: [ComparedSeries] {
        positions.compactMap { comparedSeries[$0] }
    }

    /// Of the series that are looked at.
    var positions: Range<Int> {
        only ?? panel.series.indices
    }

    /// Works out the tables of a metric; those of `gaps` without rows behind them, for ``GapLineage`` keeps its own books.
    func outcome(of metric: CompareOptions.Metric) -> ComparisonOutcome {
        switch metric {
        case .gaps: gaps()
        case .inequality: inequality()
        case .association: associations()
        case .concentration: concentrations()
        case .parity: parities()
        case .gapComposition: compositions()
        case .gapContributions: gapContributions()
        case .timeDistance: timeDistances()
        case .convergence: convergence()
        case .neighbours: neighbours()
        case .peers: peers()
        case .targets: targets()
        case .activities: activities()
        case .topics: topics()
        case .trends: trends()
        }
    }
}

/// Tells where the cells of the tables come from that comparisons make, but for `gaps`.
///
/// Of a comparison of few values the rows are kept (``compare()``); else the comparison is made again when it is asked.
package final class ComparisonLineage {
    private let frame: ComparedPanel
    /// For the rows of `gaps`.
    package let gaps: GapLineage
    /// By table; `nil` until the comparison was made.
    private var made: [String: ComparedRows]?
    /// By table that was asked for, then by the text of the key.
    private var rows: [String: [String: any ComparedRow]] = [:]

    /// - Parameters: As they were given to ``compare(_:catalogue:gazetteer:options:)``.
    package init(_ observations: [Observation], catalogue: Catalogue, gazetteer: Gazetteer, options: CompareOptions) {
        var frame = ComparedPanel(observations, catalogue: catalogue, gazetteer: gazetteer, options: options)
        frame.keepsRows = true
        self.frame = frame
        gaps = GapLineage(frame, catalogue: catalogue, gazetteer: gazetteer)
    }

    /// What `compare` returns for the same; it need not be made again for what is asked later.
    package func compare() -> Compared {
        guard frame.isSmall else {
            var frame = frame
            frame.keepsRows = false
            return frame.compared()
        }
        made = [:]
        return frame.compared { tables in keep(tables) }
    }

    private func keep(_ tables: [ComparedRows]) {
        for table in tables { made?[table.table.schema.name] = table }
    }

    /// Where a cell comes from.
    ///
    /// - Parameters:
    ///   - row: The row of `table`.
    ///   - column: The id of a column of `table`.
    ///   - table: One of those that ``compare(_:catalogue:gazetteer:options:)`` returned.
    /// - Returns: `nil` where no comparison has such a row.
    package func derivation(row: Int, column: String, of table: Table) -> Derivation? {
        guard let definition = table.schema.columns.first(where: { $0.id == column }),
            let asked = rows(of: table.schema.name)[table.cellAddress(row: row, column: 0).rowText]
        else { return nil }
        let question = RowQuestion(frame: frame) { .cell(table.cellAddress(row: row, column: $0)) }
        if definition.isKey {
            return Derivation("key", "part of the row's key: " + Self.opened(definition.definition))
        }
        if column == "unit" || column == "direction", table.schema.index(of: "indicator") != nil {
            return .catalogue(column, of: table[row, "indicator"].text)
        }
        guard let origin = asked.origin(of: column, question) else { return nil }
        if table[row, column] == .missing {
            return .empty("empty, because of its definition: " + definition.definition, inputs: origin.inputs)
        }
        return Derivation(
            origin.rule,
            Self.opened(definition.definition),
            parameters: origin.parameters,
            inputs: origin.inputs
        )
    }

    private func rows(of name: String) -> [String: any ComparedRow] {
        if let known = rows[name] { return known }
        if made == nil {
            made = [:]
            for metric in frame.options.metrics where metric != .gaps {
                keep(frame.outcome(of: metric).tables)
            }
        }
        guard let table = made?[name] else { return [:] }
        let keys = table.table.schema.keyIndices
        let found = Dictionary(
            table.rows.map { row in
                let cells = row.cells
                let key = keys.map { CellAddress.Key(table.table.schema.columns[$0].id, cells[$0].text) }
                return (CellAddress(table: name, keys: key, column: "").rowText, row)
            }
        ) { first, _ in first }
        rows[name] = found
        return found
    }

    /// The sentence without its capital, unless a word in capitals or a name begins it.
    private static func opened(_ sentence: String) -> String {
        guard let first = sentence.first, sentence.dropFirst().first?.isLowercase == true else { return sentence }
        return first.lowercased() + sentence.dropFirst()
    }
}
