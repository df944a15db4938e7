import Indicators
import Synchronization

/// What the metrics of a series have in common, so that it is worked out once: the values of each division in each year, and
/// in which years there are any.
///
/// Of many values a store serves one series and goes with it: kept for all series, it would hold the panel several times over.
final class ObservedStore: Sendable {
    private struct Key: Hashable {
        var country: String
        var level: PlaceLevel
        var year: Int
    }

    private struct MeanKey: Hashable {
        var division: Key
        var isWeighted: Bool
    }

    private struct Found {
        var divisions: [Key: ObservedDivision] = [:]
        var means: [MeanKey: Mean?] = [:]
        var years: [String: [[Int]]] = [:]
    }

    private let found = Mutex<[Int: Found]>([:])
    private let keepsAllSeries: Bool

    /// - Parameter keepsAllSeries: Whether what is known of a series is kept when another is asked for.
    init(keepsAllSeries: Bool) {
        self.keepsAllSeries = keepsAllSeries
    }

    private func keep(_ series: Int, _ change: (inout Found) -> Void) {
        found.withLock { found in
            if !keepsAllSeries, found[series] == nil { found = [:] }
            change(&found[series, default: Found()])
        }
    }

    /// The values of a division in a year of a series, as they were worked out before or are now.
    func division(
        _ country: ComparedCountry,
        _ level: PlaceLevel,
        _ series: Int,
        _ year: Int,
        _ make: () -> ObservedDivision
    ) -> ObservedDivision {
        let key = Key(country: country.code, level: level, year: year)
        if let known = found.withLock({ $0[series]?.divisions[key] }) { return known }
        let made = make()
        keep(series) { $0.divisions[key] = made }
        return made
    }

    /// A mean over a division in a year of a series, likewise; `nil` where there is none.
    func mean(
        _ country: ComparedCountry,
        _ level: PlaceLevel,
        _ series: Int,
        _ year: Int,
        isWeighted: Bool,
        _ make: () -> Mean?
    ) -> Mean? {
        let key = MeanKey(division: Key(country: country.code, level: level, year: year), isWeighted: isWeighted)
        if let known = found.withLock({ $0[series]?.means[key] }) { return known }
        let made = make()
        keep(series) { $0.means[key] = .some(made) }
        return made
    }

    /// The years of a series in each division of a country, likewise.
    func years(_ country: ComparedCountry, _ series: Int, _ make: () -> [[Int]]) -> [[Int]] {
        if let known = found.withLock({ $0[series]?.years[country.code] }) { return known }
        let made = make()
        keep(series) { $0.years[country.code] = made }
        return made
    }
}

/// The weights that the units of divisions have in the years of their denominators. Dozens of indicators share a denominator.
final class WeightStore: Sendable {
    private struct Key: Hashable {
        var series: Int
        var country: String
        var level: PlaceLevel
        var year: Int
    }

    private let found = Mutex<[Key: UnitWeights]>([:])

    func weights(_ country: String, _ level: PlaceLevel, _ series: Int, _ year: Int, _ make: () -> UnitWeights)
        -> UnitWeights
    {
        let key = Key(series: series, country: country, level: level, year: year)
        if let known = found.withLock({ $0[key] }) { return known }
        let made = make()
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
        for unit in division.units {
            let weight = source.weight(of: unit, year)
            let isOwn = source.panel.value(series: source.series, year: year, place: unit.place) != nil
            values.append(weight)
            areSummed.append(!isOwn)
            if isOwn, let position = source.panel.source(series: source.series, year: year, place: unit.place) {
                grades.append(source.observations[position].grade)
                statuses.append(source.observations[position].status)
                continue
            }
            let sources =
                weight.isNaN ? [] : source.places(behind: unit, year).compactMap { source.observation(of: $0, year) }
            grades.append(Grade.worst(of: sources.map(\.grade)))
            statuses.append(ObservationStatus.worst(of: sources.map(\.status)))
        }
    }
}
