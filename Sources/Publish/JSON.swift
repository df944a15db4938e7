package import Indicators

/// A JSON value.
package enum JSON: Hashable, Sendable {
    case object(Members)
    case array([JSON])
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case null

    /// The members of an object, in order of their keys. They are few, and most are written once: to hash them would take longer
    /// than to keep them side by side.
    package struct Members: Hashable, Sendable {
        package struct Member: Hashable, Sendable {
            package let key: String
            package var value: JSON
        }

        package private(set) var inOrder: [Member]

        /// - Precondition: No key comes twice.
        package init(_ members: some Sequence<(String, JSON)>) {
            inOrder = members.map { Member(key: $0, value: $1) }
            inOrder.sort { $0.key < $1.key }
            for (one, other) in zip(inOrder, inOrder.dropFirst()) {
                precondition(one.key != other.key, "an object has one member \(one.key)")
            }
        }

        package init(_ members: [String: JSON]) {
            self.init(members.map { ($0.key, $0.value) })
        }

        package var isEmpty: Bool { inOrder.isEmpty }
        package var count: Int { inOrder.count }

        /// `nil` where there is none.
        package subscript(key: String) -> JSON? {
            get { inOrder.first { $0.key == key }?.value }
            set {
                let position = inOrder.firstIndex { $0.key >= key } ?? inOrder.count
                let isKnown = position < inOrder.count && inOrder[position].key == key
                inOrder.replaceSubrange(
                    position..<(isKnown ? position + 1 : position),
                    with: newValue.map { [Member(key: key, value: $0)] } ?? []
                )
            }
        }
    }

    package init(_ text: String?) {
        self = text.map(JSON.text) ?? .null
    }

    package init(_ cell: Cell) {
        switch cell {
        case .text(let text): self = .text(text)
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = .number(number)
        case .missing: self = .null
        }
    }

    /// UTF-8 with a final line feed: an element or member a line, keys sorted, numbers shortest-round-trip, no `-0`.
    ///
    /// Spelt as Foundation's `JSONEncoder` would, without its boxes and casts.
    ///
    /// - Precondition: Numbers are finite.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, depth: 0)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private func write(to bytes: inout [UInt8], depth: Int) {
        switch self {
        case .object(let members):
            Self.write(members.inOrder, between: "{", "}", to: &bytes, depth: depth) { member, bytes in
                Self.write(member.key, to: &bytes)
                bytes += " : ".utf8
                member.value.write(to: &bytes, depth: depth + 1)
            }
        case .array(let elements):
            Self.write(elements, between: "[", "]", to: &bytes, depth: depth) { element, bytes in
                element.write(to: &bytes, depth: depth + 1)
            }
        case .text(let text): Self.write(text, to: &bytes)
        case .integer(let integer): bytes.append(decimal: integer)
        case .number(let number):
            precondition(number.isFinite, "JSON has no \(number)")
            bytes += Cell.format(number).utf8
        case .boolean(let boolean): bytes += String(boolean).utf8
        case .null: bytes += "null".utf8
        }
    }

    private static func write<Item>(
        _ items: [Item],
        between opening: Unicode.Scalar,
        _ closing: Unicode.Scalar,
        to bytes: inout [UInt8],
        depth: Int,
        _ writeItem: (Item, inout [UInt8]) -> Void
    ) {
        func breakLine(_ depth: Int) {
            bytes.append(UInt8(ascii: "\n"))
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
        }
        bytes.append(UInt8(ascii: opening))
        if items.isEmpty { bytes.append(UInt8(ascii: "\n")) }
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(depth + 1)
            writeItem(item, &bytes)
        }
        breakLine(depth)
        bytes.append(UInt8(ascii: closing))
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { spelled in
            if unsafe spelled.allSatisfy(isPlain) {
                unsafe bytes.append(contentsOf: spelled)
            } else {
                for position in spelled.indices { unsafe write(spelled[position], to: &bytes) }
            }
        }
        if isDone == nil { for byte in text.utf8 { write(byte, to: &bytes) } }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func write(_ byte: UInt8, to bytes: inout [UInt8]) {
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

extension JSON.Members: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, JSON)...) {
        self.init(members)
    }
}
