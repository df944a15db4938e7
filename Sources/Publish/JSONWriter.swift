import Indicators

/// Spells a JSON value: see ``JSON/bytes``.
struct JSONWriter {
    private var bytes: [UInt8] = []
    /// What ends a line and indents the next one.
    private var lineBreak = [UInt8(ascii: "\n")]

    static func bytes(of value: JSON) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(value)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }

    private mutating func write(_ value: JSON) {
        switch value {
        case .object(let members):
            open(UInt8(ascii: "{"))
            for position in members.inOrder.indices {
                beginItem(position)
                write(members.inOrder[position].0, isKey: true)
                write(members.inOrder[position].1)
            }
            close(UInt8(ascii: "}"), isEmpty: members.isEmpty)
        case .array(let elements):
            open(UInt8(ascii: "["))
            for position in elements.indices {
                beginItem(position)
                write(elements[position])
            }
            close(UInt8(ascii: "]"), isEmpty: elements.isEmpty)
        case .text(let text): write(text)
        case .integer(let integer): bytes.append(decimal: integer)
        case .number(let number):
            precondition(number.isFinite, "JSON has no \(number)")
            bytes.append(addingCapacity: Cell.numberWidth) { Cell.write(number, to: &$0) }
        case .boolean(let boolean): bytes += (boolean ? "true" : "false").utf8
        case .null: bytes += "null".utf8
        }
    }

    private mutating func open(_ bracket: UInt8) {
        bytes.append(bracket)
        lineBreak.append(UInt8(ascii: " "))
        lineBreak.append(UInt8(ascii: " "))
    }

    /// Puts an item on a line of its own.
    private mutating func beginItem(_ position: Int) {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += lineBreak
    }

    /// Between the brackets of what is empty stands an empty line.
    private mutating func close(_ bracket: UInt8, isEmpty: Bool) {
        lineBreak.removeLast(2)
        if isEmpty { bytes.append(UInt8(ascii: "\n")) }
        bytes += lineBreak
        bytes.append(bracket)
    }

    // MARK: Texts

    /// In quotes; a key with the colon behind it.
    private mutating func write(_ text: String, isKey: Bool = false) {
        let isDone = unsafe text.utf8.withContiguousStorageIfAvailable { spelled in
            guard unsafe Self.isPlain(spelled) else { return false }
            bytes.append(addingCapacity: spelled.count + 5) { room in
                room.append(UInt8(ascii: "\""))
                unsafe room.append(copying: spelled)
                room.append(UInt8(ascii: "\""))
                if isKey {
                    room.append(UInt8(ascii: " "))
                    room.append(UInt8(ascii: ":"))
                    room.append(UInt8(ascii: " "))
                }
            }
            return true
        }
        if isDone == true { return }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 { write(byte) }
        bytes += (isKey ? "\" : " : "\"").utf8
    }

    /// Whether each byte stands for itself. They are looked at eight by eight, as the bytes of one word.
    private static func isPlain(_ spelled: UnsafeBufferPointer<UInt8>) -> Bool {
        let bytes = UnsafeRawBufferPointer(spelled)
        var position = 0
        while position + 8 <= bytes.count {
            guard isPlain(unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)) else { return false }
            position += 8
        }
        // The rest in a word that is filled up with spaces.
        var word = ones &* UInt64(UInt8(ascii: " "))
        while position < bytes.count {
            word = unsafe word << 8 | UInt64(bytes[position])
            position += 1
        }
        return isPlain(word)
    }

    /// Whether each of eight bytes stands for itself: none is a control character, a quote or a backslash.
    private static func isPlain(_ word: UInt64) -> Bool {
        let escaped =
            highBits(below: 0x20, in: word) | highBits(below: 1, in: word ^ (ones &* UInt64(UInt8(ascii: "\""))))
            | highBits(below: 1, in: word ^ (ones &* UInt64(UInt8(ascii: "\\"))))
        return escaped == 0
    }

    /// Other than 0 where a byte of the word is less than `limit`, which is 128 at most: to subtract it sets the highest bit of a
    /// byte that had none. In the bytes above such a one, from which that borrows, the bits say nothing.
    private static func highBits(below limit: UInt64, in word: UInt64) -> UInt64 {
        (word &- ones &* limit) & ~word & (ones &* 0x80)
    }

    /// A 1 in each of eight bytes.
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    private mutating func write(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0x08: bytes += "\\b".utf8
        case 0x0C: bytes += "\\f".utf8
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case 0..<0x20: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
        default: bytes.append(byte)
        }
    }
}
