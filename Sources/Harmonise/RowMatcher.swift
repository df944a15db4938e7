import Indicators

/// Matches the rows of one file: each distinct name once, or once a year where what it means depends on the year.
struct RowMatcher {
    struct Match {
        var place: PlaceMatch
        /// The country of the place, `nil` where there is no place.
        var country: String?
        /// What was decided, once; nothing where the name or code stands in the gazetteer. An array, which all values of the row
        /// share.
        var decisions: [Decision]
    }

    private let names: PlaceNames
    private let context: FileContext
    private let rows: [SourceReading.RowName]
    /// The names of the rows, each looked up once for all that is asked of it.
    private let known: [KnownName]
    /// By the number of the row: whether it means the same in every year, `nil` where nobody asked yet.
    private var isTimeless: [Bool?]
    /// By the number of the row: what it means in every year; `nil` where that depends on the year, or nobody asked yet.
    private var timeless: [Match?]
    private var matches: [Key: Match] = [:]
    /// Of each unknown row, by its number; a column that holds no places at all must not take hours.
    private var nearest: [Int: PlaceMatch] = [:]
    static let nearestLimit = 500

    private struct Key: Hashable {
        var row: Int
        var year: Int?
    }

    /// - Parameters:
    ///   - rows: The distinct rows; ``match(_:year:)`` knows them by their positions.
    ///   - names: What they are matched against.
    ///   - level: The level that the source declares its names to be of.
    init(_ rows: [SourceReading.RowName], names: PlaceNames, level: PlaceLevel?) {
        let known = rows.map { names.known($0.name) }
        self.rows = rows
        self.known = known
        self.names = names
        context = names.context(
            ofKnown: zip(rows, known).lazy.map { (name: $0.name, known: $1, code: $0.code, country: $0.country) },
            level: level
        )
        isTimeless = Array(repeating: nil, count: rows.count)
        timeless = Array(repeating: nil, count: rows.count)
    }

    mutating func match(_ number: Int, year: Int?) -> Match {
        if let known = timeless[number] { return known }
        let row = rows[number]
        let isTimeless = isTimeless[number] ?? names.isTimeless(known[number], code: row.code)
        self.isTimeless[number] = isTimeless
        let key = Key(row: number, year: year)
        if !isTimeless, let known = matches[key] { return known }
        var place = names.find(
            row.name,
            known[number],
            code: row.code,
            country: row.country,
            year: year,
            within: context,
            isSettlingLevels: true,
            seeksNearest: false
        )
        if case .unknown = place { place = withNearest(number) ?? place }
        var match = Match(place: place, decisions: Self.decision(place, row).map { [$0] } ?? [])
        if case .place(let code, _) = place { match.country = names.gazetteer.country(of: code) ?? code }
        if isTimeless { timeless[number] = match } else { matches[key] = match }
        return match
    }

    /// Whether there are more unknown names than nearest spellings are sought for.
    private(set) var isExhausted = false

    private mutating func withNearest(_ number: Int) -> PlaceMatch? {
        if let known = nearest[number] { return known }
        guard nearest.count < Self.nearestLimit else {
            isExhausted = true
            return nil
        }
        let row = rows[number]
        let match = names.match(row.name, code: row.code, country: row.country, within: context)
        nearest[number] = match
        return match
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
    /// One for each distinct text.
    private var readings: [(period: PeriodReading, decisions: [Decision])] = []
    private var texts = TextNumbers()
    private var years: [PeriodReading.Era: ClosedRange<Int>] = [:]

    init(_ calendar: YearCalendar) {
        self.calendar = calendar
    }

    /// What a text means, and what was decided about it where that needs saying: once or not at all, in an array that all
    /// values of the year share.
    mutating func read(_ text: String) -> (period: PeriodReading, decisions: [Decision]) {
        let number = texts.number(text)
        if number < readings.count { return readings[number] }
        let period = PeriodReading(text, calendar: calendar)
        var decisions: [Decision] = []
        if case .year(let year, let part, let era) = period {
            let span = years[era] ?? year...year
            years[era] = min(span.lowerBound, year)...max(span.upperBound, year)
            if era == .buddhist {
                let how = calendar == .automatic ? "by its range or its words" : "as the source declares"
                decisions = [
                    Decision(
                        subject: "calendar",
                        statement: "“\(text)” is \(year) of the Common Era, read as a year of the Buddhist Era \(how)"
                    )
                ]
            } else if case .day = part {
                decisions = [Decision(subject: "period", statement: "“\(text)” is a day of \(year)")]
            }
        }
        readings.append((period, decisions))
        return (period, decisions)
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
