/// The last text of a column and the number that it was given: most texts repeat the one above, and need not be looked up again.
public struct LastText: Sendable {
    private var spelling = Spelling("")
    private var number: Int?

    /// No text yet.
    public init() {}

    public init(_ text: String, _ number: Int) {
        spelling = Spelling(text)
        self.number = number
    }

    /// The number of `text`, `nil` where it is not spelt like the last.
    public func number(of text: String) -> Int? {
        spelling == Spelling(text) ? number : nil
    }
}
