import CSVStream
import Indicators

/// What the cells of a record that are no values say.
struct RecordTexts {
    let place: TextColumn.Entry
    let placeCode: TextColumn.Entry
    let country: TextColumn.Entry
    let year: TextColumn.Entry
    let partOfYear: TextColumn.Entry
    let indicator: ClassColumn.Reading?
    let group: ClassColumn.Reading?
    let passesFilters: Bool

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
        func column(_ field: Int, headings: [String] = []) -> TextColumn {
            TextColumn(
                field: field,
                fillsDown: plan.fillDown.contains(field),
                footnotes: footnotes,
                headings: headings
            )
        }
        place = plan.place.map { column($0, headings: plan.header.columns[$0].parts) }
        placeCode = plan.placeCode.map { column($0) }
        country = plan.country.map { column($0) }
        year = plan.year.map { column($0) }
        partOfYear = plan.partOfYear.map { column($0) }
        indicator = plan.indicator.map { ClassColumn(column($0.field), meanings: $0.meanings) }
        group = plan.group.map { ClassColumn(column($0.field), meanings: $0.meanings) }
        filters = plan.filters.map { (column($0.field), $0.values) }
    }

    mutating func read(_ row: borrowing CSVRow) -> RecordTexts {
        RecordTexts(
            place: place?.read(row) ?? .blank,
            placeCode: placeCode?.read(row) ?? .blank,
            country: country?.read(row) ?? .blank,
            year: year?.read(row) ?? .blank,
            partOfYear: partOfYear?.read(row) ?? .blank,
            indicator: indicator?.read(row),
            group: group?.read(row),
            passesFilters: passesFilters(row)
        )
    }

    /// Reads all of the columns, since each may fill down.
    private mutating func passesFilters(_ row: borrowing CSVRow) -> Bool {
        var passes = true
        for index in filters.indices where !filters[index].values.contains(filters[index].column.read(row).text) {
            passes = false
        }
        return passes
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
    /// What the source says of all its records, where their cells do not.
    private let indicator, country, period, group: String
    private let blankPlace: BlankPlace
    private let partOfYear: PartOfYear.Unit?
    /// The columns that a refusal names.
    private let placeField, yearField, indicatorField, groupField: Int?
    private let needsPlace: Bool
    private let needsYear: Bool
    private let needsIndicator: Bool
    private let needsGroup: Bool

    init(_ source: Source, _ plan: TablePlan) {
        indicator = source.indicator ?? ""
        country = source.country ?? ""
        period = source.year ?? ""
        group = source.group ?? Group.total
        blankPlace = source.blankPlace
        partOfYear = source.partOfYear?.unit
        placeField = plan.place
        yearField = plan.year
        indicatorField = plan.indicator?.field
        groupField = plan.group?.field
        needsPlace = plan.values.contains { $0.cells.place == nil }
        needsYear = plan.values.contains { $0.cells.period == nil }
        needsIndicator = plan.values.contains { $0.cells.indicator == nil }
        needsGroup = plan.values.contains { $0.cells.group == nil }
    }

    func fate(of texts: RecordTexts) -> RecordFate {
        if texts.place.isHeading { return .repeatedHeader }
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
        let country = texts.country.index >= 0 ? texts.country.text : self.country
        var period = texts.year.index >= 0 ? texts.year.text : self.period
        var (indicator, group) = (self.indicator, self.group)
        if needsPlace, place.isEmpty, texts.placeCode.text.isEmpty {
            guard blankPlace == .country, !country.isEmpty else { return refusedForBlankPlace }
            place = country
        }
        if needsYear, period.isEmpty {
            return blank("year", yearField, hint: "give `year` for the source, or `fill_down` if the cell is merged")
        }
        if let unit = partOfYear, !texts.partOfYear.text.isEmpty {
            period = unit.period(texts.partOfYear.text, of: period)
        }
        if needsIndicator, let reading = texts.indicator {
            guard let meaning = reading.meaning else { return blank("indicator", indicatorField, hint: "") }
            guard case .id(let id) = meaning else {
                return .unwanted(column: indicatorField ?? 0, text: reading.entry.text)
            }
            indicator = id
        }
        if needsGroup, let reading = texts.group {
            guard let meaning = reading.meaning else { return blank("group", groupField, hint: "") }
            guard case .id(let id) = meaning else {
                return .unwanted(column: groupField ?? 0, text: reading.entry.text)
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

    private var refusedForBlankPlace: RecordFate {
        blank(
            "place",
            placeField,
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
