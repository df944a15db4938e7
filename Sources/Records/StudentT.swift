import Glibc

/// Student's t distribution.
enum StudentT {
    /// The bounds of one confidence, each worked out once: many groups have as many degrees of freedom.
    final class Bounds {
        private let confidence: Double
        private var known: [Int: Double?] = [:]

        init(confidence: Double) {
            self.confidence = confidence
        }

        /// As ``StudentT/bound(confidence:degrees:)``.
        func bound(degrees: Int) -> Double? {
            if let bound = known[degrees] { return bound }
            let bound = StudentT.bound(confidence: confidence, degrees: degrees)
            known[degrees] = .some(bound)
            return bound
        }
    }

    /// The value that a t with `degrees` degrees of freedom exceeds in absolute value with the probability
    /// 1 - `confidence`.
    ///
    /// By bisection on the incomplete beta function (continued fraction, Abramowitz & Stegun 26.5.8); within 1e-12.
    static func bound(confidence: Double, degrees: Int) -> Double? {
        guard degrees > 0, confidence > 0, confidence < 1 else { return nil }
        let wanted = 1 - confidence
        var (low, high) = (0.0, 1.0)
        while tail(high, degrees) > wanted, high < 1e12 { high *= 2 }
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle == low || middle == high { break }
            if tail(middle, degrees) > wanted { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The probability that |t| is greater.
    private static func tail(_ t: Double, _ degrees: Int) -> Double {
        let degrees = Double(degrees)
        return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
    }

    private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
        return x < (a + 1) / (a + b + 2)
            ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / away(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / away(1 + even * d)
            c = away(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / away(1 + odd * d)
            c = away(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-16 { break }
        }
        return result
    }
}
