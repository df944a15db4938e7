import Indicators
internal import Yams

/// Holds a YAML file against a shape and collects everything that is wrong with it.
struct ShapeCheck {
    let file: String
    private(set) var problems: [Problem] = []
    private var visited = 0

    /// More nodes than any pipeline has; an alias bomb has more.
    static let nodeLimit = 200_000

    init(file: String) {
        self.file = file
    }

    /// The part of the file with its places, `nil` where something is wrong with it.
    mutating func check(_ node: Node, against shape: Shape, depth: Int = 0) -> Located? {
        visited += 1
        guard visited <= Self.nodeLimit, depth <= YAMLFile.nestingLimit else {
            refuse(
                node,
                "the file unfolds to too much",
                expected: "at most \(Self.nodeLimit) values, nested at most \(YAMLFile.nestingLimit) deep",
                found: "more, most likely through aliases of aliases"
            )
            return nil
        }
        switch shape {
        case .record(let fields): return record(node, fields, shape, depth)
        case .recordWithOneOf(let sets, let fields): return record(node, withOneOf: sets, fields, shape, depth)
        case .variant(let key, let choices): return variant(node, key, choices, shape, depth)
        case .map(let value): return map(node, shape, depth) { _ in value }
        case .list(let item): return list(node, item, shape, depth)
        case .oneOrMany(let item):
            if case .sequence = node { return list(node, item, shape, depth) }
            return check(node, against: item, depth: depth + 1)
        case .localised:
            if case .mapping = node { return record(node, Self.languages, shape, depth) }
            return scalar(node, .text)
        case .either(let first, let other):
            if case .scalar = node { return check(node, against: first, depth: depth + 1) }
            return check(node, against: other, depth: depth + 1)
        case .recursive(_, let inner): return check(node, against: inner(), depth: depth)
        case .text, .form, .integer, .number, .boolean, .choice: return scalar(node, shape)
        }
    }

    static let languages = Language.allCases.map { Field($0.rawValue, .text, "Text in this language.") }

    private mutating func scalar(_ node: Node, _ shape: Shape) -> Located? {
        guard case .scalar(let scalar) = node, !Self.isNull(scalar) else {
            refuse(node, "wrong kind of value", expected: shape.expectation, found: Self.describe(node))
            return nil
        }
        let text = scalar.string
        let isRight =
            switch shape {
            case .form(_, _, _, let accepts): accepts(text)
            case .integer(let range): Int(text).map(range.contains) ?? false
            case .number(let range): Double(text).map { $0.isFinite && range.contains($0) } ?? false
            case .boolean: Located.booleans[text.lowercased()] != nil
            case .choice(let words): words.contains(text)
            default: true
            }
        guard isRight else {
            var hint = ""
            if case .choice(let words) = shape { hint = Indicators.hint(for: text, among: words) }
            refuse(node, "wrong value", expected: shape.expectation, found: Printable.quoted(text), hint: hint)
            return nil
        }
        return Located(content: .scalar(text), place: place(of: node))
    }

    private mutating func list(_ node: Node, _ item: Shape, _ shape: Shape, _ depth: Int) -> Located? {
        guard case .sequence(let sequence) = node else {
            refuse(node, "wrong kind of value", expected: shape.expectation, found: Self.describe(node))
            return nil
        }
        var items: [Located] = []
        for element in sequence {
            if let item = check(element, against: item, depth: depth + 1) { items.append(item) }
        }
        return Located(content: .list(items), place: place(of: node))
    }

    private mutating func record(_ node: Node, _ fields: [Field], _ shape: Shape, _ depth: Int) -> Located? {
        let located = map(node, shape, depth) { key in fields.first { $0.name == key }?.shape }
        guard let located, case .mapping(let mapping) = node else { return located }
        let isWhole = located.entries.count == mapping.count
        if isWhole, fields.allSatisfy({ !$0.isRequired || located[$0.name] != nil }) { return located }
        let present = Set(mapping.keys.compactMap { $0.scalar?.string })
        for (key, _) in mapping {
            guard let word = key.scalar?.string, !fields.contains(where: { $0.name == word }) else { continue }
            let names = fields.map(\.name)
            refuse(
                key,
                "unknown key",
                expected: "one of " + names.joined(separator: ", "),
                found: Printable.quoted(word),
                hint: Indicators.hint(for: word, among: names)
            )
        }
        for field in fields where field.isRequired && !present.contains(field.name) {
            refuse(
                node,
                "a key is missing",
                expected: "\(field.name): \(field.shape.expectation)",
                found: present.isEmpty ? "no keys" : "only " + present.sorted().joined(separator: ", ")
            )
        }
        return located
    }

    private mutating func record(
        _ node: Node,
        withOneOf sets: [[String]],
        _ fields: [Field],
        _ shape: Shape,
        _ depth: Int
    ) -> Located? {
        let located = record(node, fields, shape, depth)
        guard located != nil, case .mapping(let mapping) = node else { return located }
        let present = Set(mapping.keys.compactMap { $0.scalar?.string })
        guard !sets.contains(where: present.isSuperset) else { return located }
        refuse(
            node,
            "a key is missing",
            expected: sets.map { $0.joined(separator: " and ") }.joined(separator: ", or "),
            found: present.isEmpty ? "no keys" : "only " + present.sorted().joined(separator: ", ")
        )
        return located
    }

    private mutating func variant(
        _ node: Node,
        _ key: String,
        _ choices: [(word: String, fields: [Field])],
        _ shape: Shape,
        _ depth: Int
    ) -> Located? {
        let words = choices.map(\.word)
        guard case .mapping(let mapping) = node else {
            refuse(node, "wrong kind of value", expected: shape.expectation, found: Self.describe(node))
            return nil
        }
        guard let chosen = mapping.first(where: { $0.key.scalar?.string == key })?.value else {
            refuse(
                node,
                "a key is missing",
                expected: "\(key): one of " + words.joined(separator: ", "),
                found: "only " + mapping.keys.compactMap { $0.scalar?.string }.joined(separator: ", ")
            )
            return nil
        }
        guard scalar(chosen, .choice(words)) != nil else { return nil }
        let fields = choices.first { $0.word == chosen.scalar?.string }?.fields ?? []
        return record(node, [Field(key, .choice(words), "")] + fields, shape, depth)
    }

    /// A map whose values have the shape that `shapeOf` names; values of keys that it does not know are skipped.
    private mutating func map(
        _ node: Node,
        _ shape: Shape,
        _ depth: Int,
        shapeOf: (String) -> Shape?
    ) -> Located? {
        guard case .mapping(let mapping) = node else {
            refuse(node, "wrong kind of value", expected: shape.expectation, found: Self.describe(node))
            return nil
        }
        var entries: [(key: String, keyPlace: TextPlace, value: Located)] = []
        for (key, value) in mapping {
            guard let word = key.scalar?.string else {
                refuse(key, "a key is not a word", expected: shape.expectation, found: Self.describe(key))
                continue
            }
            guard let valueShape = shapeOf(word) else { continue }
            if let value = check(value, against: valueShape, depth: depth + 1) {
                entries.append((word, place(of: key), value))
            }
        }
        return Located(content: .map(entries), place: place(of: node))
    }

    private mutating func refuse(
        _ node: Node,
        _ problem: String,
        expected: String,
        found: String,
        hint: String = ""
    ) {
        // A bomb would repeat its problem for ever.
        guard problems.count < 100 else { return }
        problems.append(
            Problem(file: file, place: place(of: node), problem: problem, expected: expected, found: found, hint: hint)
        )
    }

    private func place(of node: Node) -> TextPlace {
        let mark = node.mark
        return TextPlace(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }

    private static func isNull(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private static func describe(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): isNull(scalar) ? "nothing" : Printable.quoted(scalar.string)
        case .mapping: "a map"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
