package import Indicators
internal import Validate

/// What differs between two runs, as tables and in words.
package struct RunDifference: Sendable {
    package enum Part: String, CaseIterable, Sendable {
        case runs, inputs, indicators, cells, metrics, words
    }

    /// What a reader must know: what is missing, and what cannot be told for it.
    package let notes: [String]
    private let tables: [Part: Table]
    let changes: [ObservationChanges.Change]
    let moves: [Move]

    init(notes: [String], tables: [Part: Table], changes: [ObservationChanges.Change], moves: [Move]) {
        self.notes = notes
        self.tables = tables
        self.changes = changes
        self.moves = moves
    }

    package func table(_ part: Part) -> Table {
        guard let table = tables[part] else { preconditionFailure("a difference has every part") }
        return table
    }
}

/// Holds two runs against each other: inputs, observations, every cell of every result, and how much of each move came from
/// revised data, from new data and from the method.
///
/// Nothing of the original inputs is needed: from Normalise on everything is worked out anew from what was kept. What is no
/// longer kept is told of, and what can be told without it is.
///
/// - Throws: ``RunFailure`` where a run cannot be found.
package func difference(_ order: DiffOrder) throws(RunFailure) -> RunDifference {
    let (old, new) = try RunFinder(order).runs()
    return RunComparison(old: old, new: new).difference
}

/// Two runs on the way to their difference.
private struct RunComparison {
    let old: ComparedRun
    let new: ComparedRun

    var difference: RunDifference {
        var notes = [old, new].flatMap(\.notes)
        if old.manifest.runHash == new.manifest.runHash { notes.append("the two are the same run") }
        if old.manifest.pipeline != new.manifest.pipeline { notes.append("the runs are of two pipelines") }
        let changes = changedObservations(&notes)
        var recomputation: Recomputation?
        if let changes { recomputation = workedOutAnew(changes, &notes) }
        let schemas = (old.schemas, new.schemas)
        var (olds, news): ([String: KeyedTable], [String: KeyedTable]) = ([:], [:])
        var keyless: [String] = []
        for name in Set(old.tableNames + new.tableNames).subtracting(["observations", "findings"]).sorted() {
            let worked = recomputation?.schema(of: name)
            let known = (schemas.0?[name] ?? schemas.1?[name] ?? worked, schemas.1?[name] ?? schemas.0?[name] ?? worked)
            if known.0 == nil { keyless.append(name + ".csv") }
            olds[name] = old.keyed(name, known.0, &notes)
            news[name] = new.keyed(name, known.1, &notes)
        }
        if !keyless.isEmpty {
            notes.append(
                "\(keyless.joined(separator: ", ")) cannot be held against each other: which columns are their keys stands "
                    + "in the .store of the runs, or in a datapackage.json beside them, and neither is there"
            )
        }
        recomputation?.verify(old: olds, new: news)
        if let recomputation { notes += faults(of: recomputation) }
        let moves = allMoves(olds, news, recomputation, &notes)
        return RunDifference(
            notes: notes,
            tables: [
                .runs: runsTable(old, new), .inputs: inputsTable(old.manifest, new.manifest),
                .indicators: indicatorsTable(changes), .cells: cellsTable(changes?.changes ?? []),
                .metrics: metricsTable(moves), .words: wordsTable(moves),
            ],
            changes: changes?.changes ?? [],
            moves: moves
        )
    }

    private func changedObservations(_ notes: inout [String]) -> ObservationChanges? {
        guard let olds = old.observations, let news = new.observations else {
            let lacking = [old, new].filter { $0.observations == nil }.map(\.word).joined(separator: " and ")
            notes.append(
                "the observations of \(lacking) are not there: which cells changed, and what moved the metrics, "
                    + "cannot be told"
            )
            return nil
        }
        let changes = ObservationChanges(old: olds, new: news)
        let inputs = inputsTable(old.manifest, new.manifest)
        let addresses = new.manifest.inputs.map(\.path).filter(Paths.isAddress)
        if !addresses.isEmpty {
            notes.append("nobody can tell whether what lies at \(addresses.joined(separator: ", ")) changed")
        } else if !changes.changes.isEmpty, inputs.rowCount == 0 {
            let engines = Set([old, new].compactMap(\.manifest.engine)).sorted().map { ", or \($0)" }.joined()
            notes.append(
                "cells changed though no input did: the pipeline file reads or judges the inputs otherwise, or divide does"
                    + engines
            )
        }
        return changes
    }

    private func workedOutAnew(_ changes: ObservationChanges, _ notes: inout [String]) -> Recomputation? {
        func method(_ run: ComparedRun) -> KeptMethod? {
            do {
                return try KeptMethod(run.manifest, path: run.path)
            } catch {
                notes.append(
                    "\(run.word): what moved the metrics cannot be told: "
                        + (error.problems.first?.description ?? "")
                )
                return nil
            }
        }
        let (first, second) = (method(old), method(new))
        guard let first, let second else { return nil }
        return Recomputation(
            old: first,
            new: second,
            changes,
            isSameMethod: old.manifest.methodHashes == new.manifest.methodHashes
        )
    }

    private func faults(of recomputation: Recomputation) -> [String] {
        var notes: [String] = []
        for (factors, fault) in recomputation.faults.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let words = factors.isEmpty ? "the old run" : "the old run with the other \(factors.words)"
            notes.append("\(words) cannot be worked out anew: \(fault)")
        }
        if !recomputation.notReproduced.isEmpty, recomputation.faults[[]] == nil {
            let tools = Set([old, new].map(\.manifest.tool) + [toolVersion])
            let reason =
                tools.count > 1
                ? "the runs were made by divide \(old.manifest.tool) and \(new.manifest.tool), this is \(toolVersion)"
                : "another build of divide made one of the runs"
            notes.append(
                "\(recomputation.notReproduced.joined(separator: ", ")): worked out anew, not what was stored, so that "
                    + "what moved these numbers is not told; \(reason)"
            )
        }
        return notes
    }

    private func allMoves(
        _ olds: [String: KeyedTable],
        _ news: [String: KeyedTable],
        _ recomputation: Recomputation?,
        _ notes: inout [String]
    ) -> [Move] {
        var moves: [Move] = []
        for name in Set(olds.keys).union(news.keys).sorted() {
            guard let schema = (news[name] ?? olds[name])?.table.schema, !schema.keyIndices.isEmpty else { continue }
            let old = olds[name] ?? KeyedTable(Table(schema: schema))
            let new = news[name] ?? KeyedTable(Table(schema: schema))
            guard old.keyColumns == new.keyColumns else {
                notes.append(
                    "\(name): its rows cannot be held against each other: the key was \(old.keyColumns.joined(separator: ", ")), "
                        + "is \(new.keyColumns.joined(separator: ", "))"
                )
                continue
            }
            if olds[name] == nil || news[name] == nil {
                // A table that one run did not make is told of; one that cannot be read was told of above.
                guard !(self.old.tableNames.contains(name) && self.new.tableNames.contains(name)) else { continue }
                notes.append("\(name): only the \(olds[name] == nil ? "new" : "old") run has this table")
            }
            var table = TableMoves(old: old, new: new)
            if let recomputation, !recomputation.notReproduced.contains(name) {
                table.recomputed = { recomputation.table(name, $0) }
                table.active = recomputation.active
            }
            moves += table.moves
        }
        return moves
    }
}

extension ComparedRun {
    /// What of it is no longer there.
    fileprivate var notes: [String] {
        let missing = missing.map(\.path)
        guard !missing.isEmpty else { return [] }
        let shown =
            missing.prefix(4).joined(separator: ", ") + (missing.count > 4 ? " and \(missing.count - 4) more" : "")
        return [
            "\(word): no longer kept: \(shown); pruned by --keep, or the folder was copied without the .store beside it"
        ]
    }

    fileprivate var observations: [Observation]? {
        let schema = schemas?["observations"] ?? observationsTable([], catalogue: Catalogue([])).schema
        let needed = ["indicator", "place", "year", "group", "value", "status", "treatment", "grade", "standard_error"]
        guard needed.allSatisfy({ schema.index(of: $0) != nil }) else { return nil }
        return table("observations", schema).flatMap(Observation.all)
    }

    /// A table by its rows' keys; the numbers of it that the history has, where it is gone.
    fileprivate func keyed(_ name: String, _ schema: TableSchema?, _ notes: inout [String]) -> KeyedTable? {
        guard tableNames.contains(name) else { return nil }
        guard let schema, !schema.keyIndices.isEmpty else { return nil }
        if let table = table(name, schema) { return KeyedTable(table) }
        if let table = numbers(name, schema) {
            var keyed = KeyedTable(table)
            keyed.hasNumbersOnly = true
            notes.append("\(word): of \(name).csv only the numbers are known, from the history")
            return keyed
        }
        notes.append("\(word): \(name).csv is not there or cannot be read; its numbers are left out")
        return nil
    }
}

extension Manifest {
    /// By path, the hashes of what the stages from Normalise on were told.
    fileprivate var methodHashes: [String: String] {
        let files = kept.filter { $0.role == .pipeline || $0.role == .reference }
        return Dictionary(files.map { ($0.role == .pipeline ? "pipeline" : $0.path, $0.sha256) }) { first, _ in first }
    }
}
