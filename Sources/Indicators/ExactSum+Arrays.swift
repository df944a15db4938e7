// For libm, of which `addingProduct` calls `fma`.
import Glibc

extension ExactSum {
    /// The sum of all `summands`, rounded once: as by ``add(_:)``, bit for bit, at a third of the cost. `nil` beyond all doubles.
    public static func value(of summands: [Double]) -> Double? {
        var sum = BoundedSum()
        for summand in summands { sum.add(summand) }
        return sum.value ?? ExactSum(of: summands).value
    }

    /// The sum of the products of two lists of the same length: as by ``add(productOf:and:)``, likewise.
    public static func value(of left: [Double], times right: [Double]) -> Double? {
        precondition(left.count == right.count, "\(left.count) times \(right.count) factors")
        var sum = BoundedSum()
        for index in left.indices { sum.add(productOf: left[index], and: right[index]) }
        if let value = sum.value { return value }
        var exact = ExactSum()
        for index in left.indices { exact.add(productOf: left[index], and: right[index]) }
        return exact.value
    }
}

/// A sum kept in two doubles, with a bound of what both together miss: it mostly suffices to tell which double is the nearest to
/// the exact sum.
///
/// - SeeAlso: Ogita, Rump and Oishi (2005), *Accurate sum and dot product*, SIAM Journal on Scientific Computing 26(6), for the
///   error of the second double.
private struct BoundedSum {
    private var sum = 0.0
    /// What was rounded off `sum`, itself rounded.
    private var rest = 0.0
    /// The sizes of all that was added to `rest`.
    private var size = 0.0
    private var count = 0

    mutating func add(_ summand: Double) {
        let error = Self.add(summand, to: &sum)
        rest += error
        size += abs(error)
        count += 1
    }

    mutating func add(productOf left: Double, and right: Double) {
        let product = left * right
        let low = (-product).addingProduct(left, right)
        let error = Self.add(product, to: &sum)
        rest += error + low
        size += abs(error) + abs(low)
        count += 2
    }

    /// - Returns: What is rounded off, exactly.
    @inline(__always)
    private static func add(_ summand: Double, to sum: inout Double) -> Double {
        let next = sum + summand
        let added = next - sum
        let error = (sum - (next - added)) + (summand - added)
        sum = next
        return error
    }

    /// The double nearest to the exact sum; `nil` where that cannot be told, as where the sum lies by a tie or beyond all doubles.
    var value: Double? {
        guard sum.isFinite, size.isFinite else { return nil }
        if size == 0 { return sum }
        // Each addition to `rest` is wrong by 2^-53 of the size at most; this is eight times as much.
        let bound = Double(count) * 0x1p-50 * size
        guard bound > 0x1p-960 else { return nil }
        var rounded = sum
        let below = Self.add(rest, to: &rounded)
        let doubt = 2 * bound + abs(below) * 0x1p-50
        return rounded + (below + doubt) == rounded && rounded + (below - doubt) == rounded ? rounded : nil
    }
}
