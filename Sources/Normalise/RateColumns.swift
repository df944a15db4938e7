import Indicators

/// The rows of the rates of one rule in `normalised.csv`, column by column: most say the same of all of them.
struct RateColumns {
    private let rates: ArraySlice<Rate>
    private let indicator: Indicator?
    private var places: TextBlock
    private var years: [Int] = []
    private var groups: TextBlock
    /// NaN for missing, as in the numerators and denominators.
    private var values: [Double] = []
    private var numerators: [Double] = []
    private var denominators: [Double] = []
    /// `Int.min` for missing.
    private var denominatorYears: [Int] = []
    private var statuses = WordColumn<ObservationStatus>()
    private var treatments = WordColumn<TreatmentSet>()
    private var grades = WordColumn<Grade>()

    /// - Parameters:
    ///   - rates: One or more, all of one rule.
    ///   - indicator: What the catalogue says of what they measure.
    init(_ rates: ArraySlice<Rate>, _ indicator: Indicator?) {
        self.rates = rates
        self.indicator = indicator
        places = TextBlock(reserving: rates.count)
        groups = TextBlock(reserving: rates.count)
        years.reserveCapacity(rates.count)
        values.reserveCapacity(rates.count)
        numerators.reserveCapacity(rates.count)
        denominators.reserveCapacity(rates.count)
        denominatorYears.reserveCapacity(rates.count)
        // Field by field: a rate that is handed over is copied.
        for position in rates.indices {
            places.append(rates[position].observation.place)
            years.append(rates[position].observation.year)
            groups.append(rates[position].observation.group)
            values.append(rates[position].observation.value ?? .nan)
            numerators.append(rates[position].numeratorValue ?? .nan)
            denominators.append(rates[position].denominatorValue ?? .nan)
            denominatorYears.append(rates[position].denominatorYear ?? .min)
            statuses.append(rates[position].observation.status) { $0.rawValue }
            treatments.append(rates[position].observation.treatmentSet) { $0.text }
            grades.append(rates[position].observation.grade) { $0.rawValue }
        }
    }

    var block: RowBlock { RowBlock(count: rates.count, columns: columns) }

    /// In the order of the schema.
    private var columns: [ColumnBlock] {
        let first = rates[rates.startIndex]
        return [
            .same(.text(first.observation.indicator)), places.block, .each(.integers(years)), groups.block,
            .same(.text(first.method)), .same(.text("")), .same(.text("")),
            .each(.numbers(values)), .same(.text(indicator?.unit ?? "")), .same(.missing),
            .same(Cell(indicator?.direction.rawValue)),
            .same(.missing), .same(.missing), .same(.missing), .same(.missing), .same(.missing), .same(.missing),
            .same(.text(first.numerator)), .each(.numbers(numerators)),
            .same(.text(first.denominator)), .each(.numbers(denominators)), .each(.integers(denominatorYears)),
            statuses.block, treatments.block, grades.block,
        ]
    }
}

extension [Rate] {
    /// As rows of `normalised.csv`: rates come rule by rule, and each rule's are one block.
    func blocks(_ catalogue: Catalogue) -> [RowBlock] {
        var blocks: [RowBlock] = []
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, areOfOneRule(start, end) { end += 1 }
            blocks.append(RateColumns(self[start..<end], catalogue[self[start].observation.indicator]).block)
            start = end
        }
        return blocks
    }

    private func areOfOneRule(_ left: Int, _ right: Int) -> Bool {
        self[left].observation.indicator == self[right].observation.indicator && self[left].method == self[right].method
            && self[left].numerator == self[right].numerator && self[left].denominator == self[right].denominator
    }
}
