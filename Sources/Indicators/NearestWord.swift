/// The word most like `text`, `nil` where none is near enough to be a slip of the pen.
///
/// Near is a distance (``editDistance(_:_:limit:)``) of at most a third of the longer word, and always one; hyphens,
/// underscores, spaces and case do not count. Of equals, the first. Cost: the product of the lengths, for each word.
public func nearestWord(to text: String, among words: [String]) -> String? {
    let folded = fold(text)
    var best: (word: String, distance: Int)?
    for word in words where !word.isEmpty {
        let candidate = fold(word)
        let limit = max(1, max(folded.count, candidate.count) / 3)
        guard let distance = editDistance(folded, candidate, limit: limit) else { continue }
        if distance < (best?.distance ?? .max) { best = (word, distance) }
    }
    return best?.word
}

/// `did you mean WORD?` with the word most like `text`, empty where none is near.
public func hint(for text: String, among words: [String]) -> String {
    nearestWord(to: text, among: words).map { "did you mean \($0)?" } ?? ""
}

private func fold(_ text: String) -> [Unicode.Scalar] {
    let ignored: Set<Unicode.Scalar> = ["-", "_", " "]
    return Array(text.lowercased().unicodeScalars.lazy.filter { !ignored.contains($0) }.prefix(200))
}

/// Damerau–Levenshtein distance in its restricted form: insertions, deletions, substitutions and swaps of neighbours,
/// no part edited twice. Where it is greater than `limit`, `nil` is returned, and sooner.
public func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int) -> Int? {
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
