import Glibc

/// Turns text of another encoding into UTF-8, block by block, by glibc's `iconv`: undefined bytes are refused, never
/// dropped.
///
/// What comes out does not depend on where the blocks end. Memory is a few blocks.
@safe struct CharsetDecoder: ~Copyable {
    /// Why decoding stopped.
    struct Failure: Error, Hashable {
        /// Counted from 0 over the bytes given to the decoder.
        var offset: Int
        /// Counted from 1 over the line feeds decoded.
        var line: Int
        /// The byte, `nil` where the input ends inside a character.
        var byte: UInt8?
    }

    private let descriptor: iconv_t
    /// Bytes not yet decoded: the beginning of a character, then the block in hand.
    private var input: [UInt8] = []
    private var output = [UInt8](repeating: 0, count: 64 << 10)
    private var offset = 0
    private var line = 1

    /// A decoder, or `nil` where the system has no such conversion.
    init?(_ charset: Charset) {
        let descriptor = unsafe iconv_open("UTF-8", charset.iconvName)
        guard Int(bitPattern: descriptor) != -1, let descriptor = unsafe descriptor else { return nil }
        unsafe self.descriptor = descriptor
    }

    deinit {
        unsafe iconv_close(descriptor)
    }

    /// Decodes a block and lends what it holds, perhaps in several pieces.
    mutating func decode<Interruption: Error>(
        _ block: RawSpan,
        failingAs wrap: (Failure) -> Interruption,
        _ body: (RawSpan) throws(Interruption) -> Void
    ) throws(Interruption) {
        unsafe block.withUnsafeBytes { unsafe input.append(contentsOf: $0) }
        var isDone = false
        while !isDone {
            let step = step()
            offset += step.consumed
            line += output[..<step.produced].count { $0 == UInt8(ascii: "\n") }
            if step.produced > 0 { try body(unsafe output.span.bytes.extracting(0..<step.produced)) }
            if step.reason == EILSEQ {
                throw wrap(Failure(offset: offset, line: line, byte: input[step.consumed]))
            }
            input.removeFirst(step.consumed)
            isDone = step.reason != E2BIG
        }
    }

    /// Ends the input.
    func finish() throws(Failure) {
        guard input.isEmpty else { throw Failure(offset: offset, line: line) }
    }

    /// Converts until the input ends, the output is full, or something is wrong; `reason` is 0 or as `errno` says.
    private mutating func step() -> (consumed: Int, produced: Int, reason: Int32) {
        let inputCount = input.count
        let outputCount = output.count
        return unsafe input.withUnsafeMutableBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
                var left = inputCount
                var room = outputCount
                let result = unsafe iconv(descriptor, &from, &left, &to, &room)
                return (inputCount - left, outputCount - room, result == -1 ? errno : 0)
            }
        }
    }
}
