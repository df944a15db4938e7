// What can be said of the bytes of a cell before any of them becomes a String.

import CSVStream
private import Glibc

extension [UInt8] {
    /// Whether the byte is among these, which may be all of a file.
    func holds(_ byte: UInt8) -> Bool {
        unsafe withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            return unsafe memchr(start, Int32(byte), bytes.count) != nil
        }
    }

    /// Adds the first `count` bytes of `span`, or fewer.
    mutating func append(first count: Int, of span: RawSpan) {
        unsafe span.withUnsafeBytes { unsafe append(contentsOf: $0.prefix(count)) }
    }
}

extension RawSpan {
    /// The byte at `index`; stops the program where there is none.
    @inline(always)
    subscript(index: Int) -> UInt8 {
        unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }

    /// Where the text begins and ends when the spaces around it are left out, those of Unicode too.
    func trimmedRange() -> Range<Int> {
        var start = 0
        var end = byteCount
        while start < end, case let length = spaceLength(at: start, before: end), length > 0 { start += length }
        while end > start, case let length = spaceLength(endingAt: end, after: start), length > 0 { end -= length }
        return start..<end
    }

    /// Whether there is nothing but spaces.
    var isBlank: Bool {
        trimmedRange().isEmpty
    }

    var holdsLineBreak: Bool {
        for index in 0..<byteCount where self[index] == UInt8(ascii: "\n") || self[index] == UInt8(ascii: "\r") {
            return true
        }
        return false
    }

    /// How many bytes the space at `index` takes, 0 where there is none.
    @inline(always)
    func spaceLength(at index: Int, before end: Int) -> Int {
        let first = self[index]
        if first > 0x20, first < 0x80 { return 0 }
        if first <= 0x20 { return first == 0x20 || (0x09...0x0D).contains(first) ? 1 : 0 }
        if first == 0xC2 { return index + 1 < end && self[index + 1] == 0xA0 ? 2 : 0 }
        guard index + 2 < end else { return 0 }
        return Self.isWideSpace(first, self[index + 1], self[index + 2]) ? 3 : 0
    }

    @inline(always)
    private func spaceLength(endingAt end: Int, after start: Int) -> Int {
        let last = self[end - 1]
        if last > 0x20, last < 0x80 { return 0 }
        if last <= 0x20 { return last == 0x20 || (0x09...0x0D).contains(last) ? 1 : 0 }
        if last == 0xA0, end - 2 >= start, self[end - 2] == 0xC2 { return 2 }
        guard end - 3 >= start else { return 0 }
        return Self.isWideSpace(self[end - 3], self[end - 2], last) ? 3 : 0
    }

    /// Whether three bytes of UTF-8 are a space of typesetting, one without width, or a stray byte order mark.
    private static func isWideSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second, third) {
        case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
            true
        default: false
        }
    }

    /// Whether the bytes of `range` are those of `bytes` from `start` on.
    func holds(_ bytes: [UInt8], from start: Int, in range: Range<Int>) -> Bool {
        guard start + range.count <= bytes.count else { return false }
        return unsafe extracting(range).withUnsafeBytes { cell in
            unsafe bytes.withUnsafeBytes { bytes in
                guard let one = cell.baseAddress, let other = bytes.baseAddress else { return true }
                return unsafe memcmp(one, other + start, cell.count) == 0
            }
        }
    }

    /// Whether the bytes of `range` are these.
    func holds(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
        guard range.count == bytes.count else { return false }
        for offset in 0..<bytes.count where self[range.lowerBound + offset] != bytes[offset] { return false }
        return true
    }

    /// The bytes of `range` as text.
    func text(in range: Range<Int>) -> String {
        if range.isEmpty { return "" }
        return unsafe extracting(range).withUnsafeBytes { bytes in unsafe String(decoding: bytes, as: UTF8.self) }
    }
}

extension String {
    /// Lends the text's UTF-8.
    func withCell<Result>(_ body: (RawSpan) -> Result) -> Result {
        unsafe body(utf8.span.bytes)
    }

    /// The text without the spaces around it, those of Unicode too.
    var trimmed: String {
        withCell { cell in
            let range = cell.trimmedRange()
            return range.count == cell.byteCount ? self : cell.text(in: range)
        }
    }
}

extension CSVRow {
    /// All fields as text, in order, without the spaces around them.
    func trimmedStrings() -> [String] {
        Array(capacity: count) { fields in
            for field in 0..<count {
                fields.append(withBytes(at: field) { cell in cell.text(in: cell.trimmedRange()) })
            }
        }
    }

    /// Whether no field holds anything but spaces.
    var isBlank: Bool {
        for field in 0..<count where withBytes(at: field, { !$0.isBlank }) { return false }
        return true
    }
}

/// A text for a message: control characters escaped, long ones cut.
func excerpt(_ text: String, limit: Int = 80) -> String {
    var excerpt = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
        if count == limit { return excerpt + "…" }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            excerpt += "\\u{\(String(scalar.value, radix: 16))}"
        default: excerpt.unicodeScalars.append(scalar)
        }
    }
    return excerpt
}
