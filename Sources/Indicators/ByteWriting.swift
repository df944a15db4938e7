private import Glibc

extension OutputSpan<UInt8> {
    /// Adds bytes that there is room for.
    public mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count <= freeCapacity, "bytes are written where there is room for them")
        guard let source = bytes.baseAddress else { return }
        unsafe withUnsafeMutableBufferPointer { room, count in
            if let start = room.baseAddress { unsafe memcpy(start + count, source, bytes.count) }
            count += bytes.count
        }
    }

    /// Adds the bytes of a text that there is room for.
    public mutating func append(utf8 text: String) {
        var text = text
        text.withUTF8 { unsafe append(copying: $0) }
    }

    /// Adds a whole number in decimal digits, with a minus sign where it is negative: the bytes of `String(number)`, 20 at most.
    public mutating func append(decimal number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var first = digits.count
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for position in first..<digits.count { append(digits[position]) }
    }
}

extension [UInt8] {
    /// Adds a whole number, as ``Swift/OutputSpan/append(decimal:)`` does.
    public mutating func append(decimal number: Int) {
        append(addingCapacity: 20) { $0.append(decimal: number) }
    }
}
