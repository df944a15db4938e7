import Indicators

/// Matches the rows of one file, each distinct name once a year.
struct RowMatcher {
    private struct Key: Hashable {
        var row: SourceReading.RowName
        var year: Int?
    }

    private let names: PlaceNames
    private let context: FileContext
    private var matches: [Key: (match: PlaceMatch, decision: Decision?)] = [:]
    /// Of each unknown name; a column that holds no places at all must not take hours.
    private var nearest: [SourceReading.RowName: PlaceMatch] = [:]
    static let nearestLimit = 500

    init(names: PlaceNames, context: FileContext) {
        self.names = names
        self.context = context
    }

    mutating func match(_ row: SourceReading.RowName, year: Int?) -> PlaceMatch {
        let key = Key(row: row, year: year)
        if let known = matches[key] { return known.match }
        var match = names.match(
            row.name,
            code: row.code,
            country: row.country,
            year: year,
            within: context,
            seeksNearest: false
        )
        if case .unknown = match { match = withNearest(row) ?? match }
        matches[key] = (match, Self.decision(match, row))
        return match
    }

    /// Whether there are more unknown names than nearest spellings are sought for.
    private(set) var isExhausted = false

    private mutating func withNearest(_ row: SourceReading.RowName) -> PlaceMatch? {
        if let known = nearest[row] { return known }
        guard nearest.count < Self.nearestLimit else {
            isExhausted = true
            return nil
        }
        let match = names.match(row.name, code: row.code, country: row.country, within: context)
        nearest[row] = match
        return match
    }

    /// What was decided about a row that has been matched; `nil` where its name or code stands in the gazetteer.
    func decision(_ row: SourceReading.RowName, year: Int?) -> Decision? {
        matches[Key(row: row, year: year)]?.decision
    }

    private static func decision(_ match: PlaceMatch, _ row: SourceReading.RowName) -> Decision? {
        guard case .place(let code, let how) = match else { return nil }
        let reason: String
        switch how {
        case .spelling: return nil
        case .code:
            return Decision(
                subject: "place",
                statement: "the code \(row.code.isEmpty ? row.name : row.code) is \(code)"
            )
        case .country:
            return Decision(subject: "place", statement: "no place is named; the row states the country \(code)")
        case .folding: reason = "spelt alike but for case, marks and spaces"
        case .word: reason = "by the word for the kind of place"
        case .alias: reason = "by the alias file"
        case .nameAndCode: reason = "among places of this name, by the code \(row.code) beside it"
        case .context(let words): reason = words
        case .nameAgainstCode(let others):
            reason = "by its name; the code \(row.code), which means \(others.joined(separator: " or ")), is refused"
        }
        return Decision(subject: "place", statement: "“\(row.name)” is \(code): \(reason)")
    }
}

/// Reads the periods of one file, each distinct text once, and remembers which calendars occurred.
struct CalendarReading {
    private let calendar: YearCalendar
    private var readings: [String: PeriodReading] = [:]
    private var decisions: [String: Decision] = [:]
    private var years: [PeriodReading.Era: ClosedRange<Int>] = [:]

    init(_ calendar: YearCalendar) {
        self.calendar = calendar
    }

    mutating func read(_ text: String) -> PeriodReading {
        if let known = readings[text] { return known }
        let reading = PeriodReading(text, calendar: calendar)
        readings[text] = reading
        if case .year(let year, let part, let era) = reading {
            let span = years[era] ?? year...year
            years[era] = min(span.lowerBound, year)...max(span.upperBound, year)
            if era == .buddhist {
                let how = calendar == .automatic ? "by its range or its words" : "as the source declares"
                decisions[text] = Decision(
                    subject: "calendar",
                    statement: "“\(text)” is \(year) of the Common Era, read as a year of the Buddhist Era \(how)"
                )
            } else if case .day = part {
                decisions[text] = Decision(subject: "period", statement: "“\(text)” is a day of \(year)")
            }
        }
        return reading
    }

    func decision(_ text: String, _ year: Int, _ era: PeriodReading.Era) -> Decision? {
        decisions[text]
    }

    /// The calendars found, stated once a file; `nil` where nothing was read or the calendar was declared.
    func finding(file: String) -> Finding? {
        guard calendar == .automatic, !years.isEmpty else { return nil }
        func stated(_ era: PeriodReading.Era, _ words: String, offset: Int) -> String? {
            years[era].map { "\(words) \($0.lowerBound + offset) to \($0.upperBound + offset)" }
        }
        let buddhist = stated(.buddhist, "Buddhist Era", offset: PeriodReading.buddhistOffset)
        let common = stated(.common, "Common Era", offset: 0)
        let isMixed = years.count > 1
        return Finding(
            code: isMixed ? "calendar-mixed" : "calendar-detected",
            severity: isMixed ? .warning : .note,
            file: file,
            found: [buddhist, common].compactMap(\.self).joined(separator: " and "),
            expected: isMixed ? "one calendar in a file" : "a declared calendar, or one told by the range of the years",
            hint: "declare `calendar: buddhist` or `calendar: common` to have years of the other refused"
        )
    }
}
