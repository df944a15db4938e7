/// How a move from one number to another divides among revised data, new data and the method.
///
/// With m(X) for the number where only the factors X are as in the new run, the contribution of a factor is m(factor) less
/// m(nothing); what is left of the move is their interaction. Of the interaction, that of two factors is
/// m(both) - m(one) - m(other) + m(nothing), and the rest is that of all three (inclusion and exclusion: the effects of a
/// 2^3 factorial design, taken from the old run).
///
/// Numbers are first brought to multiples of 2^-47 times the greatest of the eight, a relative step below 10^-14: so every
/// difference is exact, and the contributions and the interaction add up to the move without a rounding error, in any order.
struct Split: Hashable {
    /// New less old.
    var change: Double
    /// `nil` where there is no number with only this factor changed.
    var revisedData: Double?
    var newData: Double?
    var method: Double?
    /// `nil` where one of the contributions is.
    var interaction: Double?
    /// `nil` where there is no number with these factors changed.
    var revisedAndNew: Double?
    var revisedAndMethod: Double?
    var newAndMethod: Double?
    var allThree: Double?

    /// How many bits of the greatest number count; sums of all contributions then fit in the 53 of a double.
    private static let significantBits = 47

    /// `nil` where the old or the new number is missing, or their difference is beyond all doubles.
    ///
    /// - Parameter values: The number for each combination of factors, by its raw value; `nil` where there is none.
    init?(_ values: [Double?]) {
        precondition(values.count == Factors.combinations.count, "a number for each combination of factors")
        let greatest = values.compactMap { $0.map(abs) }.max() ?? 0
        let lowest = Double.leastNonzeroMagnitude.exponent
        let exponent = greatest == 0 ? lowest : max(lowest, greatest.exponent - Self.significantBits)
        let steps = values.map { value in
            value.map { Int(Double(sign: .plus, exponent: -exponent, significand: $0).rounded()) }
        }
        func number(_ factors: Factors) -> Int? { steps[factors.rawValue] }
        guard let old = number([]), let new = number(.all) else { return nil }
        func size(_ count: Int?) -> Double? {
            guard let count else { return nil }
            let size = Double(sign: .plus, exponent: exponent, significand: Double(count))
            return size.isFinite ? size : nil
        }
        func effect(_ factors: Factors) -> Int? { number(factors).map { $0 - old } }
        func pair(_ one: Factors, _ other: Factors) -> Int? {
            guard let both = effect(one.union(other)), let one = effect(one), let other = effect(other) else {
                return nil
            }
            return both - one - other
        }
        guard let change = size(new - old) else { return nil }
        self.change = change
        let singles = [effect(.revisedData), effect(.newData), effect(.method)]
        revisedData = size(singles[0])
        newData = size(singles[1])
        method = size(singles[2])
        let known = singles.compactMap(\.self)
        let interaction = known.count == singles.count ? new - old - known.reduce(0, +) : nil
        self.interaction = size(interaction)
        let pairs = [pair(.revisedData, .newData), pair(.revisedData, .method), pair(.newData, .method)]
        revisedAndNew = size(pairs[0])
        revisedAndMethod = size(pairs[1])
        newAndMethod = size(pairs[2])
        let knownPairs = pairs.compactMap(\.self)
        allThree = size(
            knownPairs.count == pairs.count ? interaction.map { $0 - knownPairs.reduce(0, +) } : nil
        )
    }

    /// New less old without anything between them.
    init?(old: Double, new: Double) {
        self.init([old, nil, nil, nil, nil, nil, nil, new])
    }
}
