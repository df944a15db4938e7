import Glibc

/// The standard normal distribution.
public enum StandardNormal {
    /// The z for which a standard normal figure lies between -z and z with a probability: 1.96 for 0.95.
    ///
    /// By Newton's method on the error function, which rises to it from below; within a few units in the last place.
    ///
    /// - Parameter confidence: Above 0, below 1.
    /// - Returns: Above 0.
    /// - SeeAlso: Abramowitz and Stegun (1964), *Handbook of Mathematical Functions*, 26.2.
    public static func bound(confidence: Double) -> Double {
        precondition(confidence > 0 && confidence < 1, "a probability strictly between 0 and 1")
        var z = 0.0
        for _ in 0..<200 {
            let density = (2 / Double.pi).squareRoot() * exp(-z * z / 2)
            let next = z + (erfc(z / 2.0.squareRoot()) - (1 - confidence)) / density
            guard next > z else { break }
            z = next
        }
        return z
    }
}
