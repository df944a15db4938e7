internal import Check
internal import Indicators
internal import Ingest

/// The tables of an earlier run, as far as checks compare with them.
struct EarlierOutputs {
    /// By name, where the table's CSV lies.
    private let files: [String: String]
    /// Whether numbers have a decimal comma there.
    private let hasDecimalComma: Bool

    /// What the store kept of a run.
    init(_ manifest: Manifest, in store: Store) {
        let tables = manifest.kept.filter { $0.role == .table && $0.path.hasSuffix(".csv") }
        files = Dictionary(tables.map { (String($0.path.dropLast(4)), store.path(of: $0.sha256)) }) { first, _ in first
        }
        hasDecimalComma = false
    }

    /// A folder of outputs, wherever it comes from, with the names of the tables that are asked for.
    init(folder: String, tables: Set<String>, hasDecimalComma: Bool) {
        files = Dictionary(uniqueKeysWithValues: tables.map { ($0, folder + "/" + $0 + ".csv") })
        self.hasDecimalComma = hasDecimalComma
    }

    /// A table; `nil` where there is none or it cannot be read: a damaged run is as good as none.
    func table(_ name: String) -> TextTable? {
        guard let path = files[name], case .regular(let bytes) = FileKind(of: path), bytes > 0 else { return nil }
        return try? readTextTable(path: path, file: name + ".csv", encoding: .automatic)
    }

    /// The cells of the metrics that rules compare, from the tables themselves; of a table that is not published, as far
    /// as the run's own checks name them.
    ///
    /// - Parameters:
    ///   - name: In messages.
    ///   - metrics: `TABLE.column`.
    ///   - schemas: Of the tables of today: what their keys are.
    /// - Returns: A baseline without the cells that are not there.
    func baseline(named name: String, of metrics: Set<String>, schemas: [TableSchema]) -> Baseline {
        var baseline = Baseline(name: name)
        for metric in metrics.sorted() {
            let parts = metric.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2, let schema = schemas.first(where: { $0.name == parts[0] }) else { continue }
            if let published = table(parts[0]) {
                let keys = schema.keyIndices.map { schema.columns[$0].id }
                add(published, column: parts[1], keys: keys, as: metric, to: &baseline)
            } else if let checks = table("checks") {
                for row in Self.rows(checks, ["metric", "selection", "measured"]) where row[0] == metric {
                    guard let value = number(row[2]) else { continue }
                    baseline.add(metric: metric, selection: row[1], value: value)
                }
            }
        }
        return baseline
    }

    private func add(
        _ table: TextTable,
        column: String,
        keys: [String],
        as metric: String,
        to baseline: inout Baseline
    ) {
        guard let index = table.column(column) else { return }
        let places = keys.compactMap { table.column($0) }
        // An earlier version of divide had another key: its rows are not those of today.
        guard places.count == keys.count else { return }
        for row in table.rows {
            let key = zip(keys, places).map { ($0, Self.bare(row.fields[$1])) }
            baseline.add(
                metric: metric,
                key: Dictionary(key) { first, _ in first },
                value: number(row.fields[index])
            )
        }
    }

    /// For how many runs in a row the checks had been in their bands.
    var verdicts: EarlierVerdicts {
        var earlier = EarlierVerdicts()
        guard let checks = table("checks") else { return earlier }
        for row in Self.rows(checks, ["check", "selection", "warn_if", "fail_if", "warn_runs", "fail_runs"]) {
            earlier.add(
                check: row[0],
                selection: row[1],
                warnIf: row[2],
                failIf: row[3],
                warnRuns: Int(row[4]) ?? 0,
                failRuns: Int(row[5]) ?? 0
            )
        }
        return earlier
    }

    /// The cells of these columns, row by row; nothing where one is absent: an older run had other columns.
    private static func rows(_ table: TextTable, _ columns: [String]) -> [[String]] {
        let indices = columns.compactMap { table.column($0) }
        guard indices.count == columns.count else { return [] }
        return table.rows.map { row in indices.map { bare(row.fields[$0]) } }
    }

    private func number(_ text: String) -> Double? {
        let spelt =
            hasDecimalComma
            ? text.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ".") : text
        return Double(spelt).flatMap { $0.isFinite ? $0 : nil }
    }

    /// A text without the `'` that keeps spreadsheets from running it.
    static func bare(_ text: String) -> String {
        guard text.first == "'", let second = text.dropFirst().unicodeScalars.first,
            "=+-@＝＋－＠".unicodeScalars.contains(second)
        else { return text }
        return String(text.dropFirst())
    }
}
