/// Numbers in Spark's SQL cut into whole numbers of nine digits, their limbs, and products of them: exact whatever their
/// digits, where the engine's own decimals of 38 digits round.
///
/// Limbs of one number have one sign, so that those of a product have, too.
struct SQLLimbs {
    private static let base = 1_000_000_000
    /// How many digits a limb has, and how many limbs a number of 36 digits.
    static let digits = 9
    private static let width = 4
    /// How many digits all limbs of a number have.
    static let length = digits * width

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

    /// The digits of limbs, zeros before them.
    static func text(of limbs: [String]) -> String {
        let padded = limbs.reversed().map { "LPAD(CAST(ABS(\($0)) AS STRING), \(digits), '0')" }
        return "CONCAT(\(padded.joined(separator: ", ")))"
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
