internal import Check
internal import Indicators
internal import Publish

/// The results for each combination of old and new, each worked out once: revised data, new data and method can be changed
/// one at a time.
struct Recomputation {
    /// What stands in the way of a combination, in words.
    private(set) var faults: [Factors: String] = [:]
    /// The factors in which the runs differ.
    let active: Factors
    /// The tables that do not come out as they were stored, from the old run or from the new one; sorted.
    private(set) var notReproduced: [String] = []
    private var results: [Factors: [String: KeyedTable]] = [:]

    /// - Parameters:
    ///   - old: The method of the old run.
    ///   - new: That of the new run.
    ///   - changes: Its observations and those of the other.
    ///   - isSameMethod: Whether the methods are made of the same files.
    init(old: KeptMethod, new: KeptMethod, _ changes: ObservationChanges, isSameMethod: Bool) {
        active = changes.factors.union(isSameMethod ? [] : .method)
        for factors in Factors.combinations where factors.isSubset(of: active) {
            do {
                results[factors] = try Self.tables(changes.mixture(factors), factors.contains(.method) ? new : old)
            } catch {
                let more = error.problems.count > 1 ? " (and \(error.problems.count - 1) more)" : ""
                faults[factors] = (error.problems.first?.description ?? "") + more
            }
        }
    }

    /// The schema of a table that any combination comes to.
    func schema(of name: String) -> TableSchema? {
        for factors in Factors.combinations.reversed() {
            if let table = results[factors]?[name] { return table.table.schema }
        }
        return nil
    }

    /// Holds what the old and the new run come to against what was stored, by the cells of the CSV; of the verdicts those
    /// that could be judged again.
    mutating func verify(old: [String: KeyedTable], new: [String: KeyedTable]) {
        var others: Set<String> = []
        for (stored, factors) in [(old, Factors()), (new, active)] {
            for (name, stored) in stored where !stored.hasNumbersOnly {
                let worked = results[factors]?[name]
                // One that no combination makes comes from elsewhere than the observations.
                guard worked != nil || schema(of: name) != nil else { continue }
                let isSame =
                    name == "checks" ? worked?.isPart(of: stored) ?? true : worked?.isSpelt(as: stored) ?? false
                if !isSame { others.insert(name) }
            }
        }
        notReproduced = others.sorted()
    }

    /// A table under a combination; `nil` where it cannot be worked out or is not made then.
    func table(_ name: String, _ factors: Factors) -> KeyedTable? {
        results[factors.intersection(active)]?[name]
    }

    /// The tables that any combination comes to, but for the observations and the findings.
    private static func tables(
        _ observations: [Observation],
        _ method: KeptMethod
    ) throws(RunFailure) -> [String: KeyedTable] {
        var watch = Stopwatch()
        // Cells of the other run that a method has no indicator or place for cannot be among what it is applied to.
        let known = observations.filter {
            method.description.catalogue.contains($0.indicator) && method.gazetteer[$0.place] != nil
        }
        let results = try Results(Inputs(known, under: method), asOf: method.asOf, watch: &watch)
        var tables = results.tables.filter { $0.schema.name != "findings" }
        if let checks = verdicts(on: tables, method) { tables.append(checks) }
        tables.removeAll { $0.schema.name == "observations" }
        return Dictionary(tables.map { ($0.schema.name, KeyedTable($0)) }) { first, _ in first }
    }

    /// The verdicts that follow from the tables alone: not those on the inputs, on changes since a run before, and on
    /// several runs in a row.
    private static func verdicts(on tables: [Table], _ method: KeptMethod) -> Table? {
        let names = Set(tables.map(\.schema.name))
        var verdicts: Table?
        for rule in method.description.checks where !rule.quantity.isOfChange && rule.runs <= 1 {
            guard names.contains(String(rule.metric.prefix { $0 != "." })),
                let judged = try? check([rule], tables: tables, context: CheckContext(gazetteer: method.gazetteer))
            else { continue }
            var all = verdicts ?? Table(schema: judged.table.schema)
            for row in 0..<judged.table.rowCount { all.append(judged.table.row(row)) }
            verdicts = all
        }
        return verdicts?.sortedByKey()
    }
}

extension KeyedTable {
    /// Whether the CSV of both has the same cells, row by row.
    fileprivate func isSpelt(as other: KeyedTable) -> Bool {
        guard table.schema.columns.map(\.id) == other.table.schema.columns.map(\.id),
            table.rowCount == other.table.rowCount
        else { return false }
        return isPart(of: other)
    }

    /// Whether the other has each row with the same cells.
    fileprivate func isPart(of other: KeyedTable) -> Bool {
        let columns = table.schema.columns.map(\.id)
        let others = columns.map(other.table.schema.index)
        for row in 0..<table.rowCount {
            guard let match = other.row(key(ofRow: row)) else { return false }
            for (column, position) in others.enumerated() {
                guard let position, other.table[match, position].text == table[row, column].text else { return false }
            }
        }
        return true
    }
}
