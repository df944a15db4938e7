// For libm, of which `addingProduct` calls `fma`.
import Glibc

/// A sum of doubles that is rounded once, when it is read: the order of the summands does not matter, bit for bit.
///
/// Keeps the sum as one long fixed-point number that holds every bit of every double (Neal 2015, *Fast exact summation using
/// small and large superaccumulators*, arXiv:1505.05571). An addition takes a few nanoseconds whatever the summands are.
public struct ExactSum: Sendable {
    /// Limb k counts units of 2^(32k - 1074). Between carries a limb may hold more than 32 bits, or be negative.
    private var limbs: InlineArray<68, Int64> = .init(repeating: 0)
    /// How many more summands fit before carries must be passed on: a limb takes 52 bits of each and has room for 63.
    private var room = Self.fullRoom
    private var isFinite = true

    private static let fullRoom = 2000

    public init() {}

    /// The sum of all `summands`.
    public init(of summands: [Double]) {
        for summand in summands { add(summand) }
    }

    /// Adds one double; one that is not finite makes the sum have no value.
    public mutating func add(_ summand: Double) {
        guard summand.isFinite else {
            isFinite = false
            return
        }
        if room == 0 { passCarries() }
        room -= 1
        let exponent = Int(summand.exponentBitPattern)
        let significand = summand.significandBitPattern | (exponent == 0 ? 0 : 1 << 52)
        let shift = max(exponent, 1) - 1
        let limb = shift >> 5
        let offset = UInt64(shift & 31)
        let low = Int64((significand &<< offset) & 0xffff_ffff)
        let high = Int64(significand &>> (32 - offset))
        if summand.sign == .plus {
            limbs[limb] &+= low
            limbs[limb + 1] &+= high
        } else {
            limbs[limb] &-= low
            limbs[limb + 1] &-= high
        }
    }

    /// Adds `left` times `right` without rounding the product, unless the product underflows.
    public mutating func add(productOf left: Double, and right: Double) {
        let product = left * right
        add(product)
        if product.isFinite { add((-product).addingProduct(left, right)) }
    }

    /// The sum rounded to the nearest double; 0 of nothing, `nil` where it is beyond all doubles.
    public var value: Double? {
        guard isFinite else { return nil }
        var settled = self
        settled.passCarries()
        let isNegative = settled.limbs[67] < 0
        if isNegative { settled.negate() }
        let magnitude = settled.roundedMagnitude
        guard magnitude.isFinite else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    /// Leaves every limb but the last between 0 and 2^32 - 1.
    private mutating func passCarries() {
        for limb in 0..<67 {
            limbs[limb + 1] &+= limbs[limb] >> 32
            limbs[limb] &= 0xffff_ffff
        }
        room = Self.fullRoom
    }

    private mutating func negate() {
        for limb in 0..<68 { limbs[limb] = -limbs[limb] }
        passCarries()
    }

    /// The nearest double of a sum that is not negative and whose carries are passed on; infinite beyond all doubles.
    private var roundedMagnitude: Double {
        guard let top = (0..<68).last(where: { limbs[$0] != 0 }) else { return 0 }
        func bits(_ limb: Int) -> UInt64 { limb < 0 ? 0 : UInt64(limbs[limb]) }
        // The 64 leading bits, the last of which also tells whether anything follows: so the conversion rounds rightly.
        let leading = bits(top) << 32 | bits(top - 1)
        let gap = UInt64(leading.leadingZeroBitCount)
        var significand = leading << gap | bits(top - 2) >> (32 - gap)
        let rest = (bits(top - 2) << gap) & 0xffff_ffff
        if rest != 0 || (0..<max(0, top - 2)).contains(where: { limbs[$0] != 0 }) { significand |= 1 }
        return Double(sign: .plus, exponent: 32 * (top - 1) - 1074 - Int(gap), significand: Double(significand))
    }
}
