import Indicators

/// Matches the rows of one file: each distinct name once, or once a year where what it means depends on the year.
struct RowMatcher {
    /// What becomes of the values of a row.
    enum Outcome {
        /// They are of the place at this position among those of the gazetteer.
        case place(Int)
        case setAside
        case refused
    }

    struct Match {
        let place: PlaceMatch
        let outcome: Outcome
        /// Whether there is nothing to be said of it.
        let isPlain: Bool
        /// What was decided, once; nothing where the name or code stands in the gazetteer. An array, which all values of the row
        /// share.
        let decisions: [Decision]
    }

    /// In the order in which they were made.
    private(set) var matches: [Match] = []
    private let names: PlaceNames
    private let context: FileContext
    private let rows: [SourceReading.RowName]
    /// The names of the rows, each looked up once for all that is asked of it.
    private let known: [KnownName]
    /// The codes of the countries that the rows state, `nil` where they state none.
    private let countries: [String?]
    /// By the number of the row: whether it means the same in every year, `nil` where nobody asked yet.
    private var isTimeless: [Bool?]
    /// By the number of the row: the position among ``matches`` of what it means in every year; `nil` where that depends on the
    /// year, or nobody asked yet.
    private var timeless: [Int?]
    /// The positions among ``matches`` of what depends on the year.
    private var yearly: [Key: Int] = [:]
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
        let countries = Self.countries(of: rows, names)
        self.rows = rows
        self.known = known
        self.countries = countries
        self.names = names
        var context = FileContext(level: level)
        let isPlain = rows.indices.allSatisfy {
            names.isUnmistakable(known[$0], code: rows[$0].code, country: countries[$0])
        }
        if !isPlain {
            context.places.reserveCapacity(rows.count)
            for (number, row) in rows.enumerated() {
                let place = names.certainPlace(
                    row.name,
                    known[number],
                    code: row.code,
                    country: countries[number],
                    level: level
                )
                if let place { context.places.insert(place) }
            }
        }
        self.context = context
        isTimeless = Array(repeating: nil, count: rows.count)
        timeless = Array(repeating: nil, count: rows.count)
        matches.reserveCapacity(rows.count)
    }

    private static func countries(of rows: [SourceReading.RowName], _ names: PlaceNames) -> [String?] {
        var last = LastText<String?>()
        return rows.map { row in
            if let same = last.meaning(of: row.country) { return same }
            let code = names.countryCode(row.country)
            last = LastText(row.country, code)
            return code
        }
    }

    /// The position among ``matches`` of what a row means in a year of the Common Era; `nil` asks for any year.
    mutating func match(_ number: Int, year: Int?) -> Int {
        if let known = timeless[number] { return known }
        let row = rows[number]
        let isTimeless = isTimeless[number] ?? names.isTimeless(known[number], code: row.code)
        self.isTimeless[number] = isTimeless
        let key = Key(row: number, year: year)
        if !isTimeless, let known = yearly[key] { return known }
        var place = names.find(
            row.name,
            known[number],
            code: row.code,
            country: countries[number],
            year: year,
            within: context,
            isSettlingLevels: true,
            seeksNearest: false
        )
        if case .unknown = place { place = withNearest(number) ?? place }
        let decisions = Self.decision(place, row).map { [$0] } ?? []
        let position = matches.count
        matches.append(
            Match(place: place, outcome: outcome(of: place), isPlain: place.isPlain, decisions: decisions)
        )
        if isTimeless { timeless[number] = position } else { yearly[key] = position }
        return position
    }

    private func outcome(of match: PlaceMatch) -> Outcome {
        switch match {
        case .place(let code, _): names.position(of: code).map { .place($0) } ?? .refused
        case .setAside: .setAside
        case .ambiguous, .unknown, .contradictory, .codeOutOfTime, .garbled: .refused
        }
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
    /// What a text means, and what was decided about it where that needs saying: once or not at all, in an array that all
    /// values of the year share.
    struct Reading {
        let period: PeriodReading
        /// Common Era; `nil` where the period is no year.
        let year: Int?
        let part: YearPart?
        let decisions: [Decision]
    }

    private let calendar: YearCalendar
    /// One for each distinct text.
    private(set) var readings: [Reading] = []
    private var texts = RecurringValues<String>()
    private var years: [PeriodReading.Era: ClosedRange<Int>] = [:]

    init(_ calendar: YearCalendar) {
        self.calendar = calendar
    }

    /// The position among ``readings`` of what a text means.
    mutating func read(_ text: String) -> Int {
        let number = texts.number(text)
        if number == readings.count { readings.append(reading(of: text)) }
        return number
    }

    private mutating func reading(of text: String) -> Reading {
        let period = PeriodReading(text, calendar: calendar)
        guard case .year(let year, let part, let era) = period else {
            return Reading(period: period, year: nil, part: nil, decisions: [])
        }
        let span = years[era] ?? year...year
        years[era] = min(span.lowerBound, year)...max(span.upperBound, year)
        var decisions: [Decision] = []
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
        return Reading(period: period, year: year, part: part, decisions: decisions)
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
