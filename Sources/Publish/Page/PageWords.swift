import Foundation
package import Indicators
import PageAssets

/// Everything that the page says, by key, in three languages.
package struct PageWords: Sendable {
    private let texts: [String: LocalisedText]

    /// Reads the resource `texts.json`.
    package init() {
        texts = Self.read(PageAssets.texts)
    }

    /// What the page says and what only the workbook does.
    static var workbook: PageWords {
        PageWords(read(PageAssets.texts).merging(read(PageAssets.workbookTexts)) { own, _ in own })
    }

    private init(_ texts: [String: LocalisedText]) {
        self.texts = texts
    }

    private static func read(_ resource: [UInt8]) -> [String: LocalisedText] {
        guard let entries = (try? JSONSerialization.jsonObject(with: Data(resource))) as? [String: [String: String]]
        else {
            preconditionFailure("the texts are ours and were tested, but are no texts by key and language")
        }
        return entries.mapValues { LocalisedText(english: $0["en"] ?? "", thai: $0["th"] ?? "", lao: $0["lo"] ?? "") }
    }

    /// The text of a key that is ours.
    ///
    /// - Precondition: The resource has it.
    package subscript(_ key: String) -> LocalisedText {
        guard let text = texts[key] else { preconditionFailure("texts.json has no \(key)") }
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
