package import Indicators

/// Marks the breaks that splits, mergers and re-creations leave in the series of the places concerned.
///
/// At a split or re-creation the break shows in the first year that counts the new place for itself: the first year
/// with a value of it, where the source has re-tabulated (earlier than the change) or lists the place without a figure
/// (later); else the year of the change, or the next where the change came in the second half of the year. In that
/// year the predecessors and the new place get status `B`; before it the predecessors, back to the place's previous
/// end, get `W`, because they include it. At a merger the successors get `B` in the first year after, unless the place
/// was made again before their next value: then that beginning is the break. Only series that have values on both
/// sides of the change break; only status `A` is overwritten.
///
/// - Parameters:
///   - observations: Of whole series, from all their sources, in any order.
///   - gazetteer: Its changes tell which places were split, merged or made again, and when.
/// - Returns: The observations in the same order, and a note for each break.
package func markBreaks(
    in observations: consuming [Observation],
    gazetteer: Gazetteer
) -> (observations: [Observation], findings: [Finding]) {
    var marker = BreakMarker(observations, gazetteer: gazetteer)
    for change in gazetteer.changes {
        switch change.kind {
        case .split, .recreation: marker.markBirth(change)
        case .merger: marker.markEnd(change)
        case .code: break
        }
    }
    return (marker.observations, marker.findings.inCanonicalOrder)
}

private struct BreakMarker {
    var observations: [Observation]
    var findings: [Finding] = []
    private let changes: [PlaceChange]
    /// The numbers of the places concerned, by their codes.
    private let places: [String: Int]
    /// Those in which a place concerned was observed, sorted.
    private let series: [SeriesKey]
    /// The positions of the observations of each place concerned, in order of their years; by `place * series.count + series`.
    private let positions: [[Int]]

    init(_ observations: consuming [Observation], gazetteer: Gazetteer) {
        // Taken, not shared: a shared array would be copied whole for the first mark.
        self.observations = observations
        changes = gazetteer.changes
        var places: [String: Int] = [:]
        for change in changes {
            for place in [change.place] + change.predecessors + change.successors where places[place] == nil {
                places[place] = places.count
            }
        }
        var series = RecurringValues<SeriesKey>()
        var found: [(place: Int, series: Int, position: Int)] = []
        // The places of one series come again in the next, in the same order.
        var observedPlaces = RecurringValues<String>()
        var concerned: [Int?] = []
        for position in self.observations.indices {
            let number = observedPlaces.number(self.observations[position].place)
            if number == concerned.count { concerned.append(places[self.observations[position].place]) }
            guard let place = concerned[number] else { continue }
            let key = SeriesKey(
                indicator: self.observations[position].indicator,
                group: self.observations[position].group
            )
            found.append((place, series.number(key), position))
        }
        self.places = places
        self.series = series.values.sorted()
        let ranks = series.ranks()
        var positions = [[Int]](repeating: [], count: places.count * ranks.count)
        for (place, series, position) in found { positions[place * ranks.count + ranks[series]].append(position) }
        let all = self.observations
        for key in positions.indices where positions[key].count > 1 {
            positions[key].sort { Self.precedes($0, $1, in: all) }
        }
        self.positions = positions
    }

    /// Whether one observation of a place and series is of an earlier year than another, or of the same and an earlier cell.
    private static func precedes(_ left: Int, _ right: Int, in all: [Observation]) -> Bool {
        if all[left].year != all[right].year { return all[left].year < all[right].year }
        return (all[left].origins.first ?? .none) < (all[right].origins.first ?? .none)
    }

    /// The positions of the observations of a place, by its code, in a series, by its number; in order of their years.
    private func observed(_ place: String, _ key: Int) -> [Int] {
        places[place].map { positions[$0 * series.count + key] } ?? []
    }

    mutating func markBirth(_ change: PlaceChange) {
        let lastEnd = changes.last { $0.place == change.place && $0.kind == .merger && $0.date < change.date }?.date
            .year
        let predecessors = change.predecessors.sorted()
        for key in series.indices {
            let shows = year(inWhich: change, showsIn: key, after: lastEnd)
            var broken: [String] = []
            // The years besides in which the break of a predecessor shows.
            var years: [Int] = []
            for predecessor in predecessors {
                let before = observed(predecessor, key).filter { position in
                    let year = observations[position].year
                    return year < shows && lastEnd.map { year >= $0 } ?? true
                }
                for position in before where observations[position].value != nil {
                    mark(position, .includesOther, "includes \(change.place), which was separated later")
                }
                let isContinued = before.contains { observations[$0].value != nil }
                guard isContinued || bridges(predecessor, key, lastEnd, shows) else { continue }
                let reason =
                    isContinued
                    ? "\(change.place) is counted for itself from here"
                    : "\(change.place) was dissolved and made again since the value before"
                guard let year = markFirst(of: predecessor, key, from: shows, reason) else { continue }
                broken.append(predecessor)
                if year != shows { years.append(year) }
            }
            guard !broken.isEmpty else { continue }
            for position in observed(change.place, key) where observations[position].value != nil {
                let year = observations[position].year
                guard year == shows || years.contains(year) else { continue }
                mark(
                    position,
                    .seriesBreak,
                    "counted for itself from here, before with \(broken.joined(separator: ", "))"
                )
            }
        }
    }

    /// Whether a series of a predecessor has values before the place's last end, and none between it and `shows`: the
    /// land came and went between two values.
    private func bridges(_ predecessor: String, _ key: Int, _ lastEnd: Int?, _ shows: Int) -> Bool {
        guard let lastEnd else { return false }
        return observed(predecessor, key).contains { observations[$0].year < lastEnd && observations[$0].value != nil }
    }

    mutating func markEnd(_ change: PlaceChange) {
        let shows = Self.firstYear(after: change.date)
        let again = changes.first { $0.place == change.place && $0.kind == .recreation && $0.date > change.date }
        for key in series.indices {
            // Where no value stands between the end and the next beginning, the beginning marks the break.
            let next = again.map { year(inWhich: $0, showsIn: key, after: change.date.year) } ?? .max
            for successor in change.successors.sorted() {
                let values = observed(successor, key).filter { observations[$0].value != nil }.map {
                    observations[$0].year
                }
                guard values.contains(where: { $0 < shows }), values.contains(where: { shows <= $0 && $0 < next })
                else {
                    continue
                }
                _ = markFirst(of: successor, key, from: shows, "includes land of \(change.place) from here")
            }
        }
    }

    /// The first year of the Common Era in which a series counts a new place for itself.
    private func year(inWhich change: PlaceChange, showsIn key: Int, after lastEnd: Int?) -> Int {
        let start = Self.firstYear(after: change.date)
        let own = observed(change.place, key).filter { position in
            lastEnd.map { observations[position].year > $0 } ?? true
        }
        guard let first = own.first(where: { observations[$0].value != nil }).map({ observations[$0].year }) else {
            return start
        }
        if first <= start { return first }
        let isListedWithoutFigure = own.contains {
            observations[$0].year >= start && observations[$0].year < first
        }
        return isListedWithoutFigure ? first : start
    }

    /// The year of a change; the next one for a change in its second half.
    private static func firstYear(after date: CalendarDate) -> Int {
        date.month < 7 ? date.year : date.year + 1
    }

    /// Marks the first value at or after `year`, and tells its year; `nil` where there is none.
    private mutating func markFirst(of place: String, _ key: Int, from year: Int, _ reason: String) -> Int? {
        let first = observed(place, key).first { observations[$0].year >= year && observations[$0].value != nil }
        guard let first else { return nil }
        let (found, at) = (observations[first].value ?? 0, observations[first].year)
        for position in observed(place, key)
        where observations[position].year == at && observations[position].value != nil {
            mark(position, .seriesBreak, reason)
        }
        guard let origin = observations[first].origins.first else { return at }
        findings.append(
            Finding(
                code: "series-break",
                severity: .note,
                at: origin,
                found: "\(place), \(series[key].indicator), \(at): \(Cell.format(found))",
                expected: "no comparison with the years before: \(reason)"
            )
        )
        return at
    }

    private mutating func mark(_ position: Int, _ status: ObservationStatus, _ reason: String) {
        let isFree = observations[position].status == .normal
        // A break outranks what an earlier change said of the same year.
        let isOutranked = status == .seriesBreak && observations[position].status == .includesOther
        if isFree || isOutranked { observations[position].status = status }
        observations[position].decisions.append(Decision(subject: "status", statement: reason))
    }
}

extension Origin {
    fileprivate static let none = Origin(file: "", record: 0, line: 0, field: 0, column: "")
}
