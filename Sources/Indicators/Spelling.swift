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
        if left.utf8.count != right.utf8.count { return false }
        // Not by spans: a short text, which is in its bits, is lent faster as a buffer.
        let areEqual = unsafe left.utf8.withContiguousStorageIfAvailable { left in
            unsafe right.utf8.withContiguousStorageIfAvailable { right in
                guard let one = left.baseAddress, let other = right.baseAddress else { return true }
                return unsafe memcmp(one, other, left.count) == 0
            }
        }
        // `nil` where one of them is not UTF-8 in one piece, as no text of Swift's own is on Linux.
        return (areEqual ?? nil) ?? left.utf8.elementsEqual(right.utf8)
    }

    /// Whether two texts are canonically equivalent, as Swift's `==` has it, without what that takes for texts in Thai and Lao
    /// letters that differ: it brings both to their normal form, and the first time has the runtime look through all that it
    /// knows for the types that it does so with.
    public static func areEquivalent(_ left: String, _ right: String) -> Bool {
        if let verdict = verdict(left, right) { return verdict }
        if let one = sum(left), let other = sum(right), one != other { return false }
        return left == right
    }

    /// Whether one text comes before another by their bytes; of texts in a normal form the order of Swift's `<`.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        let order = unsafe left.utf8.withContiguousStorageIfAvailable { left in
            unsafe right.utf8.withContiguousStorageIfAvailable { right in
                guard let one = left.baseAddress, let other = right.baseAddress else { return left.count < right.count }
                let order = unsafe memcmp(one, other, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
        return (order ?? nil) ?? left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// Whether two texts are equivalent, where their bytes tell: they are the same, or each has a plain character or its end where
    /// they begin to differ.
    private static func verdict(_ left: String, _ right: String) -> Bool? {
        if bits(of: left) == bits(of: right) { return true }
        let found = unsafe left.utf8.withContiguousStorageIfAvailable { left in
            unsafe right.utf8.withContiguousStorageIfAvailable { right -> Bool? in
                let common = min(left.count, right.count)
                var position = 0
                while position < common, unsafe left[position] == right[position] { position += 1 }
                if position == left.count, position == right.count { return true }
                // Back to where the character begins.
                while position > 0, unsafe position < left.count && left[position] & 0xC0 == 0x80 { position -= 1 }
                return unsafe isPlain(left, position) && isPlain(right, position) ? false : nil
            }
        }
        return found.flatMap { $0 }.flatMap { $0 }
    }

    /// Whether at the beginning of a character there is the end, ASCII, or a Thai or Lao letter or mark that stays where it is
    /// in a normal form. Such a character is composed of no others, and none before it is composed with it.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        guard position < text.count, unsafe text[position] >= 0x80 else { return true }
        guard position + 2 < text.count, unsafe text[position] == 0xE0 else { return false }
        guard unsafe (0xB8...0xBB).contains(text[position + 1]) else { return false }
        let letter = unsafe (text[position + 1] & 0x03) << 6 | (text[position + 2] & 0x3F)
        switch letter {
        // Vowels below a letter and tone marks above it stand in either order.
        case 0x38...0x3A, 0x48...0x4B, 0xB8...0xBA, 0xC8...0xCB: return false
        default: return true
        }
    }

    /// The sum of the bytes of a text in ASCII, Thai and Lao letters alone; `nil` of any other. None of these letters is composed
    /// of others, so that equivalent texts have the same ones, with their marks in another order, and the same sum.
    private static func sum(_ text: String) -> Int? {
        var sum = 0
        var isFollowing = 0
        for byte in text.utf8 {
            sum += Int(byte)
            if byte < 0x80 { continue }
            if isFollowing == 0 {
                guard byte == 0xE0 else { return nil }
                isFollowing = 2
            } else {
                // The Thai and Lao blocks are U+0E00 to U+0EFF.
                guard isFollowing == 1 || (0xB8...0xBB).contains(byte) else { return nil }
                isFollowing -= 1
            }
        }
        return sum
    }

    /// Where the text lies, or the text itself if it is short: where they are the same, so are the bytes.
    private static func bits(of text: String) -> SIMD2<UInt64> { unsafe unsafeBitCast(text, to: SIMD2<UInt64>.self) }

    /// By bytes, as they are compared: a text that is not ASCII need not be brought to its normal form.
    public func hash(into hasher: inout Hasher) {
        let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
            unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
        if isDone == nil { for byte in text.utf8 { hasher.combine(byte) } }
    }
}
