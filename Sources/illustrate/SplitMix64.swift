/// The generator of random numbers by Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*:
/// 64 bits of state, the same numbers on every machine.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A generator of its own for each thing that is drawn, so that one more province leaves the others as they are.
    ///
    /// - Parameters:
    ///   - seed: That of the whole set.
    ///   - purpose: What is drawn and for whom: `literacy TH-43`. Mixed into the seed by FNV-1a.
    init(seed: UInt64, for purpose: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var mixed = SplitMix64(seed: seed ^ hash)
        state = mixed.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// Uniform in 0..<1, by the upper 53 bits.
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Near to a normal deviate, within -3...3: four uniform numbers, centred, times √3. No logarithm, whose last digit
    /// differs between machines.
    mutating func deviate() -> Double {
        let sum = unit() + unit() + unit() + unit()
        return (sum - 2) * 3.0.squareRoot()
    }
}
