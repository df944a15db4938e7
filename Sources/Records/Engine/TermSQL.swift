/// The terms of a plan in Spark's SQL: sums of the limbs of products, by their place.
///
/// A product of two numbers fills the engine's decimals, and one of four (a squared weight times a squared value) does not
/// fit them.
struct TermSQL {
    private let forms: [RegisterSQL.Form]
    /// The names of the limbs of each term, from the lowest.
    private var limbs: [[String]] = []

    /// Adds the columns that the terms are summed up of behind the layers of the registers.
    init(_ plan: RecordPlan, registers: RegisterSQL, layers: inout SQLLayers) {
        forms = registers.forms
        var columns = registers.limbs
        let first = layers.count
        for term in plan.terms {
            let factors = Self.factors(of: term, plan)
            var layer = first
            for factor in factors { layer = max(layer, columns.cut(factor, forms[factor], &layers, at: first)) }
            let pairs = stride(from: 0, to: factors.count, by: 2).map {
                Array(factors[$0..<min($0 + 2, factors.count)])
            }
            for pair in pairs where pair.count == 2 {
                let next = columns.multiply(pair, &layers, at: layer)
                if pairs.count > 1 { _ = columns.carry(pair, &layers, at: next) }
            }
            switch (pairs.first, pairs.last) {
            case (let pair?, let other?) where pairs.count == 2:
                let right = other.count == 1 ? SQLLimbs.single(other[0]) : SQLLimbs.carried(other)
                limbs.append(SQLLimbs.products(SQLLimbs.carried(pair), right))
            case (let pair?, _): limbs.append(pair.count == 1 ? SQLLimbs.single(pair[0]) : SQLLimbs.product(pair))
            default: limbs.append([])
            }
        }
    }

    /// The sum of a term over the records for which a condition holds: the sums of its limbs, colons between; empty where
    /// it counts them.
    func sum(of term: Int, where condition: String) -> String {
        let sums = limbs[term].map { "CAST(SUM(CAST(IF(\(condition), \($0), 0) AS DECIMAL(19, 0))) AS STRING)" }
        return sums.isEmpty ? "''" : "CONCAT_WS(':', \(sums.joined(separator: ", ")))"
    }

    /// The registers whose product a term adds up.
    static func factors(of term: RecordPlan.Term, _ plan: RecordPlan) -> [Int] {
        let weights = plan.weight.map { Array(repeating: $0, count: term.weightPower) } ?? []
        return weights + [term.first, term.second].compactMap(\.self)
    }

    /// How many digits stand behind the point of a term.
    func scale(of term: RecordPlan.Term, _ plan: RecordPlan) -> Int {
        Self.factors(of: term, plan).reduce(0) { $0 + forms[$1].scale }
    }

    /// The sums of the limbs of a term, read back; `nil` where they are not those.
    func limbs(of term: Int, in text: String) -> [Int128]? {
        let sums = text.split(separator: ":").compactMap { Int128($0) }
        return sums.count == limbs[term].count ? sums : nil
    }
}
