private import Glibc

/// A text as it is spelt. Swift holds `ก` with its tone and vowel marks in either order for the same string; a table
/// gives back the bytes that it was given.
public struct Spelling: Hashable, Sendable {
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public static func == (left: Spelling, right: Spelling) -> Bool {
        areAlike(left.text, right.text)
    }

    /// Whether two texts have the same bytes.
    public static func areAlike(_ left: String, _ right: String) -> Bool {
        if bits(of: left) == bits(of: right) { return true }
        // Not by spans: a short text, which is in its bits, is lent faster as a buffer.
        let areEqual = unsafe left.utf8.withContiguousStorageIfAvailable { left in
            unsafe right.utf8.withContiguousStorageIfAvailable { right in
                guard left.count == right.count else { return false }
                guard let one = left.baseAddress, let other = right.baseAddress else { return true }
                return unsafe memcmp(one, other, left.count) == 0
            }
        }
        // `nil` where one of them is not UTF-8 in one piece, as no text of Swift's own is on Linux.
        return (areEqual ?? nil) ?? left.utf8.elementsEqual(right.utf8)
    }

    /// Where the text lies, or the text itself if it is short: where they are the same, so are the bytes.
    private static func bits(of text: String) -> SIMD2<UInt64> { unsafe unsafeBitCast(text, to: SIMD2<UInt64>.self) }

    /// By bytes, as they are compared: a text that is not ASCII need not be brought to its normal form.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
