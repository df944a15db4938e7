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
                write(members.inOrder[position].key, isKey: true)
                write(members.inOrder[position].value)
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
                if isKey { room.append(utf8: " : ") }
            }
            return true
        }
        if isDone == true { return }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 { write(byte) }
        bytes += (isKey ? "\" : " : "\"").utf8
    }

    /// Whether each byte stands for itself. All are looked at, which a processor does many at a time.
    private static func isPlain(_ spelled: UnsafeBufferPointer<UInt8>) -> Bool {
        var escaped: UInt8 = 0
        for position in spelled.indices {
            let byte = unsafe spelled[position]
            escaped |= byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? 1 : 0
        }
        return escaped == 0
    }

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
