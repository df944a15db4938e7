package import Indicators

/// What Check returns.
package struct Verdicts: Sendable {
    /// `checks.csv`: a row for each cell that a check selected.
    package var table: Table
    /// The worst of all; `pass` where there is no check.
    package var worst: Verdict
    /// How many cells passed, warned and failed.
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
/// Each cell that a check selects is judged by itself. The two bands are independent of each other: a cell in the fail band
/// fails, else one in the warn band warns, else it passes. A selected cell without a value fails: a threshold that nobody
/// can hold a value against is not kept.
///
/// - Parameters:
///   - rules: With different ids.
///   - tables: Among them those that the metrics name.
/// - Returns: The verdicts, sorted by check and selection.
/// - Throws: ``CheckError`` where a check names what does not exist, has no band, or selects no row.
package func check(_ rules: [CheckRule], tables: [Table]) throws(CheckError) -> Verdicts {
    var verdicts = Verdicts(table: Table(schema: .checks), worst: .pass, counts: [:], findings: [])
    var ids: Set<String> = []
    for rule in rules {
        guard ids.insert(rule.id).inserted else {
            throw CheckError(rule, "two checks of one id", expected: "an id of its own", found: rule.id)
        }
        guard rule.warnIf != nil || rule.failIf != nil else {
            throw CheckError(
                rule,
                "has no band",
                expected: "warn_if, fail_if or both",
                found: "neither",
                hint: "for instance fail_if: \"< 0.6\""
            )
        }
        let metric = try Metric(of: rule, in: tables)
        let template = try MessageTemplate(of: rule, in: metric.table.schema)
        for row in try metric.rows(selectedBy: rule) {
            verdicts.judge(row, of: metric, by: rule, template)
        }
    }
    verdicts.table = verdicts.table.sortedByKey()
    return verdicts
}

extension Verdicts {
    fileprivate mutating func judge(_ row: Int, of metric: Metric, by rule: CheckRule, _ template: MessageTemplate) {
        let value = metric.table[row, metric.column].numeric
        let verdict = rule.verdict(on: value)
        let selection = metric.selection(of: row)
        worst = max(worst, verdict)
        counts[verdict, default: 0] += 1
        if value == nil {
            findings.append(
                Finding(
                    code: "check-without-value",
                    severity: .warning,
                    file: rule.file,
                    line: rule.line,
                    found:
                        "check \(rule.id): nothing stands in \(metric.table.address(row: row, column: metric.column))",
                    expected: "a number to judge",
                    hint: "the check fails; select other rows if the cell is rightly empty"
                )
            )
        }
        table.append([
            .text(rule.id), .text(rule.metric), .text(selection), Cell(value),
            Cell(rule.warnIf?.text), Cell(rule.failIf?.text), .text(verdict.rawValue),
            .text(template.text(row: row, metric: metric, value: value, rule: rule)),
            rule.owner.isEmpty ? .missing : .text(rule.owner),
        ])
    }
}

extension CheckRule {
    /// The verdict on a value; a missing one fails.
    fileprivate func verdict(on value: Double?) -> Verdict {
        guard let value else { return .fail }
        if failIf?.contains(value) == true { return .fail }
        return warnIf?.contains(value) == true ? .warn : .pass
    }
}

extension TableSchema {
    /// `checks.csv`.
    package static let checks = TableSchema(
        name: "checks",
        title: "One row for each cell that a check selected, with the verdict on it.",
        columns: [
            Column("check", .text, definition: "The id of the check in the pipeline file.", isKey: true),
            Column("metric", .text, definition: "Table and column of the cell: TABLE.column.", isKey: true),
            Column(
                "selection",
                .text,
                definition: "The primary key of the cell's row: column=value, joined by commas.",
                isKey: true
            ),
            Column("value", .number, unit: "metric", definition: "The cell; empty where nothing stands in it."),
            Column("warn_if", .text, definition: "The band in which the check warns, empty where it has none."),
            Column("fail_if", .text, definition: "The band in which the check fails, empty where it has none."),
            Column(
                "verdict",
                .text,
                definition: "fail in the fail band or without a value, else warn in the warn band, else pass."
            ),
            Column("message", .text, definition: "What the check says of the cell."),
            Column("owner", .text, definition: "Who is to look at it, as the pipeline file has it."),
        ]
    )
}
