package import Indicators

/// Tells where the cells of `checks.csv` come from: the cell that a check selected, and what the check declares.
package final class CheckLineage {
    private let rules: [CheckRule]
    private let tables: [Table]
    /// By check, the selected rows by their text in the column `selection`.
    private var selections: [String: [String: Int]] = [:]

    /// - Parameters: As they were given to ``check(_:tables:)``.
    package init(_ rules: [CheckRule], tables: [Table]) {
        self.rules = rules
        self.tables = tables
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
            let rows = (try? metric.rows(selectedBy: rule)) ?? []
            selections[id] = Dictionary(rows.map { (metric.selection(of: $0), $0) }) { first, _ in first }
        }
        guard let selected = selections[id]?[table[row, "selection"].text] else { return nil }
        let declared = Derivation.Input("check", .declaration(file: rule.file, line: rule.line, text: "check \(id)"))
        let value = Derivation.Input("value", .cell(table.cellAddress(row: row, column: "value")))
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
        case "value":
            let cell = metric.table.cellAddress(row: selected, column: metric.column)
            return .same("the cell that the check is about", "value", .cell(cell))
        case "verdict":
            return Derivation(
                "threshold",
                "fail in the fail band or without a value, else warn in the warn band, else pass",
                parameters: bands,
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
}
