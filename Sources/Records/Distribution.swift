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

        /// As a number of its own.
        var code: Int {
            switch self {
            case .negative(let index): index * 4 + 1
            case .zero: 0
            case .positive(let index): index * 4 + 2
            }
        }

        init(code: Int) {
            switch code & 3 {
            case 1: self = .negative(code >> 2)
            case 2: self = .positive(code >> 2)
            default: self = .zero
            }
        }
    }

    private let limit: Int
    /// By value, or by the code of its bucket.
    private var table = WeightTable()
    private(set) var isExact = true

    init(limit: Int, isExact: Bool = true) {
        self.limit = limit
        self.isExact = isExact
    }

    /// How many distinct values there are, one more than the limit where they are more.
    var distinct: Int { isExact ? table.count : limit + 1 }

    mutating func add(_ value: Decimal, weight: Decimal) {
        guard weight.mantissa != 0 else { return }
        if isExact {
            table.add(value.reduced, weight: weight)
            if table.count > limit { sketch() }
        } else {
            table.add(Decimal(Self.bucket(of: value).code), weight: weight)
        }
    }

    mutating func merge(_ other: Distribution) {
        if isExact, !other.isExact { sketch() }
        if isExact == other.isExact {
            table.merge(other.table)
            if isExact, table.count > limit { sketch() }
        } else {
            var sketched = other
            sketched.sketch()
            table.merge(sketched.table)
        }
    }

    /// From now on by buckets.
    mutating func sketch() {
        guard isExact else { return }
        isExact = false
        table = table.renumbered { Decimal(Self.bucket(of: $0).code) }
    }

    private static func bucket(of value: Decimal) -> Bucket {
        let double = value.double
        if double == 0 { return .zero }
        let index = Int((log(abs(double)) / growth).rounded(.up))
        return double < 0 ? .negative(index) : .positive(index)
    }

    /// The ``Bucket/code`` of a number's bucket in the SQL of an engine.
    static func sqlBucket(of number: String) -> String {
        let double = "CAST(\(number) AS DOUBLE)"
        let index = "CAST(CEIL(LN(ABS(\(double))) / CAST('\(growth)' AS DOUBLE)) AS BIGINT) * 4"
        return "CASE WHEN \(number) = 0 THEN 0 WHEN \(number) < 0 THEN \(index) + 1 ELSE \(index) + 2 END"
    }

    /// Adds to a bucket what an engine put into it, by its code; from now on there are buckets only.
    mutating func add(bucket code: Int, weight: Decimal) {
        sketch()
        table.add(Decimal(code), weight: weight)
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
            steps = table.weights.sorted { Decimal.isLess($0.number, $1.number) }
                .map { ($0.number.double, $0.weight) }
        } else {
            steps = table.weights.map { (Self.middle(of: Bucket(code: Int($0.number.mantissa))), $0.weight) }
                .sorted { $0.value < $1.value }
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
