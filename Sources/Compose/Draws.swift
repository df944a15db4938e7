/// Random numbers that can be had in any order: the sequence of SplitMix64 (Steele, Lea and Flood 2014, *Fast splittable
/// pseudorandom number generators*), addressed by position.
struct Draws: Sendable {
    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    let seed: UInt64

    /// The number at a position, 64 bits.
    func bits(at position: UInt64) -> UInt64 {
        var bits = seed &+ (position &+ 1) &* Self.step
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// The number at a position, uniform in 0..<1.
    func unit(at position: UInt64) -> Double {
        Self.unit(bits(at: position))
    }

    /// 64 bits as a number in 0..<1, by the upper 53.
    static func unit(_ bits: UInt64) -> Double {
        Double(bits >> 11) * 0x1p-53
    }

    /// 64 bits as one of `count` levels, each as likely: the floor of u times count.
    static func level(_ bits: UInt64, of count: Int) -> Int {
        min(Int(unit(bits) * Double(count)), count - 1)
    }
}
