/// A run of whole records of one input, in order, cut into fields: only the columns that were asked for.
///
/// Lent for the length of a call: bytes and bounds lie in the reader's buffers and are gone with the next batch.
/// Bounds are stored column by column: those of column `c` (an index into the columns asked for, not into the
/// file's) stand at `bounds[c * stride ..< c * stride + count]`.
@safe public struct FieldBatch: ~Copyable {
    /// Where a field lies, without the quotes around it.
    public struct Bounds: BitwiseCopyable, Sendable {
        /// The first byte, counted from the start of the batch's bytes.
        public var start: UInt32
        /// How many bytes, and in the two highest bits what they need: see the masks.
        public var lengthAndFlags: UInt32

        /// The field was written in quotes.
        public static let quoted: UInt32 = 0x8000_0000
        /// Quotes inside the field are still doubled in the bytes: whoever wants its text must single them.
        public static let escaped: UInt32 = 0x4000_0000
        public static let lengthMask: UInt32 = 0x3fff_ffff

        public init(start: UInt32, lengthAndFlags: UInt32) {
            self.start = start
            self.lengthAndFlags = lengthAndFlags
        }

        public var length: Int { Int(lengthAndFlags & Self.lengthMask) }
        public var isQuoted: Bool { lengthAndFlags & Self.quoted != 0 }
        public var isEscaped: Bool { lengthAndFlags & Self.escaped != 0 }
        /// Empty and without quotes: nothing was written.
        public var isMissing: Bool { lengthAndFlags == 0 }
    }

    /// So many bytes can be read behind the end of a field: numbers and keys are read in words.
    public static let padding = 16

    /// How many records.
    public let count: Int
    /// How many columns were asked for.
    public let columnCount: Int
    /// The distance in `bounds` from a column to the next, at least `count`.
    public let stride: Int
    /// The number of the first record in the input, counted from 1 over all records, the header too; blank lines
    /// are none. Counted from the start of the range where ranges are read at once: then the reader says at the
    /// end how many records stood before each range.
    public let firstRecord: Int
    /// The bytes that `bounds` point into. Behind the end of each field ``padding`` more can be read, whatever they are.
    public let bytes: UnsafePointer<UInt8>
    public let bounds: UnsafePointer<Bounds>
    /// How many fields each record has in all, for `count` records: a record with another number than the header's
    /// is ragged; its missing columns have bounds of length 0.
    public let fieldCounts: UnsafePointer<UInt32>
    /// Where each record begins: the offset in the input, counted from 0.
    public let offsets: UnsafePointer<Int>
    /// The records whole, and the offset of the first byte of them; each ends with a line break of one byte or two.
    let text: (bytes: UnsafePointer<UInt8>, offset: Int)
    /// Where in them each record begins, and where the last ends, where that does not follow from the offsets.
    let textStarts: UnsafePointer<Int>?

    init(
        count: Int,
        columnCount: Int,
        stride: Int,
        firstRecord: Int,
        bytes: UnsafePointer<UInt8>,
        bounds: UnsafePointer<Bounds>,
        fieldCounts: UnsafePointer<UInt32>,
        offsets: UnsafePointer<Int>,
        text: (bytes: UnsafePointer<UInt8>, offset: Int),
        textStarts: UnsafePointer<Int>? = nil
    ) {
        self.count = count
        self.columnCount = columnCount
        self.stride = stride
        self.firstRecord = firstRecord
        unsafe self.bytes = bytes
        unsafe self.bounds = bounds
        unsafe self.fieldCounts = fieldCounts
        unsafe self.offsets = offsets
        unsafe self.text = text
        unsafe self.textStarts = textStarts
    }

    /// A record as it was written, its line break left off; at most `limit` bytes of it.
    public func record(_ index: Int, limit: Int, quote: UInt8 = UInt8(ascii: "\"")) -> [UInt8] {
        if let starts = unsafe textStarts {
            let (start, end) = unsafe (starts[index], starts[index + 1] - 1)
            return unsafe Array(UnsafeBufferPointer(start: text.bytes + start, count: min(limit, end - start)))
        }
        let start = unsafe text.bytes + (offsets[index] - text.offset)
        var isInside = false
        var count = 0
        while count < limit {
            let byte = unsafe start[count]
            if byte == quote { isInside.toggle() }
            if !isInside, byte == lineFeed || byte == carriageReturn { break }
            count += 1
        }
        return unsafe Array(UnsafeBufferPointer(start: start, count: count))
    }
}
