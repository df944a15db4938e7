import Indicators

/// A straight line fitted by ordinary least squares, y = intercept + slope x.
///
/// Sums are exact, so that the order of the points does not matter.
struct LeastSquares: Equatable {
    var count: Int
    var slope: Double
    var intercept: Double
    /// Of the slope; `nil` of two points, which leave nothing to judge it by.
    var standardError: Double?
    /// The part of the variance of y that the line accounts for, from 0 to 1; `nil` where y is constant.
    var rSquared: Double?
    private var meanX: Double
    private var meanY: Double

    /// The x of a line, for all lines on the same x.
    struct Abscissae {
        fileprivate let deviations: [Double]
        fileprivate let mean: Double
        fileprivate let squares: Double

        /// `nil` of fewer than two points, where all x are equal, or where a sum is beyond all doubles.
        init?(_ x: [Double]) {
            guard x.count >= 2, let low = x.min(), let high = x.max(), low < high,
                let mean = Compare.mean(of: x)
            else { return nil }
            let deviations = x.map { $0 - mean }
            guard let squares = sum(of: deviations, times: deviations), squares > 0 else { return nil }
            self.deviations = deviations
            self.mean = mean
            self.squares = squares
        }
    }

    /// Fits the line to finite `x` and as many finite `y`; `nil` of fewer than two points, where all x are equal, or where a
    /// sum is beyond all doubles.
    init?(_ x: [Double], _ y: [Double]) {
        guard let abscissae = Abscissae(x) else { return nil }
        self.init(abscissae, y)
    }

    /// As above. Where the line is not judged, ``standardError`` and ``rSquared`` are `nil`.
    init?(_ x: Abscissae, _ y: [Double], isJudged: Bool = true) {
        precondition(x.deviations.count == y.count, "a line through \(x.deviations.count) x and \(y.count) y")
        guard let meanY = mean(of: y) else { return nil }
        let (dx, squares) = (x.deviations, x.squares)
        let dy = y.map { $0 - meanY }
        guard let products = sum(of: dx, times: dy) else { return nil }
        let slope = products / squares
        guard slope.isFinite, (meanY - slope * x.mean).isFinite else { return nil }
        count = y.count
        self.slope = slope
        meanX = x.mean
        self.meanY = meanY
        intercept = meanY - slope * meanX
        let isConstant = y.min() == y.max()
        if isConstant {
            self.slope = 0
            intercept = y[0]
        }
        guard isJudged else { return }
        if !isConstant, let total = sum(of: dy, times: dy), total > 0 {
            rSquared = min(1, products / squares * (products / total))
        }
        if count > 2 {
            let residuals = zip(dx, dy).map { $1 - slope * $0 }
            if isConstant {
                standardError = 0
            } else if let rest = sum(of: residuals, times: residuals) {
                standardError = (rest / Double(count - 2) / squares).squareRoot()
            }
        }
    }

    /// The height of the line.
    func value(at x: Double) -> Double {
        meanY + slope * (x - meanX)
    }
}

/// The arithmetic mean, from an exact sum; `nil` of nothing, or beyond all doubles.
func mean(of values: [Double]) -> Double? {
    guard !values.isEmpty, let sum = ExactSum.value(of: values) else { return nil }
    return sum / Double(values.count)
}

/// The sum of products of two lists of the same length, exact up to one rounding; `nil` beyond all doubles.
func sum(of left: [Double], times right: [Double]) -> Double? {
    ExactSum.value(of: left, times: right)
}

/// The standard deviation; 0 where all values are equal, whatever their mean is rounded to.
///
/// - Parameters:
///   - values: Finite.
///   - isSample: Divides by n - 1 instead of n.
/// - Returns: `nil` of no value, of one with n - 1, or beyond all doubles.
func standardDeviation(of values: [Double], isSample: Bool) -> Double? {
    let count = values.count - (isSample ? 1 : 0)
    guard count > 0, let mean = mean(of: values) else { return nil }
    if values.min() == values.max() { return 0 }
    let deviations = values.map { $0 - mean }
    return sum(of: deviations, times: deviations).map { ($0 / Double(count)).squareRoot() }
}

/// As ``standardDeviation(of:isSample:)``, of both kinds at the cost of one.
/// The mean is that of the values.
func standardDeviations(of values: [Double], around mean: Double) -> (population: Double?, sample: Double?) {
    let count = Double(values.count)
    if values.min() == values.max() { return (0, values.count > 1 ? 0 : nil) }
    let deviations = values.map { $0 - mean }
    guard let squares = sum(of: deviations, times: deviations) else { return (nil, nil) }
    return ((squares / count).squareRoot(), values.count > 1 ? (squares / (count - 1)).squareRoot() : nil)
}
