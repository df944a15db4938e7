/// A hint that names the word nearest to `word`, empty where none of `candidates` is near.
func hint(for word: String, among candidates: [String]) -> String {
    let limit = max(1, word.count / 3 + 1)
    let nearest = candidates.map { (distance: editDistance(word, $0), word: $0) }
        .filter { $0.distance <= limit }
        .min { ($0.distance, $0.word) < ($1.distance, $1.word) }
    return nearest.map { "did you mean \($0.word)?" } ?? ""
}

/// How many characters must be put in, taken out or replaced to turn one word into the other (Levenshtein).
private func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left.lowercased())
    let right = Array(right.lowercased())
    var previous = Array(0...right.count)
    for (row, character) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            current.append(
                min(previous[column] + (character == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
            )
        }
        previous = current
    }
    return previous[right.count]
}
