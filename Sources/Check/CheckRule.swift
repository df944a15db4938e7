/// A threshold on the cells of a table.
package struct CheckRule: Hashable, Sendable {
    /// Which rows a key column admits.
    package enum Selector: Hashable, Sendable {
        /// Those with this key; numbers in any spelling of the same number.
        case value(String)
        case anyOf([String])
        /// Those with the greatest number among the rows that agree in all other keys: the latest year of each.
        case latest
    }

    /// Unique among the checks of a pipeline.
    package var id: String
    /// `TABLE.column`, a column of numbers.
    package var metric: String
    /// By key column; what is not named is not restricted. In a table without a column `year`, `year` stands for
    /// `year_reference` and `year_other`: a row is of a year if either is.
    package var select: [String: Selector]
    package var warnIf: Band?
    package var failIf: Band?
    /// Who is to look at it, empty where nobody is named.
    package var owner: String
    /// What to say, with `{value}`, `{check}`, `{metric}` and the table's key columns in braces; `{{` for a brace. Empty for
    /// words of ours.
    package var message: String
    /// Where the check stands, for errors; empty and 0 where nowhere.
    package var file: String
    package var line: Int
    package var column: Int

    package init(
        id: String,
        metric: String,
        select: [String: Selector] = [:],
        warnIf: Band? = nil,
        failIf: Band? = nil,
        owner: String = "",
        message: String = "",
        file: String = "",
        line: Int = 0,
        column: Int = 0
    ) {
        self.id = id
        self.metric = metric
        self.select = select
        self.warnIf = warnIf
        self.failIf = failIf
        self.owner = owner
        self.message = message
        self.file = file
        self.line = line
        self.column = column
    }
}

/// A check that cannot be carried out; the run ends with exit 2.
package struct CheckError: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    package var line: Int
    package var column: Int
    /// Words such as `check parity: no such column`.
    package var problem: String
    package var expected: String
    package var found: String
    /// Empty where there is nothing to advise.
    package var hint: String

    init(_ rule: CheckRule, _ problem: String, expected: String, found: String, hint: String = "") {
        file = rule.file
        line = rule.line
        column = rule.column
        self.problem = "check \(rule.id): \(problem)"
        self.expected = expected
        self.found = found
        self.hint = hint
    }

    /// `FILE:LINE:COLUMN: problem; expected; found; hint`.
    package var description: String {
        let place = file.isEmpty ? "" : "\(file):\(line):\(column): "
        return "\(place)\(problem); expected \(expected); found \(found)" + (hint.isEmpty ? "" : "; \(hint)")
    }
}
