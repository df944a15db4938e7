import Indicators
import Synchronization

/// What the metrics of a series have in common, so that it is worked out once: the values of each division in each year, and
/// in which years there are any.
///
/// Of many values a store serves one series and goes with it: kept for all series, it would hold the panel several times over.
final class ObservedStore: Sendable {
    /// Divisions and countries are told apart by what they are, not by what they say: there is one of each.
    private struct Key: Hashable {
        var series: Int
        var division: ObjectIdentifier
        /// The position in the panel.
        var year: Int
    }

    private struct YearsKey: Hashable {
        var series: Int
        var country: ObjectIdentifier
    }

    private struct Found {
        /// What was asked for last.
        var series: Int?
        var divisions: [Key: ObservedDivision] = [:]
        var years: [YearsKey: [[Int]]] = [:]
    }

    private let found = Mutex(Found())
    private let keepsAllSeries: Bool

    /// - Parameter keepsAllSeries: Whether what is known of a series is kept when another is asked for.
    init(keepsAllSeries: Bool) {
        self.keepsAllSeries = keepsAllSeries
    }

    private func keep(_ series: Int, _ change: (inout Found) -> Void) {
        found.withLock { found in
            if !keepsAllSeries, found.series != series { found = Found(series: series) }
            change(&found)
        }
    }

    /// The values of a division in a year of a series, `nil` where they are not kept.
    func division(_ division: Division, _ series: Int, _ year: Int) -> ObservedDivision? {
        let key = Key(series: series, division: ObjectIdentifier(division), year: year)
        return found.withLock { $0.divisions[key] }
    }

    func keep(_ observed: ObservedDivision, of series: Int, _ division: Division, _ year: Int) {
        keep(series) {
            $0.divisions[Key(series: series, division: ObjectIdentifier(division), year: year)] = observed
        }
    }

    /// The years of a series in each division of a country, `nil` where they are not kept.
    func years(_ country: ComparedCountry, _ series: Int) -> [[Int]]? {
        let key = YearsKey(series: series, country: ObjectIdentifier(country))
        return found.withLock { $0.years[key] }
    }

    func keep(_ years: [[Int]], of series: Int, _ country: ComparedCountry) {
        keep(series) { $0.years[YearsKey(series: series, country: ObjectIdentifier(country))] = years }
    }
}

/// The weights that the units of divisions have in the years of their denominators. Dozens of indicators share a denominator.
final class WeightStore: Sendable {
    private struct Key: Hashable {
        var series: Int
        var division: ObjectIdentifier
        /// The position in the panel.
        var year: Int
    }

    private let found = Mutex<[Key: UnitWeights]>([:])

    /// The weights in one year of a denominator, as they were worked out before or are now.
    func weights(_ division: Division, _ source: WeightSource, _ year: Int) -> UnitWeights {
        let key = Key(series: source.series, division: ObjectIdentifier(division), year: year)
        if let known = found.withLock({ $0[key] }) { return known }
        let made = UnitWeights(of: division, source, year)
        found.withLock { $0[key] = made }
        return made
    }
}

/// The weights of all units of a division in one year of a denominator.
struct UnitWeights {
    /// One for each unit, NaN where it has none; may be negative.
    var values: [Double] = []
    /// One for each unit, `nil` where it has no weight.
    var grades: [Grade?] = []
    var statuses: [ObservationStatus?] = []
    /// Whether the weight is the sum over the unit's parts.
    var areSummed: [Bool] = []

    init(of division: Division, _ source: WeightSource, _ year: Int) {
        let count = division.units.count
        values.reserveCapacity(count)
        grades.reserveCapacity(count)
        statuses.reserveCapacity(count)
        areSummed.reserveCapacity(count)
        // By position: a unit is not copied.
        for unit in division.units.indices {
            let weight = source.weight(of: division.units[unit], year)
            let marks = weight.isNaN ? nil : source.marks(of: division.units[unit], year)
            values.append(weight)
            grades.append(marks?.grade)
            statuses.append(marks?.status)
            areSummed.append(!source.hasOwn(division.units[unit], year))
        }
    }
}
