/// A language in which the project speaks to people.
public enum Language: String, Hashable, Sendable, CaseIterable {
    case english = "en"
    case thai = "th"
    case lao = "lo"
}

/// The same words in up to three languages.
public struct LocalisedText: Hashable, Sendable {
    public var english: String
    public var thai: String
    public var lao: String

    /// Words in the languages given; an empty string where there are none.
    public init(english: String = "", thai: String = "", lao: String = "") {
        self.english = english
        self.thai = thai
        self.lao = lao
    }

    /// The words in `language`, or in English where there are none.
    public subscript(_ language: Language) -> String {
        let text =
            switch language {
            case .english: english
            case .thai: thai
            case .lao: lao
            }
        return text.isEmpty ? english : text
    }
}
