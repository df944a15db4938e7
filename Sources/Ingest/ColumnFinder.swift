import Indicators

/// Finds columns by name, and says what there is where one is not found.
struct ColumnFinder {
    let header: Header
    let file: String

    func field(_ column: ColumnName?) throws(IngestError) -> Int? {
        guard let column else { return nil }
        return try field(column) as Int
    }

    func field(_ column: ColumnName) throws(IngestError) -> Int {
        switch header.resolve(column) {
        case .found(let field): return field
        case .ambiguous(let fields):
            throw IngestError(
                code: "ambiguous-column",
                file: file,
                line: header.line,
                problem: "several columns are called \(Self.words(for: column))",
                expected: "one",
                found: fields.map { "column \($0 + 1), `\(excerpt(header.label($0)))`" }.joined(separator: "; "),
                hint: "name the column by its whole header or by its number"
            )
        case .absent: throw absence(of: column)
        }
    }

    private func absence(of column: ColumnName) -> IngestError {
        var names = header.columns.map(\.name)
        let found = Self.listing(names)
        var hint = "look at the spelling, and at `skip` and `header` if the header stands lower"
        if case .named(let name) = column {
            names += header.columns.flatMap(\.parts)
            if let near = nearestWord(to: name, among: names) { hint = "did you mean `\(excerpt(near))`?" }
            if header.recordCount == 0 { hint = "the source says that it has no header: give the column's number" }
        }
        return IngestError(
            code: "no-such-column",
            file: file,
            line: header.line,
            problem: "there is no column \(Self.words(for: column))",
            expected: "one of the columns of the header",
            found: found,
            hint: hint
        )
    }

    static func words(for column: ColumnName) -> String {
        switch column {
        case .named(let name): "`\(excerpt(name))`"
        case .numbered(let number): "\(number)"
        }
    }

    /// The names for a message, at most a dozen.
    static func listing(_ names: [String]) -> String {
        let named = names.filter { !$0.isEmpty }
        guard !named.isEmpty else { return "\(names.count) columns without names" }
        let more = named.count > 12 ? " and \(named.count - 12) more" : ""
        return named.prefix(12).map { "`\(excerpt($0, limit: 40))`" }.joined(separator: ", ") + more
    }
}
