import Compare
import Indicators
import Testing

/// The tables of a comparison by name, easy to ask.
struct ComparedTables {
    var tables: [String: Table]
    var findings: [Finding]

    var codes: [String] { findings.map(\.code) }

    /// For each row the cells of some columns, as CSV has them.
    func rows(_ table: String, _ columns: String...) -> [[String]] {
        guard let table = tables[table] else { return [] }
        return (0..<table.rowCount).map { row in columns.map { table[row, $0].text } }
    }

    /// A column's numbers in the rows that have these texts.
    func numbers(_ table: String, _ keys: [String: String], _ column: String) -> [Double] {
        guard let table = tables[table] else { return [] }
        return (0..<table.rowCount)
            .filter { row in keys.allSatisfy { table[row, $0.key].text == $0.value } }
            .compactMap { table[$0, column].numeric }
    }

    /// The number in the only row that has these texts.
    func number(_ table: String, _ keys: [String: String], _ column: String) throws -> Double {
        let found = numbers(table, keys, column)
        try #require(found.count == 1)
        return found[0]
    }
}

func tables(_ observations: [Observation], _ options: CompareOptions) throws -> ComparedTables {
    let found = compare(observations, catalogue: catalogue, gazetteer: gazetteer, options: options)
    try #require(found.findings.allSatisfy { $0.severity != .error })
    return ComparedTables(
        tables: Dictionary(uniqueKeysWithValues: found.tables.map { ($0.schema.name, $0) }),
        findings: found.findings
    )
}

func tables(_ observations: [Observation], _ metrics: Set<CompareOptions.Metric>) throws -> ComparedTables {
    try tables(observations, CompareOptions(metrics: metrics))
}
