/// A language in which the project speaks to people.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case english = "en"
    case thai = "th"
    case lao = "lo"
}

/// The same words in up to three languages.
package struct LocalisedText: Hashable, Sendable {
    package var english: String
    package var thai: String
    package var lao: String

    /// Words in the languages given; an empty string where there are none.
    package init(english: String = "", thai: String = "", lao: String = "") {
        self.english = english
        self.thai = thai
        self.lao = lao
    }

    /// The words in `language`, or in English where there are none.
    package subscript(_ language: Language) -> String {
        let text =
            switch language {
            case .english: english
            case .thai: thai
            case .lao: lao
            }
        return text.isEmpty ? english : text
    }
}
