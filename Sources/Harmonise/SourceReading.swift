import Indicators

/// The values of one source on their way to places and years.
struct SourceReading {
    /// A value whose place and year are known.
    struct Placed {
        /// The position in `values`.
        var value: Int
        var place: String
        var year: Int
        var part: YearPart?
        var decisions: [Decision]
    }

    /// A row that is no place: `Total`, `Greater Bangkok`.
    struct Total {
        var value: Int
        var year: Int
        var part: YearPart?
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
    /// The codes in `placed`, once ``findPlacesAndYears()`` is done.
    private(set) var places: Set<String> = []
    private(set) var totals: [Total] = []
    /// The indicator of the last value, and whether the catalogue has it.
    private var lastIndicator = LastText<Bool>()

    init(_ values: [RawValue], options: HarmoniseOptions, names: PlaceNames, catalogue: Catalogue) {
        self.values = values
        self.options = options
        self.names = names
        self.catalogue = catalogue
        tally = Tally(read: values.count)
    }

    mutating func refuse(_ count: Int = 1) { tally.refused += count }
    mutating func setAside(_ count: Int = 1) { tally.setAside += count }
    mutating func use(_ count: Int) { tally.used += count }

    mutating func findPlacesAndYears() {
        let (rows, numbers) = distinctRows()
        var matcher = RowMatcher(rows, names: names, level: options.level)
        var calendar = CalendarReading(options.calendar)
        placed.reserveCapacity(values.count)
        let isBlank = rows.map { $0.name.isEmpty && $0.code.isEmpty && $0.country.isEmpty }
        for index in values.indices {
            if isBlank[numbers[index]], values[index].reading == .missing {
                setAside()  // a blank row between others
                continue
            }
            let (period, ofCalendar) = calendar.read(values[index].period)
            let year: Int? = if case .year(let year, _, _) = period { year } else { nil }
            let match = matcher.match(numbers[index], year: year)
            if !match.place.isPlain {
                report(match.place, of: rows[numbers[index]], in: values[index], isExhausted: matcher.isExhausted)
            }
            // Most have neither; where there is only one, all values share it.
            let isOne = match.decisions.isEmpty || ofCalendar.isEmpty
            let decisions = match.decisions.isEmpty ? ofCalendar : match.decisions
            place(index, match, period, because: isOne ? decisions : match.decisions + ofCalendar)
        }
        for position in placed.indices where position == 0 || placed[position - 1].place != placed[position].place {
            places.insert(placed[position].place)
        }
        if let finding = calendar.finding(file: values.first?.origin.file ?? "") {
            ledger.add(finding, about: "")
        }
    }

    /// What names the places: each distinct row once, and for each value the position of its own.
    private func distinctRows() -> (rows: [RowName], numbers: [Int]) {
        var rows: [RowName] = []
        var known: [RowName: Int] = [:]
        var numbers: [Int] = []
        numbers.reserveCapacity(values.count)
        var before: RawValue?
        for value in values {
            // The values of one record stand together.
            let isSame =
                before.map { before in
                    before.sharesPlace(with: value)
                        || (Spelling.areAlike(before.place, value.place) && before.placeCode == value.placeCode
                            && before.country == value.country)
                } ?? false
            before = value
            if isSame, let last = numbers.last {
                numbers.append(last)
                continue
            }
            let row = RowName(value)
            let number = known[row] ?? rows.count
            if number == rows.count {
                known[row] = number
                rows.append(row)
            }
            numbers.append(number)
        }
        return (rows, numbers)
    }

    private mutating func place(
        _ index: Int,
        _ match: RowMatcher.Match,
        _ period: PeriodReading,
        because decisions: [Decision]
    ) {
        guard case .year(let year, let part, _) = period else {
            report(period, in: values[index])
            refuse()
            return
        }
        guard isKnown(values[index].indicator) else {
            let value = values[index]
            ledger.add("unknown-indicator", about: value.indicator, at: value.origin) {
                Finding(
                    code: "unknown-indicator",
                    severity: .warning,
                    at: value.origin,
                    found: value.indicator,
                    expected: "the id of an indicator of the catalogue"
                )
            }
            refuse()
            return
        }
        switch match.place {
        case .setAside:
            totals.append(Total(value: index, year: year, part: part))
            setAside()
        case .place(let code, _):
            let country = match.country ?? code
            if let wanted = options.countries, !wanted.contains(country) {
                setAside()
                noteSetAside(
                    "other-country",
                    country,
                    values[index],
                    expected: "places of \(wanted.sorted().joined(separator: ", "))"
                )
            } else if let period = options.period, !period.contains(year) {
                setAside()
                noteSetAside(
                    "outside-period",
                    year < period.lowerBound ? "years before \(period.lowerBound)" : "years after \(period.upperBound)",
                    values[index],
                    expected: "\(period.lowerBound) to \(period.upperBound)"
                )
            } else {
                placed.append(Placed(value: index, place: code, year: year, part: part, decisions: decisions))
            }
        case .ambiguous, .unknown, .contradictory, .codeOutOfTime, .garbled:
            refuse()
        }
    }

    private mutating func isKnown(_ indicator: String) -> Bool {
        if let same = lastIndicator.meaning(of: indicator) { return same }
        let isKnown = catalogue.contains(indicator)
        lastIndicator = LastText(indicator, isKnown)
        return isKnown
    }

    private mutating func noteSetAside(_ code: String, _ found: String, _ value: RawValue, expected: String) {
        ledger.add(code, about: found, at: value.origin) {
            Finding(code: code, severity: .note, at: value.origin, found: found, expected: expected)
        }
    }

    /// Sets the rows of countries and regions aside, unless they are wanted: see ``HarmoniseOptions/levels``.
    mutating func setLevelsAside() {
        let levels = LevelChoice(options.levels, places: places, gazetteer: gazetteer)
        var names: Set<String> = Set(totals.map { values[$0.value].place })
        // Asked once for each place, not for each value.
        let unwanted = places.filter { code in
            guard let level = gazetteer.level(of: code), let country = gazetteer.country(of: code) else { return false }
            return !levels.includes(level, of: country)
        }
        var cells = totals.count
        if !unwanted.isEmpty {
            let before = placed.count
            places.subtract(unwanted)
            placed.removeAll { item in
                guard unwanted.contains(item.place) else { return false }
                let name = values[item.value].place
                names.insert(name.isEmpty ? item.place : name)
                return true
            }
            cells += before - placed.count
            setAside(before - placed.count)
        }
        guard !names.isEmpty else { return }
        ledger.add(
            Finding(
                code: "rows-set-aside",
                severity: .note,
                file: values.first?.origin.file ?? "",
                found: "\(names.sorted().joined(separator: ", ")) (\(cells) cells)",
                expected: "rows of the finest level, or of those that `levels` lists",
                hint: "these are totals and areas of the others; list their level under `levels` to use them too"
            ),
            about: ""
        )
    }
}

/// Which levels of a file become observations.
struct LevelChoice {
    private let declared: Set<PlaceLevel>?
    /// The countries of which the file has places of the gazetteer's finest level.
    private var refined: [String: PlaceLevel] = [:]

    init(_ declared: Set<PlaceLevel>?, places: Set<String>, gazetteer: Gazetteer) {
        self.declared = declared
        guard declared == nil else { return }
        for code in places {
            guard let level = gazetteer.level(of: code), let country = gazetteer.country(of: code) else { continue }
            if level == gazetteer.finestLevel(in: country) { refined[country] = level }
        }
    }

    func includes(_ level: PlaceLevel, of country: String) -> Bool {
        if let declared { return declared.contains(level) }
        return refined[country].map { $0 == level } ?? true
    }
}
