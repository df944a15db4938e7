package import Indicators
import PageAssets

/// Everything that the page says, by key, in three languages.
package struct PageWords: Sendable {
    private let texts: [String: LocalisedText]

    /// Of the page, and what only the workbook says: read once, for a run has both.
    private static let page = read(PageAssets.texts)
    private static let book = page.merging(read(PageAssets.workbookTexts)) { own, _ in own }

    /// What the page says.
    package init() {
        texts = Self.page
    }

    /// What the page says and what only the workbook does.
    static var workbook: PageWords { PageWords(book) }

    private init(_ texts: [String: LocalisedText]) {
        self.texts = texts
    }

    private static func read(_ resource: [UInt8]) -> [String: LocalisedText] {
        let lines = resource.split(separator: UInt8(ascii: "\n")).dropFirst().map { line in
            line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
        return Dictionary(
            uniqueKeysWithValues: lines.map { fields in
                guard fields.count == 4 else {
                    preconditionFailure("the texts are ours and were tested, but: \(fields)")
                }
                return (fields[0], LocalisedText(english: fields[1], thai: fields[2], lao: fields[3]))
            }
        )
    }

    /// The text of a key that is ours.
    ///
    /// - Precondition: The resource has it.
    package subscript(_ key: String) -> LocalisedText {
        guard let text = texts[key] else { preconditionFailure("texts.tsv has no \(key)") }
        return text
    }

    /// The text of a word that others chose: a topic, a unit, a finding's code. `nil` where the page does not know it.
    func known(_ kind: String, _ word: String) -> LocalisedText? {
        texts["\(kind).\(word)"]
    }

    /// The same, with the word itself where the page does not know it.
    package func text(_ kind: String, _ word: String) -> LocalisedText {
        known(kind, word) ?? LocalisedText(english: word)
    }

    /// A sentence whose `{places}` are filled in.
    ///
    /// - Precondition: The resource has the key, and `fillings` each place that its texts name.
    func sentence(_ key: String, _ fillings: [String: LocalisedMarkup] = [:]) -> LocalisedMarkup {
        let text = self[key]
        return LocalisedMarkup { language in
            var markup = Markup()
            var isPlace = false
            let braces = "{}".utf8
            for part in text[language].utf8.split(omittingEmptySubsequences: false, whereSeparator: braces.contains) {
                let part = String(Substring(part))
                if isPlace {
                    guard let filling = fillings[part] else { preconditionFailure("\(key) has no \(part)") }
                    markup += filling[language]
                } else {
                    markup += "\(part)"
                }
                isPlace.toggle()
            }
            return markup
        }
    }

    /// All keys, in order.
    var keys: [String] { texts.keys.sorted() }
}
