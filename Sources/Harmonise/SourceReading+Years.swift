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
        var parts: [Key: [Placed]] = [:]
        var annual: Set<Key> = []
        let hasParts = placed.contains { $0.part != nil }
        for item in placed {
            if item.part == nil {
                observations.append(observation(of: item))
                if hasParts { annual.insert(key(of: item)) }
            } else {
                parts[key(of: item), default: []].append(item)
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

    private func key(of item: Placed) -> Key {
        let value = values[item.value]
        return Key(indicator: value.indicator, place: item.place, year: item.year, group: value.group)
    }

    private func order(_ item: Placed) -> (YearPart, Origin) {
        (item.part ?? .half(0), values[item.value].origin)
    }

    private mutating func observation(of item: Placed) -> Observation {
        let raw = values[item.value]
        var decisions = item.decisions
        var number: Double?
        var error: Double?
        var status = raw.status ?? options.markers[raw.text] ?? .missing
        if let aggregation = raw.aggregation {
            decisions.insert(Decision(subject: "records", statement: aggregation), at: 0)
        }
        if case .number(let value) = raw.reading {
            let scaled = scaled(value)
            number = scaled
            error = standardError(of: scaled, raw)
            status = raw.status ?? options.status
            if options.unitFactor != 1 { decisions.append(unitDecision) }
        }
        return Observation(
            indicator: raw.indicator,
            place: item.place,
            year: item.year,
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
    private mutating func year(of items: [Placed], _ key: Key) -> Observation? {
        let kinds = Set(items.compactMap { $0.part?.kind })
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
        guard kinds.count == 1, Set(items.compactMap(\.part)).count == items.count else {
            note("sub-annual-conflict", key, items, "each part of a year once, and parts of one kind")
            refuse(items.count)
            return nil
        }
        use(items.count)
        let parts = items.map { observation(of: $0) }
        let numbers = parts.compactMap(\.value)
        let expected = items[0].part?.countInYear
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
            if let last, items[last].part?.isLast != true { noteIncomplete(key, items, numbers.count, rule) }
        }
        if rule != .last, !isWhole { noteIncomplete(key, items, numbers.count, rule) }
        var whole = parts[0]
        whole.value = value
        whole.standardError = error
        whole.status = value == nil ? .missing : options.status
        // A year of parts that are withheld, or of few records, is so itself.
        let told = items.compactMap { values[$0.value].status }
        if value == nil, told.contains(.suppressed) { whole.status = .suppressed }
        if value != nil, told.contains(.unreliable) { whole.status = .unreliable }
        whole.origins = parts.flatMap(\.origins)
        whole.texts = parts.flatMap(\.texts)
        whole.decisions.append(
            Decision(subject: "period", statement: "the \(rule.rawValue) of \(numbers.count) parts of \(key.year)")
        )
        return whole
    }

    private mutating func noteIncomplete(_ key: Key, _ items: [Placed], _ count: Int, _ rule: SubAnnualRule) {
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
        _ items: [Placed],
        _ expected: String,
        severity: Finding.Severity = .warning
    ) {
        guard let origin = items.map({ values[$0.value].origin }).min() else { return }
        let periods = items.map { values[$0.value].period }.joined(separator: ", ")
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
