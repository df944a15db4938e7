internal import Compose
internal import Indicators

/// Asks the indices of a run where their cells come from.
struct IndexLineages {
    private let lineages: [String: IndexLineage]

    init(_ composed: ComposedIndices?) {
        var lineages: [String: IndexLineage] = [:]
        for index in composed?.indices ?? [] {
            let scores = index.scores
            lineages[index.description.id] = IndexLineage(
                index.composed,
                tree: index.description.tree,
                scoresAt: { scores?.address(of: $0) }
            )
        }
        self.lineages = lineages
    }

    /// Where a cell of a table of indices comes from, `nil` where no index has such a row.
    func derivation(row: Int, column: String, of table: Table) -> Derivation? {
        lineages[table[row, "index"].text]?.derivation(row: row, column: column, of: table)
    }

    /// The rows of `index.csv` by what their scores are called as observations.
    static func rows(of table: Table) -> [ObservationKey: Int] {
        var rows: [ObservationKey: Int] = [:]
        for row in 0..<table.rowCount {
            let key = ObservationKey(
                indicator: Composed.indicator(ofNode: table[row, "node"].text, in: table[row, "index"].text),
                place: table[row, "place"].text,
                year: Int(table[row, "year"].numeric ?? 0),
                group: table[row, "group"].text
            )
            rows[key] = row
        }
        return rows
    }
}

extension ObservationKey.Aspect {
    /// The column of `index.csv` that holds it.
    var columnOfIndex: String { self == .value ? "score" : rawValue }
}

/// Finds rows by their keys; a table that is asked often gets a list of its keys.
struct RowFinder {
    /// More questions about a table than this, and the list pays.
    private static let patience = 64

    private var questions: [String: Int] = [:]
    private var rows: [String: [[CellAddress.Key]: Int]] = [:]

    mutating func row(_ keys: [CellAddress.Key], of table: Table) -> Int? {
        let name = table.schema.name
        if let known = rows[name] { return known[keys] }
        questions[name, default: 0] += 1
        guard questions[name, default: 0] > Self.patience, !table.schema.keyIndices.isEmpty else {
            return table.rows(matching: keys).first
        }
        var found: [[CellAddress.Key]: Int] = [:]
        for row in 0..<table.rowCount { found[table.cellAddress(row: row, column: 0).keys] = row }
        rows[name] = found
        return found[keys]
    }
}
