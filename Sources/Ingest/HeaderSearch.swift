/// Looks for the header of a table: the first record in which every column that the layout names is found, or the
/// first two or three taken together.
struct HeaderSearch {
    let source: Source
    /// The records at the beginning of the file.
    let records: [SampleRecord]

    private static let greatestHeight = 3

    func plan() throws(IngestError) -> TablePlan {
        if source.header == 0 { return try planWithoutHeader() }
        let starts = starts
        let heights = source.header.map { $0...max(1, $0) } ?? 1...Self.greatestHeight
        var ambiguity: IngestError?
        /// Of the highest header that was tried, since a heading may stand in its last row.
        var absence: (error: IngestError, height: Int)?
        for height in heights {
            for start in starts where canBeHeader(start, height) {
                let plan: TablePlan
                do {
                    plan = try self.plan(start, height)
                } catch {
                    switch error.code {
                    case "ambiguous-column": ambiguity = ambiguity ?? error
                    case "no-such-heading": if height > absence?.height ?? 0 { absence = (error, height) }
                    case "no-such-column", "no-value-columns": break
                    default: throw error
                    }
                    continue
                }
                guard source.header == nil else { return plan }
                if hasOneKey(plan, from: start) { return try extended(plan, from: start) }
            }
        }
        if let ambiguity { throw ambiguity }
        if let absence { throw absence.error }
        throw try failure(starts: starts, height: heights.lowerBound)
    }

    /// The plan that ``plan()`` comes to, where the records are the first of more and tell it; `nil` where more must be seen, to
    /// find the header or to say why there is none.
    func planAtTop() -> TablePlan? {
        if source.header == 0 { return nil }
        let height = source.header ?? 1
        // As high as a header may become by what stands below it.
        let reach = source.header ?? Self.greatestHeight
        for start in starts where start + reach <= records.count && canBeHeader(start, height) {
            guard let plan = try? plan(start, height) else { return nil }
            if source.header != nil { return plan }
            return hasOneKey(plan, from: start) ? try? extended(plan, from: start) : nil
        }
        return nil
    }

    /// Whether records can be a header: none is blank, several columns have names, and, unless the source says where
    /// the header stands, the first is no title, which would be alone in the first column.
    private func canBeHeader(_ start: Int, _ height: Int) -> Bool {
        guard start + height <= records.count else { return false }
        let slice = records[start..<start + height]
        guard !slice.contains(where: \.isBlank) else { return false }
        guard let named = records[start].firstNamed else { return false }
        let isTitle = named == 0 && !records[start].hasName(beside: 0)
        return (source.skip != nil || !isTitle) && slice.contains { $0.hasName(beside: named) }
    }

    private func plan(_ start: Int, _ height: Int) throws(IngestError) -> TablePlan {
        try TablePlan(
            source,
            header: Header(records[start..<start + height], footnotes: source.footnotes, sheet: source.sheet)
        )
    }

    /// Whether only one row of a header has text above the places; in two, the second would be data, unless the
    /// source names the column by both.
    private func hasOneKey(_ plan: TablePlan, from start: Int) -> Bool {
        guard let key = plan.keyField else { return true }
        let rows = records[start..<start + plan.header.recordCount]
        return source.layout.keyColumn == .named(plan.header.columns[key].name)
            || rows.count { key < $0.fields.count && !$0.fields[key].isEmpty } == 1
    }

    /// Where a header may begin: behind the lines to be skipped if they are declared, anywhere otherwise.
    private var starts: [Int] {
        let candidates = records.indices.filter { !records[$0].isBlank && records[$0].line > (source.skip ?? 0) }
        return source.skip == nil ? candidates : Array(candidates.prefix(1))
    }

    private func planWithoutHeader() throws(IngestError) -> TablePlan {
        let skip = source.skip ?? 0
        let above = records.last { $0.line <= skip }?.record ?? 0
        let width = records.filter { $0.line > skip }.map(\.fields.count).max() ?? 0
        return try TablePlan(source, header: Header(columnCount: width, recordsAbove: above, sheet: source.sheet))
    }

    /// Takes the records below a header into it that cannot be data: nothing where the place should stand, and
    /// words, none of them a number, elsewhere.
    ///
    /// - Throws: ``IngestError`` where the columns cannot be told apart with them; without them they would have been
    ///   taken for one another.
    private func extended(_ plan: TablePlan, from start: Int) throws(IngestError) -> TablePlan {
        guard let key = plan.keyField else { return plan }
        var height = plan.header.recordCount
        while height < Self.greatestHeight, start + height < records.count,
            isContinuation(records[start + height], key: key)
        {
            height += 1
        }
        while height > plan.header.recordCount {
            do {
                return try self.plan(start, height)
            } catch {
                if error.code == "ambiguous-column" { throw error }
            }
            height -= 1
        }
        return plan
    }

    private func isNumber(_ text: String) -> Bool {
        let numbers = NumberReader(style: source.numbers, missing: source.missing, footnotes: source.footnotes)
        if case .number = text.withCell({ numbers.read($0, allowsPercent: true) }) { return true }
        return false
    }

    private func isContinuation(_ record: SampleRecord, key: Int) -> Bool {
        guard !record.isBlank, key < record.fields.count, record.fields[key].isEmpty else { return false }
        let numbers = NumberReader(style: source.numbers, missing: source.missing, footnotes: source.footnotes)
        return record.fields.allSatisfy { field in
            if field.isEmpty { return true }
            if case .refused(.notANumber) = field.withCell({ numbers.read($0, allowsPercent: true) }) { return true }
            return false
        }
    }

    /// What to say where no header is found: about the record with the most words and years, the likeliest header, with the
    /// records below it that look like more of it.
    private func failure(starts: [Int], height: Int) throws(IngestError) -> IngestError {
        var guess: (start: Int, cells: Int)?
        for start in starts {
            let cells = records[start].fields.count { !$0.isEmpty && (isYear($0) || !isNumber($0)) }
            if cells > guess?.cells ?? 0 { guess = (start, cells) }
        }
        guard let guess else {
            return IngestError(
                code: "no-records",
                file: source.file,
                problem: "there is nothing to read in the file",
                expected: "a header and records",
                found: "\(records.count) blank records"
            )
        }
        do {
            let following = records[(guess.start + 1)...].prefix(Self.greatestHeight - 1)
            let below = following.prefix { isContinuation($0, key: 0) }
            let rows = source.header == nil ? max(height, 1 + below.count) : height
            _ = try plan(guess.start, min(rows, records.count - guess.start))
        } catch {
            return error
        }
        return IngestError(
            code: "no-such-column",
            file: source.file,
            line: records[guess.start].line,
            problem: "the header has one column only",
            expected: "a column of places and one of values",
            found: excerpt(records[guess.start].fields.joined(separator: " ")),
            hint: "declare the `delimiter` if the fields are separated by another character"
        )
    }
}
