internal import Indicators

/// What the two runs are.
func runsTable(_ old: ComparedRun, _ new: ComparedRun) -> Table {
    var table = Table(
        schema: TableSchema(
            name: "diff-runs",
            title: "One thing that is said of both runs.",
            columns: [
                Column(
                    "what",
                    .text,
                    definition: "A field of the manifest, or section and a part of the pipeline file.",
                    isKey: true
                ),
                Column("old", .text, definition: "What the old run has; of a section a hash of what it says."),
                Column("new", .text, definition: "What the new run has."),
                Column("differs", .text, definition: "yes where the two are not the same, else no."),
            ]
        )
    )
    func add(_ what: String, _ old: String?, _ new: String?) {
        table.append([.text(what), Cell(old), Cell(new), .text(old == new ? "no" : "yes")])
    }
    let (first, second) = (old.manifest, new.manifest)
    add("run", old.word, new.word)
    add("pipeline", first.pipeline, second.pipeline)
    add("run_hash", first.runHash, second.runHash)
    add("pipeline_hash", first.pipelineHash, second.pipelineHash)
    add("as_of", first.asOf, second.asOf)
    add("tool", first.tool, second.tool)
    add("build", first.build, second.build)
    if first.engine != second.engine { add("engine", first.engine, second.engine) }
    add("ended", first.ended, second.ended)
    add("verdict", first.verdict, second.verdict)
    let sections = (
        Dictionary(first.sections.map { ($0.name, $0.sha256) }) { first, _ in first },
        Dictionary(second.sections.map { ($0.name, $0.sha256) }) { first, _ in first }
    )
    for name in Set(sections.0.keys).union(sections.1.keys).sorted() where sections.0[name] != sections.1[name] {
        add("section " + name, sections.0[name], sections.1[name])
    }
    return table
}

/// The inputs that are not the same; none where all are.
func inputsTable(_ old: Manifest, _ new: Manifest) -> Table {
    let numbers: [(id: String, unit: String, definition: String, value: (Manifest.Input) -> Int)] = [
        ("bytes", "bytes", "Its length", \.bytes), ("read", "values", "How many values were read from it", \.read),
        ("used", "values", "How many of them are built upon", \.used),
        ("refused", "values", "How many of them were refused, with a finding", \.refused),
        ("set_aside", "values", "How many of them were set aside", \.setAside),
    ]
    var columns = [
        Column("path", .text, definition: "The file, from the pipeline's folder.", isKey: true),
        Column("change", .text, definition: "added, removed or altered."),
        Column("sha256_old", .text, definition: "Its SHA-256 in the old run; empty where it was no input."),
        Column("sha256_new", .text, definition: "Its SHA-256 in the new run; empty where it is no input."),
    ]
    for number in numbers {
        for run in ["old", "new"] {
            columns.append(
                Column(
                    "\(number.id)_\(run)",
                    .integer,
                    unit: number.unit,
                    definition: "\(number.definition), in the \(run) run."
                )
            )
        }
    }
    var table = Table(
        schema: TableSchema(name: "diff-inputs", title: "One input that changed between the runs.", columns: columns)
    )
    let olds = Dictionary(old.inputs.map { ($0.path, $0) }) { first, _ in first }
    let news = Dictionary(new.inputs.map { ($0.path, $0) }) { first, _ in first }
    for path in Set(olds.keys).union(news.keys).sorted() {
        let (old, new) = (olds[path], news[path])
        guard old?.sha256 != new?.sha256 else { continue }
        var cells: [Cell] = [.text(path), .text(old == nil ? "added" : new == nil ? "removed" : "altered")]
        cells += [Cell(old?.sha256), Cell(new?.sha256)]
        for number in numbers { cells += [Cell(old.map(number.value)), Cell(new.map(number.value))] }
        table.append(cells)
    }
    return table
}

/// How many cells of each indicator changed; a row for each indicator that either run has, none where that is not known.
func indicatorsTable(_ changes: ObservationChanges?) -> Table {
    var table = Table(
        schema: TableSchema(
            name: "diff-indicators",
            title: "One indicator, and how many of its observations changed.",
            columns: [
                Column("indicator", .text, definition: "The id in the catalogue.", isKey: true),
                Column(
                    "values_old",
                    .integer,
                    unit: "values",
                    definition: "How many cells have a value in the old run."
                ),
                Column(
                    "values_new",
                    .integer,
                    unit: "values",
                    definition: "How many cells have a value in the new run."
                ),
                Column(
                    "revised",
                    .integer,
                    unit: "values",
                    definition: "How many have a value in both runs, and another one."
                ),
                Column(
                    "remarked",
                    .integer,
                    unit: "cells",
                    definition:
                        "How many kept their value, or had none, with another status, error, treatment or grade."
                ),
                Column("added", .integer, unit: "values", definition: "How many have a value in the new run only."),
                Column("dropped", .integer, unit: "values", definition: "How many have a value in the old run only."),
                Column(
                    "revised_percent",
                    .number,
                    unit: "%",
                    definition: "revised in percent of the values that both runs have; empty where they share none."
                ),
                Column(
                    "changed_percent",
                    .number,
                    unit: "%",
                    definition: "revised, added and dropped in percent of the values that either run has."
                ),
            ]
        )
    )
    guard let changes else { return table }
    for (indicator, counts) in changes.counts.sorted(by: { $0.key < $1.key }) {
        let shared = counts.old - counts[.dropped]
        let either = counts.old + counts[.added]
        let changed = counts[.revised] + counts[.added] + counts[.dropped]
        table.append([
            .text(indicator), .integer(counts.old), .integer(counts.new), .integer(counts[.revised]),
            .integer(counts[.remarked]), .integer(counts[.added]), .integer(counts[.dropped]),
            shared > 0 ? .number(100 * Double(counts[.revised]) / Double(shared)) : .missing,
            either > 0 ? .number(100 * Double(changed) / Double(either)) : .missing,
        ])
    }
    return table
}

/// Each observation that changed.
func cellsTable(_ changes: [ObservationChanges.Change]) -> Table {
    var columns = [
        Column("indicator", .text, definition: "The id in the catalogue.", isKey: true),
        Column("place", .text, definition: "The code of the place in the gazetteer.", isKey: true),
        Column("year", .integer, unit: "year", definition: "The year of the Common Era.", isKey: true),
        Column("group", .text, definition: "Whom the value counts; total for everyone.", isKey: true),
        Column(
            "kind",
            .text,
            definition:
                "revised (another value), remarked (another status, error, treatment or grade), added or dropped."
        ),
        Column("old", .number, unit: "indicator", definition: "The value in the old run; empty where it has none."),
        Column("new", .number, unit: "indicator", definition: "The value in the new run; empty where it has none."),
        Column("change", .number, unit: "indicator", definition: "new less old; empty where either is."),
        Column(
            "change_percent",
            .number,
            unit: "%",
            definition: "change in percent of the size of old; empty where that is 0."
        ),
    ]
    for (id, words) in [("status", "status"), ("treatment", "treatment"), ("grade", "grade"), ("file", "file")] {
        for run in ["old", "new"] {
            columns.append(Column("\(id)_\(run)", .text, definition: "The \(words) of the value in the \(run) run."))
        }
    }
    var table = Table(
        schema: TableSchema(
            name: "diff-cells",
            title: "One observation that changed between the runs.",
            columns: columns
        )
    )
    for change in changes {
        let key = change.key
        let (old, new) = (change.old, change.new)
        table.append([
            .text(key.indicator), .text(key.place), .integer(key.year), .text(key.group), .text(change.kind.rawValue),
            Cell(old?.value), Cell(new?.value), Cell(change.difference), Cell(change.percent),
            Cell(old?.status.rawValue), Cell(new?.status.rawValue), Cell(old?.treatmentText), Cell(new?.treatmentText),
            Cell(old?.grade.rawValue), Cell(new?.grade.rawValue), Cell(old?.file),
            Cell(new?.file),
        ])
    }
    return table
}

extension ObservationChanges.Change {
    /// New less old; `nil` where either has no value, or the difference is beyond all doubles.
    var difference: Double? {
        guard let old = old?.value, let new = new?.value, (new - old).isFinite else { return nil }
        return new - old
    }

    /// In percent of the size of the old value; `nil` where that is 0.
    var percent: Double? {
        guard let difference, let old = old?.value, old != 0 else { return nil }
        let percent = 100 * (difference / abs(old))
        return percent.isFinite ? percent : nil
    }
}

/// Each number of a result that moved, appeared or vanished, and what moved it.
func metricsTable(_ moves: [Move]) -> Table {
    let source = "2^3 factorial taken from the old run, by inclusion and exclusion"
    func part(_ id: String, _ definition: String) -> Column {
        Column(id, .number, unit: "metric", definition: definition, source: source)
    }
    var table = Table(
        schema: TableSchema(
            name: "diff-metrics",
            title: "One number of a result that is another in the new run.",
            columns: moveKey + [
                Column("kind", .text, definition: "moved, appeared (only the new run has it) or vanished."),
                Column("unit", .text, definition: "The unit of the metric's column."),
                Column("old", .number, unit: "metric", definition: "The number in the old run."),
                Column("new", .number, unit: "metric", definition: "The number in the new run."),
                part(
                    "change",
                    "new less old, like all that follow to within 2^-47 of the greatest number, so that revised_data, "
                        + "new_data, method and interaction add up to it without a rounding error."
                ),
                part(
                    "revised_data",
                    "The number with only the revised and remarked cells as in the new run, less old."
                ),
                part("new_data", "The number with only the added and dropped cells as in the new run, less old."),
                part(
                    "method",
                    "The number with only pipeline file, catalogue and gazetteer as in the new run, less old."
                ),
                part("interaction", "change less revised_data, new_data and method: what none of them does by itself."),
                part(
                    "revised_and_new",
                    "Of the interaction, what revised and new data do together beyond each by itself."
                ),
                part("revised_and_method", "Of the interaction, what revised data and method do together."),
                part("new_and_method", "Of the interaction, what new data and method do together."),
                part("all_three", "Of the interaction, what only all three do together."),
                Column(
                    "cause",
                    .text,
                    definition:
                        "What moved it; of a number that appeared or vanished, the smallest change that does it alone."
                ),
            ]
        )
    )
    for move in moves where move.column.type != .text {
        let split = move.split
        table.append([
            .text(move.table), .text(move.row), .text(move.column.id), .text(move.kind.rawValue),
            .text(move.column.unit), Cell(move.old.numeric), Cell(move.new.numeric), Cell(split?.change),
            Cell(split?.revisedData), Cell(split?.newData), Cell(split?.method), Cell(split?.interaction),
            Cell(split?.revisedAndNew), Cell(split?.revisedAndMethod), Cell(split?.newAndMethod), Cell(split?.allThree),
            .text(move.cause),
        ])
    }
    return table
}

/// Each word of a result that is another: verdicts, statuses, grades.
func wordsTable(_ moves: [Move]) -> Table {
    var table = Table(
        schema: TableSchema(
            name: "diff-words",
            title: "One word of a result that is another in the new run: a verdict, a status, a grade.",
            columns: moveKey + [
                Column("kind", .text, definition: "moved, appeared (only the new run has it) or vanished."),
                Column("old", .text, definition: "The word in the old run."),
                Column("new", .text, definition: "The word in the new run."),
                Column("cause", .text, definition: "The smallest change that brings the new word about by itself."),
            ]
        )
    )
    for move in moves where move.column.type == .text {
        table.append([
            .text(move.table), .text(move.row), .text(move.column.id), .text(move.kind.rawValue), .text(move.old.text),
            .text(move.new.text), .text(move.cause),
        ])
    }
    return table
}

private let moveKey = [
    Column("table", .text, definition: "The table of the result.", isKey: true),
    Column("row", .text, definition: "The primary key of its row, as addresses of cells spell it.", isKey: true),
    Column("column", .text, definition: "The column of the table.", isKey: true),
]
