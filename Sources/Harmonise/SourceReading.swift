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

    /// What names a place in a row.
    struct RowName: Hashable {
        var name: String
        var code: String
        var country: String
    }

    let values: [RawValue]
    let options: HarmoniseOptions
    let names: PlaceNames
    let catalogue: Catalogue
    var gazetteer: Gazetteer { names.gazetteer }

    private(set) var tally: Tally
    var ledger = FindingLedger()
    private(set) var placed: [Placed] = []
    private(set) var totals: [Total] = []

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
        let rows = values.map { RowName(name: $0.place, code: $0.placeCode, country: $0.country) }
        let context = names.context(
            of: Set(rows).lazy.map { (name: $0.name, code: $0.code, country: $0.country) },
            level: options.level
        )
        var matcher = RowMatcher(names: names, context: context)
        var calendar = CalendarReading(options.calendar)
        placed.reserveCapacity(values.count)
        for index in values.indices {
            place(index, rows[index], &matcher, &calendar)
        }
        if let finding = calendar.finding(file: values.first?.origin.file ?? "") {
            ledger.add(finding, about: "")
        }
    }

    private mutating func place(
        _ index: Int,
        _ row: RowName,
        _ matcher: inout RowMatcher,
        _ calendar: inout CalendarReading
    ) {
        let value = values[index]
        if row.name.isEmpty, row.code.isEmpty, row.country.isEmpty, value.reading == .missing {
            setAside()  // a blank row between others
            return
        }
        let period = calendar.read(value.period)
        let year: Int? = if case .year(let year, _, _) = period { year } else { nil }
        let match = matcher.match(row, year: year)
        report(match, of: row, in: value, isExhausted: matcher.isExhausted)
        guard case .year(let year, let part, let era) = period else {
            report(period, in: value)
            refuse()
            return
        }
        guard catalogue[value.indicator] != nil else {
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
        switch match {
        case .setAside:
            totals.append(Total(value: index, year: year, part: part))
            setAside()
        case .place(let code, _):
            let country = gazetteer[code]?.country ?? code
            if let wanted = options.countries, !wanted.contains(country) {
                setAside()
                noteSetAside(
                    "other-country",
                    country,
                    value,
                    expected: "places of \(wanted.sorted().joined(separator: ", "))"
                )
            } else if let period = options.period, !period.contains(year) {
                setAside()
                noteSetAside(
                    "outside-period",
                    year < period.lowerBound ? "years before \(period.lowerBound)" : "years after \(period.upperBound)",
                    value,
                    expected: "\(period.lowerBound) to \(period.upperBound)"
                )
            } else {
                let decisions = [matcher.decision(row, year: year), calendar.decision(value.period, year, era)]
                placed.append(
                    Placed(value: index, place: code, year: year, part: part, decisions: decisions.compactMap(\.self))
                )
            }
        case .ambiguous, .unknown, .contradictory, .codeOutOfTime, .garbled:
            refuse()
        }
    }

    private mutating func noteSetAside(_ code: String, _ found: String, _ value: RawValue, expected: String) {
        ledger.add(code, about: found, at: value.origin) {
            Finding(code: code, severity: .note, at: value.origin, found: found, expected: expected)
        }
    }

    /// Sets the rows of countries and regions aside, unless they are wanted: see ``HarmoniseOptions/levels``.
    mutating func setLevelsAside() {
        let levels = LevelChoice(options.levels, placed: placed.lazy.map(\.place), gazetteer: gazetteer)
        var names: Set<String> = Set(totals.map { values[$0.value].place })
        var cells = totals.count
        var kept: [Placed] = []
        kept.reserveCapacity(placed.count)
        for item in placed {
            guard let place = gazetteer[item.place], !levels.includes(place) else {
                kept.append(item)
                continue
            }
            let name = values[item.value].place
            names.insert(name.isEmpty ? item.place : name)
            cells += 1
        }
        setAside(placed.count - kept.count)
        placed = kept
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

    init(_ declared: Set<PlaceLevel>?, placed: some Sequence<String>, gazetteer: Gazetteer) {
        self.declared = declared
        guard declared == nil else { return }
        var finest: [String: PlaceLevel] = [:]
        for code in Set(placed) {
            guard let place = gazetteer[code] else { continue }
            if finest[place.country] == nil { finest[place.country] = gazetteer.finestLevel(in: place.country) }
            if place.level == finest[place.country] { refined[place.country] = place.level }
        }
    }

    func includes(_ place: Place) -> Bool {
        if let declared { return declared.contains(place.level) }
        return refined[place.country].map { $0 == place.level } ?? true
    }
}

extension Gazetteer {
    /// The level of the places that lie deepest in a country.
    func finestLevel(in country: String) -> PlaceLevel? {
        var deepest: (depth: Int, level: PlaceLevel)?
        for place in places where place.country == country {
            var depth = 0
            var next = place.parent
            while let parent = next, depth < 16 {
                depth += 1
                next = self[parent]?.parent
            }
            if depth > deepest?.depth ?? -1 { deepest = (depth, place.level) }
        }
        return deepest?.level
    }
}
