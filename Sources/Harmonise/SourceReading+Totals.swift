import Indicators

extension SourceReading {
    private struct Part {
        /// The position among the places of the gazetteer.
        var place: Int
        /// `nil` where the reading is missing.
        var value: Double?
    }

    /// A published total and the place that it is of; `nil` for the total of whatever stands in the file.
    private struct Published {
        var value: Int
        var place: Place?
        var slice: Slice
        var number: Double
    }

    /// The places of one level in another: totals of one place, year after year, ask for the same.
    private struct PlacesWithin {
        private var place: Place?
        private var level: PlaceLevel?
        private var places: [Place] = []

        mutating func places(at level: PlaceLevel, under place: Place, _ gazetteer: Gazetteer) -> [Place] {
            if self.place !== place || self.level != level {
                (self.place, self.level) = (place, level)
                places = gazetteer.places(at: level, under: place.code)
            }
            return places
        }
    }

    /// Compares every row for a country, a region or a total with its parts in the same file.
    ///
    /// Only where all parts that existed that year are there, each once and none missing. Counts and quantities are
    /// compared with the sum; everything else with the mean weighted by the indicator's denominator where all weights
    /// are at hand, else with the range of the parts, in which any mean must lie.
    mutating func compareTotals(_ weights: WeightLookup?) {
        let published = publishedTotals()
        // Most files have none, and need no columns of parts.
        if published.isEmpty { return }
        var slices = RecurringValues<Slice>()
        let numbers = published.map { slices.number($0.slice) }
        let parts = parts(in: &slices)
        var within = PlacesWithin()
        for (total, number) in zip(published, numbers) {
            if let complete = completeParts(of: total, parts[number], &within) { compare(total, complete, weights) }
        }
    }

    /// The totals of the file: its rows for places that are not of the finest level, and those for whatever stands in it. None
    /// where it has no parts either.
    private func publishedTotals() -> [Published] {
        var (hasFinest, hasOthers) = (false, false)
        for place in hasValues.indices where hasValues[place] {
            if names.isFinest[place] { hasFinest = true } else { hasOthers = true }
        }
        guard hasFinest else { return [] }
        var published: [Published] = []
        if hasOthers {
            let places = names.gazetteer.places
            for position in placed.indices where !names.isFinest[placed[position].place] {
                let value = placed[position].value
                guard case .number(let number) = values[value].reading else { continue }
                let place = places[placed[position].place]
                published.append(Published(value: value, place: place, slice: placed[position].slice, number: number))
            }
        }
        for total in totals where names.isTotal(values[total.value].place) {
            guard case .number(let number) = values[total.value].reading else { continue }
            published.append(Published(value: total.value, place: nil, slice: total.slice, number: number))
        }
        return published
    }

    /// The values of places of the finest level in the slices of the totals, by the numbers of these; each in the order of the
    /// file. Other slices are given numbers behind them.
    private func parts(in slices: inout RecurringValues<Slice>) -> [[Part]] {
        var parts = [[Part]](repeating: [], count: slices.values.count)
        for position in placed.indices where names.isFinest[placed[position].place] {
            let slice = slices.number(placed[position].slice)
            guard slice < parts.count else { continue }
            let number: Double? =
                if case .number(let number) = values[placed[position].value].reading { number } else { nil }
            parts[slice].append(Part(place: placed[position].place, value: number))
        }
        return parts
    }

    /// The parts of a total in place-code order; `nil` unless each of them is there once, with a number.
    private func completeParts(
        of total: Published,
        _ slice: [Part],
        _ within: inout PlacesWithin
    ) -> [(place: String, value: Double)]? {
        guard let first = slice.first else { return nil }
        let places = names.gazetteer.places
        let ordered = slice.sorted { $0.place < $1.place }
        let complete: [(place: String, value: Double)]?
        if let place = total.place {
            let expected = within.places(at: places[first.place].level, under: place, names.gazetteer)
            complete = parts(of: place, expected, total.slice.year, ordered)
        } else {
            let country = places[first.place].country
            guard ordered.allSatisfy({ places[$0.place].country == country }) else { return nil }
            complete = allParts(total.slice.year, ordered)
        }
        guard let complete, complete.count > 1 else { return nil }
        return complete
    }

    /// Those of a place, of the places expected within it, from parts in place-code order: all that existed that year.
    private func parts(
        of place: Place,
        _ within: [Place],
        _ year: Int,
        _ ordered: [Part]
    ) -> [(place: String, value: Double)]? {
        let places = names.gazetteer.places
        var complete: [(place: String, value: Double)] = []
        var isExpected = false
        var next = 0
        for part in within {
            let existed = part.country == place.country && part.exists(in: year)
            isExpected = isExpected || existed
            while next < ordered.count, places[ordered[next].place].code < part.code { next += 1 }
            var isThere = false
            while next < ordered.count, places[ordered[next].place] === part {
                if let value = ordered[next].value {
                    if isThere { return nil }
                    isThere = true
                    complete.append((part.code, value))
                }
                next += 1
            }
            if existed, !isThere { return nil }
        }
        return isExpected ? complete : nil
    }

    /// Those of whatever stands in the file, from parts in place-code order.
    private func allParts(_ year: Int, _ ordered: [Part]) -> [(place: String, value: Double)]? {
        let places = names.gazetteer.places
        var complete: [(place: String, value: Double)] = []
        var last: Int?
        for part in ordered {
            guard let value = part.value else {
                // A place that was not there yet may stand in the file without a number.
                if places[part.place].exists(in: year) { return nil }
                continue
            }
            if last == part.place { return nil }
            last = part.place
            complete.append((places[part.place].code, value))
        }
        return complete
    }

    private mutating func compare(
        _ total: Published,
        _ parts: [(place: String, value: Double)],
        _ weights: WeightLookup?
    ) {
        guard let indicator = catalogue[values[total.value].indicator] else { return }
        switch indicator.kind {
        case .count, .quantity:
            let sum = CompensatedSum(of: parts.lazy.map(\.value)).value
            let difference = abs(sum - total.number)
            let isBeyond = difference > options.totals.sum * max(abs(sum), abs(total.number))
            // Each part of a count may have been rounded by up to a half, and the total too.
            let isExplained = indicator.kind == .count && difference <= 0.5 * Double(parts.count + 1)
            guard !isExplained, isBeyond || indicator.kind == .count else { return }
            report(total, isBeyond ? .warning : .note, "the sum of its \(parts.count) parts, \(Cell.format(sum))")
        case .share, .rate, .price, .index:
            if let mean = weightedMean(parts, indicator, total.slice.year, weights) {
                let difference = abs(mean - total.number)
                guard difference > options.totals.mean * max(abs(mean), abs(total.number)) else { return }
                report(
                    total,
                    .warning,
                    "the mean of its \(parts.count) parts weighted by \(indicator.denominator ?? ""), \(Cell.format(mean))"
                )
            } else if let low = parts.lazy.map(\.value).min(), let high = parts.lazy.map(\.value).max(),
                total.number < low || total.number > high
            {
                report(
                    total,
                    .warning,
                    "a mean within the range of its \(parts.count) parts, \(Cell.format(low)) to \(Cell.format(high)) "
                        + "(no weights are at hand to compare it closer)"
                )
            }
        }
    }

    private func weightedMean(
        _ parts: [(place: String, value: Double)],
        _ indicator: Indicator,
        _ year: Int,
        _ weights: WeightLookup?
    ) -> Double? {
        guard let weights, let denominator = indicator.denominator else { return nil }
        let known = parts.compactMap { weights(denominator, $0.place, year) }
        guard known.count == parts.count, known.allSatisfy({ $0 >= 0 }) else { return nil }
        let sum = CompensatedSum(of: known).value
        return sum > 0 ? CompensatedSum(of: zip(parts, known).lazy.map { $0.value * $1 }).value / sum : nil
    }

    private mutating func report(_ total: Published, _ severity: Finding.Severity, _ expected: String) {
        let raw = values[total.value]
        let name = raw.place.isEmpty ? total.place?.code ?? "" : raw.place
        ledger.add(
            Finding(
                code: "total-differs",
                severity: severity,
                at: raw.origin,
                found: "\(name), \(raw.indicator), \(total.slice.year): \(raw.text)",
                expected: expected,
                hint: "is a part missing, counted twice, or corrected without the total?"
            ),
            about: "\(name)\u{1F}\(raw.indicator)\u{1F}\(raw.group)\u{1F}\(raw.period)\u{1F}\(raw.origin.record)"
        )
    }
}
