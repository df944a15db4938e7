import CSVStream
import Indicators

/// Reads the records of one file, one after the other, into raw values, and keeps account of every cell.
struct RecordReader {
    let source: Source
    let plan: TablePlan
    let numbers: NumberReader
    private let judge: RecordJudge
    private var percentRule: PercentRule
    /// By column of values: whether a percent sign may stand in it, `nil` where the indicator is the record's to tell.
    private let columnsTakePercent: [Bool?]
    private let asksRecordsForIndicator: Bool
    /// As many fields as the header has, and as many as a record must have: up to the last name or column in use.
    let fieldCount: Int
    let width: Int
    var columns: TextColumns

    private(set) var values: [RawValue] = []
    var log: FindingLog
    var read = 0
    var refused = 0
    private(set) var setAside = 0
    private(set) var records = 0

    var ragged = 0
    var regular = 0
    private var filteredOut = 0
    private var unwanted = UnwantedTexts()

    /// Records with one cell, kept until the next record tells whether they end the table.
    var pending: [LoneRecord] = []
    var isAfterBlank = false
    private var nextLine = 0
    /// Those columns that are passed over of which no number has been seen yet.
    private var unseen: [Int]

    init(_ source: Source, plan: TablePlan, indicator: @escaping (String) -> Indicator?) {
        self.source = source
        self.plan = plan
        numbers = NumberReader(style: source.numbers, missing: source.missing, footnotes: source.footnotes)
        judge = RecordJudge(source, plan)
        var percentRule = PercentRule(source, indicator: indicator)
        columnsTakePercent = plan.values.map { column in column.cells.indicator.map { percentRule.allows($0) } }
        asksRecordsForIndicator = columnsTakePercent.contains(nil)
        self.percentRule = percentRule
        fieldCount = plan.header.columns.count
        width = max(plan.header.namedCount, plan.fieldsInUse)
        columns = TextColumns(plan, footnotes: numbers)
        unseen = plan.passedOver
        log = FindingLog(file: source.file)
    }

    /// Reads a record.
    ///
    /// - Throws: ``Interruption`` where the source says that the table ends before it.
    mutating func take(_ row: borrowing CSVRow) throws(Interruption) {
        records = row.record
        guard row.record > plan.header.lastRecord else { return }
        if nextLine > 0, row.line > nextLine { isAfterBlank = true }
        nextLine = row.line + row.lineCount
        try endAtMarker(row)
        if row.isRagged(width: width, fieldCount: fieldCount) {
            takeRagged(row)
        } else if row.isBlank(in: plan.values) {
            takeWithoutValues(row)
        } else {
            takeRegular(row)
        }
    }

    /// Ends the file: decides what the last records were, and adds the findings about the whole.
    ///
    /// - Throws: ``IngestError`` where there were no records, or most were ragged.
    mutating func finish() throws(IngestError) {
        finishPending()
        guard ragged <= regular else {
            throw IngestError(
                code: "ragged-file",
                file: source.file,
                line: plan.header.line,
                problem: "most records have another number of fields than the header",
                expected: "\(width) fields in each",
                found: "\(ragged) of \(ragged + regular) records with fewer or more",
                hint: "look at the delimiter, and at `skip` and `header` if the header stands elsewhere"
            )
        }
        guard regular > 0 else {
            throw IngestError(
                code: "no-records",
                file: source.file,
                line: plan.header.line,
                problem: "the file has a header and no records",
                expected: "at least one record",
                found: "none"
            )
        }
        unwanted.report(to: &log, plan.header)
        if filteredOut > 0 {
            log.add(
                "filtered-rows",
                regular == filteredOut ? .warning : .note,
                found: "\(filteredOut) of \(regular) records",
                expected: "what `where` declares",
                hint: "they were set aside"
            )
        }
    }
}

/// Records of values.
extension RecordReader {
    mutating func takeRegular(_ row: borrowing CSVRow) {
        flushPending()
        warnOfQuotes(row)
        if !unseen.isEmpty { lookForNumbers(row) }
        guard let subject = subject(of: columns.read(row), record: row.record, line: row.line) else { return }
        let (numbers, valueColumns) = (numbers, plan.values)
        let recordTakesPercent = asksRecordsForIndicator && percentRule.allows(subject.indicator)
        for index in valueColumns.indices {
            let allowsPercent = columnsTakePercent[index] ?? recordTakesPercent
            let (outcome, text) = row.withBytes(at: valueColumns[index].field) { cell in
                (numbers.read(cell, allowsPercent: allowsPercent), cell.text(in: 0..<cell.byteCount))
            }
            let origin = Origin(valueColumns[index].cells, record: row.record, line: row.line)
            let isTaken = take(outcome, text, subject, origin)
            guard isTaken, valueColumns[index].hasError else { continue }
            let (error, limits) = (valueColumns[index].standardError, valueColumns[index].interval)
            values[values.count - 1] = values[values.count - 1].with(
                standardError: error.flatMap { standardError(row, $0) },
                interval: limits.flatMap { interval(row, $0) }
            )
        }
    }

    /// Notes the first number of each column that is passed over: a year whose header has a footnote mark would be missing without a
    /// word.
    private mutating func lookForNumbers(_ row: borrowing CSVRow) {
        var left: [Int] = []
        for field in unseen {
            var isNumber = false
            if field < row.count, case .number = row.withBytes(at: field, { numbers.read($0, allowsPercent: true) }) {
                isNumber = true
            }
            guard isNumber else {
                left.append(field)
                continue
            }
            let name = plan.header.columns[field].name
            let isYear = holdsYear(name)
            log.add(
                "column-passed-over",
                isYear ? .warning : .note,
                record: row.record,
                line: row.line,
                column: plan.header.label(field),
                found: "the number \(row.string(at: field)) under \(name.isEmpty ? "no header" : "“\(name)”")",
                expected: plan.place == nil ? "a header that is a place" : "a header that is a year",
                hint: isYear
                    ? "nothing is read from the column: list a mark like `*` under `footnotes`, or the column under the layout's `years`"
                    : "nothing is read from the column"
            )
        }
        unseen = left
    }

    /// What a record is about, `nil` where none of its values is used; those are then accounted for.
    mutating func subject(of texts: RecordTexts, record: Int, line: Int) -> RawValue.Subject? {
        regular += 1
        switch judge.fate(of: texts) {
        case .repeatedHeader:
            setAside += plan.values.count
            log.add(
                "repeated-header",
                .note,
                record: record,
                line: line,
                found: texts.place.text,
                expected: "a record of the table",
                hint: "it was set aside"
            )
        case .read(let subject): return subject
        case .filteredOut:
            filteredOut += 1
            setAside += plan.values.count
        case .unwanted(let column, let text):
            unwanted.count(text, in: column)
            setAside += plan.values.count
        case .refused(let code, let column, let found, let expected, let hint):
            refused += plan.values.count
            let label = column.map(plan.header.label) ?? ""
            log.add(
                code,
                .warning,
                record: record,
                line: line,
                column: label,
                found: found,
                expected: expected,
                hint: hint
            )
        }
        read += plan.values.count
        return nil
    }

    /// - Returns: Whether there is a value more.
    @discardableResult
    mutating func take(
        _ outcome: NumberReader.Outcome,
        _ text: consuming String,
        _ subject: RawValue.Subject,
        _ origin: consuming Origin
    ) -> Bool {
        read += 1
        let reading: RawValue.Reading
        switch outcome {
        case .number(let number): reading = .number(number)
        case .missing: reading = .missing
        case .refused(let refusal):
            refused += 1
            log.add(refusal.finding(at: origin, text: text, style: source.numbers))
            return false
        }
        values.append(
            RawValue(subject, text: text, reading: reading, origin: origin)
        )
        return true
    }

    /// Quoted line breaks in data, and quotes taken as text, may be two stray quotes and the records between them.
    private mutating func warnOfQuotes(_ row: borrowing CSVRow) {
        if row.lineCount > 1 {
            let field = firstFieldWithLineBreak(row)
            log.add(
                "field-spans-lines",
                .warning,
                record: row.record,
                line: row.line,
                column: plan.header.label(field),
                found: row.string(at: field),
                expected: "a record on one line",
                hint: "look for a quote that is not closed on line \(row.line)"
            )
        }
        if row.strayQuotes > 0 {
            log.add(
                "stray-quote",
                .warning,
                record: row.record,
                line: row.line,
                found: "\(row.strayQuotes) quotes inside fields",
                expected: "quotes around whole fields, doubled inside",
                hint: "they were taken as text, as `lenient` asks"
            )
        }
    }
}

private func firstFieldWithLineBreak(_ row: borrowing CSVRow) -> Int {
    for field in 0..<row.count where row.withBytes(at: field, { $0.holdsLineBreak }) { return field }
    return 0
}
