internal import GRDB

/// The tables of `history.sqlite`. A change is a new migration; those that are here stay as they are.
enum HistorySchema {
    /// "divd", in the header of the file: a database that is not ours is not written into.
    static let applicationID: Int32 = 0x6469_7664

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        // It only adds: no row can break a reference, and none has to be looked at for that.
        migrator.registerMigration("runs, manifests and results", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: first)
        }
        return migrator
    }

    private static let first = """
        -- A run that landed, once by hash. The last to land has the greatest sequence.
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            sequence INTEGER NOT NULL UNIQUE,
            pipeline TEXT NOT NULL,
            run_hash TEXT NOT NULL,
            pipeline_hash TEXT NOT NULL,
            tool TEXT NOT NULL,
            as_of TEXT NOT NULL,
            verdict TEXT,
            inputs INTEGER NOT NULL,
            outputs INTEGER NOT NULL,
            started TEXT NOT NULL,
            ended TEXT NOT NULL,
            seconds REAL NOT NULL,
            kept INTEGER NOT NULL DEFAULT 1,
            UNIQUE (pipeline, run_hash)
        );
        CREATE INDEX runs_by_pipeline ON runs (pipeline, sequence);
        CREATE TABLE manifests (
            run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
            manifest TEXT NOT NULL
        );
        -- What a table of results held, once by hash, and the runs that came to it.
        CREATE TABLE contents (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            UNIQUE (name, sha256)
        );
        CREATE TABLE run_contents (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            content INTEGER NOT NULL REFERENCES contents (id),
            PRIMARY KEY (run, content)
        ) WITHOUT ROWID;
        CREATE INDEX runs_by_content ON run_contents (content);
        -- A row of a table by its key, spelt as in addresses: indicator=...,group=total
        CREATE TABLE row_keys (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            row_key TEXT NOT NULL,
            UNIQUE (name, row_key)
        );
        -- The numbers of a row, a JSON object by column.
        CREATE TABLE results (
            row_key INTEGER NOT NULL REFERENCES row_keys (id),
            content INTEGER NOT NULL REFERENCES contents (id),
            numbers TEXT NOT NULL,
            PRIMARY KEY (row_key, content)
        ) WITHOUT ROWID;
        CREATE VIEW metrics AS
            SELECT runs.pipeline, runs.id AS run, runs.sequence, runs.ended, row_keys.name AS table_name,
                row_keys.row_key, number.key AS column_name, number.value
            FROM runs JOIN run_contents ON run_contents.run = runs.id
                JOIN results ON results.content = run_contents.content
                JOIN row_keys ON row_keys.id = results.row_key, json_each(results.numbers) AS number
            WHERE row_keys.name <> 'checks';
        CREATE VIEW verdicts AS
            SELECT runs.pipeline, runs.id AS run, runs.sequence, runs.ended, row_keys.row_key,
                json_extract(results.numbers, '$.value') AS value,
                json_extract(results.numbers, '$.verdict') AS verdict,
                json_extract(results.numbers, '$.message') AS message,
                json_extract(results.numbers, '$.owner') AS owner
            FROM runs JOIN run_contents ON run_contents.run = runs.id
                JOIN results ON results.content = run_contents.content
                JOIN row_keys ON row_keys.id = results.row_key
            WHERE row_keys.name = 'checks';
        """
}
