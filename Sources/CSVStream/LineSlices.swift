import Glibc

/// A line of a block, or as much of one as the block has.
@safe struct LineSlice {
    let start: UnsafePointer<UInt8>
    /// Bytes before the line break.
    let contentCount: Int
    /// All bytes, the line break's too.
    let count: Int
    /// Whether the line ends here: by CR, LF or both. A CR that ends a block ends a line too; see ``LineSlices``.
    var endsLine: Bool { count > contentCount }
    /// Whether a quote is among the bytes.
    let hasQuote: Bool

    /// Whether it is an LF and nothing else.
    var isLineFeed: Bool { contentCount == 0 && byte(at: 0) == lineFeed }

    func byte(at position: Int) -> UInt8 {
        unsafe start[position]
    }

    /// The position behind the next such byte, `count` if there is none before.
    func end(of byte: UInt8, from position: Int, within count: Int) -> Int {
        let end = unsafe start + count
        let found = unsafe first(byte, from: start + position, to: end)
        return unsafe found < end ? found - start + 1 : count
    }

    /// How many characters begin in the first `count` bytes.
    func characters(inFirst count: Int) -> Int {
        var characters = 0
        for index in 0..<count where unsafe start[index] & 0xC0 != 0x80 { characters += 1 }
        return characters
    }
}

/// Cuts a block at its line breaks.
///
/// Each kind of byte that matters is looked for with `memchr`, and only once: a block without CR or quotes
/// costs one more search, not one at each line. An LF that begins a block whose forerunner ended with CR comes
/// as a line of its own; the parser knows that the two are one line break.
@safe struct LineSlices {
    private var position: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private let quote: UInt8
    private var nextFeed: UnsafePointer<UInt8>
    private var nextReturn: UnsafePointer<UInt8>
    private var nextQuote: UnsafePointer<UInt8>

    init(_ start: UnsafePointer<UInt8>, count: Int, quote: UInt8) {
        unsafe position = start
        unsafe end = start + count
        self.quote = quote
        unsafe nextFeed = first(lineFeed, from: start, to: end)
        unsafe nextReturn = first(carriageReturn, from: start, to: end)
        unsafe nextQuote = first(quote, from: start, to: end)
    }

    mutating func next() -> LineSlice? {
        guard unsafe position < end else { return nil }
        let start = unsafe position
        if unsafe nextFeed < start { unsafe nextFeed = first(lineFeed, from: start, to: end) }
        if unsafe nextReturn < start { unsafe nextReturn = first(carriageReturn, from: start, to: end) }
        if unsafe nextQuote < start { unsafe nextQuote = first(quote, from: start, to: end) }
        let contentEnd = unsafe min(nextFeed, nextReturn)
        if unsafe contentEnd < end {
            let isPair = unsafe nextFeed < end && contentEnd + 1 == nextFeed
            unsafe position = contentEnd + (isPair ? 2 : 1)
        } else {
            unsafe position = end
        }
        return unsafe LineSlice(
            start: start,
            contentCount: contentEnd - start,
            count: position - start,
            hasQuote: nextQuote < contentEnd
        )
    }
}

/// Where the byte next stands, or `end`.
func first(
    _ byte: UInt8,
    from start: UnsafePointer<UInt8>,
    to end: UnsafePointer<UInt8>
) -> UnsafePointer<UInt8> {
    guard let found = unsafe memchr(start, Int32(byte), end - start) else { return unsafe end }
    return unsafe UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
}
