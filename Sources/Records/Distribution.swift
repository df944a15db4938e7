import Glibc

/// The weights of the distinct values of a group, from which its quantiles are read.
///
/// Exact while there are at most `limit` distinct values; beyond, a DDSketch (Masson, Rim & Lee 2019, *DDSketch: a
/// fast and fully-mergeable quantile sketch with relative-error guarantees*, PVLDB 12(12)): values fall into buckets
/// whose bounds grow by a constant factor, so that a quantile is within ``relativeError`` of the true one. Which of
/// the two it is, and what comes out, depends on the values alone, not on their order.
struct Distribution: Sendable {
    static let relativeError = 0.005
    private static let growth = log((1 + relativeError) / (1 - relativeError))

    private enum Bucket: Hashable {
        case negative(Int)
        case zero
        case positive(Int)
    }

    private let limit: Int
    private var weights: [Decimal: BigOrSmall] = [:]
    private var buckets: [Bucket: BigOrSmall] = [:]
    private(set) var isExact = true

    /// A sum of weights that is small nearly always.
    private struct BigOrSmall {
        var small = Decimal(0)
        var big: BigDecimal?

        mutating func add(_ number: Decimal) {
            if let sum = Decimal.plus(small, number) { small = sum } else { big = (big ?? .zero) + BigDecimal(number) }
        }

        mutating func add(_ other: BigOrSmall) {
            add(other.small)
            if let rest = other.big { big = (big ?? .zero) + rest }
        }

        var total: BigDecimal { BigDecimal(small) + (big ?? .zero) }
    }

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ value: Decimal, weight: Decimal) {
        guard weight.mantissa != 0 else { return }
        if isExact {
            weights[value.reduced, default: BigOrSmall()].add(weight)
            if weights.count > limit { sketch() }
        } else {
            buckets[Self.bucket(of: value), default: BigOrSmall()].add(weight)
        }
    }

    mutating func merge(_ other: Distribution) {
        for (value, weight) in other.weights {
            if isExact {
                weights[value, default: BigOrSmall()].add(weight)
                if weights.count > limit { sketch() }
            } else {
                buckets[Self.bucket(of: value), default: BigOrSmall()].add(weight)
            }
        }
        if !other.isExact {
            if isExact { sketch() }
            for (bucket, weight) in other.buckets { buckets[bucket, default: BigOrSmall()].add(weight) }
        }
    }

    private mutating func sketch() {
        isExact = false
        for (value, weight) in weights { buckets[Self.bucket(of: value), default: BigOrSmall()].add(weight) }
        weights = [:]
    }

    private static func bucket(of value: Decimal) -> Bucket {
        let double = value.double
        if double == 0 { return .zero }
        let index = Int((log(abs(double)) / growth).rounded(.up))
        return double < 0 ? .negative(index) : .positive(index)
    }

    private static func middle(of bucket: Bucket) -> Double {
        func middle(_ index: Int) -> Double { 2 * exp(Double(index) * growth) / (exp(growth) + 1) }
        switch bucket {
        case .zero: return 0
        case .negative(let index): return -middle(index)
        case .positive(let index): return middle(index)
        }
    }

    /// The smallest value at which the weights up to it reach `share` of all; `nil` of nothing.
    func quantile(_ share: Decimal) -> Double? {
        let steps: [(value: Double, weight: BigDecimal)]
        if isExact {
            steps = weights.sorted { Decimal.isLess($0.key, $1.key) }.map { ($0.key.double, $0.value.total) }
        } else {
            steps = buckets.map { (Self.middle(of: $0.key), $0.value.total) }.sorted { $0.0 < $1.0 }
        }
        let total = steps.reduce(BigDecimal.zero) { $0 + $1.weight }
        let wanted = total * BigDecimal(share)
        var reached = BigDecimal.zero
        for step in steps {
            reached += step.weight
            if !(reached < wanted) { return step.value }
        }
        return steps.last?.value
    }
}
