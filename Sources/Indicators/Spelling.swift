/// A text as it is spelt. Swift holds `ก` with its tone and vowel marks in either order for the same string; a table
/// gives back the bytes that it was given.
public struct Spelling: Hashable, Sendable {
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public static func == (left: Spelling, right: Spelling) -> Bool {
        let (left, right) = (left.text.utf8Span.span, right.text.utf8Span.span)
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }

    /// By bytes, as they are compared: a text that is not ASCII need not be brought to its normal form.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
