import Indicators

/// How the scores of a node's children become its own.
///
/// Children of weight 0 are ignored by every method; the weights of those that are present are divided by their sum.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, step 6.
package enum Aggregation: Hashable, Sendable {
    /// Σwx / Σw. A low score is fully made good by a high one.
    case arithmetic
    /// exp(Σw ln x / Σw), for x > 0. Scores below `floor` are raised to it first.
    case geometric(floor: Double? = nil)
    /// Σw / Σ(w/x), for x > 0. Scores below `floor` are raised to it first.
    case harmonic(floor: Double? = nil)
    /// (Σwx^p / Σw)^(1/p), p not 0; for p < 0 scores must be above 0, for p > 0 other than 1 not below.
    case power(Double)
    case mazziottaPareto(MazziottaPareto)
    /// For each place the number of places that it outranks less the number that outrank it. A place outranks another
    /// where the children in which it is better weigh more than half of those that both have, ties counting half. Takes
    /// the square of the number of places.
    case copeland
    case benefitOfTheDoubt(BenefitOfTheDoubt = BenefitOfTheDoubt())
}

/// A mean with a penalty for being uneven: M - S²/M (or M + S²/M), where M and S are mean and standard deviation (with n)
/// over the children of one place, each brought to a common scale around 100 first.
///
/// - SeeAlso: Mazziotta and Pareto (2016), *On a generalized non-compensatory composite index for measuring
///   socio-economic phenomena*, Social Indicators Research 127(3):983-1003.
package struct MazziottaPareto: Hashable, Sendable {
    package enum Scale: Hashable, Sendable {
        /// MPI: within the year and group, mean 100 and standard deviation 10 across places, with n-1.
        case standardisedBySample
        /// MPI as the paper has it: the same with n.
        case standardisedByPopulation
        /// AMPI: 100 + 60(x - reference)/(max - min), with max and min over all places and years of the group, so that
        /// years can be compared.
        case adjusted(Reference)
        /// The scores are on such a scale already.
        case asGiven
    }

    /// What is 100 on the scale of the AMPI.
    package enum Reference: Hashable, Sendable {
        /// The mean over all places and years of the group.
        case mean
        case value(Double)
    }

    package var scale: Scale
    /// Whether unevenness lowers the score (more is better) or raises it (more is worse).
    package var penaltyLowers: Bool

    package init(scale: Scale = .standardisedBySample, penaltyLowers: Bool = true) {
        self.scale = scale
        self.penaltyLowers = penaltyLowers
    }
}

/// Each place with the weights that suit it best: max Σwx over w >= 0 such that no place gets more than 1 with them.
///
/// Given weights count only in that those of 0 leave a child out. A place that lacks a child has no score and is no peer.
/// - SeeAlso: Cherchye, Moesen, Rogge and Van Puyenbroeck (2007), *An introduction to 'benefit of the doubt' composite
///   indicators*, Social Indicators Research 82:111-145.
package struct BenefitOfTheDoubt: Hashable, Sendable {
    /// The least part wx that each child must have in the score, from 0 to 1 / number of children.
    package var minimumShare: Double?
    /// The greatest part, from 1 / number of children to 1.
    package var maximumShare: Double?

    package init(minimumShare: Double? = nil, maximumShare: Double? = nil) {
        self.minimumShare = minimumShare
        self.maximumShare = maximumShare
    }
}

extension Aggregation {
    /// The method and its parameters in words, as tables have them.
    package var text: String {
        func floored(_ floor: Double?) -> String { floor.map { ", floor \(Cell.format($0))" } ?? "" }
        switch self {
        case .arithmetic: return "arithmetic mean"
        case .geometric(let floor): return "geometric mean\(floored(floor))"
        case .harmonic(let floor): return "harmonic mean\(floored(floor))"
        case .power(let exponent): return "power mean, exponent \(Cell.format(exponent))"
        case .mazziottaPareto(let method): return method.text
        case .copeland: return "Copeland"
        case .benefitOfTheDoubt(let method): return method.text
        }
    }
}

extension MazziottaPareto {
    fileprivate var text: String {
        let sign = penaltyLowers ? "-" : "+"
        return switch scale {
        case .standardisedBySample: "MPI\(sign), standardised with n-1"
        case .standardisedByPopulation: "MPI\(sign), standardised with n"
        case .adjusted(.mean): "AMPI\(sign), reference mean"
        case .adjusted(.value(let reference)): "AMPI\(sign), reference \(Cell.format(reference))"
        case .asGiven: "Mazziotta-Pareto\(sign), scale as given"
        }
    }
}

extension BenefitOfTheDoubt {
    fileprivate var text: String {
        "benefit of the doubt"
            + (minimumShare.map { ", shares from \(Cell.format($0))" } ?? "")
            + (maximumShare.map { ", shares to \(Cell.format($0))" } ?? "")
    }
}
