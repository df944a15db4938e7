internal import Indicators
internal import Ingest

extension IngestedSource {
    /// All of it, spelt; each distinct text once.
    var kept: [UInt8] {
        var texts = TextNumbering()
        var rows = MemoWriter()
        rows.append(values.count)
        for value in values { rows.append(value, &texts) }
        rows.append(findings.count)
        for finding in findings { rows.append(finding, &texts) }
        for count in [read, refused, setAside] { rows.append(count) }
        rows.append(facts, &texts)
        var writer = MemoWriter()
        writer.append(texts.inOrder)
        return writer.bytes + rows.bytes
    }

    /// What ``kept`` spelt; `nil` where the bytes are nothing of the kind.
    init?(kept bytes: [UInt8]) {
        var reader = MemoReader(bytes)
        var columns = KeptColumns()
        guard let texts = reader.list({ $0.text() }),
            let values = reader.list({ $0.value(texts, &columns) }),
            let findings = reader.list({ $0.finding(texts) }),
            let read = reader.integer(), let refused = reader.integer(), let setAside = reader.integer(),
            let facts = reader.facts(texts), reader.isAtEnd
        else { return nil }
        self.init(
            values: values,
            findings: findings,
            read: read,
            refused: refused,
            setAside: setAside,
            facts: facts
        )
    }
}

/// The columns of a source, each once, for all of its values.
private struct KeptColumns {
    /// What tells a column, by the numbers of its texts; -1 for no sheet.
    struct Key: Hashable {
        var file: Int32
        var sheet: Int32
        var label: Int32
        var field: Int
    }

    private var known: [Key: SourceColumn] = [:]

    /// `nil` where one of the texts is not there.
    mutating func column(_ key: Key, _ texts: [String]) -> SourceColumn? {
        if let same = known[key] { return same }
        let (file, sheet, label) = (Int(key.file), Int(key.sheet), Int(key.label))
        guard texts.indices.contains(file), texts.indices.contains(label), sheet == -1 || texts.indices.contains(sheet)
        else { return nil }
        let column = SourceColumn(
            file: texts[file],
            sheet: sheet == -1 ? nil : texts[sheet],
            field: key.field,
            label: texts[label]
        )
        known[key] = column
        return column
    }
}

/// Numbers texts in the order in which they come.
private struct TextNumbering {
    private var numbers: [String: Int32] = [:]
    private(set) var inOrder: [String] = []

    mutating func number(of text: String) -> Int32 {
        if let number = numbers[text] { return number }
        let number = Int32(inOrder.count)
        numbers[text] = number
        inOrder.append(text)
        return number
    }
}

extension MemoWriter {
    fileprivate mutating func append(_ text: String, _ texts: inout TextNumbering) {
        append(texts.number(of: text))
    }

    /// -1 for none.
    fileprivate mutating func append(_ text: String?, _ texts: inout TextNumbering) {
        append(text.map { texts.number(of: $0) } ?? -1)
    }

    fileprivate mutating func append(_ number: Double?) {
        append(UInt8(number == nil ? 0 : 1))
        append(number ?? 0)
    }

    fileprivate mutating func append(_ value: RawValue, _ texts: inout TextNumbering) {
        for text in [
            value.indicator, value.place, value.placeCode, value.country, value.period, value.group, value.text,
        ] {
            append(text, &texts)
        }
        if case .number(let number) = value.reading { append(number as Double?) } else { append(nil as Double?) }
        append(value.standardError)
        append(value.interval, &texts)
        append(value.status?.rawValue, &texts)
        append(value.aggregation, &texts)
        append(value.origin, &texts)
    }

    private mutating func append(_ interval: StatedInterval?, _ texts: inout TextNumbering) {
        append(UInt8(interval == nil ? 0 : 1))
        guard let interval else { return }
        for limit in [interval.low, interval.high] {
            append(limit.text, &texts)
            append(limit.number)
            append(limit.field)
            append(limit.column, &texts)
        }
        append(interval.form.confidence)
        append(interval.form.scale.rawValue, &texts)
    }

    private mutating func append(_ origin: Origin, _ texts: inout TextNumbering) {
        append(origin.file, &texts)
        append(origin.sheet, &texts)
        append(origin.column, &texts)
        for number in [origin.record, origin.line, origin.field] { append(number) }
    }

    fileprivate mutating func append(_ finding: Finding, _ texts: inout TextNumbering) {
        let words = [
            finding.code, finding.severity.rawValue, finding.file, finding.column, finding.found, finding.expected,
            finding.hint,
        ]
        for text in words { append(text, &texts) }
        append(finding.record)
        append(finding.line)
    }

    fileprivate mutating func append(_ facts: SourceFacts, _ texts: inout TextNumbering) {
        append(facts.encoding, &texts)
        append(facts.sheet, &texts)
        append(UInt8(facts.encodingIsDetected ? 1 : 0))
        append(facts.delimiter)
        for count in [facts.skippedRecords, facts.headerRecords, facts.records, facts.bytes] { append(count) }
    }
}

extension MemoReader {
    private mutating func text(_ texts: [String]) -> String? {
        optionalText(texts) ?? nil
    }

    /// `.some(nil)` for none, `nil` where there is no such text.
    private mutating func optionalText(_ texts: [String]) -> String?? {
        guard let number = integer(Int32.self) else { return nil }
        if number == -1 { return .some(nil) }
        return texts.indices.contains(Int(number)) ? texts[Int(number)] : nil
    }

    private mutating func optionalNumber() -> Double?? {
        guard let isThere = integer(UInt8.self), let number = number() else { return nil }
        return .some(isThere == 1 ? number : nil)
    }

    fileprivate mutating func value(_ texts: [String], _ columns: inout KeptColumns) -> RawValue? {
        guard let indicator = text(texts), let place = text(texts), let placeCode = text(texts),
            let country = text(texts), let period = text(texts), let group = text(texts), let text = text(texts),
            let number = optionalNumber(), let standardError = optionalNumber(),
            let interval = optionalInterval(texts), let status = optionalText(texts),
            let aggregation = optionalText(texts), let origin = origin(texts, &columns)
        else { return nil }
        return RawValue(
            indicator: indicator,
            place: place,
            placeCode: placeCode,
            country: country,
            period: period,
            group: group,
            text: text,
            reading: number.map(RawValue.Reading.number) ?? .missing,
            standardError: standardError,
            interval: interval,
            origin: origin,
            status: status.flatMap(ObservationStatus.init),
            aggregation: aggregation
        )
    }

    private mutating func optionalInterval(_ texts: [String]) -> StatedInterval?? {
        guard let isThere = integer(UInt8.self) else { return nil }
        guard isThere == 1 else { return .some(nil) }
        guard let low = limit(texts), let high = limit(texts), let confidence = number(),
            let scale = text(texts).flatMap(IntervalScale.init)
        else { return nil }
        return StatedInterval(low: low, high: high, form: IntervalForm(confidence: confidence, scale: scale))
    }

    private mutating func limit(_ texts: [String]) -> StatedInterval.Limit? {
        guard let text = text(texts), let number = optionalNumber(), let field = integer(),
            let column = self.text(texts)
        else { return nil }
        return StatedInterval.Limit(
            text: text,
            reading: number.map(RawValue.Reading.number) ?? .missing,
            field: field,
            column: column
        )
    }

    private mutating func origin(_ texts: [String], _ columns: inout KeptColumns) -> Origin? {
        guard let file = integer(Int32.self), let sheet = integer(Int32.self), let label = integer(Int32.self),
            let record = integer(), let line = integer(), let field = integer(),
            let column = columns.column(KeptColumns.Key(file: file, sheet: sheet, label: label, field: field), texts)
        else { return nil }
        return Origin(column, record: record, line: line)
    }

    fileprivate mutating func finding(_ texts: [String]) -> Finding? {
        guard let code = text(texts), let severity = text(texts).flatMap(Finding.Severity.init),
            let file = text(texts), let column = text(texts), let found = text(texts), let expected = text(texts),
            let hint = text(texts), let record = integer(), let line = integer()
        else { return nil }
        return Finding(
            code: code,
            severity: severity,
            file: file,
            record: record,
            line: line,
            column: column,
            found: found,
            expected: expected,
            hint: hint
        )
    }

    fileprivate mutating func facts(_ texts: [String]) -> SourceFacts? {
        guard let encoding = text(texts), let sheet = optionalText(texts), let isDetected = integer(UInt8.self),
            let delimiter = integer(UInt8.self), let skipped = integer(), let header = integer(),
            let records = integer(), let bytes = integer()
        else { return nil }
        return SourceFacts(
            encoding: encoding,
            sheet: sheet,
            encodingIsDetected: isDetected == 1,
            delimiter: delimiter,
            skippedRecords: skipped,
            headerRecords: header,
            records: records,
            bytes: bytes
        )
    }
}
