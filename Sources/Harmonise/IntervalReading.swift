import Glibc
import Indicators

/// The standard error behind the confidence limits of a value, all in the catalogue's unit.
///
/// With z the quantile of the declared confidence (1.96 for 0.95) and g the declared scale, on which the limits were
/// made as g(x) -+ z s, the error of the value is s / g'(x), the delta method read backwards:
///
/// - `linear`: (high - low) / (2 z)
/// - `logit`, of a share p in percent: p (100 - p) / 100 x (logit(high) - logit(low)) / (2 z)
/// - `log`: x (ln high - ln low) / (2 z)
///
/// - SeeAlso: Korn and Graubard (1999), *Analysis of Health Surveys*, 3.5, for limits on the logit scale; Casella and Berger
///   (2002), *Statistical Inference*, 2nd ed., 5.5.4, for the delta method.
struct IntervalReading {
    /// Why there is no standard error.
    enum Fault: Error {
        case incomplete, reversed, valueOutside
        /// A limit at an end of the scale, which lies infinitely far away on it, or beyond.
        case offScale
        /// Beyond doubles.
        case notRepresentable
    }

    let value: Double
    let low: Double?
    let high: Double?
    let form: IntervalForm
    let isShare: Bool

    /// - Parameters:
    ///   - value: In the catalogue's unit.
    ///   - interval: In the source's unit.
    ///   - isShare: Whether the indicator is a share, in percent.
    ///   - factor: From the source's unit to the catalogue's; where it turns the sign, the limits change places.
    init(_ value: Double, _ interval: StatedInterval, isShare: Bool, factor: Double) {
        self.value = value
        form = interval.form
        self.isShare = isShare
        let ends = factor < 0 ? (interval.high, interval.low) : (interval.low, interval.high)
        low = ends.0.number.map { scaled($0, by: factor) }
        high = ends.1.number.map { scaled($0, by: factor) }
    }

    func standardError() -> Result<Double, Fault> {
        guard let low, let high else { return .failure(.incomplete) }
        guard low <= high else { return .failure(.reversed) }
        guard low <= value, value <= high else { return .failure(.valueOutside) }
        guard let width = width(low, high) else { return .failure(.offScale) }
        let error = width / (2 * StandardNormal.bound(confidence: form.confidence))
        return error.isFinite ? .success(error) : .failure(.notRepresentable)
    }

    /// The width of the interval in units of the value; `nil` where the scale does not reach there.
    private func width(_ low: Double, _ high: Double) -> Double? {
        switch form.scale {
        case .linear: return high - low
        case .logit:
            guard isShare, low > 0, high < 100 else { return nil }
            return value * (100 - value) / 100 * (Self.logit(high) - Self.logit(low))
        case .log:
            guard low > 0 else { return nil }
            return value * (Glibc.log(high) - Glibc.log(low))
        }
    }

    private static func logit(_ percent: Double) -> Double { Glibc.log(percent / (100 - percent)) }

    // MARK: Symmetry

    /// Whether the value lies in the middle of its limits on the declared scale: off it by no more than a twentieth of
    /// the width, or than the last decimal of the figures can tell, since limits are printed rounded.
    var isSymmetric: Bool { isInTheMiddle(on: form.scale) }

    /// The first other scale on which it does, `nil` where there is none.
    var scaleOfSymmetry: IntervalScale? {
        IntervalScale.allCases.first { $0 != form.scale && isInTheMiddle(on: $0) }
    }

    private func isInTheMiddle(on scale: IntervalScale) -> Bool {
        guard let low, let high, let middle = middle(low, high, on: scale) else { return false }
        let step = [value, low, high].map(Self.lastDecimal).min() ?? 0
        return abs(value - middle) <= max((high - low) / 20, step)
    }

    private func middle(_ low: Double, _ high: Double, on scale: IntervalScale) -> Double? {
        switch scale {
        case .linear: return low + (high - low) / 2
        case .logit:
            guard isShare, low > 0, high < 100 else { return nil }
            let odds = (low / (100 - low) * (high / (100 - high))).squareRoot()
            return 100 * odds / (1 + odds)
        case .log: return low > 0 ? low.squareRoot() * high.squareRoot() : nil
        }
    }

    /// 0.1 of 38.9, 1 of 40.
    private static func lastDecimal(_ number: Double) -> Double {
        let text = number.description
        guard !text.hasSuffix(".0"), let mark = text.firstIndex(of: "."), !text.contains("e") else { return 1 }
        return pow(10, -Double(text.distance(from: mark, to: text.endIndex) - 1))
    }
}
