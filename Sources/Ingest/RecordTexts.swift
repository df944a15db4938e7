import CSVStream
import Indicators

/// What the cells of a record that are no values say.
struct RecordTexts {
    var place = TextColumn.Entry.blank
    var placeCode = TextColumn.Entry.blank
    var country = TextColumn.Entry.blank
    var year = TextColumn.Entry.blank
    var partOfYear = TextColumn.Entry.blank
    var indicator: ClassColumn.Reading?
    var group: ClassColumn.Reading?
    var passesFilters = true

    /// The first text that has lost a character.
    var damaged: String? {
        // Asked of every record: an array of the six would be made each time.
        if place.isDamaged { return place.text }
        if placeCode.isDamaged { return placeCode.text }
        if country.isDamaged { return country.text }
        if year.isDamaged { return year.text }
        if let indicator, indicator.entry.isDamaged { return indicator.entry.text }
        if let group, group.entry.isDamaged { return group.entry.text }
        return nil
    }
}

/// The columns of a table that say what its values are about.
struct TextColumns {
    private var place: TextColumn?
    private var placeCode: TextColumn?
    private var country: TextColumn?
    private var year: TextColumn?
    private var partOfYear: TextColumn?
    private var indicator: ClassColumn?
    private var group: ClassColumn?
    private var filters: [(column: TextColumn, values: Set<String>)]

    init(_ plan: TablePlan, footnotes: NumberReader) {
        func column(_ field: Int) -> TextColumn {
            TextColumn(field: field, fillsDown: plan.fillDown.contains(field), footnotes: footnotes)
        }
        place = plan.place.map(column)
        placeCode = plan.placeCode.map(column)
        country = plan.country.map(column)
        year = plan.year.map(column)
        partOfYear = plan.partOfYear.map(column)
        indicator = plan.indicator.map { ClassColumn(column($0.field), meanings: $0.meanings) }
        group = plan.group.map { ClassColumn(column($0.field), meanings: $0.meanings) }
        filters = plan.filters.map { (column($0.field), $0.values) }
    }

    mutating func read(_ row: borrowing CSVRow) -> RecordTexts {
        var texts = RecordTexts()
        texts.place = place?.read(row) ?? .blank
        texts.placeCode = placeCode?.read(row) ?? .blank
        texts.country = country?.read(row) ?? .blank
        texts.year = year?.read(row) ?? .blank
        texts.partOfYear = partOfYear?.read(row) ?? .blank
        texts.indicator = indicator?.read(row)
        texts.group = group?.read(row)
        for index in filters.indices where !filters[index].values.contains(filters[index].column.read(row).text) {
            texts.passesFilters = false
        }
        return texts
    }
}

/// What is to be done with a record.
enum RecordFate {
    case read(RawValue.Subject)
    /// Every value is refused.
    case refused(code: String, column: Int?, found: String, expected: String, hint: String)
    /// Not wanted: the texts of this column that the source gives no meaning.
    case unwanted(column: Int, text: String)
    case filteredOut
    /// The header again, as on each page of a printed table.
    case repeatedHeader
}

/// Decides on records by what the source declares.
struct RecordJudge {
    private let source: Source
    private let plan: TablePlan
    private let needsPlace: Bool
    private let needsYear: Bool
    private let needsIndicator: Bool
    private let needsGroup: Bool

    init(_ source: Source, _ plan: TablePlan) {
        self.source = source
        self.plan = plan
        needsPlace = plan.values.contains { $0.cells.place == nil }
        needsYear = plan.values.contains { $0.cells.period == nil }
        needsIndicator = plan.values.contains { $0.cells.indicator == nil }
        needsGroup = plan.values.contains { $0.cells.group == nil }
    }

    /// Whether a text is one of those above a column.
    private func isHeader(_ text: String, of column: Int) -> Bool {
        plan.header.columns[column].parts.contains { Spelling.areEquivalent($0, text) }
    }

    func fate(of texts: RecordTexts) -> RecordFate {
        if let place = plan.place, texts.place.index >= 0, isHeader(texts.place.text, of: place) {
            return .repeatedHeader
        }
        guard texts.passesFilters else { return .filteredOut }
        if let damaged = texts.damaged {
            return .refused(
                code: "replacement-character",
                column: nil,
                found: damaged,
                expected: "no U+FFFD, which stands for a character that was lost",
                hint: "export the file again in an encoding that has its letters"
            )
        }
        var place = texts.place.text
        let country = texts.country.index >= 0 ? texts.country.text : source.country ?? ""
        var period = texts.year.index >= 0 ? texts.year.text : source.year ?? ""
        var (indicator, group) = (source.indicator ?? "", source.group ?? Group.total)
        if needsPlace, place.isEmpty, texts.placeCode.text.isEmpty {
            guard source.blankPlace == .country, !country.isEmpty else { return blankPlace }
            place = country
        }
        if needsYear, period.isEmpty {
            return blank("year", plan.year, hint: "give `year` for the source, or `fill_down` if the cell is merged")
        }
        if let unit = source.partOfYear?.unit, !texts.partOfYear.text.isEmpty {
            period = unit.period(texts.partOfYear.text, of: period)
        }
        if needsIndicator, let reading = texts.indicator {
            guard let meaning = reading.meaning else { return blank("indicator", plan.indicator?.field, hint: "") }
            guard case .id(let id) = meaning else {
                return .unwanted(column: plan.indicator?.field ?? 0, text: reading.entry.text)
            }
            indicator = id
        }
        if needsGroup, let reading = texts.group {
            guard let meaning = reading.meaning else { return blank("group", plan.group?.field, hint: "") }
            guard case .id(let id) = meaning else {
                return .unwanted(column: plan.group?.field ?? 0, text: reading.entry.text)
            }
            group = id
        }
        return .read(
            RawValue.Subject(
                indicator: indicator,
                place: place,
                placeCode: texts.placeCode.text,
                country: country,
                period: period,
                group: group
            )
        )
    }

    private var blankPlace: RecordFate {
        blank(
            "place",
            plan.place,
            hint: "`fill_down` if the cell is merged with the one above, `blank_place: country` for national rows"
        )
    }

    private func blank(_ what: String, _ column: Int?, hint: String) -> RecordFate {
        .refused(code: "blank-\(what)", column: column, found: "", expected: "a \(what)", hint: hint)
    }
}

extension PartOfYear.Unit {
    /// `2561-03`, `2561 Q1` or, where the text is no bare number, `2561 มีนาคม`.
    fileprivate func period(_ text: String, of year: String) -> String {
        let digits = text.unicodeScalars.map(digitValue)
        guard digits.count <= 2, !digits.contains(nil) else { return "\(year) \(text)" }
        let number = digits.reduce(0) { $0 * 10 + ($1 ?? 0) }
        return switch self {
        case .month: "\(year)-\(number < 10 ? "0" : "")\(number)"
        case .quarter: "\(year) Q\(number)"
        }
    }
}
