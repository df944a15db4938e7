import Indicators

extension SourceReading {
    /// A column of parts: one indicator, group and period.
    private struct Slice: Hashable {
        var indicator: String
        var group: String
        var year: Int
        var part: YearPart?
    }

    private struct Part {
        var place: String
        /// `nil` where the reading is missing.
        var value: Double?
    }

    /// A published total and the place that it is of; `nil` for the total of whatever stands in the file.
    private struct Published {
        var value: Int
        var place: String?
        var slice: Slice
        var number: Double
    }

    /// Compares every row for a country, a region or a total with its parts in the same file.
    ///
    /// Only where all parts that existed that year are there, each once and none missing. Counts and quantities are
    /// compared with the sum; everything else with the mean weighted by the indicator's denominator where all weights
    /// are at hand, else with the range of the parts, in which any mean must lie.
    mutating func compareTotals(_ weights: WeightLookup?) {
        let finest = finestPlaces()
        // Most files have no totals, and need no columns of parts.
        guard !totals.isEmpty || finest.count < places.count else { return }
        var parts: [Slice: [Part]] = [:]
        var published: [Published] = []
        for item in placed {
            let raw = values[item.value]
            let slice = Slice(indicator: raw.indicator, group: raw.group, year: item.year, part: item.part)
            let number: Double? = if case .number(let number) = raw.reading { number } else { nil }
            if finest.contains(item.place) {
                parts[slice, default: []].append(Part(place: item.place, value: number))
            } else if let number, gazetteer.level(of: item.place) != nil {
                published.append(Published(value: item.value, place: item.place, slice: slice, number: number))
            }
        }
        for total in totals where names.isTotal(values[total.value].place) {
            let raw = values[total.value]
            guard case .number(let number) = raw.reading else { continue }
            let slice = Slice(indicator: raw.indicator, group: raw.group, year: total.year, part: total.part)
            published.append(Published(value: total.value, place: nil, slice: slice, number: number))
        }
        for total in published {
            guard let complete = completeParts(of: total, parts[total.slice] ?? []) else { continue }
            compare(total, complete, weights)
        }
    }

    /// The places of the file that are of the finest level of their country.
    private func finestPlaces() -> Set<String> {
        places.filter { code in
            gazetteer.country(of: code).map { gazetteer.level(of: code) == gazetteer.finestLevel(in: $0) } ?? false
        }
    }

    /// The parts of a total in place-code order; `nil` unless each of them is there once, with a number.
    private func completeParts(of total: Published, _ slice: [Part]) -> [(place: String, value: Double)]? {
        let ordered = slice.sorted { $0.place < $1.place }
        let complete: [(place: String, value: Double)]?
        if let place = total.place {
            guard let level = slice.first.flatMap({ gazetteer.level(of: $0.place) }) else { return nil }
            complete = parts(of: place, at: level, total.slice.year, ordered)
        } else {
            guard Set(slice.compactMap { gazetteer.country(of: $0.place) }).count == 1 else { return nil }
            complete = allParts(total.slice.year, ordered)
        }
        guard let complete, complete.count > 1 else { return nil }
        return complete
    }

    /// Those of a place, from parts in place-code order: all that existed that year.
    private func parts(
        of place: String,
        at level: PlaceLevel,
        _ year: Int,
        _ ordered: [Part]
    ) -> [(place: String, value: Double)]? {
        guard let country = gazetteer.country(of: place) else { return nil }
        var complete: [(place: String, value: Double)] = []
        var isExpected = false
        var next = 0
        for part in gazetteer.places(at: level, under: place) {
            let existed = part.country == country && part.exists(in: year)
            isExpected = isExpected || existed
            while next < ordered.count, ordered[next].place < part.code { next += 1 }
            var isThere = false
            while next < ordered.count, ordered[next].place == part.code {
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
        var complete: [(place: String, value: Double)] = []
        for part in ordered {
            guard let value = part.value else {
                // A place that was not there yet may stand in the file without a number.
                if gazetteer[part.place]?.exists(in: year) == true { return nil }
                continue
            }
            if complete.last?.place == part.place { return nil }
            complete.append((part.place, value))
        }
        return complete
    }

    private mutating func compare(
        _ total: Published,
        _ parts: [(place: String, value: Double)],
        _ weights: WeightLookup?
    ) {
        guard let indicator = catalogue[total.slice.indicator] else { return }
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
        let name = raw.place.isEmpty ? total.place ?? "" : raw.place
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
