import Indicators

/// What must be true of a plan before a record is read.
extension TablePlan {
    func requireColumns(_ source: Source) throws(IngestError) {
        guard !values.isEmpty else {
            throw IngestError(
                code: "no-value-columns",
                file: source.file,
                line: header.line,
                problem: "the layout finds no column of values",
                expected: "a column headed by a year, a place or a heading that is declared",
                found: ColumnFinder.listing(header.columns.map(\.name)),
                hint: "look at the layout's form and headings, and at where the header stands"
            )
        }
        if indicator == nil, source.indicator == nil, values.contains(where: { $0.cells.indicator == nil }) {
            throw IngestError(
                code: "no-indicator",
                file: source.file,
                problem: "nothing says what the values measure",
                expected: "`indicator` for the source, or a column or heading that tells it"
            )
        }
        if year == nil, source.year == nil, values.contains(where: { $0.cells.period == nil }) {
            throw IngestError(
                code: "no-year",
                file: source.file,
                problem: "nothing says which year the values are of",
                expected: "`year` for the source, or a column or header that tells it"
            )
        }
    }

    /// A heading that no column bears is misspelt, and what it stands for would be missing without a word.
    func requireHeadings(_ layout: Layout, _ file: String) throws(IngestError) {
        let headings: [Heading]
        switch layout {
        case .yearsAcross(_, _, _, _, _, _, let declared), .placesAcross(_, _, _, _, let declared): headings = declared
        case .long, .indicatorsAcross: return
        }
        let parts = values.map { header.columns[$0.field].parts }
        for heading in headings where !parts.contains(where: { HeadingMatch($0, headings: [heading]).isFound }) {
            let names = header.columns.flatMap(\.parts)
            throw IngestError(
                code: "no-such-heading",
                file: file,
                line: header.line,
                problem: "no column of values bears the heading `\(excerpt(heading.text))`",
                expected: "a part of the header of such a column",
                found: ColumnFinder.listing(header.columns.map(\.name)),
                hint: nearestWord(to: heading.text, among: names).map { "did you mean `\(excerpt($0))`?" } ?? ""
            )
        }
    }

    /// Two columns for one year would give every place two values.
    func refuseDoubles(_ source: Source) throws(IngestError) {
        for (index, column) in values.enumerated() {
            func isDouble(_ other: ValueColumn) -> Bool {
                other.cells.period == column.cells.period && other.cells.indicator == column.cells.indicator
                    && other.cells.group == column.cells.group
            }
            guard values[(index + 1)...].contains(where: isDouble) else { continue }
            let doubles = values[index...].filter(isDouble)
            throw IngestError(
                code: "ambiguous-column",
                file: source.file,
                line: header.line,
                problem: "\(doubles.count) columns stand for \(excerpt(column.cells.period ?? ""))",
                expected: "one column for each year",
                found: doubles.map { "column \($0.field + 1), `\(excerpt($0.cells.label))`" }.joined(separator: "; "),
                hint: "say by `headings` which part of the header is meant"
            )
        }
    }
}
