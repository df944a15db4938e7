/// An encoding as settled for one file.
enum Charset: Hashable, Sendable {
    case utf8, utf16LittleEndian, utf16BigEndian, windows874

    /// What glibc calls it. CP874 has the characters that Windows added to TIS-620, the euro sign among them.
    var iconvName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .windows874: "CP874"
        }
    }

    /// As the report says it.
    var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .windows874: "Windows-874"
        }
    }
}

/// The encoding of a file and how it came to be known.
struct SettledEncoding: Hashable, Sendable {
    var charset: Charset
    /// How many bytes of byte order mark stand before the text; those of UTF-8 the parser removes by itself.
    var markLength = 0
    /// Whether it was worked out from bytes other than a byte order mark.
    var isDetected = false
    /// Whether every byte of the file is known to be in it.
    var isVerified = false

    var name: String {
        markLength > 0 ? "\(charset.name) with BOM" : charset.name
    }
}

/// What bytes that are no pure ASCII turn out to be.
enum ByteVerdict: Hashable, Sendable {
    case utf8
    /// Mostly UTF-8, but not at this byte.
    case damagedUTF8(offset: Int)
    case windows874
    /// Neither; the first byte that is no UTF-8.
    case unknown(offset: Int)
}

/// Judges a stretch of text by its bytes.
///
/// Windows-874 may hold pairs of bytes that look like UTF-8 (`สง`), and UTF-8 may be damaged. So one good or bad
/// sequence proves nothing: text is UTF-8 if all of it is, damaged UTF-8 if most of what is not ASCII is, and
/// Windows-874 only if every byte exists there and the letters stand as Thai is written.
/// Where the text goes on behind `bytes` (`isCut`), the last character may be cut in two.
func judge(_ bytes: [UInt8], isCut: Bool) -> ByteVerdict {
    // Nearly all files are UTF-8, which the standard library tells many bytes at a time.
    if (try? UTF8Span(validating: bytes.span)) != nil { return .utf8 }
    var evidence = UTF8Evidence()
    evidence.walk(bytes, isCut: isCut)
    guard let offset = evidence.firstInvalid else { return .utf8 }
    if evidence.inSequences * 5 >= evidence.high * 4 || evidence.inLongSequences * 2 >= evidence.high {
        return .damagedUTF8(offset: offset)
    }
    return readsAsThai(bytes) ? .windows874 : .unknown(offset: offset)
}

/// How many bytes are not ASCII, and how many of those stand in well-formed sequences of UTF-8.
private struct UTF8Evidence {
    var high = 0
    var inSequences = 0
    /// In sequences of three or four, which hardly ever form by chance.
    var inLongSequences = 0
    var firstInvalid: Int?

    mutating func walk(_ bytes: [UInt8], isCut: Bool) {
        var index = 0
        while index < bytes.count {
            let length = Self.sequenceLength(bytes, index)
            if bytes[index] >= 0x80 {
                if length == 0, isCut, index + 3 >= bytes.count { return }
                high += max(1, length)
                inSequences += length
                if length > 2 { inLongSequences += length }
                if length == 0, firstInvalid == nil { firstInvalid = index }
            }
            index += max(1, length)
        }
    }

    /// The length of the well-formed sequence at `index`, 0 where there is none.
    private static func sequenceLength(_ bytes: [UInt8], _ index: Int) -> Int {
        let first = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if first == 0xE0 { second = 0xA0...0xBF }
            if first == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if first == 0xF0 { second = 0x90...0xBF }
            if first == 0xF4 { second = 0x80...0x8F }
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}

/// Whether bytes in Windows-874 are Thai as it is written: letters in words, marks above and below on letters.
private func readsAsThai(_ bytes: [UInt8]) -> Bool {
    var letters = 0
    var inWords = 0
    var orphans = 0
    var run = 0
    var previous: UInt8 = 0
    for byte in bytes {
        defer { previous = byte }
        switch byte {
        case 0x81...0x84, 0x86...0x90, 0x98...0x9F, 0xDB...0xDE, 0xFC...0xFF: return false
        case 0xA1...0xDA, 0xE0...0xEE:
            letters += 1
            run += 1
            if run == 2 { inWords += 2 }
            if run > 2 { inWords += 1 }
            if isThaiMark(byte), !(0xA1...0xCE).contains(previous), !isThaiMark(previous) { orphans += 1 }
        default: run = 0
        }
    }
    return inWords > 0 && inWords * 5 >= letters * 4 && orphans * 20 <= letters
}

/// Vowels above and below, tone marks and the like, which stand on the letter before them.
private func isThaiMark(_ byte: UInt8) -> Bool {
    byte == 0xD1 || (0xD4...0xDA).contains(byte) || (0xE7...0xEE).contains(byte)
}
