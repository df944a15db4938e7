extension OutputSpan<UInt8> {
    /// Adds bytes that there is room for.
    ///
    /// Inlined, since most texts are so short that a call takes as long as they do.
    @inlinable public mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count <= freeCapacity, "bytes are written where there is room for them")
        guard let source = bytes.baseAddress else { return }
        unsafe withUnsafeMutableBufferPointer { room, count in
            if let start = room.baseAddress { unsafe (start + count).initialize(from: source, count: bytes.count) }
            count += bytes.count
        }
    }

    /// Adds the bytes of a text that there is room for.
    public mutating func append(utf8 text: String) {
        // Not `withUTF8`: it wants a text that it may change, and so a copy.
        let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe append(copying: $0) }
        if isDone == nil { for byte in text.utf8 { append(byte) } }
    }

    /// Adds a whole number in decimal digits, with a minus sign where it is negative: the bytes of `String(number)`, 20 at most.
    public mutating func append(decimal number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var width = 1
        // The least number of one digit more; no magnitude has more than 19 digits, and this one fits.
        var bound: UInt = 10
        while rest >= bound {
            bound &*= 10
            width &+= 1
        }
        precondition(width <= freeCapacity, "digits are written where there is room for them")
        unsafe withUnsafeMutableBufferPointer { room, count in
            let end = count &+ width
            var position = end
            repeat {
                position &-= 1
                let tenth = rest / 10
                unsafe room[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest &- tenth &* 10)
                rest = tenth
            } while position > count
            count = end
        }
    }

    /// Adds a point and the decimals of a part of a power of ten, without zeros at their end: `.05` for 50 of 1,000.
    mutating func append(fraction part: Int, of power: Int) {
        append(UInt8(ascii: "."))
        var (rest, unit) = (part, power / 10)
        while rest > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / unit))
            rest %= unit
            unit /= 10
        }
    }
}

extension [UInt8] {
    /// Adds a whole number, as ``Swift/OutputSpan/append(decimal:)`` does.
    public mutating func append(decimal number: Int) {
        append(addingCapacity: 20) { $0.append(decimal: number) }
    }
}
