/// Sums of products of decimals, many beside each other: 128 bits while they hold them, any length beyond.
///
/// What comes out does not depend on the order of the summands, to the last bit.
struct Sums: Sendable {
    private struct Sum {
        var mantissa: Int128 = 0
        var scale = 0
    }

    /// Zero beyond the last.
    private var sums: [Sum] = []
    /// What 128 bits did not hold, by the position of the sum.
    private var spill: [Int: BigDecimal] = [:]

    subscript(index: Int) -> BigDecimal {
        let exact = index < sums.count ? BigDecimal(sums[index].mantissa, scale: sums[index].scale) : .zero
        return spill[index].map { $0 + exact } ?? exact
    }

    /// What some of them come to together.
    func total(of indices: [Int]) -> BigDecimal {
        var total = Sum()
        var rest = BigDecimal.zero
        for index in indices {
            if let more = spill[index] { rest += more }
            guard index < sums.count, sums[index].mantissa != 0 else { continue }
            if total.mantissa == 0 { total.scale = sums[index].scale }
            let (mantissa, overflow) = total.mantissa.addingReportingOverflow(sums[index].mantissa)
            if !overflow, sums[index].scale == total.scale {
                total.mantissa = mantissa
            } else {
                rest += BigDecimal(sums[index].mantissa, scale: sums[index].scale)
            }
        }
        return rest + BigDecimal(total.mantissa, scale: total.scale)
    }

    @inline(always)
    mutating func add(_ number: Decimal, to index: Int) {
        // There are as many as the highest that was added to.
        if index >= sums.count { grow(to: index + 1) }
        if number.scale == sums[index].scale {
            let (total, overflow) = sums[index].mantissa.addingReportingOverflow(number.mantissa)
            if !overflow {
                sums[index].mantissa = total
                return
            }
        }
        addUnequal(number, to: index)
    }

    private mutating func grow(to count: Int) {
        sums.append(contentsOf: repeatElement(Sum(), count: count - sums.count))
    }

    private mutating func addUnequal(_ number: Decimal, to index: Int) {
        let difference = number.scale - sums[index].scale
        if abs(difference) <= 38 {
            let factor = Decimal.power(abs(difference))
            let smaller = difference > 0 ? sums[index].mantissa : number.mantissa
            let (raised, overflow) = smaller.multipliedReportingOverflow(by: factor)
            let other = difference > 0 ? number.mantissa : sums[index].mantissa
            let (total, overflowOfSum) = raised.addingReportingOverflow(other)
            if !overflow, !overflowOfSum {
                sums[index] = Sum(mantissa: total, scale: max(number.scale, sums[index].scale))
                return
            }
        }
        spill[index, default: .zero] += BigDecimal(number)
    }

    /// Adds a product: of the weight to a power, times up to two numbers.
    @inline(always)
    mutating func add(weight: Decimal, power: Int, _ first: Decimal?, _ second: Decimal?, to index: Int) {
        var product = power == 0 ? Decimal(1) : weight
        var isExact = true
        if power == 2 { isExact = Self.multiply(&product, by: weight) }
        if isExact, let first { isExact = Self.multiply(&product, by: first) }
        if isExact, let second { isExact = Self.multiply(&product, by: second) }
        if isExact { add(product, to: index) } else { spillProduct(weight, power, first, second, to: index) }
    }

    /// The product where 128 bits hold it, whatever its scale.
    @inline(always)
    private static func multiply(_ product: inout Decimal, by factor: Decimal) -> Bool {
        let (left, right) = (Int64(truncatingIfNeeded: product.mantissa), Int64(truncatingIfNeeded: factor.mantissa))
        if Int128(left) == product.mantissa, Int128(right) == factor.mantissa {
            product = Decimal(unchecked: Int128(left) &* Int128(right), scale: product.scale + factor.scale)
            return true
        }
        let (mantissa, overflow) = product.mantissa.multipliedReportingOverflow(by: factor.mantissa)
        product = Decimal(unchecked: mantissa, scale: product.scale + factor.scale)
        return !overflow
    }

    private mutating func spillProduct(
        _ weight: Decimal,
        _ power: Int,
        _ first: Decimal?,
        _ second: Decimal?,
        to index: Int
    ) {
        var product = BigDecimal(1)
        for _ in 0..<power { product = product * BigDecimal(weight) }
        if let first { product = product * BigDecimal(first) }
        if let second { product = product * BigDecimal(second) }
        spill[index, default: .zero] += product
    }

    /// Adds a number in limbs of so many digits, from the lowest, of which `scale` stand behind the point.
    mutating func add(limbs: [Int128], of digits: Int, scale: Int, to index: Int) {
        for (place, limb) in limbs.enumerated() where limb != 0 {
            let decimals = scale - digits * place
            if decimals >= 0 {
                add(Decimal(unchecked: limb, scale: decimals), to: index)
            } else {
                var whole = BigInteger(limb)
                whole.multiply(byPowerOfTen: -decimals)
                spill[index, default: .zero] += BigDecimal(whole, scale: 0)
            }
        }
    }

    /// Adds a sum of another set.
    mutating func add(_ other: Sums, at position: Int, to index: Int) {
        if position < other.sums.count {
            add(Decimal(unchecked: other.sums[position].mantissa, scale: other.sums[position].scale), to: index)
        }
        if let rest = other.spill[position] { spill[index, default: .zero] += rest }
    }
}
