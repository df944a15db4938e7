import Glibc
package import Indicators

/// The measures of how far apart two values are.
///
/// - SeeAlso: The definitions of each in the columns of `gaps.csv`.
package struct Gap: Equatable, Sendable {
    /// d (A - B): positive where the other is worse off; `nil` for an indicator without a direction.
    package var absolute: Double?
    /// d (A - B) / A; `nil` where A <= 0, and for an indicator without a direction.
    package var relative: Double?
    /// B / A, not oriented; `nil` where A <= 0.
    package var ratio: Double?
    /// ln(B / A), not oriented; `nil` unless both are positive.
    package var logRatio: Double?
    /// The smaller divided by the greater, from 0 to 1; `nil` where both are 0 or one is negative.
    package var parity: Double?

    /// Compares two values. A measure beyond the range of doubles is `nil`.
    ///
    /// - Parameters:
    ///   - reference: A, finite.
    ///   - other: B, finite and in the same unit.
    ///   - direction: d, +1 where higher is better, -1 where lower is, 0 where neither.
    package init(reference: Double, other: Double, direction: Indicator.Direction) {
        let difference = direction.sign * (reference - other) + 0
        if direction != .neutral, difference.isFinite {
            absolute = difference
            if reference > 0 { relative = Self.finite(difference / reference) }
        }
        if reference > 0 {
            ratio = Self.finite(other / reference)
            if other > 0 { logRatio = Self.logarithm(of: other, over: reference) }
        }
        let greater = max(reference, other)
        let smaller = min(reference, other)
        if smaller >= 0, greater > 0 { parity = smaller / greater }
    }

    private static func finite(_ number: Double) -> Double? {
        number.isFinite ? number : nil
    }

    private static func logarithm(of numerator: Double, over denominator: Double) -> Double {
        let ratio = numerator / denominator
        return ratio.isNormal ? log(ratio) : log(numerator) - log(denominator)
    }
}
