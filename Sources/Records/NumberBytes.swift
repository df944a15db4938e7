/// What the bytes of a field say as a number.
enum NumberReading {
    case number(Decimal)
    /// Nothing stands there.
    case missing
    /// Something else than a number.
    case unreadable
    /// A number of more digits than we keep.
    case tooLong
}

/// Reads numbers straight from bytes: `12`, `-3.50`, `+7`, `1.5e3`, in ASCII, Thai, Lao or full-width digits.
///
/// Spaces around it do not count; nothing, or only spaces, is missing. There is no separator of thousands.
enum NumberBytes {
    /// Up to 18 ASCII digits with a point and a minus among them: what nearly every field is.
    ///
    /// - Returns: `nil` for everything else; see ``read(_:)``.
    @inline(always)
    static func short(_ bytes: UnsafePointer<UInt8>, count: Int) -> (mantissa: Int64, scale: Int)? {
        guard count > 0, count <= 19 else { return nil }
        var index = 0
        let isNegative = unsafe bytes[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        var mantissa: Int64 = 0
        var scale = -1
        var digits = 0
        while index < count {
            let digit = unsafe bytes[index] &- 0x30
            if digit < 10 {
                mantissa = mantissa &* 10 &+ Int64(digit)
                digits += 1
            } else if unsafe bytes[index] == UInt8(ascii: "."), scale < 0, digits > 0 {
                scale = count - index - 1
            } else {
                return nil
            }
            index += 1
        }
        guard digits > 0, digits <= 18, scale != 0 else { return nil }
        return (isNegative ? -mantissa : mantissa, max(scale, 0))
    }

    /// Whatever the bytes are.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> NumberReading {
        var text: [UInt8] = []
        for scalar in unsafe String(decoding: bytes, as: UTF8.self).unicodeScalars {
            guard let byte = ascii(scalar) else { return .unreadable }
            text.append(byte)
        }
        while text.last == 0x20 { text.removeLast() }
        let start = text.firstIndex { $0 != 0x20 } ?? text.count
        return read(text[start...])
    }

    private static func ascii(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0x09, 0x20, 0xA0, 0x2009, 0x202F: 0x20
        case 0x21...0x7E: UInt8(scalar.value)
        case 0x2212: UInt8(ascii: "-")
        case 0x0E50...0x0E59: UInt8(scalar.value - 0x0E50) + 0x30
        case 0x0ED0...0x0ED9: UInt8(scalar.value - 0x0ED0) + 0x30
        case 0xFF10...0xFF19: UInt8(scalar.value - 0xFF10) + 0x30
        default: nil
        }
    }

    private static func read(_ text: ArraySlice<UInt8>) -> NumberReading {
        guard !text.isEmpty else { return .missing }
        var rest = text
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest.removeFirst()
        }
        var mantissa: Int128 = 0
        var (digits, scale, isPastPoint, isTooLong) = (0, 0, false, false)
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !isPastPoint {
                isPastPoint = true
            } else if byte >= 0x30, byte <= 0x39 {
                digits += 1
                if isPastPoint { scale += 1 }
                if mantissa < Decimal.power(37) {
                    mantissa = mantissa * 10 + Int128(byte - 0x30)
                } else {
                    isTooLong = true
                }
            } else {
                break
            }
            rest.removeFirst()
        }
        guard digits > 0 else { return .unreadable }
        if let mark = rest.first {
            guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return .unreadable }
            let written = rest.dropFirst()
            let body =
                written.first == UInt8(ascii: "-") || written.first == UInt8(ascii: "+") ? written.dropFirst() : written
            guard !body.isEmpty, body.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return .unreadable }
            guard let exponent = Int(String(decoding: written, as: UTF8.self)), abs(exponent) < 1000 else {
                return .tooLong
            }
            scale -= exponent
        }
        if isTooLong { return .tooLong }
        return number(isNegative ? -mantissa : mantissa, scale: scale)
    }

    private static func number(_ mantissa: Int128, scale: Int) -> NumberReading {
        if mantissa == 0 { return .number(Decimal(0)) }
        guard scale < 0 else { return Decimal(fitting: mantissa, scale: scale).map(NumberReading.number) ?? .tooLong }
        guard scale >= -36 else { return .tooLong }
        let (raised, overflow) = mantissa.multipliedReportingOverflow(by: Decimal.power(-scale))
        guard !overflow, let number = Decimal(fitting: raised, scale: 0) else { return .tooLong }
        return .number(number)
    }
}
