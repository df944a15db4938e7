import Indicators

extension Judgement {
    /// A rate of more than this many of what it is per (1,000 per 100) is suspected to hold counts.
    private static let suspectedRate = 10.0
    /// A rate of more than this many of what it is per (10,000 per 100) cannot be one.
    private static let impossibleRate = 100.0

    /// Refuses what the kind of an indicator does not allow, and flags what it makes unlikely.
    mutating func judgeRanges(_ catalogue: Catalogue, _ options: ValidateOptions, asOf: CalendarDate) {
        // What the catalogue and the pipeline say of the indicator of the last position: they stand together.
        var last: (rank: Int, kind: Indicator.Kind?, rule: IndicatorRule?, base: Double?)?
        for position in remaining {
            guard let value = observations[position].value else { continue }
            if last?.rank != ranks.indicators[position] {
                let indicator = observations[position].indicator
                last = (
                    ranks.indicators[position], catalogue.kind(of: indicator), options.rules[indicator],
                    Self.base(ofUnit: catalogue.unit(of: indicator) ?? "")
                )
            }
            guard let kind = last?.kind else { continue }
            if observations[position].year > asOf.year {
                note("year-in-future", .warning, position, expected: "a year not after \(asOf)")
            }
            if let rule = last?.rule, !judge(value, rule, position) { continue }
            switch kind {
            case .share: judgeShare(value, position)
            case .count: judgeCount(value, position)
            case .rate: judgeRate(value, catalogue, base: last?.base, position)
            case .price, .quantity:
                if value < 0 { note("negative-value", .warning, position, expected: "0 or more; it is kept") }
            case .index: break
            }
        }
    }

    /// - Returns: Whether the value is kept.
    private mutating func judge(_ value: Double, _ rule: IndicatorRule, _ position: Int) -> Bool {
        let isInside = value >= rule.minimum ?? -.infinity && value <= rule.maximum ?? .infinity
        if isInside { return true }
        let limits = [
            rule.minimum.map { "at least \(Cell.format($0))" }, rule.maximum.map { "at most \(Cell.format($0))" },
        ]
        let expected = limits.compactMap(\.self).joined(separator: " and ")
        note("value-out-of-range", .warning, position, expected: "\(expected); it is refused")
        refuse(position)
        return false
    }

    private mutating func judgeShare(_ value: Double, _ position: Int) {
        guard value < 0 || value > 100 else { return }
        let isPerMille = value > 100 && value <= 1000
        note(
            "share-out-of-range",
            .warning,
            position,
            expected: "a share between 0 and 100; it is refused",
            hint: isPerMille ? "is it per mille?" : ""
        )
        refuse(position)
    }

    private mutating func judgeCount(_ value: Double, _ position: Int) {
        if value < 0 {
            note("negative-value", .warning, position, expected: "a count of 0 or more; it is refused")
            refuse(position)
        } else if value != value.rounded() {
            note(
                "count-not-whole",
                .warning,
                position,
                expected: "a whole number; it is kept",
                hint: "is it in thousands, or an estimate? then declare its unit, or the kind `quantity`"
            )
        }
    }

    /// `base` is what the rate is per, `nil` where its unit does not tell.
    private mutating func judgeRate(_ value: Double, _ catalogue: Catalogue, base: Double?, _ position: Int) {
        if value < 0 {
            note("negative-value", .warning, position, expected: "a rate of 0 or more; it is refused")
            refuse(position)
            return
        }
        guard let base, value > Self.suspectedRate * base else { return }
        let unit = catalogue.unit(of: observations[position].indicator) ?? ""
        let isImpossible = value > Self.impossibleRate * base
        note(
            "rate-holds-counts",
            .warning,
            position,
            expected: "a number \(unit), not above \(Cell.format(Self.suspectedRate * base)); "
                + (isImpossible ? "it is refused" : "it is kept"),
            hint: "does the column hold the counts themselves?"
        )
        if isImpossible { refuse(position) }
    }

    /// The number after `per` in a unit: 100 of `per 100 inhabitants`, 100,000 of `per 100,000`; `nil` without one.
    static func base(ofUnit unit: String) -> Double? {
        let words = unit.split(separator: " ")
        guard let per = words.firstIndex(of: "per"), per + 1 < words.count else { return nil }
        let digits = words[per + 1].filter { $0 != "," && $0 != "\u{202F}" && $0 != "_" }
        guard let base = Double(String(digits)), base.isFinite, base > 0 else { return nil }
        return base
    }
}
