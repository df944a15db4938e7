/// A number as records write it: a whole number of units of a power of ten, so that sums and comparisons are exact.
///
/// At most 36 significant digits and at most 36 decimals; what would need more is no value, and the record says so.
package struct Decimal: Hashable, Sendable {
    package private(set) var mantissa: Int128
    /// How many decimals.
    package private(set) var scale: Int

    static let digitLimit = 36
    static let mantissaLimit = Decimal.power(digitLimit)

    package init(_ value: Int) {
        mantissa = Int128(value)
        scale = 0
    }

    /// - Precondition: `scale` is in 0...36.
    init(unchecked mantissa: Int128, scale: Int) {
        self.mantissa = mantissa
        self.scale = scale
    }

    /// The same number without trailing zeros, `nil` where it has too many digits.
    init?(fitting mantissa: Int128, scale: Int) {
        var mantissa = mantissa
        var scale = scale
        while scale > 0, scale > Self.digitLimit || mantissa.magnitude >= Self.mantissaLimit, mantissa % 10 == 0 {
            mantissa /= 10
            scale -= 1
        }
        guard scale <= Self.digitLimit, mantissa.magnitude < Self.mantissaLimit else { return nil }
        self.init(unchecked: mantissa, scale: scale)
    }

    /// The same number with as few decimals as it needs: equal numbers are then equal bits.
    var reduced: Decimal {
        guard mantissa != 0 else { return Decimal(0) }
        var reduced = self
        while reduced.scale > 0, reduced.mantissa % 10 == 0 {
            reduced.mantissa /= 10
            reduced.scale -= 1
        }
        return reduced
    }

    /// The nearest double.
    package var double: Double {
        let small = Int64(truncatingIfNeeded: mantissa)
        if Int128(small) == mantissa, small.magnitude <= 1 << 53, scale < Self.doublePowers.count {
            // Both are exact as doubles, so that the quotient is rounded once.
            return Double(small) / Self.doublePowers[scale]
        }
        return Double("\(mantissa)e-\(scale)") ?? 0
    }

    /// As people write it: `-12.50` as `-12.5`.
    package var text: String {
        let number = reduced
        guard number.scale > 0 else { return "\(number.mantissa)" }
        var digits = "\(number.mantissa.magnitude)"
        if digits.count <= number.scale {
            digits = String(repeating: "0", count: number.scale - digits.count + 1) + digits
        }
        digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -number.scale))
        return (number.mantissa < 0 ? "-" : "") + digits
    }

    private static let powers: [Int128] = {
        var powers: [Int128] = [1]
        for _ in 1...38 { powers.append(powers[powers.count - 1] * 10) }
        return powers
    }()

    /// Those that a double is exactly.
    private static let doublePowers: [Double] = (0...22).map { Double(powers[$0]) }

    /// Ten to the `exponent`, which is in 0...38.
    static func power(_ exponent: Int) -> Int128 { powers[exponent] }

    /// The mantissas of two numbers in units of the smaller of their units, `nil` where that takes more than 128 bits.
    private static func aligned(_ left: Decimal, _ right: Decimal) -> (Int128, Int128, scale: Int)? {
        if left.scale == right.scale { return (left.mantissa, right.mantissa, left.scale) }
        if left.scale < right.scale {
            let (raised, overflow) = left.mantissa.multipliedReportingOverflow(by: power(right.scale - left.scale))
            return overflow ? nil : (raised, right.mantissa, right.scale)
        }
        return aligned(right, left).map { ($0.1, $0.0, $0.scale) }
    }

    static func plus(_ left: Decimal, _ right: Decimal) -> Decimal? {
        guard let (first, second, scale) = aligned(left, right) ?? aligned(left.reduced, right.reduced) else {
            return nil
        }
        let (sum, overflow) = first.addingReportingOverflow(second)
        return overflow ? nil : Decimal(fitting: sum, scale: scale)
    }

    static func times(_ left: Decimal, _ right: Decimal) -> Decimal? {
        let (product, overflow) = left.mantissa.multipliedReportingOverflow(by: right.mantissa)
        if !overflow, let product = Decimal(fitting: product, scale: left.scale + right.scale) { return product }
        let (first, second) = (left.reduced, right.reduced)
        guard first != left || second != right else { return nil }
        return times(first, second)
    }

    var negated: Decimal { Decimal(unchecked: -mantissa, scale: scale) }
    var absolute: Decimal { Decimal(unchecked: abs(mantissa), scale: scale) }

    /// Exact, whatever the digits.
    package static func isLess(_ left: Decimal, _ right: Decimal) -> Bool {
        if let (first, second, _) = aligned(left, right) { return first < second }
        return BigDecimal(left) < BigDecimal(right)
    }

    package static func isEqual(_ left: Decimal, _ right: Decimal) -> Bool {
        if let (first, second, _) = aligned(left, right) { return first == second }
        return left.reduced == right.reduced
    }

    /// The quotient, rounded half to even to 18 significant digits; `nil` where it has more than 36 decimals before
    /// them or the divisor is zero.
    static func quotient(_ left: Decimal, _ right: Decimal) -> Decimal? {
        guard right.mantissa != 0 else { return nil }
        guard left.mantissa != 0 else { return Decimal(0) }
        let (dividend, divisor) = (left.mantissa.magnitude, right.mantissa.magnitude)
        // As many decimals as give the quotient of the mantissas 18 digits or 19.
        var shift = 18 - digits(dividend) + digits(divisor)
        while true {
            var numerator = BigInteger(dividend)
            var denominator = BigInteger(divisor)
            if shift >= 0 {
                numerator.multiply(byPowerOfTen: shift)
            } else {
                denominator.multiply(byPowerOfTen: -shift)
            }
            let whole = numerator.dividedRoundingToEven(by: denominator)
            guard let whole, digits(whole) <= 18 else {
                shift -= 1
                continue
            }
            let mantissa = (left.mantissa < 0) == (right.mantissa < 0) ? Int128(whole) : -Int128(whole)
            let scale = shift + left.scale - right.scale
            if scale >= 0 { return Decimal(trimming: mantissa, scale: scale) }
            guard scale >= -20 else { return nil }
            return Decimal(fitting: mantissa * power(-scale), scale: 0)
        }
    }

    private init?(trimming mantissa: Int128, scale: Int) {
        var mantissa = mantissa
        var scale = scale
        while scale > 0, mantissa % 10 == 0 {
            mantissa /= 10
            scale -= 1
        }
        guard scale <= Self.digitLimit else { return nil }
        self.init(unchecked: mantissa, scale: scale)
    }

    private static func digits(_ number: UInt128) -> Int { "\(number)".utf8.count }
}
