/// Puts values in order: few by comparing, many digit by digit, which is O(n).
///
/// - Parameter values: Finite. -0 and 0 are equal.
/// - Returns: Their positions in ascending order, those of equal values in the order in which they came.
func ascendingOrder(of values: [Double]) -> [Int32] {
    guard values.count >= fewKeys else { return orderByComparing(values) }
    let keys = values.map(sortKey)
    // The upper half of the digits tells most values apart; where many are left tied, all digits are gone through.
    return order(of: keys, digits: digits / 2..<digits) ?? order(of: keys, digits: 0..<digits) ?? []
}

/// The keys move along: compared by position they would be looked up again and again.
private func orderByComparing(_ values: [Double]) -> [Int32] {
    var keys = values.indices.map { PlacedKey(key: sortKey(values[$0]), position: Int32($0)) }
    keys.sort { $0.key != $1.key ? $0.key < $1.key : $0.position < $1.position }
    return keys.map(\.position)
}

private struct PlacedKey {
    var key: UInt64
    /// Of the value.
    var position: Int32
}

/// The order by some of the digits, from the last of them to the first; of those that are tied by them, by comparing.
///
/// `nil` where so many are tied that comparing would take long; with all digits there are none.
private func order(of all: [UInt64], digits: Range<Int>) -> [Int32]? {
    var keys = all
    var counts = [Int32](repeating: 0, count: digits.count * radix)
    for key in keys {
        for digit in digits { counts[(digit - digits.lowerBound) * radix + place(of: key, digit)] += 1 }
    }
    var order = keys.indices.map { Int32($0) }
    var next = order
    // The keys move along: looked up by position they would be all over the memory.
    var nextKeys = keys
    for digit in digits {
        let first = (digit - digits.lowerBound) * radix
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
    // Each pass kept the order of the one before: among the tied, equal keys stand as they came.
    for position in keys.indices.dropFirst() where keys[position] < keys[position - 1] {
        var to = position
        let (key, moved) = (keys[position], order[position])
        while to > 0, key < keys[to - 1] {
            if position - to == mostMoves { return nil }
            keys[to] = keys[to - 1]
            order[to] = order[to - 1]
            to -= 1
        }
        keys[to] = key
        order[to] = moved
    }
    return order
}

/// How many places a key may be from its own once the upper digits are in order.
private let mostMoves = 16
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
