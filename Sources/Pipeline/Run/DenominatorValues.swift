internal import Indicators

/// The values of the catalogue's denominators, by which totals are weighted.
struct DenominatorValues: Sendable {
    private struct Series: Hashable {
        var denominator: String
        var place: String
    }

    private let denominators: Set<String>
    private var numbers: [Series: Int] = [:]
    /// By the number of the series: the values in the order in which they were read.
    private var values: [[(year: Int, value: Double?)]] = []

    init(of catalogue: Catalogue) {
        denominators = Set(catalogue.indicators.compactMap(\.denominator))
    }

    /// Whether one of the values is a denominator's.
    func areAmong(_ values: [RawValue]) -> Bool {
        // Those of one indicator stand together. By position: only what is looked at is copied.
        var last: String?
        for position in values.indices {
            let indicator = values[position].indicator
            if let last, Spelling.areAlike(last, indicator) { continue }
            if denominators.contains(indicator) { return true }
            last = indicator
        }
        return false
    }

    /// Adds those of the observations that are denominators of the whole population; where there are several of a year, the last
    /// one stands.
    mutating func add(_ observations: [Observation]) {
        // A series stands together. By position: only what is looked at is copied.
        var last: (denominator: String, place: String, number: Int?)?
        for position in observations.indices where observations[position].group == Group.total {
            let (indicator, place) = (observations[position].indicator, observations[position].place)
            if last?.denominator != indicator || last?.place != place {
                last = (indicator, place, denominators.contains(indicator) ? number(of: indicator, at: place) : nil)
            }
            guard let number = last?.number else { continue }
            values[number].append((observations[position].year, observations[position].value))
        }
    }

    private mutating func number(of denominator: String, at place: String) -> Int {
        let series = Series(denominator: denominator, place: place)
        if let known = numbers[series] { return known }
        numbers[series] = values.count
        values.append([])
        return values.count - 1
    }

    /// `nil` where it is not known.
    func value(of denominator: String, at place: String, in year: Int) -> Double? {
        guard let number = numbers[Series(denominator: denominator, place: place)] else { return nil }
        return values[number].last { $0.year == year }?.value
    }
}
