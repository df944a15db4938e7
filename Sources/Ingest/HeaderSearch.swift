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
        for height in heights {
            for start in starts where start + height <= records.count {
                let header = Header(records[start..<start + height], footnotes: source.footnotes)
                guard header.columns.count(where: { !$0.name.isEmpty }) > 1 else { continue }
                do {
                    let plan = try TablePlan(source, header: header)
                    return source.header == nil ? try extended(plan, from: start) : plan
                } catch {
                    switch error.code {
                    case "ambiguous-column": ambiguity = ambiguity ?? error
                    case "no-such-column", "no-value-columns": break
                    default: throw error
                    }
                }
            }
        }
        if let ambiguity { throw ambiguity }
        throw try failure(starts: starts, height: heights.lowerBound)
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
        return try TablePlan(source, header: Header(columnCount: width, recordsAbove: above))
    }

    /// Takes the records below a header into it that cannot be data: nothing where the place should stand, and
    /// words, none of them a number, elsewhere.
    ///
    /// - Throws: ``IngestError`` where the columns cannot be told apart with them; without them they would have been
    ///   taken for one another.
    private func extended(_ plan: TablePlan, from start: Int) throws(IngestError) -> TablePlan {
        guard let key = plan.keyField else { return plan }
        var plan = plan
        var height = plan.header.recordCount
        while height < Self.greatestHeight, start + height < records.count,
            isContinuation(records[start + height], key: key)
        {
            height += 1
            let header = Header(records[start..<start + height], footnotes: source.footnotes)
            do {
                plan = try TablePlan(source, header: header)
            } catch {
                guard error.code == "ambiguous-column" else { return plan }
                throw error
            }
        }
        return plan
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

    /// What to say where no header is found: about the record with the most cells, the likeliest header.
    private func failure(starts: [Int], height: Int) throws(IngestError) -> IngestError {
        var guess: (start: Int, cells: Int)?
        for start in starts {
            let cells = records[start].fields.count { !$0.isEmpty }
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
        let end = min(records.count, guess.start + height)
        do {
            _ = try TablePlan(source, header: Header(records[guess.start..<end], footnotes: source.footnotes))
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
