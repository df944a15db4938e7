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
    init?(of division: ObservedDivision, isWeighted: Bool, direction: Indicator.Direction) {
        let counted = division.entries.filter { !isWeighted || $0.weight > 0 }
        guard !counted.isEmpty, let mean = Self.mean(counted, isWeighted: isWeighted) else { return nil }
        value = mean
        count = counted.count
        placeCount = division.placeCount
        (coverage, coverageBasis) = division.coverage(of: counted)
        if let weights = division.weights, isWeighted || coverageBasis != ObservedDivision.placesBasis {
            weightYear = division.panelYears[weights.year]
        }
        if direction != .neutral {
            let ranked = counted.map { (merit: direction.sign * $0.value, code: $0.code) }
            best = ranked.min { ($1.merit, $0.code) < ($0.merit, $1.code) }?.code
            worst = ranked.min { ($0.merit, $0.code) < ($1.merit, $1.code) }?.code
        }
        status =
            ObservationStatus.worst(of: counted.map { isWeighted ? $0.status.worse($0.weightStatus) : $0.status })
            ?? .normal
        grade = Grade.worst(of: counted.map { isWeighted ? $0.grade.worse($0.weightGrade) : $0.grade }) ?? .official
        if coverage < 0.5 { status = status.worse(.unreliable) }
        standardError = Self.standardError(counted, isWeighted: isWeighted)
        fifths = Self.fifths(counted, isWeighted: isWeighted)
        if isWeighted, division.weights?.areSummed == true { notes.append("weights summed from smaller places") }
        if isWeighted, counted.count < division.entries.count {
            let dropped = division.entries.count - counted.count
            notes.append("\(dropped) place\(dropped == 1 ? "" : "s") with a value but without a weight left out")
        }
    }

    private static func mean(_ entries: [ObservedDivision.Entry], isWeighted: Bool) -> Double? {
        var above = ExactSum()
        var below = ExactSum()
        for entry in entries {
            let weight = isWeighted ? entry.weight : 1
            above.add(productOf: entry.value, and: weight)
            below.add(weight)
        }
        guard let above = above.value, let below = below.value, below > 0 else { return nil }
        let mean = above / below
        return mean.isFinite ? mean : nil
    }
}

/// The values of a division in one year of a series, with their weights.
struct ObservedDivision {
    struct Entry {
        var code: String
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
    var entries: [Entry]
    var placeCount: Int
    var weights: Weights?
    /// The weight of all places together, `nil` where it is not known.
    var totalWeight: Double?
    /// The id of the denominator.
    var denominator: String?
    var panelYears: [Int]

    /// The part of the people (or whatever the denominator counts) that `counted` stand for, or where that is not known, the
    /// part of the places.
    func coverage(of counted: [Entry]) -> (share: Double, basis: String) {
        if let totalWeight, totalWeight > 0, let denominator, !counted.contains(where: \.weight.isNaN),
            let sum = ExactSum(of: counted.map(\.weight)).value
        {
            return (min(1, sum / totalWeight), denominator)
        }
        return (Double(counted.count) / Double(placeCount), Self.placesBasis)
    }
}
