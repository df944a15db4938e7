import Glibc
import Indicators

extension Mean {
    /// sqrt(sum w^2 s^2) / sum w: the errors of the places independent of each other, the weights known without error.
    ///
    /// It is `nil` where one of the values has no standard error.
    static func standardError(_ entries: [ObservedDivision.Entry], isWeighted: Bool) -> Double? {
        guard !entries.contains(where: \.standardError.isNaN) else { return nil }
        let total = ExactSum(of: entries.map { isWeighted ? $0.weight : 1 }).value ?? 0
        var squares = ExactSum()
        for entry in entries {
            let error = (isWeighted ? entry.weight / total : 1 / total) * entry.standardError
            squares.add(productOf: error, and: error)
        }
        guard let error = squares.value?.squareRoot(), error.isFinite else { return nil }
        return error
    }

    /// Where ``standardError`` is known.
    var interval: Interval? {
        standardError.flatMap { Interval(around: value, standardError: $0) }
    }

    /// The means of the lowest and of the highest fifth of the weight.
    static func fifths(_ distribution: Distribution) -> (lowest: Double, highest: Double)? {
        let fifths = (lowest: distribution.mean(ofLowest: 0.2), highest: distribution.mean(ofHighest: 0.2))
        return fifths.lowest.isFinite && fifths.highest.isFinite ? fifths : nil
    }
}

/// The errors of the measures of a gap.
struct GapError {
    /// Of d (A - B), the errors of A and B independent: sqrt(s_A^2 + s_B^2).
    let standardError: Double
    let gap: Interval?
    /// Of ln(B / A), by the delta method: sqrt((s_A / A)^2 + (s_B / B)^2); `nil` unless both are positive.
    let logarithm: Double?
    let ratio: Interval?

    /// It is `nil` where either mean has no standard error.
    init?(_ gap: Gap, _ reference: Mean, _ other: Mean) {
        guard let one = reference.standardError, let two = other.standardError else { return nil }
        let error = hypot(one, two)
        guard error.isFinite else { return nil }
        standardError = error
        self.gap = gap.absolute.flatMap { Interval(around: $0, standardError: error) }
        var logarithm: Double?
        if reference.value > 0, other.value > 0 {
            let relative = hypot(one / reference.value, two / other.value)
            if relative.isFinite { logarithm = relative }
        }
        self.logarithm = logarithm
        ratio = gap.ratio.flatMap { ratio in
            logarithm.flatMap { Interval(ratio: ratio, standardErrorOfLogarithm: $0) }
        }
    }
}

/// How well connected people are, by the bands of universal and meaningful connectivity.
///
/// - SeeAlso: ITU and the Office of the UN Secretary-General's Envoy on Technology (2022), *Aspirational targets for 2030*; ITU,
///   *Achieving universal and meaningful digital connectivity*.
enum ConnectivityBand: String {
    case limited, satisfactory, advanced
    case met = "target met"

    /// - Parameter percent: [50, 75) is satisfactory, [75, 95) advanced, from 95 on the target is met.
    init(percent: Double) {
        self =
            switch percent {
            case 95...: .met
            case 75..<95: .advanced
            case 50..<75: .satisfactory
            default: .limited
            }
    }

    /// The topics whose shares are of people or homes that are connected.
    private static let topics = ["broadband", "telecom", "inclusion"]

    /// Whether the bands are meant for an indicator: a share of which more is better, in a topic of connectivity.
    static func apply(to indicator: Indicator) -> Bool {
        indicator.kind == .share && indicator.direction == .higherIsBetter && topics.contains(indicator.topic)
    }
}
