import Indicators

/// HTML or SVG that is safe to put into a page.
///
/// Literals are taken as they are; every text that is interpolated is escaped, so that a province called `<script>` is a
/// province called `<script>`.
struct Markup: ExpressibleByStringInterpolation, Sendable {
    private(set) var source: String

    init(stringLiteral value: String) {
        source = value
    }

    init(stringInterpolation: Interpolation) {
        source = stringInterpolation.source
    }

    init() {
        source = ""
    }

    /// What is safe already: a resource of ours.
    init(trusted source: String) {
        self.source = source
    }

    struct Interpolation: StringInterpolationProtocol {
        var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) {
            source += literal
        }

        mutating func appendInterpolation(_ text: String) {
            Markup.escape(text, into: &source)
        }

        mutating func appendInterpolation(_ markup: Markup) {
            source += markup.source
        }

        mutating func appendInterpolation(_ integer: Int) {
            source += String(integer)
        }

        /// A length or a position, to a tenth.
        mutating func appendInterpolation(_ length: Double) {
            source += Markup.spelt(length)
        }
    }

    static func += (left: inout Markup, right: Markup) {
        left.source += right.source
    }

    var isEmpty: Bool { source.isEmpty }

    /// Texts, without what a page would obey rather than show: control characters and directional overrides.
    private static func escape(_ text: String, into source: inout String) {
        // Most texts hold nothing that would need it.
        if text.utf8.allSatisfy(isPlain) {
            source += text
            return
        }
        for scalar in text.shown.unicodeScalars {
            switch scalar {
            case "&": source += "&amp;"
            case "<": source += "&lt;"
            case ">": source += "&gt;"
            case "\"": source += "&quot;"
            case "'": source += "&#39;"
            default: source.unicodeScalars.append(scalar)
            }
        }
    }

    /// Whether a byte of UTF-8 can be part of nothing but harmless letters: ASCII but for markup and control
    /// characters, and the lead and trail bytes of Thai and Lao (U+0E00 to U+0EFF are E0 B8 to E0 BB).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x26, 0x3C, 0x3E, 0x22, 0x27, 0x7F, 0..<0x20: false
        case 0xC2, 0xE2, 0xE1, 0xEF, 0xD8, 0xD9, 0xF0...0xFF: false
        default: true
        }
    }

    private static func spelt(_ length: Double) -> String {
        let tenths = Int((length * 10).rounded())
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
    }
}

extension Sequence<Markup> {
    func joined() -> Markup {
        var whole = Markup()
        for part in self { whole += part }
        return whole
    }
}

/// The same markup in the three languages of the page.
struct LocalisedMarkup: Sendable {
    var english: Markup
    var thai: Markup
    var lao: Markup

    init(_ text: LocalisedText) {
        english = "\(text[.english])"
        thai = "\(text[.thai])"
        lao = "\(text[.lao])"
    }

    /// The same in every language: a number, a code.
    init(_ markup: Markup) {
        english = markup
        thai = markup
        lao = markup
    }

    init(_ make: (Language) -> Markup) {
        english = make(.english)
        thai = make(.thai)
        lao = make(.lao)
    }

    subscript(_ language: Language) -> Markup {
        switch language {
        case .english: english
        case .thai: thai
        case .lao: lao
        }
    }

    /// The three side by side, of which the style sheet shows one; where they are the same, just that.
    var spans: Markup { sideBySide { "<span lang=\"\($0.rawValue)\">\($1)</span>" } }

    /// The same inside a text of SVG.
    var tspans: Markup { sideBySide { "<tspan lang=\"\($0.rawValue)\">\($1)</tspan>" } }

    private func sideBySide(_ wrap: (Language, Markup) -> Markup) -> Markup {
        if english.source == thai.source, english.source == lao.source { return english }
        return Language.allCases.map { wrap($0, self[$0]) }.joined()
    }
}

extension LocalisedText {
    var spans: Markup { LocalisedMarkup(self).spans }
    var tspans: Markup { LocalisedMarkup(self).tspans }
}
