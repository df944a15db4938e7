import Indicators

/// The weights of a division's units, all of one year.
struct Weights {
    /// The position of their year in the panel.
    let year: Int
    /// One for each unit, NaN where it has none.
    private(set) var values: [Double]
    /// One for each unit, `nil` where it has no weight.
    private(set) var grades: [Grade?]
    private(set) var statuses: [ObservationStatus?]
    /// Whether the weight of a unit that has a value was summed from its parts.
    private(set) var areSummed = false
    /// Places whose weight is negative; it is not used.
    private(set) var negative: [String] = []

    /// The weights of the year that serves `observed` best: in which the most of them have one, then the nearest to `year`,
    /// the position of the values' year, then the later. `nil` where no unit that is observed has a weight in any year allowed.
    init?(
        of division: Division,
        in country: String,
        observed: [Division.Observed],
        year: Int,
        within distance: Int,
        source: WeightSource,
        store: WeightStore
    ) {
        func weights(_ year: Int) -> UnitWeights {
            store.weights(country, division.level, source.series, year) { UnitWeights(of: division, source, year) }
        }
        let years = source.panel.years
        var best: (year: Int, count: Int)?
        let reach = min(distance, max(year, years.count - 1 - year))
        search: for offset in 0...max(0, reach) {
            for candidate in offset == 0 ? [year] : [year + offset, year - offset]
            where years.indices.contains(candidate) {
                let values = weights(candidate).values
                let count = observed.count { !values[$0.unit].isNaN }
                if count > best?.count ?? 0 { best = (candidate, count) }
                if count == observed.count { break search }
            }
        }
        guard let best else { return nil }
        self.year = best.year
        let units = weights(best.year)
        values = units.values
        grades = units.grades
        statuses = units.statuses
        areSummed = observed.contains { units.areSummed[$0.unit] && !units.values[$0.unit].isNaN }
        for index in values.indices where values[index] < 0 {
            negative.append(source.panel.places[division.units[index].place])
            values[index] = .nan
        }
    }
}

/// Reads the weights of units from the series of a denominator.
struct WeightSource {
    let series: Int
    let panel: Panel
    let observations: [Observation]
    let existence: Existence

    /// The unit's own value, or else the sum over its parts in that year if all of them have one; NaN where neither is there.
    func weight(of unit: Division.Unit, _ year: Int) -> Double {
        if let own = panel.value(series: series, year: year, place: unit.place) { return own }
        let parts = parts(of: unit, year)
        guard !parts.isEmpty else { return .nan }
        var sum = ExactSum()
        for part in parts {
            guard let value = panel.value(series: series, year: year, place: part), value >= 0 else { return .nan }
            sum.add(value)
        }
        return sum.value ?? .nan
    }

    /// The places whose values make up the weight of a unit.
    func places(behind unit: Division.Unit, _ year: Int) -> [Int] {
        panel.value(series: series, year: year, place: unit.place) == nil ? parts(of: unit, year) : [unit.place]
    }

    func observation(of place: Int, _ year: Int) -> Observation? {
        panel.source(series: series, year: year, place: place).map { observations[$0] }
    }

    private func parts(of unit: Division.Unit, _ year: Int) -> [Int] {
        unit.parts.filter { existence.contains($0, year) }
    }
}
