/// Puts values in order, digit by digit. O(n).
///
/// - Parameter values: Finite. -0 and 0 are equal.
/// - Returns: Their positions in ascending order, those of equal values in the order in which they came.
func ascendingOrder(of values: [Double]) -> [Int32] {
    var keys = values.map(sortKey)
    guard keys.count >= fewKeys else {
        return keys.indices.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }.map { Int32($0) }
    }
    // Digit by digit from the last one, each pass keeping the order of the one before.
    var counts = [Int32](repeating: 0, count: digits * radix)
    for key in keys {
        for digit in 0..<digits { counts[digit * radix + place(of: key, digit)] += 1 }
    }
    var order = keys.indices.map { Int32($0) }
    var next = order
    // The keys move along: looked up by position they would be all over the memory.
    var nextKeys = keys
    for digit in 0..<digits {
        let first = digit * radix
        // Where all have the same digit there is nothing to do.
        if counts[first + place(of: keys[0], digit)] == Int32(keys.count) { continue }
        var start = Int32(0)
        for index in first..<first + radix {
            let count = counts[index]
            counts[index] = start
            start += count
        }
        for from in keys.indices {
            let index = first &+ place(of: keys[from], digit)
            let to = Int(counts[index])
            counts[index] &+= 1
            next[to] = order[from]
            nextKeys[to] = keys[from]
        }
        swap(&order, &next)
        swap(&keys, &nextKeys)
    }
    return order
}

/// With fewer, counting digits costs more than comparing.
private let fewKeys = 400
private let radix = 2048
private let digits = 6

@inline(__always)
private func place(of key: UInt64, _ digit: Int) -> Int {
    Int(truncatingIfNeeded: key &>> UInt64(11 &* digit)) & 2047
}

/// Ordered as the values are.
private func sortKey(_ value: Double) -> UInt64 {
    let bits = (value == 0 ? 0 : value).bitPattern
    return value < 0 ? ~bits : bits | 1 << 63
}
