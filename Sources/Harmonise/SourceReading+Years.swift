import Indicators

extension SourceReading {
    /// What the values of one year share.
    private struct Key: Hashable {
        var indicator: String
        var place: String
        var year: Int
        var group: String
    }

    /// The observations of all placed values: one for each annual value, one for the parts of each year.
    mutating func observations() -> [Observation] {
        var observations: [Observation] = []
        observations.reserveCapacity(placed.count)
        guard placed.indices.contains(where: { placed[$0].slice.part != nil }) else {
            for position in canonicalOrder() { observations.append(observation(of: position)) }
            use(observations.count)
            return observations
        }
        var parts: [Key: [Int]] = [:]
        var annual: Set<Key> = []
        for position in placed.indices {
            if placed[position].slice.part == nil {
                observations.append(observation(of: position))
                annual.insert(key(of: position))
            } else {
                parts[key(of: position), default: []].append(position)
            }
        }
        use(observations.count)
        for (key, items) in parts {
            if annual.contains(key) {
                setAside(items.count)
                note("sub-annual-beside-annual", key, items, "the year's own value, which is used", severity: .note)
            } else if let observation = year(of: items.sorted { order($0) < order($1) }, key) {
                observations.append(observation)
            }
        }
        return Observation.inCanonicalOrder(observations)
    }

    /// The positions of the placed values in the canonical order of their observations, those of one key by their cells.
    private func canonicalOrder() -> [Int] {
        let (cells, values, placed) = (cells(), values, placed)
        if cells.indices.dropFirst().allSatisfy({ cells[$0 - 1] < cells[$0] }) { return Array(placed.indices) }
        return placed.indices.sorted { left, right in
            if cells[left] != cells[right] { return cells[left] < cells[right] }
            return values[placed[left].value].origin < values[placed[right].value].origin
        }
    }

    /// For each placed value the number of its cell in a dense panel, in canonical order: by indicator, place, year and group.
    private func cells() -> [Int] {
        let (indicatorRanks, groupRanks) = (indicators.ranks(), groups.ranks())
        // The places of the gazetteer are in the order of their codes.
        let placeCount = hasValues.count
        let placed = placed
        let years = placed.indices.lazy.map { placed[$0].slice.year }
        let first = years.min() ?? 0
        let yearCount = 1 + (years.max() ?? 0) - first
        return placed.indices.map { position in
            let slice = placed[position].slice
            let row = indicatorRanks[slice.indicator] * placeCount + placed[position].place
            return (row * yearCount + slice.year - first) * groupRanks.count + groupRanks[slice.group]
        }
    }

    private func key(of position: Int) -> Key {
        let value = values[placed[position].value]
        let place = names.gazetteer.places[placed[position].place].code
        return Key(indicator: value.indicator, place: place, year: placed[position].slice.year, group: value.group)
    }

    private func order(_ position: Int) -> (YearPart, Origin) {
        (placed[position].slice.part ?? .half(0), values[placed[position].value].origin)
    }

    private mutating func observation(of position: Int) -> Observation {
        let raw = values[placed[position].value]
        var decisions = placed[position].decisions
        var number: Double?
        var error: Double?
        let status: ObservationStatus
        if let aggregation = raw.aggregation {
            decisions.insert(Decision(subject: "records", statement: aggregation), at: 0)
        }
        if case .number(let value) = raw.reading {
            let scaled = scaled(value)
            number = scaled
            error = standardError(of: scaled, raw)
            status = raw.status ?? options.status
            if options.unitFactor != 1 { decisions.append(unitDecision) }
        } else {
            status = raw.status ?? options.markers[raw.text] ?? .missing
        }
        return Observation(
            indicator: raw.indicator,
            place: names.gazetteer.places[placed[position].place].code,
            year: placed[position].slice.year,
            group: raw.group,
            value: number,
            standardError: error,
            status: status,
            grade: options.grade,
            origin: raw.origin,
            text: raw.text,
            decisions: decisions
        )
    }

    private var unitDecision: Decision {
        Decision(subject: "unit", statement: "multiplied by \(Cell.format(options.unitFactor)), as the source declares")
    }

    func scaled(_ value: Double) -> Double {
        Harmonise.scaled(value, by: options.unitFactor)
    }

    /// The year's value of finer periods by the declared rule; `nil` where they are refused.
    private mutating func year(of items: [Int], _ key: Key) -> Observation? {
        let ofYear = items.compactMap { placed[$0].slice.part }
        let kinds = Set(ofYear.map(\.kind))
        let isSingleDay = items.count == 1 && kinds == [YearPart.day(month: 1, day: 1).kind]
        if isSingleDay {
            use(1)
            return observation(of: items[0])
        }
        guard let rule = options.subAnnual else {
            note("sub-annual-undeclared", key, items, "a declared rule for finer periods: sum, mean or last")
            refuse(items.count)
            return nil
        }
        guard kinds.count == 1, Set(ofYear).count == items.count else {
            note("sub-annual-conflict", key, items, "each part of a year once, and parts of one kind")
            refuse(items.count)
            return nil
        }
        use(items.count)
        let parts = items.map { observation(of: $0) }
        let numbers = parts.compactMap(\.value)
        let expected = ofYear[0].countInYear
        let isWhole = expected.map { numbers.count == $0 } ?? (numbers.count == parts.count)
        var value: Double?
        var error: Double?
        switch rule {
        case .sum: value = isWhole ? CompensatedSum(of: numbers).value : nil
        case .mean: value = numbers.isEmpty ? nil : CompensatedSum(of: numbers).value / Double(numbers.count)
        case .last:
            let last = parts.indices.last { parts[$0].value != nil }
            value = last.flatMap { parts[$0].value }
            error = last.flatMap { parts[$0].standardError }
            if let last, !ofYear[last].isLast { noteIncomplete(key, items, numbers.count, rule) }
        }
        if rule != .last, !isWhole { noteIncomplete(key, items, numbers.count, rule) }
        var whole = parts[0]
        whole.value = value
        whole.standardError = error
        whole.status = value == nil ? .missing : options.status
        // A year of parts that are withheld, or of few records, is so itself.
        let told = items.compactMap { values[placed[$0].value].status }
        if value == nil, told.contains(.suppressed) { whole.status = .suppressed }
        if value != nil, told.contains(.unreliable) { whole.status = .unreliable }
        whole.origins = parts.flatMap(\.origins)
        whole.texts = parts.flatMap(\.texts)
        whole.decisions.append(
            Decision(subject: "period", statement: "the \(rule.rawValue) of \(numbers.count) parts of \(key.year)")
        )
        return whole
    }

    private mutating func noteIncomplete(_ key: Key, _ items: [Int], _ count: Int, _ rule: SubAnnualRule) {
        let outcome =
            switch rule {
            case .sum: "every part of the year; its sum is missing"
            case .mean: "every part of the year; the mean is of \(count)"
            case .last: "the last part of the year; an earlier one stands for it"
            }
        note("sub-annual-incomplete", key, items, outcome)
    }

    private mutating func note(
        _ code: String,
        _ key: Key,
        _ items: [Int],
        _ expected: String,
        severity: Finding.Severity = .warning
    ) {
        guard let origin = items.map({ values[placed[$0].value].origin }).min() else { return }
        let periods = items.map { values[placed[$0].value].period }.joined(separator: ", ")
        ledger.add(code, about: "\(key.indicator)\u{1F}\(key.year)", at: origin) {
            Finding(
                code: code,
                severity: severity,
                at: origin,
                found: "\(key.indicator), \(periods)",
                expected: expected
            )
        }
    }
}

/// A value in the catalogue's unit. Powers of ten move the decimal point, so that 0.29 becomes 29.
func scaled(_ value: Double, by factor: Double) -> Double {
    if factor == 1 { return value }
    var exponent = 0
    var power = 1.0
    while power < factor, exponent < 12 { (power, exponent) = (power * 10, exponent + 1) }
    while 1 / power > factor, exponent > -12, factor < 1 { (power, exponent) = (power * 10, exponent - 1) }
    let isPowerOfTen = exponent >= 0 ? power == factor : 1 / power == factor
    let text = value.description
    guard isPowerOfTen, !text.utf8.contains(UInt8(ascii: "e")), let moved = Double("\(text)e\(exponent)") else {
        return value * factor
    }
    return moved
}
