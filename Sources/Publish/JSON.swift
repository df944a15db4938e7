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
    package struct Members: Sendable {
        /// Each key with its value: as they are written down, so that most objects keep the array that they were made of.
        package private(set) var inOrder: [(String, JSON)]

        /// - Precondition: No key comes twice.
        package init(_ members: [(String, JSON)]) {
            inOrder = members
            // Most are written down in order.
            if isInOrder { return }
            inOrder.sort { $0.0 < $1.0 }
            for position in inOrder.indices.dropFirst() {
                let key = inOrder[position].0
                precondition(inOrder[position - 1].0 != key, "an object has one member \(key)")
            }
        }

        private var isInOrder: Bool {
            inOrder.indices.dropFirst().allSatisfy { inOrder[$0 - 1].0 < inOrder[$0].0 }
        }

        package init(_ members: some Sequence<(String, JSON)>) {
            self.init(Array(members))
        }

        package init(_ members: [String: JSON]) {
            self.init(members.map { ($0.key, $0.value) })
        }

        package var isEmpty: Bool { inOrder.isEmpty }
        package var count: Int { inOrder.count }

        /// `nil` where there is none.
        package subscript(key: String) -> JSON? {
            get { inOrder.first { $0.0 == key }?.1 }
            set {
                let position = inOrder.indices.first { inOrder[$0].0 >= key } ?? inOrder.count
                let isKnown = position < inOrder.count && inOrder[position].0 == key
                if isKnown { inOrder.remove(at: position) }
                if let newValue { inOrder.insert((key, newValue), at: position) }
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

extension JSON.Members: Hashable {
    package static func == (left: JSON.Members, right: JSON.Members) -> Bool {
        left.inOrder.elementsEqual(right.inOrder, by: ==)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for (key, value) in inOrder {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}

extension JSON.Members: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, JSON)...) {
        self.init(members)
    }
}
