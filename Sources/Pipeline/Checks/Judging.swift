internal import Check
internal import Indicators
internal import Ingest
internal import Publish

/// Hands Check what it knows of the past: the run before, named runs, folders of outputs, baseline files.
///
/// The run before is the last of the history that was made of something else, so that a run that is run again comes to
/// the same verdicts.
struct Judging {
    let description: PipelineDescription
    let inputs: Inputs
    let asOf: CalendarDate
    /// Those of the results so far.
    let tables: [Table]

    /// The tables that checks may name.
    private var judged: [Table] { tables + inputs.judgedTables(asOf: asOf) }

    /// - Throws: ``RunFailure`` where a check cannot be carried out, or names a run, folder or file that is not there.
    func verdicts() throws(RunFailure) -> Verdicts {
        let context = CheckContext(
            gazetteer: inputs.gazetteer,
            baselines: try baselines(),
            earlier: description.checks.contains { $0.runs > 1 }
                ? previous?.verdicts ?? EarlierVerdicts() : EarlierVerdicts()
        )
        do {
            return try check(description.checks, tables: judged, context: context)
        } catch {
            throw RunFailure(Problem(error))
        }
    }

    /// The baseline files that the checks name, as they are to be: by path as written, sorted by metric and key.
    ///
    /// - Throws: ``RunFailure`` where a check cannot be carried out.
    func baselineFiles() throws(RunFailure) -> [(path: String, table: Table)] {
        var files: [String: [[String]: Double]] = [:]
        for rule in description.checks where rule.quantity.isOfChange {
            guard let path = BaselineSource(rule.baseline).file else { continue }
            do {
                for cell in try baselineCells(of: rule, tables: judged, gazetteer: inputs.gazetteer) {
                    files[path, default: [:]][[rule.metric, cell.selection]] = cell.value
                }
            } catch {
                throw RunFailure(Problem(error))
            }
        }
        return files.sorted { $0.key < $1.key }.map { path, cells in
            var table = Table(schema: Self.baselineSchema)
            for (key, value) in cells.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                table.append([.text(key[0]), .text(key[1]), .number(value)])
            }
            return (path, table)
        }
    }

    private static let baselineSchema = TableSchema(
        name: "baseline",
        title: "One cell that checks compare with.",
        columns: [
            Column("metric", .text, definition: "Table and column of the cell: TABLE.column.", isKey: true),
            Column("selection", .text, definition: "The primary key of the cell's row.", isKey: true),
            Column("value", .number, unit: "metric", definition: "What stood in the cell."),
        ]
    )

    private func baselines() throws(RunFailure) -> [String: Baseline] {
        var baselines: [String: Baseline] = [:]
        for rule in description.checks where rule.quantity.isOfChange && baselines[rule.baseline] == nil {
            let rules = description.checks.filter { $0.quantity.isOfChange && $0.baseline == rule.baseline }
            baselines[rule.baseline] = try baseline(
                BaselineSource(rule.baseline),
                metrics: Set(rules.map(\.metric)),
                rule
            )
        }
        return baselines
    }

    private func baseline(
        _ source: BaselineSource,
        metrics: Set<String>,
        _ rule: CheckRule
    ) throws(RunFailure) -> Baseline? {
        let schemas = judged.map(\.schema)
        switch source {
        case .previous: return previous?.baseline(named: "the previous run", of: metrics, schemas: schemas)
        case .run(let id):
            guard let manifest = history.manifest(ofRun: id, of: description.name) else {
                throw missing(rule, "no such run in the history", hint: "divide history lists the runs")
            }
            return EarlierOutputs(manifest, in: store).baseline(named: "run \(id)", of: metrics, schemas: schemas)
        case .folder(let written):
            let folder = description.paths.absolute(written)
            guard case .directory = FileKind(of: folder) else { throw missing(rule, "there is no such folder") }
            let tables = Set(metrics.compactMap { $0.split(separator: ".").first.map(String.init) } + ["checks"])
            let outputs = EarlierOutputs(
                folder: folder,
                tables: tables,
                hasDecimalComma: description.publication.dialect.decimalComma
            )
            return outputs.baseline(named: written, of: metrics, schemas: schemas)
        case .file(let written): return try fileBaseline(written, rule)
        }
    }

    private func fileBaseline(_ written: String, _ rule: CheckRule) throws(RunFailure) -> Baseline {
        let path = description.paths.absolute(written)
        if case .missing = FileKind(of: path) {
            throw missing(rule, "there is no such file", hint: "write it with --update-baseline")
        }
        let name = description.paths.name(of: written)
        let table: TextTable
        do {
            table = try readTextTable(path: path, file: name)
        } catch {
            throw RunFailure(Problem(error))
        }
        let columns = Self.baselineSchema.columns.map(\.id)
        guard let metric = table.column(columns[0]), let selection = table.column(columns[1]),
            let value = table.column(columns[2])
        else {
            throw RunFailure(
                Problem(
                    file: name,
                    place: TextPlace(line: 1, column: 1),
                    problem: "no baseline",
                    expected: "the columns " + columns.joined(separator: ", "),
                    found: table.header.map { Printable.quoted($0) }.joined(separator: ", "),
                    hint: "write it with --update-baseline"
                )
            )
        }
        var baseline = Baseline(name: name)
        for row in table.rows {
            let text = row.fields[value]
            guard text.isEmpty || Double(text)?.isFinite == true else {
                throw RunFailure(
                    Problem(
                        file: name,
                        place: TextPlace(line: row.line, column: 1),
                        problem: "no number in the column value",
                        expected: "a number with a decimal dot",
                        found: Printable.quoted(text)
                    )
                )
            }
            baseline.add(
                metric: row.fields[metric],
                selection: EarlierOutputs.bare(row.fields[selection]),
                value: Double(text)
            )
        }
        return baseline
    }

    private func missing(_ rule: CheckRule, _ problem: String, hint: String = "") -> RunFailure {
        RunFailure(
            Problem(
                file: rule.file,
                place: TextPlace(line: max(1, rule.line), column: max(1, rule.column)),
                problem: "check \(rule.id): \(problem)",
                expected: "previous, a run of the history, a CSV file or a folder of outputs",
                found: Printable.quoted(rule.baseline),
                hint: hint
            )
        )
    }

    // MARK: - The run before

    private var place: OutputPlace { OutputPlace(folder: description.publication.folder) }
    private var store: Store { Store(folder: place.store) }
    private var history: HistoryFile { HistoryFile(path: place.history) }

    /// `nil` where no other run has landed.
    private var previous: EarlierOutputs? {
        let runHash = RunIdentity(description.outline, asOf: asOf).runHash
        if let manifest = history.manifest(before: runHash, of: description.name) {
            return EarlierOutputs(manifest, in: store)
        }
        // Without a history there is still the run whose outputs stand there.
        guard let landed = Manifest(at: place), landed.pipeline == description.name, landed.runHash != runHash else {
            return nil
        }
        return EarlierOutputs(landed, in: store)
    }
}

/// Writes the baseline files that a pipeline's checks name: what the cells that they compare hold now.
///
/// - Parameter order: Which pipeline, on which day, inside which folder; a run of it takes over what was read for this.
/// - Returns: The paths of the files, from the working directory.
/// - Throws: ``RunFailure`` where the run cannot go on, no check names such a file, or one cannot be written.
package func updateBaselines(_ order: inout RunOrder) throws(RunFailure) -> [String] {
    var file = try PipelineFile.open(order.pipeline, confinement: order.confinement)
    file.engine = order.recordEngine
    if file.engine == nil { file.takeLandedEngine() }
    var description = try file.description()
    let rules = description.checks
    let asOf = order.asOf ?? description.asOf ?? Timestamp.now.date
    // What is judged must not need the files that are about to be written.
    description.checks = []
    var watch = Stopwatch()
    let landed = order.engine == nil ? EarlierWork(landedBy: description, asOf: asOf) : nil
    let work = landed ?? EarlierWork(runBy: description, asOf: asOf, isForced: order.isForced)
    let results = try Results(description, asOf: asOf, watch: &watch, work: work)
    order.done = work
    description.checks = rules
    let judging = Judging(description: description, inputs: results.inputs, asOf: asOf, tables: results.tables)
    let files = try judging.baselineFiles()
    guard !files.isEmpty else {
        throw RunFailure(
            Problem(
                file: description.file,
                problem: "no check names a baseline file",
                expected: "a check with judge: change and baseline: FILE.csv"
            )
        )
    }
    let targets = files.map { file in
        let absolute = description.paths.absolute(file.path)
        return WholeFile(path: Paths.resolved(absolute) ?? absolute)
    }
    let obstacles = targets.compactMap { $0.obstacle(confinement: description.paths) }
    guard obstacles.isEmpty else { throw RunFailure(obstacles) }
    for (target, file) in zip(targets, files) { try target.write(csv(file.table)) }
    return targets.map { Paths.relative($0.path, to: Paths.workingDirectory) }
}
