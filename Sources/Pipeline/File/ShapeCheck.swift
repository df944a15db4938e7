import Indicators

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
    mutating func check(_ node: YAMLNode, against shape: Shape, depth: Int = 0) -> Located? {
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
            if case .list = node.content { return list(node, item, shape, depth) }
            return check(node, against: item, depth: depth + 1)
        case .localised:
            if case .map = node.content { return record(node, Self.languages, shape, depth) }
            return scalar(node, .text)
        case .either(let first, let other):
            if case .scalar = node.content { return check(node, against: first, depth: depth + 1) }
            return check(node, against: other, depth: depth + 1)
        case .recursive(_, let inner): return check(node, against: inner(), depth: depth)
        case .text, .form, .integer, .number, .boolean, .choice: return scalar(node, shape)
        }
    }

    static let languages = Language.allCases.map { Field($0.rawValue, .text, "Text in this language.") }

    private mutating func scalar(_ node: YAMLNode, _ shape: Shape) -> Located? {
        guard case .scalar(let text, let isPlain) = node.content, !(isPlain && Self.isNull(text)) else {
            refuse(node, "wrong kind of value", expected: shape.expectation, found: Self.describe(node))
            return nil
        }
        let isRight =
            switch shape {
            case .form(_, _, _, let accepts): accepts(text)
            case .integer(let range): Int(text).map(range.contains) ?? false
            case .number(let range): Double(text).map { $0.isFinite && range.contains($0) } ?? false
            case .boolean: Located.booleans[text.lowercased()] != nil
            case .choice(let words): words.contains { Spelling.areAlike($0, text) }
            default: true
            }
        guard isRight else {
            var hint = ""
            if case .choice(let words) = shape { hint = Indicators.hint(for: text, among: words) }
            refuse(node, "wrong value", expected: shape.expectation, found: Printable.quoted(text), hint: hint)
            return nil
        }
        return Located(content: .scalar(text), place: node.place)
    }

    private mutating func list(_ node: YAMLNode, _ item: Shape, _ shape: Shape, _ depth: Int) -> Located? {
        guard case .list(let elements) = node.content else {
            refuse(node, "wrong kind of value", expected: shape.expectation, found: Self.describe(node))
            return nil
        }
        var items: [Located] = []
        items.reserveCapacity(elements.count)
        for element in elements {
            if let item = check(element, against: item, depth: depth + 1) { items.append(item) }
        }
        return Located(content: .list(items), place: node.place)
    }

    private mutating func record(_ node: YAMLNode, _ fields: [Field], _ shape: Shape, _ depth: Int) -> Located? {
        let located = map(node, shape, depth) { key in fields.first { $0.name == key }?.shape }
        guard let located, case .map(let entries) = node.content else { return located }
        let isWhole = located.entries.count == entries.count
        if isWhole, fields.allSatisfy({ !$0.isRequired || located[$0.name] != nil }) { return located }
        let present = Set(entries.compactMap(\.key.text))
        for (key, _) in entries {
            guard let word = key.text, !fields.contains(where: { $0.name == word }) else { continue }
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
        _ node: YAMLNode,
        withOneOf sets: [[String]],
        _ fields: [Field],
        _ shape: Shape,
        _ depth: Int
    ) -> Located? {
        let located = record(node, fields, shape, depth)
        guard located != nil, case .map(let entries) = node.content else { return located }
        let present = Set(entries.compactMap(\.key.text))
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
        _ node: YAMLNode,
        _ key: String,
        _ choices: [(word: String, fields: [Field])],
        _ shape: Shape,
        _ depth: Int
    ) -> Located? {
        let words = choices.map(\.word)
        guard case .map(let entries) = node.content else {
            refuse(node, "wrong kind of value", expected: shape.expectation, found: Self.describe(node))
            return nil
        }
        guard let chosen = entries.first(where: { $0.key.text == key })?.value else {
            refuse(
                node,
                "a key is missing",
                expected: "\(key): one of " + words.joined(separator: ", "),
                found: entries.isEmpty ? "no keys" : "only " + entries.compactMap(\.key.text).joined(separator: ", ")
            )
            return nil
        }
        guard scalar(chosen, .choice(words)) != nil else { return nil }
        let fields = choices.first { $0.word == chosen.text }?.fields ?? []
        return record(node, [Field(key, .choice(words), "")] + fields, shape, depth)
    }

    /// A map whose values have the shape that `shapeOf` names; values of keys that it does not know are skipped.
    private mutating func map(
        _ node: YAMLNode,
        _ shape: Shape,
        _ depth: Int,
        shapeOf: (String) -> Shape?
    ) -> Located? {
        guard case .map(let parts) = node.content else {
            refuse(node, "wrong kind of value", expected: shape.expectation, found: Self.describe(node))
            return nil
        }
        var entries: [(key: String, keyPlace: TextPlace, value: Located)] = []
        entries.reserveCapacity(parts.count)
        for (key, value) in parts {
            guard let word = key.text else {
                refuse(key, "a key is not a word", expected: shape.expectation, found: Self.describe(key))
                continue
            }
            guard let valueShape = shapeOf(word) else { continue }
            if let value = check(value, against: valueShape, depth: depth + 1) {
                entries.append((word, key.place, value))
            }
        }
        return Located(content: .map(entries), place: node.place)
    }

    private mutating func refuse(
        _ node: YAMLNode,
        _ problem: String,
        expected: String,
        found: String,
        hint: String = ""
    ) {
        // A bomb would repeat its problem for ever.
        guard problems.count < 100 else { return }
        problems.append(
            Problem(file: file, place: node.place, problem: problem, expected: expected, found: found, hint: hint)
        )
    }

    /// Whether a plain scalar is what YAML calls null.
    private static func isNull(_ text: String) -> Bool {
        text.utf8.count <= 4 && ["", "~", "null", "Null", "NULL"].contains { Spelling.areAlike($0, text) }
    }

    private static func describe(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, let isPlain): isPlain && isNull(text) ? "nothing" : Printable.quoted(text)
        case .map: "a map"
        case .list: "a list"
        }
    }
}
