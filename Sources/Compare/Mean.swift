import Indicators

/// The mean of one country in one year, and what stands behind it.
struct Mean {
    var value: Double
    /// How many places have a value (and, in a weighted mean, a weight above 0).
    var count: Int
    /// How many places there are.
    var placeCount: Int
    /// From 0 to 1.
    var coverage: Double
    /// What ``coverage`` is a share of: the id of the denominator, `places`, or `country`.
    var coverageBasis: String
    /// The code of the place with the best value, of several the first; `nil` without a direction or for a country.
    var best: String?
    var worst: String?
    /// Common Era, `nil` where no weights came in.
    var weightYear: Int?
    var status: ObservationStatus
    var grade: Grade
    /// What a reader should know besides, in words.
    var notes: [String] = []
    /// Of ``value``, where all values behind it have one.
    var standardError: Double?
    /// The means of the lowest and of the highest values that make up a fifth of the weight each; `nil` for a country.
    var fifths: (lowest: Double, highest: Double)?

    /// The value of a country itself.
    init(national observation: Observation, value: Double) {
        self.value = value
        count = 1
        placeCount = 1
        coverage = 1
        coverageBasis = "country"
        status = observation.status
        grade = observation.grade
        standardError = observation.standardError
    }

    /// The mean over the values of a division, `nil` where no value counts, the weights add up to nothing, or a sum is beyond
    /// all doubles. If it is not weighted, the weights that are known only tell its coverage.
    fileprivate init?(of division: ObservedDivision, isWeighted: Bool) {
        let counted = division.counted(isWeighted: isWeighted)
        guard !counted.entries.isEmpty, let mean = Self.mean(counted, isWeighted: isWeighted) else { return nil }
        value = mean
        count = counted.entries.count
        placeCount = division.placeCount
        (coverage, coverageBasis) = division.coverage(of: counted)
        if let weights = division.weights, isWeighted || coverageBasis != ObservedDivision.placesBasis {
            weightYear = division.panelYears[weights.year]
        }
        if division.direction != .neutral {
            let ends = Self.ends(counted)
            (best, worst) = (division.panelPlaces[ends.highest], division.panelPlaces[ends.lowest])
            if division.direction == .lowerIsBetter { swap(&best, &worst) }
        }
        status = counted.status ?? .normal
        grade = counted.grade ?? .official
        if coverage < 0.5 { status = status.worse(.unreliable) }
        standardError = Self.standardError(counted.entries, isWeighted: isWeighted)
        fifths = counted.distribution.flatMap(Self.fifths)
        if isWeighted, division.weights?.areSummed == true { notes.append("weights summed from smaller places") }
        if isWeighted, count < division.entries.count {
            let dropped = division.entries.count - count
            notes.append("\(dropped) place\(dropped == 1 ? "" : "s") with a value but without a weight left out")
        }
    }

    private static func mean(_ counted: CountedPlaces, isWeighted: Bool) -> Double? {
        guard let distribution = counted.distribution,
            let weight = isWeighted ? counted.knownWeight : Double(counted.values.count), weight > 0,
            (distribution.mean * weight).isFinite
        else { return nil }
        return distribution.mean
    }

    /// The places of the highest and of the lowest value, of several the one whose code is the first.
    private static func ends(_ counted: CountedPlaces) -> (highest: Int, lowest: Int) {
        func first(_ order: some Sequence<Int32>) -> Int {
            var best: (value: Double, place: Int)?
            for position in order {
                let entry = counted.entries[Int(position)]
                guard let known = best else {
                    best = (entry.value, entry.place)
                    continue
                }
                guard known.value == entry.value else { break }
                best = (known.value, min(known.place, entry.place))
            }
            return best?.place ?? 0
        }
        return (first(counted.order.reversed()), first(counted.order))
    }
}

/// The values of a division in one year of a series, with their weights. One for all figures taken over them.
final class ObservedDivision: Sendable {
    struct Entry: Sendable {
        /// The position of the place in the panel, whose places are in order of their codes.
        var place: Int
        var value: Double
        /// NaN where unknown.
        var standardError = Double.nan
        var status = ObservationStatus.normal
        var grade = Grade.official
        /// NaN where unknown.
        var weight = Double.nan
        var weightStatus = ObservationStatus.normal
        var weightGrade = Grade.official
    }

    /// The word for a coverage that counts places.
    static let placesBasis = "places"

    /// In order of their codes.
    let entries: [Entry]
    let placeCount: Int
    let weights: Weights?
    /// The weight of all places together, `nil` where it is not known.
    let totalWeight: Double?
    /// The id of the denominator.
    let denominator: String?
    /// Of the indicator.
    let direction: Indicator.Direction
    let panelYears: [Int]
    /// The codes of the panel's places.
    let panelPlaces: [String]
    private let store = CountedStore()

    init(
        entries: [Entry],
        placeCount: Int,
        weights: Weights?,
        totalWeight: Double?,
        indicator: Indicator,
        panel: Panel
    ) {
        self.entries = entries
        self.placeCount = placeCount
        self.weights = weights
        self.totalWeight = totalWeight
        denominator = indicator.denominator
        direction = indicator.direction
        panelYears = panel.years
        panelPlaces = panel.places
    }

    /// The entries that a figure counts: all, or those with a weight above 0.
    func counted(isWeighted: Bool) -> CountedPlaces {
        store.places(entries, isWeighted: isWeighted)
    }

    /// The mean over its places, `nil` where there is none.
    func mean(isWeighted: Bool) -> Mean? {
        store.mean(isWeighted: isWeighted) { Mean(of: self, isWeighted: isWeighted) }
    }

    func code(of entry: Entry) -> String { panelPlaces[entry.place] }

    /// The part of the people (or whatever the denominator counts) that `counted` stand for, or where that is not known, the
    /// part of the places.
    func coverage(of counted: CountedPlaces) -> (share: Double, basis: String) {
        if let totalWeight, totalWeight > 0, let denominator, let sum = counted.knownWeight {
            return (min(1, sum / totalWeight), denominator)
        }
        return (Double(counted.entries.count) / Double(placeCount), Self.placesBasis)
    }
}
