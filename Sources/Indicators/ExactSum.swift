/// A sum of doubles that is rounded once, when it is read: the order of the summands does not matter, bit for bit.
///
/// Keeps the running sum as a list of doubles that do not overlap (Shewchuk 1997, *Adaptive Precision Floating-Point
/// Arithmetic*, Discrete & Computational Geometry 18:305-363), as Python's `math.fsum` does. Linear in the summands.
package struct ExactSum: Sendable {
    /// From the smallest to the greatest; their exact sum is the sum so far.
    private var partials: [Double] = []
    private var hasOverflown = false

    package init() {}

    /// The sum of all `summands`.
    package init(of summands: some Sequence<Double>) {
        for summand in summands { add(summand) }
    }

    package mutating func add(_ summand: Double) {
        var carried = summand
        var kept = 0
        for index in partials.indices {
            let partial = partials[index]
            let (greater, smaller) = abs(carried) < abs(partial) ? (partial, carried) : (carried, partial)
            let sum = greater + smaller
            let lost = smaller - (sum - greater)
            if lost != 0 {
                partials[kept] = lost
                kept += 1
            }
            carried = sum
        }
        if !carried.isFinite { hasOverflown = true }
        if kept < partials.count {
            partials[kept] = carried
            partials.removeLast(partials.count - kept - 1)
        } else {
            partials.append(carried)
        }
    }

    /// Adds `left` times `right` without rounding the product, unless the product underflows.
    package mutating func add(productOf left: Double, and right: Double) {
        let product = left * right
        add(product)
        if product.isFinite { add((-product).addingProduct(left, right)) }
    }

    /// The sum rounded to the nearest double; 0 of nothing, `nil` where it left the range of doubles on the way.
    package var value: Double? {
        guard !hasOverflown else { return nil }
        guard var sum = partials.last else { return 0 }
        var index = partials.count - 1
        var lost = 0.0
        while index > 0, lost == 0 {
            index -= 1
            let before = sum
            sum = before + partials[index]
            lost = partials[index] - (sum - before)
        }
        // Halfway cases: what is left below decides which way to round.
        if index > 0, (lost < 0 && partials[index - 1] < 0) || (lost > 0 && partials[index - 1] > 0) {
            let doubled = lost * 2
            let candidate = sum + doubled
            if candidate - sum == doubled { sum = candidate }
        }
        return sum.isFinite ? sum : nil
    }
}
