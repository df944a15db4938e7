import Indicators

/// The values of one source on their way to places and years.
struct SourceReading {
    /// What a value counts, and when: what the values of a column and period share.
    struct Slice: Hashable {
        /// The numbers of its indicator and group among those of the source.
        var indicator, group: Int
        var year: Int
        var part: YearPart?
    }

    /// A value whose place and year are known.
    struct Placed {
        /// The position in `values`.
        var value: Int
        /// The position among the places of the gazetteer.
        var place: Int
        var slice: Slice
        var decisions: [Decision]
    }

    /// A row that is no place: `Total`, `Greater Bangkok`.
    struct Total {
        var value: Int
        var slice: Slice
    }

    /// What names a place in a row; two that are spelt apart are two.
    struct RowName: Hashable {
        var name: String
        var code: String
        var country: String

        init(_ value: borrowing RawValue) {
            name = value.place
            code = value.placeCode
            country = value.country
        }

        static func == (left: RowName, right: RowName) -> Bool {
            Spelling.areAlike(left.name, right.name) && Spelling.areAlike(left.code, right.code)
                && Spelling.areAlike(left.country, right.country)
        }

        func hash(into hasher: inout Hasher) {
            Spelling(name).hash(into: &hasher)
            if !code.isEmpty { Spelling(code).hash(into: &hasher) }
        }
    }

    let values: [RawValue]
    let options: HarmoniseOptions
    let names: PlaceNames
    let catalogue: Catalogue
    var gazetteer: Gazetteer { names.gazetteer }

    private(set) var tally: Tally
    var ledger = FindingLedger()
    private(set) var placed: [Placed] = []
    /// By position among the places of the gazetteer: whether ``placed`` has a value of it, once ``findPlacesAndYears()`` is
    /// done.
    private(set) var hasValues: [Bool] = []
    private(set) var totals: [Total] = []
    /// What the catalogue has; by their numbers in ``Slice``.
    private(set) var indicators = RecurringValues<String>()
    private(set) var groups = RecurringValues<String>()
    /// By the number of an indicator: whether the catalogue has it.
    private var isKnown: [Bool] = []
    private let period: DeclaredPeriod?

    init(_ values: [RawValue], options: HarmoniseOptions, names: PlaceNames, catalogue: Catalogue) {
        self.values = values
        self.options = options
        self.names = names
        self.catalogue = catalogue
        tally = Tally(read: values.count)
        period = options.period.map(DeclaredPeriod.init)
    }

    mutating func refuse(_ count: Int = 1) { tally.refused += count }
    mutating func setAside(_ count: Int = 1) { tally.setAside += count }
    mutating func use(_ count: Int) { tally.used += count }

    mutating func findPlacesAndYears() {
        let (rows, numbers) = distinctRows()
        var matcher = RowMatcher(rows, names: names, level: options.level)
        var calendar = CalendarReading(options.calendar)
        var joint = JointDecisions()
        placed.reserveCapacity(values.count)
        let isBlank = rows.map { $0.name.isEmpty && $0.code.isEmpty && $0.country.isEmpty }
        for (index, value) in values.enumerated() {
            if isBlank[numbers[index]], value.reading == .missing {
                setAside()  // a blank row between others
                continue
            }
            let period = calendar.read(value.period)
            let match = matcher.match(numbers[index], year: calendar.readings[period].year)
            if !matcher.matches[match].isPlain {
                let place = matcher.matches[match].place
                report(place, of: rows[numbers[index]], in: value, isExhausted: matcher.isExhausted)
            }
            guard let year = calendar.readings[period].year else {
                report(calendar.readings[period].period, in: value)
                refuse()
                continue
            }
            guard let slice = slice(of: value, year, calendar.readings[period].part) else {
                refuse()
                continue
            }
            switch matcher.matches[match].outcome {
            case .setAside:
                totals.append(Total(value: index, slice: slice))
                setAside()
            case .place(let place):
                if isElsewhere(place, value) || isOutsidePeriod(slice.year, value) {
                    setAside()
                } else {
                    let decisions = joint.decisions(matcher, match, calendar, period)
                    placed.append(Placed(value: index, place: place, slice: slice, decisions: decisions))
                }
            case .refused: refuse()
            }
        }
        hasValues = Array(repeating: false, count: names.gazetteer.places.count)
        for position in placed.indices { hasValues[placed[position].place] = true }
        if let finding = calendar.finding(file: values.first?.origin.file ?? "") {
            ledger.add(finding, about: "")
        }
    }

    /// What names the places: each distinct row once, and for each value the position of its own.
    private func distinctRows() -> (rows: [RowName], numbers: [Int]) {
        var rows = RecurringValues<RowName>()
        var numbers: [Int] = []
        numbers.reserveCapacity(values.count)
        var last: (value: RawValue, number: Int)?
        for value in values {
            // The values of one record stand together.
            if let last, Self.areOfSameRow(last.value, value) {
                numbers.append(last.number)
            } else {
                numbers.append(rows.number(RowName(value)))
            }
            last = (value, numbers[numbers.count - 1])
        }
        return (rows.values, numbers)
    }

    private static func areOfSameRow(_ before: RawValue, _ value: RawValue) -> Bool {
        if before.sharesPlace(with: value) { return true }
        return Spelling.areAlike(before.place, value.place)
            && Spelling.areEquivalent(before.placeCode, value.placeCode)
            && Spelling.areEquivalent(before.country, value.country)
    }

    /// What a value counts, and when; `nil`, with a finding, where its indicator is not in the catalogue.
    private mutating func slice(of value: RawValue, _ year: Int, _ part: YearPart?) -> Slice? {
        let indicator = indicators.number(value.indicator)
        if indicator == isKnown.count { isKnown.append(catalogue.contains(value.indicator)) }
        guard isKnown[indicator] else {
            ledger.add("unknown-indicator", about: value.indicator, at: value.origin) {
                Finding(
                    code: "unknown-indicator",
                    severity: .warning,
                    at: value.origin,
                    found: value.indicator,
                    expected: "the id of an indicator of the catalogue"
                )
            }
            return nil
        }
        let group = groups.number(value.group)
        return Slice(indicator: indicator, group: group, year: year, part: part)
    }

    /// Whether a place, by its position in the gazetteer, is of a country that is not wanted; notes it.
    private mutating func isElsewhere(_ place: Int, _ value: RawValue) -> Bool {
        guard let wanted = options.countries else { return false }
        let country = names.gazetteer.places[place].country
        if wanted.contains(country) { return false }
        noteSetAside(
            "other-country",
            country,
            value,
            expected: "places of \(wanted.sorted().joined(separator: ", "))"
        )
        return true
    }

    /// Whether a year is not wanted; notes it.
    private mutating func isOutsidePeriod(_ year: Int, _ value: RawValue) -> Bool {
        guard let period, !period.years.contains(year) else { return false }
        noteSetAside(
            "outside-period",
            year < period.years.lowerBound ? period.before : period.after,
            value,
            expected: period.expected
        )
        return true
    }

    private mutating func noteSetAside(_ code: String, _ found: String, _ value: RawValue, expected: String) {
        ledger.add(code, about: found, at: value.origin) {
            Finding(code: code, severity: .note, at: value.origin, found: found, expected: expected)
        }
    }

    /// Forgets the placed values of places that are not wanted.
    ///
    /// - Parameter isUnwanted: By position among the places of the gazetteer.
    mutating func removePlaced(where isUnwanted: [Bool]) {
        placed.removeAll { isUnwanted[$0.place] }
        for place in isUnwanted.indices where isUnwanted[place] { hasValues[place] = false }
    }
}

/// The years that the pipeline wants, and what is said of the others.
private struct DeclaredPeriod {
    let years: ClosedRange<Int>
    let before, after, expected: String

    init(_ years: ClosedRange<Int>) {
        self.years = years
        before = "years before \(years.lowerBound)"
        after = "years after \(years.upperBound)"
        expected = "\(years.lowerBound) to \(years.upperBound)"
    }
}

/// What was decided of the row and of the period of a value. Most have neither; where there is only one, all values share it, and
/// where there are both, those that stand together.
private struct JointDecisions {
    private var last = (match: -1, period: -1)
    private var both: [Decision] = []

    /// Those of a match of the rows and a reading of the calendar, by their positions.
    mutating func decisions(
        _ matcher: borrowing RowMatcher,
        _ match: Int,
        _ calendar: borrowing CalendarReading,
        _ period: Int
    ) -> [Decision] {
        if calendar.readings[period].decisions.isEmpty { return matcher.matches[match].decisions }
        if matcher.matches[match].decisions.isEmpty { return calendar.readings[period].decisions }
        if last != (match, period) {
            last = (match, period)
            both = matcher.matches[match].decisions + calendar.readings[period].decisions
        }
        return both
    }
}
