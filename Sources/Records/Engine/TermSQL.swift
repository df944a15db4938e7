/// Numbers in Spark's SQL cut into whole numbers of nine digits, their limbs, and products of them: exact whatever their
/// digits, where the engine's own decimals of 38 digits round.
///
/// Limbs of one number have one sign, so that those of a product have, too.
struct SQLLimbs {
    private static let base = 1_000_000_000
    /// How many digits a limb has, and how many limbs a number of 36 digits.
    static let digits = 9
    private static let width = 4

    /// By register, and by pair of registers, the first layer that sees the columns.
    private var cut: [Int: Int] = [:]
    private var multiplied: [[Int]: Int] = [:]
    private var carried: [[Int]: Int] = [:]

    /// The limbs of a register, from the lowest.
    static func single(_ register: Int) -> [String] { (0..<width).map { "b\(register)_\($0)" } }

    /// The limbs of a product of two registers, which may be longer than a limb.
    static func product(_ pair: [Int]) -> [String] { (0..<2 * width - 1).map { "p\(pair[0])_\(pair[1])_\($0)" } }

    /// The same, none of them longer.
    static func carried(_ pair: [Int]) -> [String] { (0..<2 * width).map { "n\(pair[0])_\(pair[1])_\($0)" } }

    /// By place, the sum of the products of limbs that belong there.
    static func products(_ left: [String], _ right: [String]) -> [String] {
        (0..<left.count + right.count - 1).map { place in
            left.indices.filter { right.indices.contains(place - $0) }
                .map { "\(left[$0]) * \(right[place - $0])" }.joined(separator: " + ")
        }
    }

    /// Adds the columns of ``single(_:)``.
    ///
    /// - Parameters:
    ///   - register: Which one.
    ///   - form: How the engine keeps the register.
    ///   - layers: What they are added to.
    ///   - layer: The first that sees the register.
    /// - Returns: The first layer that sees the columns, as of the next two.
    mutating func cut(
        _ register: Int,
        _ form: RegisterSQL.Form,
        _ layers: inout SQLLayers,
        at layer: Int
    ) -> Int {
        if let known = cut[register] { return known }
        let size = "ABS(r\(register))"
        let rest = "\(size) - FLOOR(\(size))"
        let (whole, low, high) = ("w\(register)", "l\(register)", "u\(register)")
        layers.add(whole, "CAST(FLOOR(\(size)) AS BIGINT)", at: layer)
        var limbs = [
            "\(low) % \(Self.base)", "\(low) DIV \(Self.base)", "\(whole) % \(Self.base)", "\(whole) DIV \(Self.base)",
        ]
        if form == .quotient {
            // The 24 digits behind the point in two steps, which the engine's decimals have room for.
            let trillion = "CAST('1000000000000' AS DECIMAL(13, 0))"
            let moved = "e\(register)"
            layers.add(moved, "CAST(\(rest) AS DECIMAL(24, 24)) * \(trillion)", at: layer)
            layers.add(high, "CAST(FLOOR(\(moved)) AS BIGINT)", at: layer + 1)
            let below = "CAST(\(moved) - FLOOR(\(moved)) AS DECIMAL(24, 24))"
            layers.add(low, "CAST(\(below) * \(trillion) AS BIGINT)", at: layer + 1)
            limbs = [
                "\(low) % \(Self.base)", "(\(low) DIV \(Self.base) + (\(high) % 1000000) * 1000)",
                "(\(high) DIV 1000000 + (\(whole) % 1000) * 1000000)", "\(whole) DIV 1000",
            ]
        } else {
            let quintillion = "CAST('1000000000000000000' AS DECIMAL(19, 0))"
            layers.add(low, "CAST(CAST(\(rest) AS DECIMAL(18, 18)) * \(quintillion) AS BIGINT)", at: layer)
        }
        for (name, limb) in zip(Self.single(register), limbs) {
            layers.add(name, "IF(r\(register) < 0, - (\(limb)), \(limb))", at: layer + 2)
        }
        cut[register] = layer + 3
        return layer + 3
    }

    /// Adds the columns of ``product(_:)``: sums of at most four products of limbs, which 64 bits hold.
    mutating func multiply(_ pair: [Int], _ layers: inout SQLLayers, at layer: Int) -> Int {
        if let known = multiplied[pair] { return known }
        let products = Self.products(Self.single(pair[0]), Self.single(pair[1]))
        for (name, product) in zip(Self.product(pair), products) { layers.add(name, product, at: layer) }
        multiplied[pair] = layer + 1
        return layer + 1
    }

    /// Adds the columns of ``carried(_:)``, so that 64 bits hold sums of eight products of them.
    mutating func carry(_ pair: [Int], _ layers: inout SQLLayers, at layer: Int) -> Int {
        if let known = carried[pair] { return known }
        var carry = ""
        for (product, name) in zip(Self.product(pair), Self.carried(pair)) {
            let sum = carry.isEmpty ? product : "(\(product) + \(carry))"
            layers.add(name, "\(sum) % \(Self.base)", at: layer)
            carry = "(\(sum) DIV \(Self.base))"
        }
        layers.add(Self.carried(pair)[2 * Self.width - 1], carry, at: layer)
        carried[pair] = layer + 1
        return layer + 1
    }
}

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

    /// The sums of the limbs of a term, read back; `nil` where they are none.
    static func limbs(_ text: String) -> [Int128]? {
        var limbs: [Int128] = []
        for word in text.split(separator: ":") {
            guard let limb = Int128(word) else { return nil }
            limbs.append(limb)
        }
        return limbs
    }
}
