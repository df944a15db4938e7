internal import Check
internal import Harmonise
internal import Indicators
internal import Ingest
internal import Publish

extension CheckReport {
    /// What reports tell of the checks of a run whose outputs stand there, from what the store kept of it.
    ///
    /// - Parameters:
    ///   - manifest: Of the run.
    ///   - place: Where its outputs stand.
    ///   - description: The pipeline, unchanged since.
    /// - Returns: `nil` where the store does not have what is needed.
    init?(landed manifest: Manifest, in place: OutputPlace, _ description: PipelineDescription) {
        let outputs = EarlierOutputs(manifest, in: Store(folder: place.store))
        guard let findings = outputs.table("findings") else { return nil }
        var table: Table?
        if !description.checks.isEmpty {
            guard let checks = outputs.table("checks"), let read = Table(checks, schema: .checks) else { return nil }
            table = read
        }
        self.init(description, asOf: CalendarDate(manifest.asOf), table: table)
        self.findings = Self.findings(in: findings)
        inputs = description.sources.compactMap { source in
            manifest.inputs.first { $0.path == source.source.file }.map { input in
                Summary.Input(
                    file: input.path,
                    grade: source.options.grade,
                    tally: Tally(
                        read: input.read,
                        used: input.used,
                        refused: input.refused,
                        setAside: input.setAside
                    )
                )
            }
        }
    }

    /// The checks of a pipeline with their verdicts, the pipeline file named by its last part, without times.
    init(_ description: PipelineDescription, asOf: CalendarDate?, table: Table?) {
        self.init(
            pipeline: description.name,
            title: description.title,
            asOf: asOf,
            file: description.file.split(separator: "/").last.map(String.init) ?? description.file,
            checks: description.checks.map {
                CheckReport.Check(id: $0.id, metric: $0.metric, owner: $0.owner, line: $0.line, column: $0.column)
            },
            table: table
        )
    }

    private static func findings(in table: TextTable) -> [Finding] {
        table.rows.map { row in
            func text(_ column: String) -> String {
                table.column(column).map { EarlierOutputs.bare(row.fields[$0]) } ?? ""
            }
            return Finding(
                code: text("code"),
                severity: Finding.Severity(rawValue: text("severity")) ?? .note,
                file: text("file"),
                record: Int(text("record")) ?? 0,
                column: text("column"),
                found: text("found"),
                expected: text("expected"),
                hint: text("hint")
            )
        }
    }
}

extension Table {
    /// A table read back from the CSV that was made of it; `nil` where that has other columns or cells.
    ///
    /// An empty text comes back as missing, unless it is part of the key.
    init?(_ texts: TextTable, schema: TableSchema) {
        guard texts.header == schema.columns.map(\.id) else { return nil }
        self.init(schema: schema)
        for row in texts.rows {
            var cells: [Cell] = []
            for (column, field) in zip(schema.columns, row.fields) {
                switch column.type {
                case .text: cells.append(field.isEmpty && !column.isKey ? .missing : .text(EarlierOutputs.bare(field)))
                case .integer:
                    guard field.isEmpty || Int(field) != nil else { return nil }
                    cells.append(Cell(Int(field)))
                case .number:
                    guard field.isEmpty || Double(field)?.isFinite == true else { return nil }
                    cells.append(Cell(Double(field)))
                }
            }
            append(cells)
        }
    }
}
