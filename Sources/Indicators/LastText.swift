/// The last text of a column and what it means: most texts repeat the one above, and need not be looked up again.
public struct LastText<Meaning: Sendable>: Sendable {
    @usableFromInline let spelling: Spelling
    @usableFromInline let known: Meaning?

    /// No text yet.
    @inlinable public init() {
        spelling = Spelling("")
        known = nil
    }

    @inlinable public init(_ text: String, _ meaning: Meaning) {
        spelling = Spelling(text)
        known = meaning
    }

    /// What `text` means, `nil` where it is not spelt like the last.
    @inlinable public func meaning(of text: String) -> Meaning? {
        Spelling.areAlike(spelling.text, text) ? known : nil
    }
}
