internal import GRDB

/// What OLD and NEW of `divide diff` may be: a folder of outputs, wherever it lies, or a run of the history.
enum RunWord {
    case folder(String)
    /// The number that `divide history` lists.
    case number(Int64)
    /// The first digits of a run's hash, eight or more.
    case hash(String)
    /// The last run, or the one before it: 0 or 1.
    case last(Int)

    /// A word with a slash is a folder, and so is one that can be nothing else.
    init(_ text: String) {
        let isHexadecimal = text.utf8.count >= 8 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
        if text == "latest" {
            self = .last(0)
        } else if text == "previous" {
            self = .last(1)
        } else if text.utf8.count < 8, let number = Int64(text), number > 0 {
            self = .number(number)
        } else if isHexadecimal {
            self = .hash(text)
        } else {
            self = .folder(text)
        }
    }

    var isFolder: Bool {
        if case .folder = self { true } else { false }
    }
}

extension HistoryFile {
    /// A run that the history has entered.
    struct Entry {
        var id: Int64
        var manifest: [UInt8]
    }

    /// The runs that a word means.
    ///
    /// - Parameters:
    ///   - word: Not a folder.
    ///   - pipeline: The name of the pipeline whose runs are meant; `nil` for any.
    /// - Returns: None where there is no such run, several where the word says too little.
    /// - Throws: ``Trouble`` where the history cannot be read.
    func entries(_ word: RunWord, of pipeline: String?) throws(Trouble) -> [Entry] {
        guard case .regular = FileKind(of: path) else { return [] }
        let (condition, order, arguments): (String, String, [(any DatabaseValueConvertible)?]) =
            switch word {
            case .folder: ("0", "", [])
            case .number(let id): ("runs.id = ?", "", [id])
            case .hash(let digits): ("substr(runs.run_hash, 1, ?) = ?", "", [digits.utf8.count, digits])
            case .last(let back): ("1", "ORDER BY runs.sequence DESC LIMIT 1 OFFSET \(back)", [])
            }
        return try access(isReadOnly: !isCutOff) { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT runs.id AS id, manifests.manifest AS manifest
                    FROM runs JOIN manifests ON manifests.run = runs.id
                    WHERE \(condition) AND (?\(arguments.count + 1) IS NULL OR runs.pipeline = ?\(arguments.count + 1)) \(order)
                    """,
                arguments: StatementArguments(arguments + [pipeline])
            )
            return rows.map { row in
                let manifest: String = row["manifest"]
                return Entry(id: row["id"], manifest: Array(manifest.utf8))
            }
        }
    }

    /// The pipelines that have runs here, by name.
    func pipelines() throws(Trouble) -> [String] {
        guard case .regular = FileKind(of: path) else { return [] }
        return try access(isReadOnly: !isCutOff) { db in
            try String.fetchAll(db, sql: "SELECT DISTINCT pipeline FROM runs ORDER BY pipeline")
        }
    }

    /// What the history knows of a run's results, by table: the rows as addresses spell them, and their numbers as JSON.
    func results(ofRun id: Int64) throws(Trouble) -> [String: [(row: String, numbers: String)]] {
        try access(isReadOnly: !isCutOff) { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT row_keys.name AS name, row_keys.row_key AS row_key, results.numbers AS numbers
                    FROM run_contents JOIN results ON results.content = run_contents.content
                        JOIN row_keys ON row_keys.id = results.row_key
                    WHERE run_contents.run = ?
                    """,
                arguments: [id]
            )
            var tables: [String: [(row: String, numbers: String)]] = [:]
            while let row = try rows.next() {
                let name: String = row["name"]
                tables[name, default: []].append((row["row_key"], row["numbers"]))
            }
            return tables
        }
    }
}
