internal import GRDB
internal import Glibc
internal import Indicators
internal import Synchronization

/// The databases that were closed: two of a run.
private let closed = Mutex<[DatabaseQueue]>([])

/// `history.sqlite`, beside the output folders of the pipelines that write there: what each run came to.
///
/// Written after a run's outputs stand, from its manifest and the store alone, so that a run whose end was cut off is
/// entered at the next start by the same way. A file that is damaged, not ours, or of a later version of `divide` is set
/// aside as `history.damaged-1.sqlite` and a new one is begun.
struct HistoryFile {
    /// Absolute.
    let path: String

    /// What keeps the history from being written.
    enum Trouble: Error {
        /// The file is damaged, not ours, or of a later version; why, in words.
        case unusable(String)
        /// Full disk, no permission, another process that does not end: it may work next time.
        case unavailable(String)
    }

    /// Whether a process died while it wrote: SQLite takes its words back when the file is opened for writing.
    var isCutOff: Bool {
        if case .missing = FileKind(of: path + "-journal") { false } else { true }
    }

    /// Whether the pipeline's last entry is this run.
    func ends(with manifest: Manifest) throws(Trouble) -> Bool {
        guard case .regular = FileKind(of: path) else { return false }
        return try access(isReadOnly: !isCutOff) { db in
            let row = try Row.fetchOne(
                db,
                sql: "SELECT run_hash, ended FROM runs WHERE pipeline = ? ORDER BY sequence DESC LIMIT 1",
                arguments: [manifest.pipeline]
            )
            return row?["run_hash"] == manifest.runHash && row?["ended"] == manifest.ended
        }
    }

    /// Enters a run that landed; one that stands there already becomes the last.
    func enter(_ manifest: Manifest, spelt bytes: [UInt8], store: Store) throws(Trouble) {
        try access(isReadOnly: false) { db in
            let run = try Self.enterRun(manifest, spelt: bytes, db)
            try db.execute(sql: "DELETE FROM run_contents WHERE run = ?", arguments: [run])
            for kept in manifest.kept where kept.role == .results {
                guard let content = try Self.content(kept, db) ?? Self.enterContent(kept, store, db) else { continue }
                try db.execute(
                    sql: "INSERT INTO run_contents (run, content) VALUES (?, ?)",
                    arguments: [run, content]
                )
            }
        }
    }

    private static func enterRun(_ manifest: Manifest, spelt bytes: [UInt8], _ db: Database) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO runs (sequence, pipeline, run_hash, pipeline_hash, tool, as_of, verdict, inputs, outputs,
                    started, ended, seconds)
                VALUES ((SELECT coalesce(max(sequence), 0) + 1 FROM runs), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (pipeline, run_hash) DO UPDATE SET sequence = excluded.sequence, kept = 1,
                    verdict = excluded.verdict, outputs = excluded.outputs, started = excluded.started,
                    ended = excluded.ended, seconds = excluded.seconds
                """,
            arguments: [
                manifest.pipeline, manifest.runHash, manifest.pipelineHash, manifest.tool, manifest.asOf,
                manifest.verdict, manifest.inputs.count, manifest.outputs.count, manifest.started, manifest.ended,
                manifest.seconds["total"] ?? 0,
            ]
        )
        let run = try Int64.fetchOne(
            db,
            sql: "SELECT id FROM runs WHERE pipeline = ? AND run_hash = ?",
            arguments: [manifest.pipeline, manifest.runHash]
        )
        guard let run else { throw DatabaseError(message: "a run that was entered is not there") }
        try db.execute(
            sql: "INSERT OR REPLACE INTO manifests (run, manifest) VALUES (?, ?)",
            arguments: [run, String(decoding: bytes, as: UTF8.self)]
        )
        return run
    }

    /// The number of a table's results, `nil` where they have not been entered yet: most runs come to what an earlier one did.
    private static func content(_ kept: Kept, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db,
            sql: "SELECT id FROM contents WHERE name = ? AND sha256 = ?",
            arguments: [kept.path, kept.sha256]
        )
    }

    /// Enters a table's results; `nil` where the store no longer has them.
    private static func enterContent(_ kept: Kept, _ store: Store, _ db: Database) throws -> Int64? {
        guard let rows = store.bytes(of: kept.sha256) else { return nil }
        let name = kept.path
        try db.execute(sql: "INSERT INTO contents (name, sha256) VALUES (?, ?)", arguments: [name, kept.sha256])
        let content = db.lastInsertedRowID
        // SQLite takes the rows apart itself: a statement for each of thousands would take ten times as long.
        let json = String(decoding: rows, as: UTF8.self)
        try db.execute(
            sql: "INSERT OR IGNORE INTO row_keys (name, row_key) SELECT ?1, key FROM json_each(?2)",
            arguments: [name, json]
        )
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO results (row_key, content, numbers)
                SELECT row_keys.id, ?1, row.value FROM json_each(?2) AS row
                CROSS JOIN row_keys ON row_keys.name = ?3 AND row_keys.row_key = row.key
                """,
            arguments: [content, json, name]
        )
        return content
    }

    /// Marks all but the last `count` runs of a pipeline as no longer kept, and tells what the kept ones refer to.
    ///
    /// - Returns: The hashes that the store must keep for the runs of all pipelines.
    func keep(last count: Int, of pipeline: String) throws(Trouble) -> Set<String> {
        try access(isReadOnly: false) { db in
            try db.execute(
                sql: """
                    UPDATE runs SET kept = 0 WHERE pipeline = ?1 AND kept AND sequence NOT IN
                        (SELECT sequence FROM runs WHERE pipeline = ?1 ORDER BY sequence DESC LIMIT ?2)
                    """,
                arguments: [pipeline, max(1, count)]
            )
            return try String.fetchSet(
                db,
                sql: """
                    SELECT json_extract(item.value, '$.sha256')
                    FROM runs JOIN manifests ON manifests.run = runs.id, json_each(manifests.manifest, '$.kept') AS item
                    WHERE runs.kept
                    """
            )
        }
    }

    /// Moves the file, and what SQLite keeps beside it, out of the way.
    ///
    /// - Returns: The new name.
    func setAside() throws(Trouble) -> String {
        let folder = Paths.parent(of: path)
        var number = 1
        while true {
            let name = "history.damaged-\(number).sqlite"
            var status = stat()
            if unsafe lstat(folder + "/" + name, &status) != 0 {
                guard unsafe rename(path, folder + "/" + name) == 0 else { throw .unavailable(systemError) }
                for suffix in ["-journal", "-wal", "-shm"] {
                    _ = unsafe rename(path + suffix, folder + "/" + name + suffix)
                }
                return name
            }
            number += 1
        }
    }
}

extension HistoryFile {
    /// Does `body` with the database open, in one transaction.
    ///
    /// - Parameters:
    ///   - isReadOnly: Whether the file must stay as it is, and is there; else it is made, and brought to the schema of
    ///     today.
    ///   - body: What to ask or write.
    /// - Returns: What `body` returns.
    /// - Throws: ``Trouble``; nothing of what `body` wrote is then left.
    func access<Result>(isReadOnly: Bool, _ body: (Database) throws -> Result) throws(Trouble) -> Result {
        do {
            if isReadOnly {
                let queue = try open(isReadOnly: true)
                defer { Self.close(queue) }
                return try queue.read { db in
                    try Self.refuseForeign(db)
                    guard try HistorySchema.migrator.hasCompletedMigrations(db) else {
                        throw Trouble.unusable("it is of an earlier version of divide")
                    }
                    return try body(db)
                }
            }
            let queue = try open(isReadOnly: false)
            defer { Self.close(queue) }
            try queue.write { db in
                if try Self.isEmpty(db) {
                    try db.execute(sql: "PRAGMA application_id = \(HistorySchema.applicationID)")
                } else {
                    try Self.refuseForeign(db)
                }
            }
            try HistorySchema.migrator.migrate(queue)
            return try queue.write(body)
        } catch let trouble as Trouble {
            throw trouble
        } catch let error as DatabaseError {
            throw Self.trouble(error)
        } catch {
            throw .unavailable("\(error)")
        }
    }

    /// Closes a database, and keeps what is left of it: as it goes, it would ask Foundation for observers that it never had, and
    /// the runtime would look through all types that it knows for that.
    private static func close(_ queue: DatabaseQueue) {
        try? queue.close()
        closed.withLock { $0.append(queue) }
    }

    private func open(isReadOnly: Bool) throws -> DatabaseQueue {
        switch FileKind(of: path) {
        case .directory, .special: throw Trouble.unusable("it is no file")
        case .missing, .regular: break
        }
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(2)
        configuration.label = "history"
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func isEmpty(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
    }

    private static func refuseForeign(_ db: Database) throws {
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == HistorySchema.applicationID else {
            throw Trouble.unusable("it is no history of divide")
        }
        guard try !HistorySchema.migrator.hasBeenSuperseded(db) else {
            throw Trouble.unusable("it is of a later version of divide")
        }
    }

    private static func trouble(_ error: DatabaseError) -> Trouble {
        let words = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_FORMAT, .SQLITE_MISMATCH:
            return .unusable(words)
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHORT_READ:
            return .unusable(words)
        default: return .unavailable(words)
        }
    }
}
