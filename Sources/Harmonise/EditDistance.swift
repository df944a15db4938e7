/// Damerau–Levenshtein distance in its restricted form: insertions, deletions, substitutions and swaps of neighbours,
/// no part edited twice. Where it is greater than `limit`, `nil` is returned, and sooner.
func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var current = last
    for i in 0..<left.count {
        current[0] = i + 1
        var best = i + 1
        for j in 0..<right.count {
            let cost = left[i] == right[j] ? 0 : 1
            var distance = min(current[j] + 1, last[j + 1] + 1, last[j] + cost)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                distance = min(distance, beforeLast[j - 1] + 1)
            }
            current[j + 1] = distance
            best = min(best, distance)
        }
        if best > limit { return nil }
        (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[right.count] <= limit ? last[right.count] : nil
}
