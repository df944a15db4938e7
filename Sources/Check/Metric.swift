import Indicators

/// The column of a table that a check is about.
struct Metric {
    let table: Table
    let column: Int

    /// Finds the column that a rule names.
    ///
    /// - Throws: ``CheckError`` where there is no such table or column, or no numbers stand in it and the rule is not about
    ///   words.
    init(of rule: CheckRule, in tables: [Table]) throws(CheckError) {
        let parts = rule.metric.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw CheckError(rule, "not a metric", expected: "TABLE.column", found: rule.metric)
        }
        guard let table = tables.first(where: { $0.schema.name == parts[0] }) else {
            throw CheckError(
                rule,
                "no such table",
                expected: "one of \(tables.map(\.schema.name).sorted().joined(separator: ", "))",
                found: parts[0],
                hint: hint(for: parts[0], among: tables.map(\.schema.name))
            )
        }
        let isOfWords = rule.isOfWords
        let numeric = table.schema.columns.filter { ($0.type == .text) == isOfWords && !$0.isKey }.map(\.id)
        guard let column = table.schema.index(of: parts[1]), numeric.contains(parts[1]) else {
            throw CheckError(
                rule,
                table.schema.index(of: parts[1]) == nil
                    ? "no such column in \(parts[0])" : isOfWords ? "not a column of words" : "not a column of figures",
                expected: "one of \(numeric.joined(separator: ", "))",
                found: parts[1],
                hint: hint(for: parts[1], among: numeric)
            )
        }
        self.table = table
        self.column = column
    }

    /// Where the grades of the rows stand; `nil` where the table has none.
    var gradeColumn: Int? { table.schema.index(of: "grade") }

    /// The worst grade of some rows; `nil` where none has one.
    func grade(of rows: [Int]) -> Grade? {
        gradeColumn.flatMap { column in Grade.worst(of: rows.compactMap { Grade(rawValue: table[$0, column].text) }) }
    }

    /// The key of a row, by column.
    func key(of row: Int) -> [String: String] {
        let keys = table.cellAddress(row: row, column: column).keys
        return Dictionary(uniqueKeysWithValues: keys.map { ($0.column, $0.value) })
    }

    /// The rows that the selectors of `rule` admit, in the order of the table.
    ///
    /// - Throws: ``CheckError`` where a selector names no key column or no row is left.
    func rows(selectedBy rule: CheckRule, gazetteer: Gazetteer?) throws(CheckError) -> [Int] {
        var rows = Array(0..<table.rowCount)
        var latest: [KeySelection] = []
        for (name, selector) in rule.select.sorted(by: { $0.key < $1.key }) {
            if let places = try PlaceSelection(name, selector, of: rule, in: table, gazetteer) {
                rows = rows.filter { places.admits(row: $0, of: table) }
                continue
            }
            let key = try KeySelection(name, of: rule, in: table)
            switch selector {
            case .value(let value):
                let values = [value]
                rows = rows.filter { key.admits(values, row: $0, of: table) }
            case .anyOf(let values): rows = rows.filter { key.admits(values, row: $0, of: table) }
            case .latest:
                guard key.isNumeric else {
                    throw CheckError(
                        rule,
                        "latest of words",
                        expected: "a column of years or other numbers",
                        found: name
                    )
                }
                latest.append(key)
            }
        }
        rows = Self.latest(of: rows, by: latest, in: table)
        guard !rows.isEmpty else {
            throw CheckError(
                rule,
                "select finds no row of \(table.schema.name)",
                expected: "at least one row",
                found: table.rowCount == 0 ? "an empty table" : rule.select.isEmpty ? "none" : rule.selectionText,
                hint: unmet(rule)
            )
        }
        return rows
    }

    /// Of the rows that agree in all keys but those of `selections`, the ones in which these are greatest.
    private static func latest(of rows: [Int], by selections: [KeySelection], in table: Table) -> [Int] {
        guard !selections.isEmpty else { return rows }
        let free = Set(selections.flatMap(\.columns))
        let others = table.schema.keyIndices.filter { !free.contains($0) }
        var numbers: [[Cell]: Int] = [:]
        // By the number of the other keys.
        var greatest: [[Double]] = []
        let ranked = rows.map { row in
            let years = selections.map { $0.greatest(row: row, of: table) }
            let key = others.map { table[row, $0] }
            guard let known = numbers[key] else {
                numbers[key] = greatest.count
                greatest.append(years)
                return (row: row, number: greatest.count - 1, years: years)
            }
            if greatest[known].lexicographicallyPrecedes(years) { greatest[known] = years }
            return (row: row, number: known, years: years)
        }
        return ranked.filter { greatest[$0.number] == $0.years }.map(\.row)
    }

    /// Which selector by itself admits no row, with the nearest key that the table has.
    private func unmet(_ rule: CheckRule) -> String {
        for (name, selector) in rule.select.sorted(by: { $0.key < $1.key }) {
            let wanted: [String] =
                switch selector {
                case .value(let value): [value]
                case .anyOf(let values): values
                case .latest: []
                }
            guard let wish = wanted.first, let key = try? KeySelection(name, of: rule, in: table) else { continue }
            guard !(0..<table.rowCount).contains(where: { key.admits(wanted, row: $0, of: table) }) else { continue }
            let present = Set(
                (0..<table.rowCount).flatMap { row in key.columns.map { table[row, $0].text } }
            )
            let near = hint(for: wish, among: present.sorted())
            return "no row has \(name) \(wanted.joined(separator: ", "))" + (near.isEmpty ? "" : "; \(near)")
        }
        return ""
    }
}

extension Table {
    /// The primary key of a row, as addresses have it: `indicator=internet_users,group=total`.
    func keyText(row: Int) -> String {
        cellAddress(row: row, column: 0).rowText
    }
}

/// The key column, or for `year` the two columns, that a selector restricts.
private struct KeySelection {
    let columns: [Int]
    let isNumeric: Bool

    /// What `year` stands for in a table without a column of that name.
    private static let years = ["year_reference", "year_other"]

    init(_ name: String, of rule: CheckRule, in table: Table) throws(CheckError) {
        let schema = table.schema
        let keys = schema.keyIndices
        if let column = schema.index(of: name), keys.contains(column) {
            columns = [column]
        } else if name == "year", schema.index(of: name) == nil {
            columns = keys.filter { Self.years.contains(schema.columns[$0].id) }
        } else {
            columns = []
        }
        guard !columns.isEmpty else {
            let years = keys.filter { Self.years.contains(schema.columns[$0].id) }
            let names =
                keys.map { schema.columns[$0].id } + (years.isEmpty || schema.index(of: "year") != nil ? [] : ["year"])
                + PlaceSelection.words(for: schema)
            throw CheckError(
                rule,
                schema.index(of: name) == nil ? "unknown column in select" : "select takes key columns only",
                expected: "one of \(names.joined(separator: ", "))",
                found: name,
                hint: hint(for: name, among: names)
            )
        }
        isNumeric = columns.allSatisfy { schema.columns[$0].type != .text }
    }

    func admits(_ values: [String], row: Int, of table: Table) -> Bool {
        columns.contains { column in
            let cell = table[row, column]
            if let number = cell.numeric { return values.contains { Double($0) == number } }
            return values.contains(cell.text)
        }
    }

    func greatest(row: Int, of table: Table) -> Double {
        columns.compactMap { table[row, $0].numeric }.max() ?? -.infinity
    }
}
