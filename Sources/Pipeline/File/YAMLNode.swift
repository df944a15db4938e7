/// A part of a YAML document as it is written: every scalar is a text, and each part knows where it stands.
struct YAMLNode {
    enum Content {
        /// Plain is what has no quotes and stands on no lines of its own.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        /// In the order of the document, no text twice.
        case map([(key: YAMLNode, value: YAMLNode)])
    }

    var content: Content
    /// Where it begins; an alias itself stands where it is used, what is in it where it was written.
    var place: TextPlace

    /// The text of a scalar, else `nil`.
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }
}

/// What keeps a text from being one YAML document.
enum YAMLFault: Error {
    /// What the parser says, and where.
    case syntax(String, TextPlace)
    /// Keys that stand twice in one map, sorted, and where the first of them stands first.
    case doubleKeys([String], TextPlace)
}
