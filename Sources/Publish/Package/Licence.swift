/// The terms of a source, as its metadata word them.
struct Licence: Hashable {
    let words: String

    /// `name`, `title` and, for terms that everybody knows, `path`, as a data package has them.
    ///
    /// Only a text that is the name of one licence and nothing else counts as that licence; all others keep their
    /// words, and their name is made of them.
    var json: JSON {
        guard let known = Self.known[words] else {
            return .object(["name": .text(slug), "title": .text(words)])
        }
        return .object(["name": .text(known.name), "path": .text(known.address), "title": .text(words)])
    }

    /// Where the terms can be read, `nil` where nobody says.
    var address: String? { Self.known[words]?.address }

    /// The words in letters, digits and hyphens: `not-stated-by-the-publisher`.
    private var slug: String {
        let parts = words.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
        let slug = String(parts.joined(separator: "-").prefix(64))
        return slug.isEmpty ? "other" : slug
    }

    private static let known: [String: (name: String, address: String)] = [
        "CC0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        "CC BY 3.0 IGO": ("CC-BY-3.0-IGO", "https://creativecommons.org/licenses/by/3.0/igo/"),
        "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        "CC BY-SA 4.0": ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        "CC BY-NC 4.0": ("CC-BY-NC-4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
        "CC BY-NC-SA 3.0 IGO": ("CC-BY-NC-SA-3.0-IGO", "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/"),
        "ODbL 1.0": ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    ]
}
