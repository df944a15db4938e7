import Indicators

/// Finds what the numerators of one rule are divided by.
final class Divisors {
    private let rule: DenominatorRule
    private let gazetteer: Gazetteer
    private let observations: [Observation]
    /// The denominators, or for shares of a total the numerators themselves, over all places of the gazetteer.
    private let panel: Panel
    /// Totals already worked out: one serves all its parts.
    private var totals: [TotalKey: Divisor] = [:]
    /// Where the place and the series of the last numerator stand in the panel: numerators come place by place.
    private var lastPlace = LastText<Int?>()
    private var lastSeries = LastText<Int?>()

    private struct TotalKey: Hashable {
        var whole: String
        var level: PlaceLevel
        var year: Int
        var group: String
    }

    init(for rule: DenominatorRule, among observations: [Observation], gazetteer: Gazetteer) {
        self.rule = rule
        self.gazetteer = gazetteer
        let needed: String? =
            switch rule.denominator {
            case .indicator(let id, _, _): id
            case .area: nil
            case .total: rule.numerator
            }
        self.observations = observations.of(needed)
        panel = Panel(self.observations, places: gazetteer.places.map(\.code))
    }

    /// What the numerator of a cell is divided by, whose status tells within which boundaries it was counted.
    func divisor(of numerator: CellKey, status: ObservationStatus) -> Divisor {
        switch rule.denominator {
        case .indicator(let id, let years, _): denominator(id, years, of: numerator, status)
        case .area: area(of: numerator, status)
        case .total(let whole): total(whole, of: numerator)
        }
    }

    // MARK: Another indicator

    private func denominator(
        _ id: String,
        _ years: DenominatorRule.YearRule,
        of numerator: CellKey,
        _ status: ObservationStatus
    ) -> Divisor {
        let (series, place) = (index(ofSeries: id, numerator.group), index(ofPlace: numerator.place))
        var hasOtherBoundaries = false
        let found: Divisor? = years.first(for: numerator.year, in: panel.years) { year in
            guard let source = source(series, year, place), let value = observations[source].value else { return nil }
            // A place before a split may only be divided by the same place before the split.
            guard (observations[source].status == .includesOther) == (status == .includesOther) else {
                hasOtherBoundaries = true
                return nil
            }
            let found = Divisor.Found(value: value, year: year, sources: observations[source...source])
            return quotient(by: value, found)
        }
        if let found { return found }
        if hasOtherBoundaries {
            return .refused(
                code: "denominator-other-boundaries",
                found: "\(id) only of the place as it was before or after a split",
                expected: "\(id) within the boundaries of the numerator",
                hint: "give \(id) for the same year"
            )
        }
        return .refused(
            code: "denominator-missing",
            found: "no value of \(id) \(years.text(for: numerator.year))",
            expected: "one of the same place and group",
            hint: "add a source for \(id), or a wider year rule"
        )
    }

    /// The position in ``observations`` of that of a series, year and place; `nil` where there is none, nor such a series, year
    /// or place.
    private func source(_ series: Int?, _ year: Int, _ place: Int?) -> Int? {
        guard let series, let place, let year = panel.index(ofYear: year) else { return nil }
        return panel.source(series: series, year: year, place: place)
    }

    private func index(ofPlace code: String) -> Int? {
        if let same = lastPlace.meaning(of: code) { return same }
        let index = panel.index(ofPlace: code)
        lastPlace = LastText(code, index)
        return index
    }

    /// Of a group of the indicator whose observations these are.
    private func index(ofSeries indicator: String, _ group: String) -> Int? {
        if let same = lastSeries.meaning(of: group) { return same }
        let index = panel.index(of: SeriesKey(indicator: indicator, group: group))
        lastSeries = LastText(group, index)
        return index
    }

    private func quotient(by value: Double, _ found: Divisor.Found) -> Divisor {
        if value > 0 { return .found(found) }
        let year = found.year.map { " in \($0)" } ?? ""
        return .refused(
            code: value == 0 ? "denominator-zero" : "denominator-negative",
            found: "\(rule.denominatorText) \(Cell.format(value))\(year)",
            expected: "more than 0",
            hint: "is zero a marker for missing in that source?"
        )
    }

    // MARK: Area

    private func area(of numerator: CellKey, _ status: ObservationStatus) -> Divisor {
        guard let area = gazetteer[numerator.place]?.areaSquareKilometres else {
            return .refused(
                code: "denominator-missing",
                found: "no area of \(numerator.place) in the gazetteer",
                expected: "its area in square kilometres",
                hint: "fill in the area in the file of places"
            )
        }
        // The gazetteer's area is today's; before a split the place was larger.
        if status == .includesOther {
            return .refused(
                code: "denominator-other-boundaries",
                found: "a value that includes another place's, and the area without that place",
                expected: "value and area within the same boundaries",
                hint: ""
            )
        }
        return quotient(by: area, Divisor.Found(value: area, year: nil, sources: []))
    }

    // MARK: Share of a total

    private func total(_ whole: DenominatorRule.Whole, of numerator: CellKey) -> Divisor {
        guard let place = gazetteer[numerator.place], let code = whole.code(of: place, in: gazetteer) else {
            return .refused(
                code: "denominator-missing",
                found: "\(numerator.place) belongs to no \(whole.rawValue)",
                expected: "a place within a \(whole.rawValue)",
                hint: ""
            )
        }
        let key = TotalKey(whole: code, level: place.level, year: numerator.year, group: numerator.group)
        if let total = totals[key] { return total }
        let total = total(of: key)
        totals[key] = total
        return total
    }

    private func total(of key: TotalKey) -> Divisor {
        let series = index(ofSeries: rule.numerator, key.group)
        let parts = gazetteer.places(at: key.level, under: key.whole).filter { $0.exists(in: key.year) }
        var sum = ExactSum()
        var sources: [Observation] = []
        var absent: [String] = []
        for part in parts {
            let source = source(series, key.year, panel.index(ofPlace: part.code))
            if let source, let value = observations[source].value {
                sum.add(value)
                sources.append(observations[source])
            } else if source.map({ observations[$0].status }) != .impossible {
                absent.append(part.code)
            }
        }
        guard absent.isEmpty else {
            let named = absent.prefix(5).joined(separator: " ") + (absent.count > 5 ? " ..." : "")
            return .refused(
                code: "total-incomplete",
                found: "no value for \(absent.count) of \(parts.count) places of \(key.whole): \(named)",
                expected: "a value for each, or the share comes out too large",
                hint: ""
            )
        }
        guard let value = sum.value else {
            return .refused(
                code: "not-representable",
                found: "a total beyond all numbers",
                expected: "a finite total",
                hint: ""
            )
        }
        return quotient(by: value, Divisor.Found(value: value, year: key.year, sources: sources[...]))
    }
}

extension DenominatorRule.Whole {
    /// The code of the country or region that `place` is part of, `nil` where it is none's.
    fileprivate func code(of place: Place, in gazetteer: Gazetteer) -> String? {
        switch self {
        case .country:
            return place.level == .country || gazetteer[place.country] == nil ? nil : place.country
        case .region:
            var above = place.parent
            while let code = above {
                guard let parent = gazetteer[code] else { return nil }
                if parent.level == .region { return code }
                above = parent.parent
            }
            return nil
        }
    }
}

extension DenominatorRule.YearRule {
    /// What is found in the years to look in, the preferred one first, none outside `years`; `nil` where nothing is.
    fileprivate func first<Found>(for year: Int, in years: [Int], _ find: (Int) -> Found?) -> Found? {
        guard let first = years.first, let last = years.last else { return nil }
        func look(_ candidate: Int) -> Found? {
            first <= candidate && candidate <= last ? find(candidate) : nil
        }
        switch self {
        case .same: return look(year)
        case .fixed(let fixed): return look(fixed)
        case .latestBefore(let within):
            for back in 0...min(within, max(0, year - first)) {
                if let found = look(year - back) { return found }
            }
        case .nearest(let within):
            for distance in 0...min(within, max(0, year - first, last - year)) {
                if let found = look(year + distance) { return found }
                if distance > 0, let found = look(year - distance) { return found }
            }
        }
        return nil
    }

    /// As it follows "no value of population".
    fileprivate func text(for year: Int) -> String {
        switch self {
        case .same: "in \(year)"
        case .fixed(let fixed): "in \(fixed)"
        case .nearest(let within): "within \(within) years of \(year)"
        case .latestBefore(let within): "in \(year) or the \(within) years before"
        }
    }

    /// The distance that it allows, 0 where it allows none.
    var distance: Int {
        switch self {
        case .same, .fixed: 0
        case .nearest(let within), .latestBefore(let within): within
        }
    }
}
