/// A sum of doubles kept in two doubles: as if summed with twice the digits, for a few additions more.
///
/// The order of the summands matters in the last of those digits, so that sums run in a canonical order. Cheaper than
/// ``ExactSum``, for sums that a measure takes by the dozen.
///
/// - SeeAlso: Neumaier (1974), *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen*.
public struct CompensatedSum: Sendable {
    @usableFromInline var sum = 0.0
    @usableFromInline var rest = 0.0

    @inlinable public init() {}

    /// The sum of all `summands`, in their order.
    @inlinable public init(of summands: some Sequence<Double>) {
        for summand in summands { add(summand) }
    }

    @inlinable public mutating func add(_ summand: Double) {
        let next = sum + summand
        rest += abs(sum) >= abs(summand) ? (sum - next) + summand : (summand - next) + sum
        sum = next
    }

    /// 0 of nothing; infinite where the sum is beyond all doubles.
    @inlinable public var value: Double {
        let total = sum + rest
        return total.isNaN ? sum : total
    }

    /// What is left of `total`, without rounding either sum first.
    @inlinable public func remainder(of total: CompensatedSum) -> Double {
        (total.sum - sum) + (total.rest - rest)
    }
}

/// Four ``CompensatedSum``s side by side, for sums of many: each takes every fourth summand.
public struct CompensatedLanes: Sendable {
    @usableFromInline var sum = SIMD4<Double>.zero
    @usableFromInline var rest = SIMD4<Double>.zero

    @inlinable public init() {}

    /// What a rounded sum loses comes from both summands, whichever is greater.
    ///
    /// - SeeAlso: Knuth (1997), *The Art of Computer Programming*, vol. 2, 3rd ed., 4.2.2.
    @inlinable @inline(__always) public mutating func add(_ summands: SIMD4<Double>) {
        let next = sum + summands
        let taken = next - sum
        rest += (sum - (next - taken)) + (summands - taken)
        sum = next
    }

    /// Of all four together: 0 of nothing; infinite where a sum is beyond all doubles.
    @inlinable public var value: Double {
        var all = CompensatedSum()
        for lane in 0..<4 { all.add(sum[lane]) }
        for lane in 0..<4 { all.add(rest[lane]) }
        let value = all.value
        return value.isNaN ? sum.sum() : value
    }
}
