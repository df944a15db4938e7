internal import Indicators
internal import Publish

extension Shape {
    /// The shape as a JSON Schema, for editors and validators that read YAML into values first.
    ///
    /// It accepts and refuses what ``ShapeCheck`` does, but for what is lost once a file is read into values: a number
    /// in quotation marks is a number to us and a text to a validator, `1.0` a whole number to a validator only.
    var jsonSchema: JSON {
        switch self {
        case .text: .object(["type": Self.scalars])
        case .form(_, let pattern, let integers, _): Self.form(pattern, integers)
        case .integer(let range): .object(Self.limits(of: range, ["type": .text("integer")]))
        case .number(let range): .object(Self.limits(of: range, ["type": .text("number")]))
        case .boolean: .object(["enum": .array(Self.booleans)])
        case .choice(let words): .object(["enum": .array(words.map(JSON.text))])
        case .list(let item): .object(["type": .text("array"), "items": item.jsonSchema])
        case .oneOrMany(let item): .object(["anyOf": .array([item.jsonSchema, Shape.list(item).jsonSchema])])
        case .map(let value): .object(["type": .text("object"), "additionalProperties": value.jsonSchema])
        case .record(let fields): .object(Self.record(fields))
        case .recordWithOneOf(let sets, let fields): .object(Self.record(withOneOf: sets, fields))
        case .variant(let key, let choices): Self.variant(key, choices)
        case .localised:
            .object(["anyOf": .array([Shape.text.jsonSchema, .object(Self.record(ShapeCheck.languages))])])
        case .either(let scalar, let other) where other.isScalar:
            // What is no scalar is held against a shape that only a scalar has: nothing else passes.
            scalar.jsonSchema
        case .either(let scalar, let other): .object(["anyOf": .array([scalar.jsonSchema, other.jsonSchema])])
        case .recursive(let name, _): .object(["$ref": .text("#/$defs/\(name)")])
        }
    }

    /// The schemas of the named shapes in it, by name: what `$defs` holds at the root.
    var definitions: JSON.Members {
        var found: JSON.Members = [:]
        define(in: &found)
        return found
    }

    private func define(in found: inout JSON.Members) {
        switch self {
        case .text, .form, .integer, .number, .boolean, .choice, .localised: break
        case .list(let item), .oneOrMany(let item), .map(let item): item.define(in: &found)
        case .record(let fields), .recordWithOneOf(_, let fields):
            for field in fields { field.shape.define(in: &found) }
        case .variant(_, let choices):
            for field in choices.flatMap(\.fields) { field.shape.define(in: &found) }
        case .either(let scalar, let other):
            scalar.define(in: &found)
            other.define(in: &found)
        case .recursive(let name, let shape):
            guard found[name] == nil else { return }
            let shape = shape()
            found[name] = shape.jsonSchema
            shape.define(in: &found)
        }
    }

    private var isScalar: Bool {
        switch self {
        case .text, .form, .integer, .number, .boolean, .choice: true
        case .list, .oneOrMany, .map, .record, .recordWithOneOf, .variant, .localised, .either, .recursive: false
        }
    }

    /// Every scalar is text to us: `NO`, `2561` and `1.50` stay what they are.
    private static let scalars = JSON.array(["string", "number", "boolean"].map(JSON.text))

    /// The words that ``Located`` takes for true and false, as YAML 1.2 reads them.
    private static let booleans: [JSON] =
        [.boolean(true), .boolean(false)]
        + Located.booleans.keys.sorted().flatMap { word in
            ["true", "false"].contains(word)
                ? [] : [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()].map(JSON.text)
        }

    private static func form(_ pattern: String, _ integers: ClosedRange<Int>?) -> JSON {
        let text: JSON.Members = ["type": .text("string"), "pattern": .text(pattern)]
        guard let integers else { return .object(text) }
        return .object(["anyOf": .array([.object(text), Shape.integer(integers).jsonSchema])])
    }

    private static func limits(of range: ClosedRange<Int>, _ schema: JSON.Members) -> JSON.Members {
        var schema = schema
        if range.lowerBound != .min { schema["minimum"] = .integer(range.lowerBound) }
        if range.upperBound != .max { schema["maximum"] = .integer(range.upperBound) }
        return schema
    }

    private static func limits(of range: ClosedRange<Double>, _ schema: JSON.Members) -> JSON.Members {
        var schema = schema
        if range.lowerBound.isFinite { schema["minimum"] = .number(range.lowerBound) }
        if range.upperBound.isFinite { schema["maximum"] = .number(range.upperBound) }
        return schema
    }

    /// The properties with their sentences, and no others.
    private static func record(_ fields: [Field]) -> JSON.Members {
        let properties = fields.map { ($0.name, $0.shape.jsonSchema.described($0.about)) }
        var schema: JSON.Members = [
            "type": .text("object"),
            "properties": .object(.init(properties)),
            "additionalProperties": .boolean(false),
        ]
        let required = fields.filter(\.isRequired).map { JSON.text($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        return schema
    }

    private static func record(withOneOf sets: [[String]], _ fields: [Field]) -> JSON.Members {
        var schema: JSON.Members = record(fields)
        schema["anyOf"] = .array(sets.map { .object(["required": .array($0.map(JSON.text))]) })
        return schema
    }

    /// The key that decides, and for each of its words what the other keys may be.
    private static func variant(_ key: String, _ choices: [(word: String, fields: [Field])]) -> JSON {
        let words = Shape.choice(choices.map(\.word))
        let rules = choices.map { word, fields in
            JSON.object([
                "if": .object(["properties": .object([key: .object(["const": .text(word)])])]),
                "then": .object(record([Field(key, words, "")] + fields)),
            ])
        }
        return .object([
            "type": .text("object"),
            "properties": .object([key: words.jsonSchema]),
            "required": .array([.text(key)]),
            "allOf": .array(rules),
        ])
    }
}

extension JSON {
    /// The schema with a sentence for whoever hovers over the key.
    fileprivate func described(_ about: String) -> JSON {
        guard case .object(var members) = self, !about.isEmpty else { return self }
        members["description"] = .text(about)
        return .object(members)
    }
}
