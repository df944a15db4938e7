/// What a part of a YAML file must look like: the one description from which the file is checked, its errors are
/// worded and its JSON Schema is written.
indirect enum Shape: Sendable {
    /// Any scalar, taken as text: `NO` stays `NO`.
    case text
    /// Text that a rule accepts; `name` finishes "expected ...", `pattern` is the rule as a JSON Schema knows it, which
    /// sees a whole number where only digits are written: `integers` are those that the rule accepts.
    case form(
        name: String,
        pattern: String,
        integers: ClosedRange<Int>? = nil,
        accepts: @Sendable (String) -> Bool
    )
    case integer(ClosedRange<Int>)
    /// A finite number.
    case number(ClosedRange<Double>)
    case boolean
    /// One of these words.
    case choice([String])
    /// Any number of items.
    case list(Shape)
    /// An item, or a list of them.
    case oneOrMany(Shape)
    /// Keys of the author's choice, all values of one shape.
    case map(Shape)
    /// Keys that we know.
    case record([Field])
    /// A record that has the keys of at least one of these sets.
    case recordWithOneOf([[String]], [Field])
    /// A record of which one key, a word out of `choices`, decides what the other keys may be.
    case variant(key: String, choices: [(word: String, fields: [Field])])
    /// Text for everyone, or a map from `en`, `th`, `lo` to texts.
    case localised
    /// Either: a scalar is held against the first, anything else against the second.
    case either(scalar: Shape, other: Shape)
    /// A shape with a name, which it may contain again: a tree.
    case recursive(name: String, shape: @Sendable () -> Shape)
}

/// One key of a record.
struct Field: Sendable {
    var name: String
    var shape: Shape
    var isRequired: Bool
    /// One sentence for people who hover over it in an editor.
    var about: String

    init(_ name: String, _ shape: Shape, required: Bool = false, _ about: String) {
        self.name = name
        self.shape = shape
        isRequired = required
        self.about = about
    }
}

extension Shape {
    static func text(
        matching name: String,
        _ pattern: String,
        integers: ClosedRange<Int>? = nil,
        _ accepts: @escaping @Sendable (String) -> Bool
    ) -> Shape {
        .form(name: name, pattern: pattern, integers: integers, accepts: accepts)
    }

    /// What finishes the sentence "expected ...".
    var expectation: String {
        switch self {
        case .text: "text"
        case .form(let name, _, _, _): name
        case .integer(let range):
            range.lowerBound == .min ? "a whole number" : "a whole number in \(range.lowerBound)...\(range.upperBound)"
        case .number(let range):
            range.lowerBound.isFinite ? "a number in \(range.lowerBound)...\(range.upperBound)" : "a finite number"
        case .boolean: "true or false"
        case .choice(let words): words.count == 1 ? words[0] : "one of " + words.joined(separator: ", ")
        case .list(let item): "a list, each item \(item.expectation)"
        case .oneOrMany(let item): "\(item.expectation), or a list of such"
        case .map(let value): "a map, each value \(value.expectation)"
        case .record(let fields), .recordWithOneOf(_, let fields):
            "a map with the keys " + fields.map(\.name).joined(separator: ", ")
        case .variant(let key, let choices):
            "a map with the key \(key), one of " + choices.map(\.word).joined(separator: ", ")
        case .localised: "text, or a map with the keys en, th, lo"
        case .either(let scalar, let other): "\(scalar.expectation), or \(other.expectation)"
        case .recursive(_, let shape): shape().expectation
        }
    }
}
