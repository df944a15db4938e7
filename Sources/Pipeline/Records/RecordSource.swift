internal import Indicators
internal import Ingest
internal import Records

/// Files of records as a source of a pipeline: they yield what a file of figures yields.
struct RecordSource {
    enum Role: String {
        case place, year, country, group
        case placeCode = "place_code"
    }

    struct Key {
        var role: Role
        var column: String
    }

    var files: [RecordFile]
    var order: RecordOrder
    /// In the order of ``RecordOrder/groupBy``.
    var keys: [Key]
    var delimiter: UInt8
    /// Of all records, where no column tells.
    var year: String
    var country: String
    var group: String
    /// From the texts of the column of groups to what they are; empty for the texts themselves.
    var groups: [String: String]
    /// Who adds up the records; `nil` for `divide` itself.
    var engine: RecordEngine?
    /// Where the pipeline file names the records.
    var pipeline: String
    var place: TextPlace

    /// Those that no path leads to.
    var addresses: [String] { files.map(\.path).filter(Paths.isAddress) }

    /// Works out the values of the source.
    ///
    /// - Throws: ``RunFailure`` where a file cannot be read, an expression does not fit, or the engine fails.
    func aggregated() throws(RunFailure) -> IngestedSource {
        if case .spark(let spark) = engine { return ingested(try summed(by: spark), by: "Spark") }
        try refuseAddresses()
        do {
            return ingested(try aggregateRecords(files, order: order, delimiter: delimiter))
        } catch {
            throw RunFailure(Problem(error))
        }
    }

    /// The values of the cells that `engine` added up; `nil` for `divide` itself.
    private func ingested(_ reading: RecordReading, by engine: String? = nil) -> IngestedSource {
        var values: [RawValue] = []
        var setAside = 0
        for cell in reading.result.cells {
            if let value = value(of: cell, reading, engine) { values.append(value) } else { setAside += 1 }
        }
        return IngestedSource(
            values: values,
            findings: findings(of: reading, engine),
            read: reading.result.cells.count,
            refused: 0,
            setAside: setAside,
            facts: SourceFacts(
                encoding: "UTF-8",
                encodingIsDetected: false,
                delimiter: delimiter,
                skippedRecords: 0,
                headerRecords: 1,
                records: reading.result.account.read + (addresses.isEmpty ? files.count : 0),
                bytes: 0
            )
        )
    }

    /// `nil` where the column of groups says something that `groups` does not know.
    private func value(of cell: RecordResult.Cell, _ reading: RecordReading, _ engine: String?) -> RawValue? {
        func text(_ role: Role) -> String? { keys.firstIndex { $0.role == role }.map { cell.keys[$0] } }
        var group = self.group
        if let found = text(.group) {
            guard let meaning = groups.isEmpty ? found : groups[found] else { return nil }
            group = meaning
        }
        let formula = order.measures.first { $0.name == cell.measure }?.formula ?? ""
        return RawValue(
            indicator: cell.measure,
            place: text(.place) ?? "",
            placeCode: text(.placeCode) ?? "",
            country: text(.country) ?? country,
            period: text(.year) ?? year,
            group: group,
            text: cell.value.map(Cell.format) ?? "",
            reading: cell.value.map(RawValue.Reading.number) ?? .missing,
            standardError: cell.standardError,
            origin: origin(of: cell, formula, reading.header, isTold: engine == nil),
            status: cell.status == .normal ? nil : ObservationStatus(rawValue: cell.status.rawValue),
            aggregation: sentence(of: cell, formula, engine)
        )
    }

    /// Where the first record of a cell stands. Of one that an engine added up nobody knows: it is known by its group, and no
    /// two cells may have one origin.
    private func origin(
        of cell: RecordResult.Cell,
        _ formula: String,
        _ header: [String],
        isTold: Bool
    ) -> Origin {
        Origin(
            file: files[cell.firstFile].name,
            record: cell.firstRecord,
            line: 0,
            field: isTold ? header.firstIndex(of: keys.first?.column ?? "").map { $0 + 1 } ?? 1 : 0,
            column: isTold ? formula : "\(formula) with \(group(of: cell))"
        )
    }

    private func group(of cell: RecordResult.Cell) -> String {
        zip(keys, cell.keys).map { "\($0.column) = \($1)" }.joined(separator: ", ")
    }

    /// What was made of which records, by which rules.
    private func sentence(of cell: RecordResult.Cell, _ formula: String, _ engine: String?) -> String {
        var text = formula
        if let records = cell.records { text += " over \(records) records" } else { text += " over the records" }
        text +=
            " of "
            + (files.count == 1
                ? files[0].name : "\(files.count) files, \(files[0].name) to \(files[files.count - 1].name)")
        text += " with \(group(of: cell))"
        if let filter = order.filter { text += ", where \(filter)" }
        for (word, column) in [("weight", order.weight), ("strata", order.strata), ("cluster", order.cluster)] {
            if let column { text += "; \(word) \(column)" }
        }
        if !cell.method.isEmpty { text += "; \(cell.method)" }
        if let low = cell.low, let high = cell.high {
            text += "; 95% interval \(Cell.format(low)) to \(Cell.format(high))"
        }
        if let effect = cell.designEffect { text += "; design effect \(Cell.format(effect))" }
        if !cell.reason.isEmpty { text += "; \(cell.status == .suppressed ? "suppressed: " : "")\(cell.reason)" }
        if let engine { return text + "; added up by \(engine), which does not tell the first of them" }
        return text + "; its first is record \(cell.firstRecord) of \(files[cell.firstFile].name)"
    }

    private func findings(of reading: RecordReading, _ engine: String?) -> [Finding] {
        var findings = reading.result.rejects.prefix(Self.shownRejects).map { reject in
            Finding(
                code: reject.code,
                severity: .warning,
                file: reject.file,
                record: reject.record,
                column: reject.column,
                found: reject.found,
                expected: reject.expected
            )
        }
        let rejected = reading.files.reduce(0) { $0 + $1.account.rejected }
        if let engine, rejected > 0 {
            findings.append(
                Finding(
                    code: "ill-formed-records",
                    severity: .warning,
                    file: files[0].name,
                    found: rejected == 1 ? "1 record that cannot be used" : "\(rejected) records that cannot be used",
                    expected: "none",
                    hint: "\(engine) counts them and does not tell their places; a run without --engine does"
                )
            )
        }
        for file in reading.files {
            findings.append(
                Finding(
                    code: "records-read",
                    severity: .note,
                    file: file.file,
                    found: file.account.sentence,
                    expected: "each record used, filtered or rejected"
                )
            )
        }
        let withheld = reading.result.cells.count { $0.status == .suppressed }
        if withheld > 0 {
            findings.append(
                Finding(
                    code: "few-records",
                    severity: .note,
                    file: files[0].name,
                    found: "\(withheld) cells withheld",
                    expected: "at least \(order.minimumRecords) records in each cell",
                    hint: "some of them may be withheld because a total would give others away"
                )
            )
        }
        return findings
    }

    /// How many ill-formed records are told one by one.
    private static let shownRejects = 1_000
}

extension PipelineDescription {
    /// The files whose values are accounted for at this one: those of a source of records at its first.
    func files(accountedAt file: String) -> Set<String> {
        var files: Set = [file]
        // By position: only what is looked at is copied.
        for index in sources.indices where sources[index].source.file == file {
            files.formUnion(sources[index].files)
        }
        return files
    }
}
