/// A whole number of any length: what sums grow into where 128 bits do not hold them, and what variances are
/// worked out in, so that nothing cancels.
struct BigInteger: Hashable, Sendable {
    /// The lowest 32 bits first, none zero at the end; empty for zero.
    private(set) var limbs: [UInt32] = []
    private(set) var isNegative = false

    init() {}

    init(_ value: Int128) {
        self.init(value.magnitude)
        isNegative = value < 0
    }

    init(_ magnitude: UInt128) {
        var rest = magnitude
        while rest != 0 {
            limbs.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
    }

    private init(limbs: [UInt32], isNegative: Bool) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
        self.isNegative = isNegative && !self.limbs.isEmpty
    }

    var isZero: Bool { limbs.isEmpty }

    static prefix func - (number: BigInteger) -> BigInteger {
        BigInteger(limbs: number.limbs, isNegative: !number.isNegative)
    }

    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isNegative == right.isNegative {
            return BigInteger(limbs: sum(left.limbs, right.limbs), isNegative: left.isNegative)
        }
        return precedes(left.limbs, right.limbs)
            ? BigInteger(limbs: difference(right.limbs, left.limbs), isNegative: right.isNegative)
            : BigInteger(limbs: difference(left.limbs, right.limbs), isNegative: left.isNegative)
    }

    static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + -right }

    static func += (left: inout BigInteger, right: BigInteger) { left = left + right }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        guard !left.isZero, !right.isZero else { return BigInteger() }
        var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for i in left.limbs.indices {
            var carry: UInt64 = 0
            for j in right.limbs.indices {
                let part = UInt64(left.limbs[i]) * UInt64(right.limbs[j]) + UInt64(product[i + j]) + carry
                product[i + j] = UInt32(truncatingIfNeeded: part)
                carry = part >> 32
            }
            product[i + right.limbs.count] = UInt32(carry)
        }
        return BigInteger(limbs: product, isNegative: left.isNegative != right.isNegative)
    }

    static func < (left: BigInteger, right: BigInteger) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? precedes(right.limbs, left.limbs) : precedes(left.limbs, right.limbs)
    }

    mutating func multiply(byPowerOfTen exponent: Int) {
        var rest = exponent
        while rest > 0 {
            let step = min(rest, 9)
            multiply(by: UInt32(Decimal.power(step)))
            rest -= step
        }
    }

    private mutating func multiply(by factor: UInt32) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let part = UInt64(limbs[index]) * UInt64(factor) + carry
            limbs[index] = UInt32(truncatingIfNeeded: part)
            carry = part >> 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    /// The quotient of magnitudes rounded half to even, `nil` where it takes more than 128 bits.
    ///
    /// - Precondition: The divisor is not zero.
    func dividedRoundingToEven(by divisor: BigInteger) -> UInt128? {
        var quotient: UInt128 = 0
        var rest = BigInteger()
        for bit in (0..<limbs.count * 32).reversed() {
            rest.shiftLeft(adding: limbs[bit / 32] >> UInt32(bit % 32) & 1)
            guard quotient >> 127 == 0 else { return nil }
            quotient <<= 1
            if !Self.precedes(rest.limbs, divisor.limbs) {
                rest = BigInteger(limbs: Self.difference(rest.limbs, divisor.limbs), isNegative: false)
                quotient |= 1
            }
        }
        let twice = Self.sum(rest.limbs, rest.limbs)
        let isAbove = Self.precedes(divisor.limbs, BigInteger(limbs: twice, isNegative: false).limbs)
        let isHalf = BigInteger(limbs: twice, isNegative: false).limbs == divisor.limbs
        if isAbove || (isHalf && quotient & 1 == 1) {
            guard quotient < .max else { return nil }
            quotient += 1
        }
        return quotient
    }

    private mutating func shiftLeft(adding bit: UInt32) {
        var carry = bit
        for index in limbs.indices {
            let next = limbs[index] >> 31
            limbs[index] = limbs[index] << 1 | carry
            carry = next
        }
        if carry > 0 { limbs.append(carry) }
    }

    /// The digits in base ten, with a sign where negative.
    var text: String {
        guard !isZero else { return "0" }
        var groups: [String] = []
        var rest = limbs
        while !rest.isEmpty {
            var remainder: UInt64 = 0
            for index in rest.indices.reversed() {
                let part = remainder << 32 | UInt64(rest[index])
                rest[index] = UInt32(part / 1_000_000_000)
                remainder = part % 1_000_000_000
            }
            while rest.last == 0 { rest.removeLast() }
            let digits = "\(remainder)"
            groups.append(rest.isEmpty ? digits : String(repeating: "0", count: 9 - digits.count) + digits)
        }
        return (isNegative ? "-" : "") + groups.reversed().joined()
    }

    private static func precedes(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        if left.count != right.count { return left.count < right.count }
        for index in left.indices.reversed() where left[index] != right[index] { return left[index] < right[index] }
        return false
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var sum: [UInt32] = []
        sum.reserveCapacity(max(left.count, right.count) + 1)
        var carry: UInt64 = 0
        for index in 0..<max(left.count, right.count) {
            let part =
                (index < left.count ? UInt64(left[index]) : 0) + (index < right.count ? UInt64(right[index]) : 0)
                + carry
            sum.append(UInt32(truncatingIfNeeded: part))
            carry = part >> 32
        }
        if carry > 0 { sum.append(UInt32(carry)) }
        return sum
    }

    /// `left` is not less than `right`.
    private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var difference = left
        var borrow: Int64 = 0
        for index in left.indices {
            let part = Int64(left[index]) - (index < right.count ? Int64(right[index]) : 0) - borrow
            difference[index] = UInt32(truncatingIfNeeded: part)
            borrow = part < 0 ? 1 : 0
        }
        while difference.last == 0 { difference.removeLast() }
        return difference
    }
}

/// A decimal of any length: exact, however many numbers are added or multiplied.
struct BigDecimal: Hashable, Sendable {
    private var mantissa: BigInteger
    private var scale: Int

    static let zero = BigDecimal(BigInteger(), scale: 0)

    init(_ mantissa: BigInteger, scale: Int) {
        self.mantissa = mantissa
        self.scale = scale
    }

    init(_ number: Decimal) {
        self.init(BigInteger(number.mantissa), scale: number.scale)
    }

    init(_ mantissa: Int128, scale: Int) {
        self.init(BigInteger(mantissa), scale: scale)
    }

    init(_ whole: Int) {
        self.init(BigInteger(Int128(whole)), scale: 0)
    }

    var isZero: Bool { mantissa.isZero }
    var isNegative: Bool { mantissa.isNegative }

    private func raised(to scale: Int) -> BigInteger {
        var raised = mantissa
        raised.multiply(byPowerOfTen: scale - self.scale)
        return raised
    }

    static func + (left: BigDecimal, right: BigDecimal) -> BigDecimal {
        if left.isZero { return right }
        if right.isZero { return left }
        let scale = max(left.scale, right.scale)
        return BigDecimal(left.raised(to: scale) + right.raised(to: scale), scale: scale)
    }

    static func += (left: inout BigDecimal, right: BigDecimal) { left = left + right }
    static prefix func - (number: BigDecimal) -> BigDecimal { BigDecimal(-number.mantissa, scale: number.scale) }
    static func - (left: BigDecimal, right: BigDecimal) -> BigDecimal { left + -right }

    static func * (left: BigDecimal, right: BigDecimal) -> BigDecimal {
        BigDecimal(left.mantissa * right.mantissa, scale: left.scale + right.scale)
    }

    static func < (left: BigDecimal, right: BigDecimal) -> Bool {
        let scale = max(left.scale, right.scale)
        return left.raised(to: scale) < right.raised(to: scale)
    }

    /// The nearest double, `nil` beyond all doubles.
    var double: Double? {
        // The C library rounds a decimal of any length once.
        guard let double = Double("\(mantissa.text)e-\(scale)"), double.isFinite else { return nil }
        return double
    }
}
