internal import Harmonise
internal import Indicators

extension CellFinder {
    /// Words for the columns that people ask for most.
    private static let words = [
        "gap": "gaps.absolute_gap", "value": "observations.value", "rate": "normalised.value",
        "score": "normalised.score",
    ]

    /// - Throws: ``RunFailure`` where nothing is so described, or several cells are, which are then named.
    func find(_ description: CellDescription, names: PlaceNames?) throws(RunFailure) -> CellPosition {
        let (index, column) = try metric(description.metric)
        let table = tables[index]
        var rows = Array(0..<table.rowCount)
        let place = try description.province.map { text throws(RunFailure) in try code(of: text, names) }
        for (option, column, value) in [
            ("indicator", "indicator", description.indicator), ("province", "place", place),
            ("group", "group", description.group), ("level", "level", description.level),
            ("weighting", "weighting", description.weighting),
        ] {
            guard let value else { continue }
            guard table.schema.index(of: column) != nil else {
                throw failure(
                    "--\(option)",
                    "a row of \(table.schema.name) has no \(column)",
                    expected: "no --\(option) with --metric \(description.metric)"
                )
            }
            let matching = Set(table.rows(matching: [CellAddress.Key(column, value)]))
            rows.removeAll { !matching.contains($0) }
        }
        rows = try restrict(rows, of: table, to: description.year)
        guard let row = rows.first else {
            throw failure(
                "--metric \(description.metric)",
                "no row of \(table.schema.name) is so described",
                expected: "the indicator, year, group and place of a row"
            )
        }
        guard rows.count == 1 else {
            let addresses = rows.prefix(10).map { table.address(row: $0, column: column) }
            throw failure(
                "--metric \(description.metric)",
                "\(rows.count) cells are so described",
                expected: "one",
                found: addresses.joined(separator: " ") + (rows.count > 10 ? " ..." : ""),
                hint: "say more, or ask by one of these addresses"
            )
        }
        return CellPosition(table: index, row: row, column: column)
    }

    private func metric(_ text: String) throws(RunFailure) -> (table: Int, column: Int) {
        let parts = (Self.words[text] ?? text).split(separator: ".", maxSplits: 1).map(String.init)
        let found = tables.indices.compactMap { index -> (table: Int, column: Int)? in
            guard parts.count == 1 || tables[index].schema.name == parts[0] else { return nil }
            return tables[index].schema.index(of: parts[parts.count - 1]).map { (index, $0) }
        }
        guard found.count == 1 else {
            let all = tables.flatMap { table in table.schema.columns.map { "\(table.schema.name).\($0.id)" } }
            throw failure(
                "--metric",
                found.isEmpty ? "no such column" : "several tables have such a column",
                expected: "TABLE.column, or \(Self.words.keys.sorted().joined(separator: ", "))",
                found: text,
                hint: found.isEmpty
                    ? hint(for: text, among: all)
                    : found.map { "\(tables[$0.table].schema.name).\(text)" }.joined(separator: " or ")
            )
        }
        return found[0]
    }

    /// The code of a place, by its code or by any of its names.
    private func code(of text: String, _ names: PlaceNames?) throws(RunFailure) -> String {
        guard let names, names.gazetteer[text] == nil else { return text }
        switch names.match(text) {
        case .place(let code, _): return code
        case .ambiguous(let codes):
            throw failure(
                "--province",
                "the name of several places",
                expected: codes.joined(separator: " or "),
                found: text
            )
        case .unknown(let candidates):
            throw failure(
                "--province",
                "no such place",
                expected: "a code or a name of the gazetteer",
                found: text,
                hint: candidates.map { "\($0.name) (\($0.code))" }.joined(separator: ", ")
            )
        default:
            throw failure("--province", "no place", expected: "a code or a name of the gazetteer", found: text)
        }
    }

    /// The rows of a year, or of each series the latest; a row of two years is of both.
    private func restrict(_ rows: [Int], of table: Table, to year: String?) throws(RunFailure) -> [Int] {
        guard let year else { return rows }
        let columns = ["year", "year_reference", "year_other"].compactMap(table.schema.index)
        guard !columns.isEmpty else {
            throw failure("--year", "a row of \(table.schema.name) has no year", expected: "no --year")
        }
        if year == "latest" {
            func latest(_ row: Int) -> Double { columns.compactMap { table[row, $0].numeric }.max() ?? 0 }
            let last = rows.map(latest).max()
            return rows.filter { latest($0) == last }
        }
        return rows.filter { row in columns.contains { table[row, $0].text == year } }
    }
}
