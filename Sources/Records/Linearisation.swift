/// What one stratum adds to the variance of a ratio R = Y/X or of a total Y, from sums over its clusters.
struct StratumSums {
    /// Clusters of the stratum, those without a record of the group too.
    var clusters = 0
    /// Over clusters, of the sums y of the numerator and x of the denominator: y, x, y², yx, x².
    var y = BigDecimal.zero
    var x = BigDecimal.zero
    var yy = BigDecimal.zero
    var yx = BigDecimal.zero
    var xx = BigDecimal.zero

    mutating func add(_ y: BigDecimal, _ x: BigDecimal) {
        self.y += y
        self.x += x
        yy += y * y
        yx += y * x
        xx += x * x
    }
}

/// Variances by Taylor linearisation, first-stage clusters taken as drawn with replacement.
///
/// `var = sum over strata h of n_h / (n_h - 1) * sum over clusters i of (z_hi - mean z_h)^2` with z = y for a total and
/// z = (y - R x) / X for a ratio. Worked out in exact arithmetic up to the last division, so that nothing cancels.
/// Source: Särndal, Swensson & Wretman (1992), *Model Assisted Survey Sampling*, 5.5; R `survey`, `svyrecvar`.
enum Linearisation {
    /// - Parameters:
    ///   - strata: Those into which the group reaches; the others add nothing.
    ///   - clusters: How many the whole design has.
    ///   - denominator: The estimated X, `nil` for a total.
    /// - Returns: `nil` where a lone cluster forbids it, or there is nothing to divide by.
    static func variance(
        _ strata: [StratumSums],
        clusters: Int,
        numerator: BigDecimal,
        denominator: BigDecimal?,
        lone: RecordOrder.LoneCluster
    ) -> Double? {
        // With z' = X y - Y x in place of z, everything stays a decimal; the variance is then over X^4.
        let factor = denominator ?? BigDecimal(1)
        let other = denominator == nil ? BigDecimal.zero : numerator
        guard let divisor = factor.double, divisor != 0 else { return nil }
        func first(_ stratum: StratumSums) -> BigDecimal { factor * stratum.y - other * stratum.x }
        func second(_ stratum: StratumSums) -> BigDecimal {
            factor * factor * stratum.yy - BigDecimal(2) * factor * other * stratum.yx + other * other * stratum.xx
        }
        let total = strata.reduce(BigDecimal.zero) { $0 + first($1) }
        var parts: [Double] = []
        for stratum in strata {
            let n = BigDecimal(stratum.clusters)
            if stratum.clusters == 1 {
                switch lone {
                case .refuse: return nil
                case .certainty: continue
                case .centre:
                    let distance = BigDecimal(clusters) * first(stratum) - total
                    guard let square = (distance * distance).double else { return nil }
                    parts.append(square / (Double(clusters) * Double(clusters)))
                }
                continue
            }
            let sum = first(stratum)
            guard let spread = (n * second(stratum) - sum * sum).double else { return nil }
            parts.append(spread / Double(stratum.clusters - 1))
        }
        // Sorted, so that the order of the strata does not show.
        let variance = parts.sorted().reduce(0, +)
        guard denominator != nil else { return variance }
        return variance / divisor / divisor / divisor / divisor
    }

    /// The variance of the same estimate from a simple random sample with replacement of as many records.
    ///
    /// `s^2 / n` with `s^2 = n / (n - 1) * sum w e^2 / sum w`, e the distance of y from the mean or from R x; times the
    /// squared sum of weights for a total, over the squared mean of x for a ratio (R `survey`, deff = "replace").
    ///
    /// - Parameter spread: Over records, with the weight once: w y², w y x, w x².
    static func simpleVariance(
        _ spread: (yy: BigDecimal, yx: BigDecimal, xx: BigDecimal),
        numerator: BigDecimal,
        denominator: BigDecimal,
        weights: BigDecimal,
        records: Int,
        isTotal: Bool
    ) -> Double? {
        let scaled =
            denominator * denominator * spread.yy - BigDecimal(2) * denominator * numerator * spread.yx
            + numerator * numerator * spread.xx
        guard records > 1, let scaled = scaled.double, let x = denominator.double, x != 0, let w = weights.double
        else { return nil }
        let squares = scaled / x / x
        let ofTotal = squares * w / Double(records - 1)
        return isTotal ? ofTotal : ofTotal / x / x
    }
}
