internal import CDeflate
internal import Glibc

/// How a text began and ended that was compressed.
package struct PackedText: Hashable, Sendable {
    /// Its first 400 bytes, or all.
    package let head: [UInt8]
    /// Its last 80.
    package let tail: [UInt8]

    /// From now on every text is seen that is compressed on this thread.
    package static func watch() { cdeflate_watch() }

    /// Those that were, in their order; ends the watch. There are none where the linker found zlib's functions before ours.
    package static var watched: [PackedText] {
        var count = 0
        let texts = unsafe cdeflate_watched(&count)
        defer { unsafe free(texts) }
        return unsafe UnsafeBufferPointer(start: texts, count: count).map { text in
            PackedText(
                head: unsafe withUnsafeBytes(of: text.head) { unsafe Array($0.prefix(text.head_count)) },
                tail: unsafe withUnsafeBytes(of: text.tail) { unsafe Array($0.prefix(text.tail_count)) }
            )
        }
    }
}
