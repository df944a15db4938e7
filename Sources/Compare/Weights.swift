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
        observed: [Division.Observed],
        year: Int,
        within distance: Int,
        source: WeightSource,
        store: WeightStore
    ) {
        let years = source.panel.years
        var best: (year: Int, count: Int, units: UnitWeights)?
        let reach = min(distance, max(year, years.count - 1 - year))
        search: for offset in 0...max(0, reach) {
            for candidate in offset == 0 ? [year] : [year + offset, year - offset]
            where years.indices.contains(candidate) {
                let units = store.weights(division, source, candidate)
                let count = observed.count { !units.values[$0.unit].isNaN }
                if count > best?.count ?? 0 { best = (candidate, count, units) }
                if count == observed.count { break search }
            }
        }
        guard let (year, _, units) = best else { return nil }
        self.year = year
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
    let existence: Existence

    /// The unit's own value, or else the sum over its parts in that year if all of them have one; NaN where neither is there.
    func weight(of unit: Division.Unit, _ year: Int) -> Double {
        panel.value(series: series, year: year, place: unit.place) ?? summedWeight(of: unit, year)
    }

    /// The sum over the parts that exist in the year; NaN where there are none, or one has no value or a negative one.
    private func summedWeight(of unit: Division.Unit, _ year: Int) -> Double {
        guard !unit.parts.isEmpty else { return .nan }
        var sum = ExactSum()
        var hasParts = false
        for part in unit.parts where existence.contains(part, year) {
            guard let value = panel.value(series: series, year: year, place: part), value >= 0 else { return .nan }
            sum.add(value)
            hasParts = true
        }
        return hasParts ? sum.value ?? .nan : .nan
    }

    /// Whether the unit's weight is its own value.
    func hasOwn(_ unit: Division.Unit, _ year: Int) -> Bool {
        panel.value(series: series, year: year, place: unit.place) != nil
    }

    /// The most telling status and the worst grade of what a unit's weight is made of; `nil` where nothing was observed.
    func marks(of unit: Division.Unit, _ year: Int) -> (status: ObservationStatus, grade: Grade)? {
        if hasOwn(unit, year) { return marks(of: unit.place, year) }
        var worst: (status: ObservationStatus, grade: Grade)?
        for part in unit.parts where existence.contains(part, year) {
            guard let (status, grade) = marks(of: part, year) else { continue }
            worst = worst.map { ($0.status.worse(status), $0.grade.worse(grade)) } ?? (status, grade)
        }
        return worst
    }

    private func marks(of place: Int, _ year: Int) -> (status: ObservationStatus, grade: Grade)? {
        panel.status(series: series, year: year, place: place).map {
            ($0, panel.grade(series: series, year: year, place: place))
        }
    }

    /// The places whose values make up the weight of a unit.
    func places(behind unit: Division.Unit, _ year: Int) -> [Int] {
        hasOwn(unit, year) ? [unit.place] : unit.parts.filter { existence.contains($0, year) }
    }
}
