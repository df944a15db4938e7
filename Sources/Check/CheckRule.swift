import Indicators

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

    /// What the bands are held against.
    package enum Quantity: String, Hashable, Sendable, CaseIterable {
        /// Each selected cell.
        case value
        /// Each cell less its baseline, in the unit of the cell.
        case change
        /// The change as a multiple of the baseline's size; a rise is positive.
        case relativeChange = "relative-change"
        /// The same times 100.
        case changePercent = "change-percent"
        /// How many of the selected cells ``CheckRule/countIf`` holds.
        case count
        /// How many of a hundred of the selected cells, those without a value among them.
        case percent

        package var isOfChange: Bool { self == .change || self == .relativeChange || self == .changePercent }
        package var isOfCount: Bool { self == .count || self == .percent }
    }

    /// Which cells are counted.
    package enum Condition: Hashable, Sendable {
        /// Those with a value in the band.
        case inBand(Band)
        /// Those without a value.
        case missing
    }

    /// Unique among the checks of a pipeline.
    package var id: String
    /// `TABLE.column`: a column of numbers, or of words where the bands are of words.
    package var metric: String
    /// By key column; what is not named is not restricted. In a table without a column `year`, `year` stands for
    /// `year_reference` and `year_other`: a row is of a year if either is. In a table keyed by `place`, `country`,
    /// `region` (the places in it, itself among them), `province` and `level` select by the gazetteer, codes or names.
    package var select: [String: Selector]
    package var warnIf: Band?
    package var failIf: Band?
    package var quantity: Quantity
    /// Which cells are counted, where the quantity is of a count.
    package var countIf: Condition?
    /// What a change is measured from, by its name in ``CheckContext/baselines``.
    package var baseline: String
    /// In how many runs in a row a cell must be in a band, this one included, before the verdict counts.
    package var runs: Int
    /// Who is to look at it, empty where nobody is named.
    package var owner: String
    /// What to say, with `{value}`, `{check}`, `{metric}`, `{owner}`, `{warn_if}`, `{fail_if}` and the table's key columns
    /// in braces, of a change also `{measured}`, `{baseline}`, `{change}` and `{change_percent}`, of a count `{count}`,
    /// `{cells}` and `{percent}` but no key; `{{` for a brace. Empty for words of ours.
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
        quantity: Quantity = .value,
        countIf: Condition? = nil,
        baseline: String = "previous",
        runs: Int = 1,
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
        self.quantity = quantity
        self.countIf = countIf
        self.baseline = baseline
        self.runs = runs
        self.owner = owner
        self.message = message
        self.file = file
        self.line = line
        self.column = column
    }
}

extension CheckRule {
    /// The key columns, and for `year` those that it stands for, of which the latest is taken.
    func latestColumns(of schema: TableSchema) -> Set<String> {
        var columns: Set<String> = []
        for (name, selector) in select where selector == .latest {
            if schema.index(of: name) == nil, name == "year" {
                columns.formUnion(["year_reference", "year_other"])
            } else {
                columns.insert(name)
            }
        }
        return columns
    }

    /// The selectors as words: `group=total, year=latest`; `all` where there are none.
    var selectionText: String {
        let words = select.sorted { $0.key < $1.key }.map { name, selector in
            switch selector {
            case .value(let value): "\(name)=\(value)"
            case .anyOf(let values): "\(name)=[\(values.joined(separator: ", "))]"
            case .latest: "\(name)=latest"
            }
        }
        return words.isEmpty ? "all" : words.joined(separator: ", ")
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
