/// Answers that an earlier run worked out, by all that they were worked out from.
///
/// For results that are dear to work out and small to keep: a recalled answer must be the same, bit for bit, as one worked
/// out again. The question therefore holds everything that the answer depends on but the program itself, which whoever
/// keeps the answers sees to.
public struct Memo: Sendable {
    /// The answer to a question, `nil` where there is none.
    public var recall: @Sendable (_ question: [UInt8]) -> [UInt8]?
    public var keep: @Sendable (_ question: [UInt8], _ answer: [UInt8]) -> Void

    public init(
        recall: @escaping @Sendable (_ question: [UInt8]) -> [UInt8]?,
        keep: @escaping @Sendable (_ question: [UInt8], _ answer: [UInt8]) -> Void
    ) {
        self.recall = recall
        self.keep = keep
    }
}

/// Spells questions and answers: no two lists of values have the same bytes, as long as their types are the same.
public struct MemoWriter {
    package private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func append(_ value: some FixedWidthInteger) {
        var rest = value
        for _ in 0..<MemoryLayout.size(ofValue: value) {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// By its bits: every not-a-number as itself.
    public mutating func append(_ value: Double) {
        append(value.bitPattern)
    }

    public mutating func append(_ text: String) {
        append(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    public mutating func append(_ values: some Collection<some FixedWidthInteger>) {
        append(values.count)
        for value in values { append(value) }
    }

    public mutating func append(_ values: some Collection<Double>) {
        append(values.count)
        for value in values { append(value) }
    }

    public mutating func append(_ texts: some Collection<String>) {
        append(texts.count)
        for text in texts { append(text) }
    }
}

/// Reads what ``MemoWriter`` spelt, value by value in the same order.
///
/// What cannot be read gives `nil`, and so does everything behind it: bytes that are not whole are no answer.
public struct MemoReader {
    private var rest: ArraySlice<UInt8>

    public init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// Whether everything was read.
    public var isAtEnd: Bool { rest.isEmpty }

    public mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type = Int.self) -> Integer? {
        let size = Integer.bitWidth / 8
        guard rest.count >= size else { return fail() }
        var value: Integer = 0
        for byte in rest.prefix(size).reversed() { value = value << 8 | Integer(truncatingIfNeeded: byte) }
        rest = rest.dropFirst(size)
        return value
    }

    public mutating func number() -> Double? {
        integer(UInt64.self).map(Double.init(bitPattern:))
    }

    public mutating func text() -> String? {
        guard let count = integer(), count >= 0, count <= rest.count else { return fail() }
        let text = String(validating: rest.prefix(count), as: UTF8.self)
        rest = rest.dropFirst(count)
        return text ?? fail()
    }

    /// As many as were written.
    public mutating func list<Element>(_ read: (inout MemoReader) -> Element?) -> [Element]? {
        // Every element takes a byte at least, so that a damaged count asks for no more memory than there is.
        guard let count = integer(), count >= 0, count <= rest.count else { return fail() }
        var values: [Element] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            guard let value = read(&self) else { return fail() }
            values.append(value)
        }
        return values
    }

    private mutating func fail<Value>() -> Value? {
        rest = []
        return nil
    }
}
