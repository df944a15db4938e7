/// The word most like `text`, `nil` where none is near enough to be a slip of the pen.
///
/// Near is a Damerau-Levenshtein distance (optimal string alignment) of at most a third of the longer word, at
/// least one; hyphens, underscores and case do not count. Cost: the product of the lengths, for each word.
func nearestWord(to text: String, among words: [String]) -> String? {
    let folded = fold(text)
    var best: (word: String, distance: Int)?
    for word in words {
        let candidate = fold(word)
        let distance = alignmentDistance(folded, candidate)
        guard distance <= max(1, max(folded.count, candidate.count) / 3) else { continue }
        if distance < (best?.distance ?? .max) { best = (word, distance) }
    }
    return best?.word
}

private func fold(_ text: String) -> [Character] {
    text.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }.prefix(200).map { $0 }
}

private func alignmentDistance(_ left: [Character], _ right: [Character]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1...left.count {
        var current = [row] + [Int](repeating: 0, count: right.count)
        for column in 1...right.count {
            let cost = left[row - 1] == right[column - 1] ? 0 : 1
            current[column] = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
            let isSwap =
                row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]
            if isSwap { current[column] = min(current[column], beforeLast[column - 2] + 1) }
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
