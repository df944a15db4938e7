/// How a CSV input is written, and how much of it may be one record.
public struct CSVOptions: Hashable, Sendable {
    /// One ASCII byte between fields: comma, semicolon, tab.
    public var delimiter: UInt8
    /// One ASCII byte around fields that hold delimiters, quotes or line breaks; doubled inside them.
    public var quote: UInt8
    /// Whether a quote where RFC 4180 allows none is kept as text instead of refused; see ``CSVParser``.
    public var isLenient: Bool
    /// The most bytes that a record may have as written, quotes counted, its last line break not.
    public var recordByteLimit: Int
    /// The most fields that a record may have.
    public var columnLimit: Int
    /// Whether bytes that are no UTF-8 are refused. NUL bytes always are.
    public var checksUTF8: Bool
    /// How many records, a line each, stand above the first byte of the input: it begins in the middle of a table.
    public var recordsAbove: Int

    public init(
        delimiter: UInt8 = UInt8(ascii: ","),
        quote: UInt8 = UInt8(ascii: "\""),
        isLenient: Bool = false,
        recordByteLimit: Int = 16 << 20,
        columnLimit: Int = 16_384,
        checksUTF8: Bool = true,
        recordsAbove: Int = 0
    ) {
        self.delimiter = delimiter
        self.quote = quote
        self.isLenient = isLenient
        self.recordByteLimit = recordByteLimit
        self.columnLimit = columnLimit
        self.checksUTF8 = checksUTF8
        self.recordsAbove = recordsAbove
    }

    /// Whether a parser can be made with these: delimiter and quote are two ASCII bytes, neither NUL nor
    /// a line break, and the limits allow something. A parser made with others is a fault of ours.
    public var areUsable: Bool {
        func canMark(_ byte: UInt8) -> Bool {
            byte > 0 && byte < 0x80 && byte != lineFeed && byte != carriageReturn
        }
        return canMark(delimiter) && canMark(quote) && delimiter != quote && recordByteLimit > 0 && columnLimit > 0
            && recordsAbove >= 0
    }
}

let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
