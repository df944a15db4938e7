/// A column of few words, each spelt once.
///
/// Inlined, so that a stage that adds millions of them does so in a loop that knows the type.
public struct WordColumn<Word: Equatable & Sendable>: Sendable {
    @usableFromInline var words: [Word] = []
    @usableFromInline var texts: [String] = []
    @usableFromInline var codes: [UInt32] = []

    /// Adds a word that `text` spells.
    @inlinable public mutating func append(_ word: Word, _ text: (Word) -> String) {
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

    @inlinable public init() {}

    @inlinable public var block: ColumnBlock { .each(.texts(codes: codes, pool: texts)) }
}
