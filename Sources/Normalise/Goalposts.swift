import Glibc
package import Indicators

/// Limits of a scale that are fixed beforehand, as the HDI and the IDI have them.
package struct Goalposts: Hashable, Sendable {
    package enum Posts: Hashable, Sendable {
        /// Two limits, the lower one first; the indicator's direction says which of them is the best.
        case range(low: Double, high: Double)
        /// From the value that scores worst to the one that scores best, whichever is greater; the indicator's direction
        /// plays no part.
        case course(threshold: Double, goalpost: Double)
    }

    /// What the limits and values are measured on.
    package enum Form: String, Hashable, Sendable {
        case linear
        /// The natural logarithm, for positive values: the HDI's income.
        case logarithm = "ln x"
        /// The natural logarithm of the value plus one, for values above -1: the IDI's traffic.
        case logarithmOfOnePlus = "ln(x+1)"

        func callAsFunction(_ value: Double) -> Double {
            switch self {
            case .linear: value
            case .logarithm: value > 0 ? log(value) : .nan
            case .logarithmOfOnePlus: value > -1 ? log1p(value) : .nan
            }
        }
    }

    package var posts: Posts
    package var form: Form
    /// Whether values beyond the limits get the limits' scores.
    package var isClipped: Bool

    package init(_ posts: Posts, form: Form = .linear, isClipped: Bool = true) {
        self.posts = posts
        self.form = form
        self.isClipped = isClipped
    }

    /// What is wrong with the limits, as words that follow "found"; `nil` where nothing is.
    package var fault: String? {
        switch posts {
        case .range(let low, let high) where !(low < high): "low \(Cell.format(low)), high \(Cell.format(high))"
        case .course(let threshold, let goalpost) where threshold == goalpost:
            "threshold and goalpost \(Cell.format(goalpost))"
        case .range(let one, let other), .course(let one, let other):
            spanIsUsable(from: one, to: other)
                ? nil : "\(Cell.format(one)) and \(Cell.format(other)) on \(form.rawValue)"
        }
    }

    private func spanIsUsable(from one: Double, to other: Double) -> Bool {
        guard one.isFinite, other.isFinite else { return false }
        let span = form(other) - form(one)
        return span.isFinite && span != 0
    }

    /// The values that score worst and best.
    func ends(direction: Indicator.Direction) -> (worst: Double, best: Double) {
        switch posts {
        case .range(let low, let high): direction == .lowerIsBetter ? (high, low) : (low, high)
        case .course(let threshold, let goalpost): (threshold, goalpost)
        }
    }
}

/// Rescales `values` by limits fixed beforehand.
///
/// l + (f(x) - f(worst)) / (f(best) - f(worst)) × (u - l) with f the form of the goalposts, clipped to l...u if they say so.
///
/// - Parameters:
///   - values: One for each place, all in one unit, `nil` where missing.
///   - posts: The limits, in the unit of the values.
///   - lower: The score at the worst limit, l.
///   - upper: The score at the best limit, u.
///   - direction: Which end of a range is the best; an indicator without a direction is scaled upwards.
/// - Returns: As many scores without a unit, `nil` where the value is missing or outside the domain of the logarithm; the
///   positions of those and of the values that were clipped. With `all-missing` where no value is present. Linear in the values.
/// - Precondition: `posts` have no ``Goalposts/fault``.
/// - SeeAlso: UNDP (2024), *Human Development Report 2023/2024*, technical note 1; ITU (2024), *The ICT Development Index*,
///   annex 1.
package func goalposts(
    _ values: [Double?],
    _ posts: Goalposts,
    lower: Double = 0,
    upper: Double = 1,
    direction: Indicator.Direction
) -> Scores {
    Scores(goalposts(dense(values), posts, lower: lower, upper: upper, direction: direction))
}

/// Goalposts over the dense form.
func goalposts(
    _ values: [Double],
    _ posts: Goalposts,
    lower: Double,
    upper: Double,
    direction: Indicator.Direction
) -> ScaledValues {
    precondition(posts.fault == nil, "goalposts are checked before they are used")
    let ends = posts.ends(direction: direction)
    let start = posts.form(ends.worst)
    let span = posts.form(ends.best) - start
    var scaled = ScaledValues(scores: [Double](repeating: .nan, count: values.count))
    scaled.limits.low = min(ends.worst, ends.best)
    scaled.limits.high = max(ends.worst, ends.best)
    for index in values.indices where !values[index].isNaN {
        scaled.limits.count += 1
        var fraction = (posts.form(values[index]) - start) / span
        if fraction.isNaN {
            scaled.outsideDomain.append(index)
            continue
        }
        if posts.isClipped, fraction < 0 || fraction > 1 {
            fraction = fraction < 0 ? 0 : 1
            scaled.clipped.append(index)
        }
        let score = lower + fraction * (upper - lower)
        if score.isFinite {
            scaled.scores[index] = score
        } else {
            scaled.outsideDomain.append(index)
        }
    }
    if scaled.limits.count == 0 { scaled.degeneracy = .allMissing }
    return scaled
}
