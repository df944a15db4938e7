/// A column of few words, each spelt once.
package struct WordColumn<Word: Equatable & Sendable>: Sendable {
    private var words: [Word] = []
    private var texts: [String] = []
    private var codes: [UInt32] = []

    /// Adds a word that `text` spells.
    package mutating func append(_ word: Word, _ text: (Word) -> String) {
        // A word is mostly the one above.
        if let last = codes.last, words[Int(last)] == word {
            codes.append(last)
        } else if let known = words.firstIndex(of: word) {
            codes.append(UInt32(known))
        } else {
            codes.append(UInt32(words.count))
            words.append(word)
            texts.append(text(word))
        }
    }

    package init() {}

    package var block: ColumnBlock { .each(.texts(codes: codes, pool: texts)) }
}
