internal import GRDB
internal import Glibc

/// What the history says of a pipeline, for reading.
package struct History {
    /// A run that landed.
    package struct Run: Hashable, Sendable {
        /// Stays what it is as long as the history does.
        package var id: Int64
        package var runHash: String
        package var pipelineHash: String
        package var tool: String
        package var asOf: String
        /// `nil` where the pipeline had no checks.
        package var verdict: String?
        package var started: String
        package var ended: String
        package var seconds: Double
        /// Whether its observations and pipeline are in the store.
        package var isKept: Bool
    }

    /// One number over time.
    package struct Series: Hashable, Sendable {
        /// The row, as addresses spell it: `indicator=internet_users,group=total`. Where `latest` was asked for, the
        /// key columns that it leaves open read `latest`.
        package var key: String
        /// In order of the runs: the run, its row's whole key, and the value; `nil` where the run has none.
        package var points: [Point]
    }

    package struct Point: Hashable, Sendable {
        package var run: Run
        package var key: String
        package var value: Double?
    }

    /// The pipeline's name.
    package let pipeline: String
    private let file: HistoryFile

    /// - Parameters:
    ///   - path: The pipeline file; only where it publishes to is asked of it.
    ///   - confinement: The folder that no path may leave.
    /// - Throws: ``RunFailure`` where the pipeline file cannot be used.
    package init(of path: String, confinement: String? = nil) throws(RunFailure) {
        var pipelineFile = try PipelineFile.open(path, confinement: confinement)
        let outline = try pipelineFile.outline()
        pipeline = outline.name
        file = HistoryFile(path: OutputPlace(folder: outline.publication.folder).history)
    }

    /// The last `count` runs, oldest first; empty where none landed yet.
    package func runs(last count: Int) throws(RunFailure) -> [Run] {
        try read([]) { db in try Self.runs(last: count, of: pipeline, db).map(\.run) }
    }

    /// A metric over the last `count` runs, a series for each row that is selected.
    ///
    /// - Parameters:
    ///   - metric: `TABLE.column`.
    ///   - select: By key column, the values admitted; `latest` for the greatest number in it, run by run. `year`
    ///     stands for `year_reference` and `year_other` where a table has these.
    ///   - count: How many runs to go back.
    /// - Returns: In order of their keys; empty where no run has such a row.
    /// - Throws: ``RunFailure`` where the history cannot be read.
    package func series(
        of metric: Metric,
        select: [String: [String]],
        last count: Int
    ) throws(RunFailure) -> [Series] {
        try read([]) { db in
            let runs = try Self.runs(last: count, of: pipeline, db)
            let keys = try Row.fetchAll(
                db,
                sql: "SELECT id, row_key FROM row_keys WHERE name = ? ORDER BY row_key",
                arguments: [metric.table]
            )
            let selection = RowSelection(select)
            var groups: [String: [(id: Int64, key: RowKey)]] = [:]
            for row in keys {
                let key = RowKey(row["row_key"])
                guard selection.admits(key) else { continue }
                groups[selection.grouping(key), default: []].append((row["id"], key))
            }
            let path = "$.\"" + metric.column + "\""
            return try groups.sorted { $0.key < $1.key }.compactMap { name, members in
                var best: [Int64: (rank: [Double], key: String, value: Double)] = [:]
                for member in members {
                    let rank = selection.rank(member.key)
                    let rows = try Row.fetchCursor(
                        db,
                        sql: Self.values,
                        arguments: [path, member.id, pipeline, runs.first?.sequence ?? 0]
                    )
                    while let row = try rows.next() {
                        guard let value: Double = row["value"] else { continue }
                        let run: Int64 = row["run"]
                        if let known = best[run], !known.rank.lexicographicallyPrecedes(rank) { continue }
                        best[run] = (rank, member.key.text, value)
                    }
                }
                guard !best.isEmpty else { return nil }
                let points = runs.map { entry in
                    Point(run: entry.run, key: best[entry.run.id]?.key ?? "", value: best[entry.run.id]?.value)
                }
                return Series(key: name, points: points)
            }
        }
        .sorted { $0.key < $1.key }
    }

    /// The tables and columns that the history has numbers of, for a message.
    package func metrics() throws(RunFailure) -> [String] {
        try read([]) { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT row_keys.name || '.' || number.key
                    FROM (SELECT max(id) AS id FROM row_keys GROUP BY name) AS one
                        JOIN row_keys ON row_keys.id = one.id JOIN results ON results.row_key = row_keys.id,
                        json_each(results.numbers) AS number
                    WHERE number.type IN ('integer', 'real')
                    ORDER BY 1
                    """
            )
        }
    }

    /// In this order: from each run by its contents to its row. Without statistics SQLite is free to go through all
    /// results of the row once for each run, which takes minutes where there are 10,000.
    private static let values = """
        SELECT runs.id AS run, json_extract(results.numbers, ?1) AS value
        FROM runs CROSS JOIN run_contents ON run_contents.run = runs.id
            CROSS JOIN results ON results.row_key = ?2 AND results.content = run_contents.content
        WHERE runs.pipeline = ?3 AND runs.sequence >= ?4
        """

    private static func runs(
        last count: Int,
        of pipeline: String,
        _ db: Database
    ) throws -> [(sequence: Int64, run: Run)] {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT * FROM runs WHERE pipeline = ? ORDER BY sequence DESC LIMIT ?",
            arguments: [pipeline, count]
        )
        var runs: [(sequence: Int64, run: Run)] = []
        while let row = try rows.next() {
            let run = Run(
                id: row["id"],
                runHash: row["run_hash"],
                pipelineHash: row["pipeline_hash"],
                tool: row["tool"],
                asOf: row["as_of"],
                verdict: row["verdict"],
                started: row["started"],
                ended: row["ended"],
                seconds: row["seconds"],
                isKept: row["kept"]
            )
            runs.append((row["sequence"], run))
        }
        return runs.reversed()
    }

    private func read<Result>(_ absent: Result, _ body: (Database) throws -> Result) throws(RunFailure) -> Result {
        if case .missing = FileKind(of: file.path) { return absent }
        do {
            return try file.access(isReadOnly: !file.isCutOff, body)
        } catch {
            let shown = Paths.relative(file.path, to: Paths.workingDirectory)
            switch error {
            case .unusable(let reason):
                throw RunFailure(
                    Problem(
                        file: shown,
                        problem: "the history cannot be read",
                        expected: "a history that this version of divide wrote",
                        found: reason,
                        hint: "the next run sets it aside where it cannot write to it; or move it away yourself"
                    )
                )
            case .unavailable(let reason):
                throw RunFailure(Problem(file: shown, problem: "the history cannot be read", found: reason))
            }
        }
    }
}
