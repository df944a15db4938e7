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
            // Most are written down in order.
            if isInOrder { return }
            inOrder.sort { $0.key < $1.key }
            for (one, other) in zip(inOrder, inOrder.dropFirst()) {
                precondition(one.key != other.key, "an object has one member \(one.key)")
            }
        }

        private var isInOrder: Bool {
            inOrder.indices.dropFirst().allSatisfy { inOrder[$0 - 1].key < inOrder[$0].key }
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
                let position = inOrder.indices.first { inOrder[$0].key >= key } ?? inOrder.count
                let isKnown = position < inOrder.count && inOrder[position].key == key
                if isKnown { inOrder.remove(at: position) }
                if let newValue { inOrder.insert(Member(key: key, value: newValue), at: position) }
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
    package var bytes: [UInt8] { JSONWriter.bytes(of: self) }
}

extension JSON.Members: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, JSON)...) {
        self.init(members)
    }
}
