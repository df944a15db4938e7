extension ExactSum {
    /// The sum of all `summands`, rounded once: as by ``add(_:)``, bit for bit, at a fraction of the cost. `nil` beyond all
    /// doubles.
    public static func value(of summands: [Double]) -> Double? {
        var sum = BoundedSum()
        for index in stride(from: 0, to: summands.count, by: 4) { sum.add(fours(of: summands, from: index)) }
        return sum.value ?? ExactSum(of: summands).value
    }

    /// The sum of the products of two lists of the same length: as by ``add(productOf:and:)``, likewise.
    public static func value(of left: [Double], times right: [Double]) -> Double? {
        precondition(left.count == right.count, "\(left.count) times \(right.count) factors")
        var sum = BoundedSum()
        for index in stride(from: 0, to: left.count, by: 4) {
            sum.add(productOf: fours(of: left, from: index), and: fours(of: right, from: index))
        }
        // What a product near the least of doubles loses is lost: where nothing else was rounded off, that must not be missed.
        let isSafe = sum.isRounded || left.indices.allSatisfy { isZeroOrNormal(left[$0] * right[$0]) }
        if isSafe, let value = sum.value { return value }
        var exact = ExactSum()
        for index in left.indices { exact.add(productOf: left[index], and: right[index]) }
        return exact.value
    }
}

/// Four numbers of an array, 0 beyond its end.
@inline(__always)
private func fours(of numbers: [Double], from index: Int) -> SIMD4<Double> {
    if index + 4 <= numbers.count {
        return SIMD4(numbers[index], numbers[index + 1], numbers[index + 2], numbers[index + 3])
    }
    var fours = SIMD4<Double>()
    for lane in 0..<numbers.count - index { fours[lane] = numbers[index + lane] }
    return fours
}

private func isZeroOrNormal(_ product: Double) -> Bool {
    product == 0 || abs(product) > 0x1p-900
}

/// Four sums side by side, each kept in two doubles, with a bound of what both together miss: they mostly suffice to tell which
/// double is the nearest to the exact sum.
///
/// - SeeAlso: Ogita, Rump and Oishi (2005), *Accurate sum and dot product*, SIAM Journal on Scientific Computing 26(6), for the
///   error of the second double, and for what is rounded off a sum or a product.
private struct BoundedSum {
    private typealias Lanes = SIMD4<Double>

    private var sums = Lanes()
    /// What was rounded off `sums`, itself rounded.
    private var rests = Lanes()
    /// The sizes of all that was added to `rests`.
    private var sizes = Lanes()
    private var count = 0

    @inline(__always)
    mutating func add(_ summands: SIMD4<Double>) {
        let errors = Self.add(summands, to: &sums)
        rests += errors
        sizes += Self.size(errors)
        count += 4
    }

    @inline(__always)
    mutating func add(productOf left: SIMD4<Double>, and right: SIMD4<Double>) {
        let products = left * right
        let (leftHigh, rightHigh) = (Self.upperHalf(left), Self.upperHalf(right))
        let (leftLow, rightLow) = (left - leftHigh, right - rightHigh)
        let middle = (leftHigh * rightHigh - products) + leftHigh * rightLow + leftLow * rightHigh
        let low = middle + leftLow * rightLow
        let errors = Self.add(products, to: &sums)
        rests += errors + low
        sizes += Self.size(errors) + Self.size(low)
        count += 8
    }

    /// The leading half of the digits; not a number where it goes beyond the doubles.
    @inline(__always)
    private static func upperHalf(_ numbers: Lanes) -> Lanes {
        let long = numbers * 134_217_729  // 2^27 + 1
        return long - (long - numbers)
    }

    @inline(__always)
    private static func size(_ numbers: Lanes) -> Lanes {
        let bits = unsafe unsafeBitCast(numbers, to: SIMD4<UInt64>.self)
        return unsafe unsafeBitCast(bits & SIMD4(repeating: .max >> 1), to: Lanes.self)
    }

    /// - Returns: What is rounded off, exactly.
    @inline(__always)
    private static func add(_ summands: Lanes, to sums: inout Lanes) -> Lanes {
        let next = sums + summands
        let added = next - sums
        let errors = (sums - (next - added)) + (summands - added)
        sums = next
        return errors
    }

    /// Whether anything was rounded off.
    var isRounded: Bool { sizes != Lanes() }

    /// The double nearest to the exact sum; `nil` where that cannot be told, as where the sum lies by a tie or beyond all doubles.
    var value: Double? {
        // The four sums are added like any other numbers.
        var (sum, rest, size) = (Lanes(), rests.sum(), sizes.sum())
        for lane in 0..<4 {
            let error = Self.add(Lanes(sums[lane], 0, 0, 0), to: &sum)[0]
            rest += error
            size += abs(error)
        }
        let total = sum[0]
        guard total.isFinite, size.isFinite else { return nil }
        if size == 0 { return total }
        // Each addition to the rest is wrong by 2^-53 of the size at most; this is eight times as much.
        let bound = Double(count + 16) * 0x1p-50 * size
        guard bound > 0x1p-960 else { return nil }
        var rounded = Lanes(total, 0, 0, 0)
        let below = Self.add(Lanes(rest, 0, 0, 0), to: &rounded)[0]
        let doubt = 2 * bound + abs(below) * 0x1p-50
        let nearest = rounded[0]
        return nearest + (below + doubt) == nearest && nearest + (below - doubt) == nearest ? nearest : nil
    }
}
