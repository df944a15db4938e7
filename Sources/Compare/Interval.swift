import Glibc

/// Bounds that hold a figure with a probability of 95 percent.
package struct Interval: Equatable, Sendable {
    package var low: Double
    package var high: Double

    /// The 0.975 quantile of the standard normal distribution.
    static let quantile = 1.959963984540054

    /// - Returns: `nil` where a bound is beyond the doubles.
    private init?(low: Double, high: Double) {
        guard low.isFinite, high.isFinite else { return nil }
        self.low = low
        self.high = high
    }

    /// Of a figure whose error is normal.
    init?(around value: Double, standardError: Double) {
        self.init(low: value - Self.quantile * standardError, high: value + Self.quantile * standardError)
    }

    /// Of a ratio from the error of its logarithm.
    init?(ratio: Double, standardErrorOfLogarithm error: Double) {
        self.init(low: ratio * exp(-Self.quantile * error), high: ratio * exp(Self.quantile * error))
    }

    /// Of Spearman's coefficient, by Fisher's transformation with the variance (1 + r^2 / 2) / (n - 3).
    ///
    /// - Parameters:
    ///   - r: From -1 to 1.
    ///   - count: How many places it is of, taken as a sample of independent ones.
    ///
    /// It is `nil` of fewer than four places, and where the coefficient is 1 or -1: its transform is infinite.
    /// - SeeAlso: Bonett and Wright (2000), *Sample size requirements for estimating Pearson, Kendall and Spearman correlations*,
    ///   Psychometrika 65(1), 23-28.
    package init?(ofSpearman r: Double, count: Int) {
        guard count > 3 else { return nil }
        self.init(fisher: r, variance: (1 + r * r / 2) / Double(count - 3))
    }

    /// Of Kendall's coefficient, by Fisher's transformation with the variance 0.437 / (n - 4).
    ///
    /// - Parameters:
    ///   - tau: Kendall's tau-b, from -1 to 1.
    ///   - count: How many places it is of, taken as a sample of independent ones.
    ///
    /// It is `nil` of fewer than five places, and where the coefficient is 1 or -1.
    /// - SeeAlso: Fieller, Hartley and Pearson (1957), *Tests for rank correlation coefficients I*, Biometrika 44, 470-481.
    package init?(ofKendall tau: Double, count: Int) {
        guard count > 4 else { return nil }
        self.init(fisher: tau, variance: 0.437 / Double(count - 4))
    }

    private init?(fisher r: Double, variance: Double) {
        guard abs(r) < 1 else { return nil }
        let (centre, half) = (atanh(r), Self.quantile * variance.squareRoot())
        self.init(low: tanh(centre - half), high: tanh(centre + half))
    }
}
