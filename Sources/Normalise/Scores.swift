/// Why a method gives no score for a whole set of values. Each is the code of a finding.
package enum Degeneracy: String, Hashable, Sendable {
    /// No value to scale, or none in the base year.
    case allMissing = "all-missing"
    /// The values present are all the same; one value alone is, too.
    case constant = "constant-indicator"
    /// One value has no place among others.
    case single = "single-value"
    /// The numbers are so large or so small that the result is not a finite double.
    case notRepresentable = "not-representable"
    /// The place of reference has no value, or is not among the places compared.
    case referenceMissing = "reference-missing"
    /// The value of the place of reference is the worst of all.
    case referenceIsWorst = "reference-is-worst"
    /// The target is not better than the worst value.
    case targetNotBetter = "target-not-better"
    /// No fraction can be taken: the greatest value is not positive, or where lower is better one of the values is not.
    case notPositive = "fraction-of-nonpositive"
}

/// What a method makes of a set of values.
package struct Scores: Equatable, Sendable {
    /// As many as values came in, `nil` where a value was missing or has no score.
    package var values: [Double?]
    /// Why there is no score at all, `nil` where there is one.
    package var degeneracy: Degeneracy?
    /// The positions of the values that were clipped to a limit.
    package var clipped: [Int]
    /// The positions of the values that lie outside the domain of the method's logarithm.
    package var outsideDomain: [Int]

    /// Scores from their dense form, in which NaN stands for missing.
    init(_ dense: ScaledValues) {
        values = dense.scores.map { $0.isNaN ? nil : $0 }
        degeneracy = dense.degeneracy
        clipped = dense.clipped
        outsideDomain = dense.outsideDomain
    }
}

/// The dense form that the methods compute on: contiguous, NaN for missing.
struct ScaledValues: Sendable {
    var scores: [Double]
    var degeneracy: Degeneracy?
    var clipped: [Int] = []
    var outsideDomain: [Int] = []
    var limits = Limits()
}

extension ScaledValues {
    /// As many scores as values to come, all still missing, with the limits of the sample that they are fitted on; without a value
    /// in it, with the degeneracy that says so.
    init(_ count: Int, fittedOn sample: [Double]) {
        self.init(scores: [Double](repeating: .nan, count: count))
        let (present, low, high) = extent(of: sample)
        limits.count = present
        if present > 0 {
            (limits.low, limits.high) = (low, high)
        } else {
            degeneracy = .allMissing
        }
    }

    /// The least and the greatest value of the sample, `nil` where it has none.
    var range: (low: Double, high: Double)? {
        limits.low.flatMap { low in limits.high.map { (low, $0) } }
    }

    /// The same without any score, and why.
    consuming func refused(_ reason: Degeneracy) -> ScaledValues {
        for index in scores.indices { scores[index] = .nan }
        degeneracy = reason
        return self
    }
}

/// What a method found in the values that it was fitted on.
struct Limits: Equatable, Sendable {
    /// How many values there were.
    var count = 0
    var low: Double?
    var high: Double?
    var mean: Double?
    var standardDeviation: Double?
    /// The value that the best, or the middle, of the scale is fixed at: a place's, a target, a mean.
    var reference: Double?
}

/// The dense form of optional values.
func dense(_ values: [Double?]) -> [Double] {
    values.map { $0 ?? .nan }
}

/// How many values are present, the least and the greatest of them.
func extent(of values: some Sequence<Double>) -> (count: Int, low: Double, high: Double) {
    var count = 0
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where !value.isNaN {
        count += 1
        if value < low { low = value }
        if value > high { high = value }
    }
    return (count, low, high)
}
