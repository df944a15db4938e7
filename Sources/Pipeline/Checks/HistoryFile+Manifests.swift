internal import GRDB

extension HistoryFile {
    /// The manifest of the last run of a pipeline that was made of something else than `runHash`: a run that is run
    /// again has the same run before it.
    func manifest(before runHash: String, of pipeline: String) -> Manifest? {
        manifest(
            """
            SELECT manifest FROM manifests JOIN runs ON runs.id = manifests.run
            WHERE runs.pipeline = ? AND runs.run_hash <> ? ORDER BY runs.sequence DESC LIMIT 1
            """,
            [pipeline, runHash]
        )
    }

    /// The manifest of a run by its number in `divide history`, or by its hash or eight or more of its first digits.
    func manifest(ofRun id: String, of pipeline: String) -> Manifest? {
        if let number = Int64(id), id.utf8.count < 8 {
            return manifest(
                """
                SELECT manifest FROM manifests JOIN runs ON runs.id = manifests.run
                WHERE runs.pipeline = ? AND runs.id = ?
                """,
                [pipeline, number]
            )
        }
        guard id.utf8.count >= 8 else { return nil }
        return manifest(
            """
            SELECT manifest FROM manifests JOIN runs ON runs.id = manifests.run
            WHERE runs.pipeline = ? AND substr(runs.run_hash, 1, ?) = ?
            """,
            [pipeline, id.utf8.count, id]
        )
    }

    /// A history that is not there, damaged or older knows of no run.
    private func manifest(_ sql: String, _ arguments: StatementArguments) -> Manifest? {
        guard case .regular = FileKind(of: path) else { return nil }
        let text = try? access(isReadOnly: true) { db in try String.fetchOne(db, sql: sql, arguments: arguments) }
        return text.flatMap { $0 }.flatMap { Manifest(Array($0.utf8)) }
    }
}
