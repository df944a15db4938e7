package import Indicators

/// Tells where the cells of `checks.csv` come from: the cell that a check selected, and what the check declares.
package final class CheckLineage {
    private let rules: [CheckRule]
    private let tables: [Table]
    private let gazetteer: Gazetteer?
    /// Those of `tables` that are not published, so that a cell of theirs has no address.
    private let unpublished: Set<String>
    /// By check, the selected rows by their text in the column `selection`.
    private var selections: [String: [String: Int]] = [:]

    /// - Parameters:
    ///   - rules: As they were given to ``check(_:tables:context:)``.
    ///   - tables: Likewise.
    ///   - gazetteer: Likewise.
    ///   - unpublished: The names of those tables that are not published.
    package init(
        _ rules: [CheckRule],
        tables: [Table],
        gazetteer: Gazetteer? = nil,
        unpublished: Set<String> = []
    ) {
        self.rules = rules
        self.tables = tables
        self.gazetteer = gazetteer
        self.unpublished = unpublished
    }

    /// Where a cell comes from.
    ///
    /// - Parameters:
    ///   - row: The row of `table`.
    ///   - column: The id of a column of `table`.
    ///   - table: `checks`, as ``check(_:tables:)`` returned it.
    /// - Returns: `nil` where no check makes such a row.
    package func derivation(row: Int, column: String, of table: Table) -> Derivation? {
        let id = table[row, "check"].text
        guard let rule = rules.first(where: { $0.id == id }), let metric = try? Metric(of: rule, in: tables) else {
            return nil
        }
        if selections[id] == nil {
            let rows = (try? metric.rows(selectedBy: rule, gazetteer: gazetteer)) ?? []
            selections[id] = Dictionary(rows.map { (metric.table.keyText(row: $0), $0) }) { first, _ in first }
        }
        let declared = Derivation.Input("check", .declaration(file: rule.file, line: rule.line, text: "check \(id)"))
        let isOfWord = rule.isOfWords && !rule.quantity.isOfCount
        let judged = isOfWord ? "word" : "value"
        let value = Derivation.Input(judged, .cell(table.cellAddress(row: row, column: judged)))
        let bands = [("warn_if", rule.warnIf), ("fail_if", rule.failIf)].compactMap { name, band in
            band.map { Derivation.Parameter(name, $0.text) }
        }
        switch column {
        case "check", "metric": return Derivation("key", "part of the row's key: what the check is", inputs: [declared])
        case "selection":
            return Derivation(
                "key",
                "part of the row's key: the key of a row that the check selects",
                parameters: [.init("select", rule.selectionText)],
                inputs: [declared]
            )
        case "value", "measured", "word":
            let cells = measured(rule, metric, selection: table[row, "selection"].text)
            guard !cells.isEmpty else { return nil }
            if column != "value", rule.quantity.isOfCount || table[row, column] == .missing {
                return .empty("the check judges no such thing", inputs: [declared])
            }
            if column == "value", isOfWord {
                return .empty("the check judges a word, which stands in the column word", inputs: cells)
            }
            if column == "value", rule.quantity != .value { return quantity(rule, table, row: row, cells, declared) }
            return Derivation("same", "the cell that the check is about", inputs: cells)
        case "grade": return grade(rule, metric, selection: table[row, "selection"].text, declared)
        case "baseline", "baseline_value":
            return rule.quantity.isOfChange
                ? Derivation(
                    "baseline",
                    "what the check compares with: the run before, a named run, or a file that was agreed to",
                    parameters: [.init("baseline", rule.baseline)],
                    inputs: [declared]
                ) : .empty("the check compares with nothing", inputs: [declared])
        case "warn_runs", "fail_runs":
            guard rule.runs > 1 else { return .empty("the check asks for no runs in a row", inputs: [declared]) }
            return Derivation(
                "streak",
                "one more than in the run before where the cell is in the band again, else 1 in it and 0 outside",
                parameters: bands + [.init("for", "\(rule.runs) runs")],
                inputs: [value, declared]
            )
        case "verdict":
            return Derivation(
                "threshold",
                "fail in the fail band or without a value, else warn in the warn band, else pass; skipped without a baseline",
                parameters: bands + (rule.runs > 1 ? [.init("for", "\(rule.runs) runs")] : []),
                inputs: [value, declared]
            )
        case "message":
            return Derivation(
                "message",
                "the words of the check, filled in; words of ours where it has none",
                parameters: rule.message.isEmpty ? bands : [.init("message", rule.message)],
                inputs: [value, declared]
            )
        default:
            let isEmpty = table[row, column] == .missing
            return isEmpty
                ? .empty("the check declares none", inputs: [declared])
                : Derivation("declared", "what the check declares", inputs: [declared])
        }
    }

    /// The rows that a row of `checks.csv` is about.
    private func rows(_ rule: CheckRule, selection: String) -> [Int] {
        let selected = selections[rule.id] ?? [:]
        return rule.quantity.isOfCount ? selected.values.sorted() : [selected[selection]].compactMap { $0 }
    }

    private func grade(
        _ rule: CheckRule,
        _ metric: Metric,
        selection: String,
        _ declared: Derivation.Input
    ) -> Derivation {
        guard let column = metric.gradeColumn, !unpublished.contains(metric.table.schema.name) else {
            return .empty("the table of the metric has no grades", inputs: [declared])
        }
        let cells = rows(rule, selection: selection).map {
            Derivation.Input("grade", .cell(metric.table.cellAddress(row: $0, column: column)))
        }
        return Derivation("worst-grade", "the worst grade of the cells that are judged", inputs: cells)
    }

    /// The cells that a row of `checks.csv` is about.
    private func measured(_ rule: CheckRule, _ metric: Metric, selection: String) -> [Derivation.Input] {
        let rows = rows(rule, selection: selection)
        guard !rows.isEmpty else { return [] }
        guard !unpublished.contains(metric.table.schema.name) else {
            let text = "\(rule.metric), counted while the input was read"
            return [.init("value", .declaration(file: rule.file, line: rule.line, text: text))]
        }
        return rows.map { .init("value", .cell(metric.table.cellAddress(row: $0, column: metric.column))) }
    }

    /// A change or a count.
    private func quantity(
        _ rule: CheckRule,
        _ table: Table,
        row: Int,
        _ cells: [Derivation.Input],
        _ declared: Derivation.Input
    ) -> Derivation {
        if table[row, "value"] == .missing {
            return .empty("there is nothing to compare with, or nothing stands in the cell", inputs: cells + [declared])
        }
        let (rule, statement, parameters): (String, String, [Derivation.Parameter]) =
            switch rule.quantity {
            case .count: ("count", "how many of the selected cells meet the condition", condition(of: rule))
            case .percent: ("percent", "100 * cells that meet the condition / selected cells", condition(of: rule))
            case .change: ("change", "the cell less its baseline", baseline(of: table, row))
            case .relativeChange:
                ("relative-change", "(the cell less its baseline) / the baseline's size", baseline(of: table, row))
            default:
                ("change-percent", "100 * (the cell less its baseline) / the baseline's size", baseline(of: table, row))
            }
        return Derivation(rule, statement, parameters: parameters, inputs: cells + [declared])
    }

    private func condition(of rule: CheckRule) -> [Derivation.Parameter] {
        switch rule.countIf {
        case .inBand(let band): [.init("count_if", band.text)]
        case .missing: [.init("count_if", "missing")]
        case nil: []
        }
    }

    private func baseline(of table: Table, _ row: Int) -> [Derivation.Parameter] {
        [.init("baseline", table[row, "baseline"].text), .init("baseline_value", table[row, "baseline_value"].text)]
    }
}
