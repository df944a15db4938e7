import Glibc

/// How the value of one group compares with that of another, for the same place and year.
///
/// - SeeAlso: UNESCO Institute for Statistics, *Adjusted gender parity index*, Glossary.
package struct GroupParity: Equatable, Sendable {
    /// Numerator over denominator, not capped; `nil` where the denominator is 0, or either is negative.
    package let index: Double?
    /// ``index`` up to 1, else 2 - 1 / index: as far from 1 whichever group is ahead, between 0 and 2.
    package let adjusted: Double?
    /// Numerator less denominator.
    package let difference: Double?
    /// Of ``index``, where both standard errors are known and both values are above 0: the groups taken as independent samples, by
    /// the delta method on the logarithm.
    package let interval: Interval?

    /// - Parameters:
    ///   - numerator: The value of the group above the line, finite.
    ///   - denominator: That of the group below it, finite and in the same unit.
    ///   - errors: The standard errors of both, in that unit; `nil` where one is not known.
    /// - SeeAlso: Katz et al. (1978), *Obtaining confidence intervals for the risk ratio in cohort studies*, Biometrics 34(3), for
    ///   the interval.
    package init(
        numerator: Double,
        denominator: Double,
        errors: (numerator: Double, denominator: Double)? = nil
    ) {
        let difference = numerator - denominator
        self.difference = difference.isFinite ? difference : nil
        let ratio = numerator / denominator
        guard numerator >= 0, denominator > 0, ratio.isFinite else {
            (index, adjusted, interval) = (nil, nil, nil)
            return
        }
        index = ratio
        adjusted = ratio <= 1 ? ratio : 2 - 1 / ratio
        interval = errors.flatMap { errors in
            guard ratio > 0 else { return nil }
            let error = hypot(errors.numerator / numerator, errors.denominator / denominator)
            return Interval(ratio: ratio, standardErrorOfLogarithm: error)
        }
    }
}

/// Two groups to hold side by side: `women` and `men`; with them `women 15-19` and `men 15-19`.
package struct GroupPair: Hashable, Sendable {
    package var numerator: String
    package var denominator: String

    package init(_ numerator: String, to denominator: String) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The group that a group is held against, `nil` where it is no numerator.
    func denominator(of group: String) -> String? {
        if group == numerator { return denominator }
        guard group.hasPrefix(numerator + " ") else { return nil }
        return denominator + String(group.dropFirst(numerator.count))
    }
}
