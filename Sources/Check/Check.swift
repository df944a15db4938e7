package import Indicators

/// What Check returns.
package struct Verdicts: Sendable {
    /// `checks.csv`: a row for each cell that a check selected, or for each count of cells.
    package var table: Table
    /// The worst of all; `pass` where there is no check.
    package var worst: Verdict
    /// How many rows passed, warned, failed and were skipped.
    package var counts: [Verdict: Int]
    /// `check-without-value` for each selected cell in which nothing stands.
    package var findings: [Finding]

    /// Whether the run's exit code is 1.
    package func areFailure(warningsAsFailures: Bool = false) -> Bool {
        worst == .fail || (warningsAsFailures && worst == .warn)
    }
}

/// Holds the cells of tables against thresholds.
///
/// Each cell that a check selects is judged by itself, but for counts of cells. The two bands are independent of each
/// other: a cell in the fail band fails, else one in the warn band warns, else it passes. A selected cell without a value
/// fails: a threshold that nobody can hold a value against is not kept. A change of a cell that the baseline does not
/// have is skipped. Where a rule asks for several runs in a row, the verdict is better until there were as many.
///
/// - Parameters:
///   - rules: With different ids.
///   - tables: Among them those that the metrics name.
///   - context: The places, and how things stood before.
/// - Returns: The verdicts, sorted by check and selection.
/// - Throws: ``CheckError`` where a check names what does not exist, has no band, or selects no row.
package func check(
    _ rules: [CheckRule],
    tables: [Table],
    context: CheckContext = CheckContext()
) throws(CheckError) -> Verdicts {
    var verdicts = Verdicts(table: Table(schema: .checks), worst: .skipped, counts: [:], findings: [])
    var ids: Set<String> = []
    for rule in rules {
        guard ids.insert(rule.id).inserted else {
            throw CheckError(rule, "two checks of one id", expected: "an id of its own", found: rule.id)
        }
        try rule.refuseContradictions()
        let metric = try Metric(of: rule, in: tables)
        let template = try MessageTemplate(of: rule, in: metric.table.schema)
        let latest = rule.latestColumns(of: metric.table.schema)
        let streaks = context.earlier.streaks(of: rule, latest: latest)
        for subject in try subjects(of: rule, metric, context, latest) {
            verdicts.judge(subject, by: rule, template, streaks[subject.streakKey(without: latest)])
        }
    }
    if verdicts.counts.isEmpty { verdicts.worst = .pass }
    verdicts.table = verdicts.table.sortedByKey()
    return verdicts
}

/// The cells of a metric that a rule selects, as a baseline to be kept: those in which something stands.
///
/// - Returns: By the table's order, each with its key as ``CellAddress/rowText`` spells it.
/// - Throws: ``CheckError`` as ``check(_:tables:context:)`` does.
package func baselineCells(
    of rule: CheckRule,
    tables: [Table],
    gazetteer: Gazetteer?
) throws(CheckError) -> [(selection: String, value: Double)] {
    let metric = try Metric(of: rule, in: tables)
    return try metric.rows(selectedBy: rule, gazetteer: gazetteer).compactMap { row in
        metric.table[row, metric.column].numeric.map { (metric.table.keyText(row: row), $0) }
    }
}

/// What a rule judges: its cells one by one, or their count.
private func subjects(
    of rule: CheckRule,
    _ metric: Metric,
    _ context: CheckContext,
    _ latest: Set<String>
) throws(CheckError) -> [Subject] {
    let rows = try metric.rows(selectedBy: rule, gazetteer: context.gazetteer)
    if rule.quantity.isOfCount { return [Subject(countOf: rows, metric, rule)] }
    guard rule.quantity.isOfChange else { return rows.map { Subject(cellAt: $0, metric) } }
    let baseline = context.baselines[rule.baseline]
    let lookup = baseline?.lookup(metric: rule.metric, latest: latest)
    return rows.map { row in
        Subject(changeAt: row, metric, rule.quantity, baseline: baseline?.name, lookup?.value(of: metric.key(of: row)))
    }
}

extension Verdicts {
    fileprivate mutating func judge(
        _ subject: Subject,
        by rule: CheckRule,
        _ template: MessageTemplate,
        _ earlier: EarlierVerdicts.Streak?
    ) {
        let raw = rule.verdict(on: subject)
        let failRuns = raw == .fail ? (earlier?.failRuns ?? 0) + 1 : 0
        let warnRuns = raw >= .warn ? (earlier?.warnRuns ?? 0) + 1 : 0
        let verdict: Verdict =
            if failRuns >= rule.runs { .fail } else if warnRuns >= rule.runs { .warn } else { min(raw, .pass) }
        worst = max(worst, verdict)
        counts[verdict, default: 0] += 1
        if subject.judged == .missing {
            findings.append(
                Finding(
                    code: "check-without-value",
                    severity: .warning,
                    file: rule.file,
                    line: rule.line,
                    found: "check \(rule.id): nothing stands in \(subject.address)",
                    expected: "a number to judge",
                    hint: "the check fails; select other rows if the cell is rightly empty"
                )
            )
        }
        var message = template.text(of: subject, by: rule, raw)
        // Wherever a verdict is read, it must not pass for one on real figures.
        if subject.grade == .illustrative { message += " (illustrative figures)" }
        if verdict < raw {
            message += " (in \(raw == .fail ? failRuns : warnRuns) of \(rule.runs) runs before it counts)"
        }
        table.append([
            .text(rule.id), .text(rule.metric), .text(subject.selection), Cell(subject.number),
            Cell(rule.warnIf?.text), Cell(rule.failIf?.text), .text(verdict.rawValue), .text(message),
            rule.owner.isEmpty ? .missing : .text(rule.owner), .text(rule.quantity.rawValue), Cell(subject.measured),
            Cell(subject.word), Cell(subject.baselineName), Cell(subject.baseline),
            rule.runs > 1 ? .integer(warnRuns) : .missing, rule.runs > 1 ? .integer(failRuns) : .missing,
            Cell(subject.grade?.rawValue),
        ])
    }
}

extension CheckRule {
    /// The verdict of this run alone.
    fileprivate func verdict(on subject: Subject) -> Verdict {
        func isIn(_ band: Band?) -> Bool {
            guard let band else { return false }
            return switch subject.judged {
            case .number(let number): band.contains(number)
            case .word(let word): band.contains(word)
            case .missing, .incomparable, .noBaseline: false
            }
        }
        switch subject.judged {
        case .noBaseline: return .skipped
        case .missing, .incomparable: return .fail
        case .number, .word: return isIn(failIf) ? .fail : isIn(warnIf) ? .warn : .pass
        }
    }

    /// Whether the bands are of words.
    var isOfWords: Bool {
        if case .inBand(let band) = countIf { return band.isOfWords }
        return warnIf?.isOfWords == true || failIf?.isOfWords == true
    }

    /// - Throws: ``CheckError`` where the parts of the rule do not fit each other.
    fileprivate func refuseContradictions() throws(CheckError) {
        let bands = [warnIf, failIf].compactMap { $0 }
        guard !bands.isEmpty else {
            throw CheckError(
                self,
                "has no band",
                expected: "warn_if, fail_if or both",
                found: "neither",
                hint: "for instance fail_if: \"< 0.6\""
            )
        }
        guard Set(bands.map(\.isOfWords)).count == 1, quantity == .value || !bands[0].isOfWords else {
            throw CheckError(
                self,
                "a band of words where numbers are judged",
                expected: "bands of numbers, or judge: value",
                found: bands.map(\.text).joined(separator: " and ")
            )
        }
        guard quantity.isOfCount == (countIf != nil) else {
            throw CheckError(
                self,
                quantity.isOfCount ? "counts nothing" : "has count_if and counts nothing",
                expected: "count_if with judge: count or percent, and only there",
                found: "judge: \(quantity.rawValue)"
            )
        }
        guard runs >= 1 else { throw CheckError(self, "asks for no run", expected: "for: 1 or more", found: "\(runs)") }
    }
}

extension TableSchema {
    /// `checks.csv`.
    package static let checks = TableSchema(
        name: "checks",
        title: "One row for each cell that a check selected, or each count of cells, with the verdict on it.",
        columns: [
            Column("check", .text, definition: "The id of the check in the pipeline file.", isKey: true),
            Column("metric", .text, definition: "Table and column of the cell: TABLE.column.", isKey: true),
            Column(
                "selection",
                .text,
                definition:
                    "The primary key of the cell's row, column=value joined by commas; of a count the selectors.",
                isKey: true
            ),
            Column(
                "value",
                .number,
                unit: "metric",
                definition: "The number that the bands are held against, as judged says; empty where there is none."
            ),
            Column("warn_if", .text, definition: "The band in which the check warns, empty where it has none."),
            Column("fail_if", .text, definition: "The band in which the check fails, empty where it has none."),
            Column(
                "verdict",
                .text,
                definition:
                    "fail in the fail band or without a value, else warn in the warn band, else pass; skipped without a baseline.",
                words: Verdict.words
            ),
            Column("message", .text, definition: "What the check says of the cell."),
            Column("owner", .text, definition: "Who is to look at it, as the pipeline file has it."),
            Column(
                "judged",
                .text,
                definition: "value, change, relative-change or change-percent of a cell, or count or percent of cells."
            ),
            Column("measured", .number, unit: "metric", definition: "What stands in the cell; empty for a count."),
            Column("word", .text, definition: "What stands in the cell of a column of words."),
            Column(
                "baseline",
                .text,
                definition: "What a change is measured from; empty where none is judged or known."
            ),
            Column("baseline_value", .number, unit: "metric", definition: "What stands there in the cell."),
            Column(
                "warn_runs",
                .integer,
                unit: "runs",
                definition:
                    "In how many runs in a row, this one included, it was in the warn or fail band; empty unless the check asks."
            ),
            Column(
                "fail_runs",
                .integer,
                unit: "runs",
                definition:
                    "In how many runs in a row, this one included, it was in the fail band or without a value; empty unless the check asks."
            ),
            Column(
                "grade",
                .text,
                definition: "The worst grade of the cells that are judged; empty where their table has none.",
                words: Grade.words
            ),
        ]
    )
}
