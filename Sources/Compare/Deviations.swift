import Glibc
import Indicators

/// How far each value lies from the mean: r = x / mu, d = r - 1, and ln r; four values side by side. Behind the last come such
/// that weigh nothing.
struct Deviations {
    private let parts: [SIMD4<Double>]
    private let ratios: [SIMD4<Double>]
    private let deviations: [SIMD4<Double>]
    /// Of the ratios; nothing where one is negative.
    private let logarithms: [SIMD4<Double>]
    private let hasZero: Bool
    private let isConstant: Bool
    private var known: [(order: Double, entropy: Double?)] = []

    init(_ distribution: Distribution) {
        let (mean, total) = (distribution.scaledMean, distribution.total)
        parts = inFours(distribution.weights, last: 0).map { $0 / total }
        let values = inFours(distribution.values, last: mean)
        ratios = values.map { $0 / mean }
        deviations = values.map { ($0 - mean) / mean }
        logarithms = distribution.minimum < 0 ? [] : zip(ratios, deviations).map { Self.logarithm($0, $1) }
        hasZero = distribution.minimum == 0
        isConstant = distribution.isConstant
    }

    /// Near the mean the deviation has the digits, far from it the ratio.
    private static func logarithm(_ ratio: SIMD4<Double>, _ deviation: SIMD4<Double>) -> SIMD4<Double> {
        var logarithm = SIMD4<Double>.zero
        for lane in 0..<4 {
            logarithm[lane] = abs(deviation[lane]) < 0.5 ? log1p(deviation[lane]) : log(ratio[lane])
        }
        return logarithm
    }

    /// Half of sum f |d|.
    var hoover: Double {
        isConstant
            ? 0
            : sum { index in
                let deviation = deviations[index]
                return deviation.replacing(with: -deviation, where: deviation .< 0)
            } / 2
    }

    /// sum f (r^a - 1 - a d) / (a (a - 1)), of which no term is negative; the limits at 0 and 1. Measures share orders: each is
    /// summed up once.
    mutating func entropy(_ a: Double) -> Double? {
        if let known = known.first(where: { $0.order == a }) { return known.entropy }
        let entropy = summedEntropy(a)
        known.append((a, entropy))
        return entropy
    }

    private func summedEntropy(_ a: Double) -> Double? {
        if isConstant { return 0 }
        if hasZero, a <= 0 { return nil }
        let entropy: Double
        switch a {
        case 2: entropy = sum { deviations[$0] * deviations[$0] } / 2
        case 1: entropy = sum(excess)
        case 0: entropy = sum { deviations[$0] - logarithms[$0] }
        case 0.5:
            entropy =
                2
                * sum {
                    let root = deviations[$0] / (Self.root(ratios[$0]) + 1)
                    return root * root
                }
        case -1: entropy = sum { deviations[$0] * deviations[$0] / ratios[$0] } / 2
        default: entropy = sum { Self.exponential(a * logarithms[$0]) - a * deviations[$0] } / (a * (a - 1))
        }
        return entropy.isFinite ? max(0, entropy) : nil
    }

    /// r ln r - d; its limit where r is 0, or too small for a double.
    private func excess(_ index: Int) -> SIMD4<Double> {
        let excess = ratios[index] * logarithms[index] - deviations[index]
        return excess.replacing(with: 1, where: ratios[index] .== 0)
    }

    private static func root(_ x: SIMD4<Double>) -> SIMD4<Double> {
        SIMD4(x[0].squareRoot(), x[1].squareRoot(), x[2].squareRoot(), x[3].squareRoot())
    }

    /// e^x - 1.
    private static func exponential(_ x: SIMD4<Double>) -> SIMD4<Double> {
        SIMD4(expm1(x[0]), expm1(x[1]), expm1(x[2]), expm1(x[3]))
    }

    /// By the entropy of a = 1 - e: the mean of r^a is 1 + a (a - 1) GE(a).
    mutating func atkinson(_ aversion: Double) -> Double? {
        if aversion == 0 || isConstant { return 0 }
        if aversion >= 1, hasZero { return 1 }
        let a = 1 - aversion
        guard let entropy = entropy(a) else { return nil }
        let atkinson = a == 0 ? -expm1(-entropy) : -expm1(log1p(a * (a - 1) * entropy) / a)
        return atkinson.isFinite ? max(0, min(1, atkinson)) : nil
    }

    @inline(__always) private func sum(_ term: (Int) -> SIMD4<Double>) -> Double {
        var sum = CompensatedLanes()
        for index in parts.indices { sum.add(parts[index] * term(index)) }
        return sum.value
    }
}

/// Numbers four by four, the last ones filled up with `last`.
private func inFours(_ numbers: [Double], last: Double) -> [SIMD4<Double>] {
    let whole = numbers.count / 4
    var fours: [SIMD4<Double>] = []
    fours.reserveCapacity(whole + 1)
    for block in 0..<whole { fours.append(SIMD4(numbers, at: 4 * block)) }
    if whole * 4 < numbers.count {
        var rest = SIMD4(repeating: last)
        for index in whole * 4..<numbers.count { rest[index % 4] = numbers[index] }
        fours.append(rest)
    }
    return fours
}

extension SIMD4<Double> {
    /// Four numbers that follow each other.
    init(_ numbers: [Double], at index: Int) {
        self.init(numbers[index], numbers[index + 1], numbers[index + 2], numbers[index + 3])
    }
}
