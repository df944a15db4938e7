/// A checked part of a YAML file, with where it stands: what is left of the YAML once its shape is known to be right.
struct Located: Sendable {
    enum Content: Sendable {
        case scalar(String)
        case list([Located])
        /// In the order of the file.
        case map([(key: String, keyPlace: TextPlace, value: Located)])
    }

    var content: Content
    var place: TextPlace

    /// The value of a key, `nil` where there is none or this is no map.
    subscript(_ key: String) -> Located? {
        guard case .map(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The text of a scalar; `nil` for a list, a map, or YAML's null (`~`, `null`, nothing).
    var text: String? {
        guard case .scalar(let text) = content else { return nil }
        return text
    }

    /// The items of a list; a scalar or map counts as a list of one.
    var items: [Located] {
        if case .list(let items) = content { items } else { [self] }
    }

    var entries: [(key: String, keyPlace: TextPlace, value: Located)] {
        if case .map(let entries) = content { entries } else { [] }
    }

    /// The texts of a list of scalars, or of one scalar.
    var texts: [String] { items.compactMap(\.text) }

    var integer: Int? { text.flatMap { Int($0) } }
    var number: Double? { text.flatMap { Double($0) } }
    var boolean: Bool? { text.flatMap { Located.booleans[$0.lowercased()] } }

    static let booleans = ["true": true, "false": false, "yes": true, "no": false]
}

/// A line and a column of a text file, both counted from 1.
package struct TextPlace: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
