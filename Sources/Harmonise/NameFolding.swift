import Indicators

/// What the words in a name say about the kind of place, besides its proper name.
enum NameKind: Hashable, Sendable {
    /// No such word.
    case plain
    /// Province, จังหวัด, ແຂວງ ...
    case province
    /// Capital, prefecture, นครหลวง, ນະຄອນຫຼວງ ...
    case capital
    /// Region, ภาค, ພາກ.
    case region
}

/// A name in the forms in which names are compared.
struct FoldedName: Hashable, Sendable {
    /// Folded, with nothing removed but spaces and punctuation.
    var full: FoldedText
    /// The same without the words that tell the kind of place.
    var core: FoldedText
    var kind: NameKind

    /// Whether nothing is left to compare.
    var isEmpty: Bool { full.text.isEmpty }
}

/// A folded text to look up. Folding leaves one spelling of a text in Latin, Thai or Lao letters, which is compared by its bytes:
/// Swift would bring each of the Thai and Lao ones to its normal form first. All others are compared as texts.
struct FoldedText: Hashable, Sendable {
    let text: String
    /// Whether all of its letters are ASCII, Thai or Lao.
    let hasOneSpelling: Bool

    static func == (left: FoldedText, right: FoldedText) -> Bool {
        left.hasOneSpelling && right.hasOneSpelling
            ? Spelling.areAlike(left.text, right.text) : left.text == right.text
    }

    func hash(into hasher: inout Hasher) {
        if hasOneSpelling { Spelling(text).hash(into: &hasher) } else { text.hash(into: &hasher) }
    }
}

/// Folds names so that spellings of the same word compare equal.
///
/// Canonical equivalence, case, Latin diacritics, full-width forms, invisible characters, spaces, hyphens, apostrophes
/// and footnote marks make no difference, nor do the orders of Thai and Lao vowel and tone marks: SARA AM and Lao AM
/// equal their two parts with the tone mark before, between or after; ຫຼ equals ຫລ, ໜ ຫນ and ໝ ຫມ. Neither NFC
/// nor NFKC does these.
enum NameFolding {
    private static let replacementCharacter: Unicode.Scalar = "\u{FFFD}"

    /// Whether a name has U+FFFD in it, which folding keeps.
    static func isGarbled(_ name: String, _ folded: FoldedName) -> Bool {
        !folded.full.hasOneSpelling && name.unicodeScalars.contains(replacementCharacter)
    }

    static func fold(_ name: String) -> FoldedName {
        var scalars = FoldedScalars()
        return fold(name, in: &scalars)
    }

    /// The same in scalars whose memory is used again for the next name.
    static func fold(_ name: String, in scalars: inout FoldedScalars) -> FoldedName {
        scalars.fold(name)
        let words = withoutFootnotes(scalars)
        let full =
            scalars.isAsSpelt && words.count == 1
            ? FoldedText(text: name, hasOneSpelling: true) : scalars.joined(words)
        var rest = words
        var kind = NameKind.plain
        while let (word, shorter) = KindWords.removeOne(from: rest, of: scalars),
            shorter.contains(where: { scalars.holdsLetter($0) })
        {
            // The word for capital says more than the word for province: "Vientiane Capital Province".
            if kind == .plain || word == .capital { kind = word }
            rest = shorter
        }
        return FoldedName(full: full, core: kind == .plain ? full : scalars.joined(rest), kind: kind)
    }

    /// The folded words, in order. A dot stays in its word (`จ.` is a word for province), brackets are words.
    static func tokens(of name: String) -> [[Unicode.Scalar]] {
        var scalars = FoldedScalars()
        scalars.fold(name)
        return scalars.words.map { Array(scalars.all[$0]) }
    }

    /// Adds a scalar to a word that begins at `start`, with vowel and tone marks brought to one order.
    static func append(_ scalar: Unicode.Scalar, to word: inout [Unicode.Scalar], from start: Int = 0) {
        guard ScalarFolding.isMark(scalar) else {
            word.append(scalar)
            return
        }
        var position = word.count
        // A mark typed after the AA of a split AM belongs before it.
        if position >= start + 2, word[position - 1] == "\u{0E32}" || word[position - 1] == "\u{0EB2}",
            ScalarFolding.isMark(word[position - 2])
        {
            position -= 1
        }
        while position > start, ScalarFolding.isMark(word[position - 1]), scalar < word[position - 1] { position -= 1 }
        word.insert(scalar, at: position)
    }

    /// The words without `[1]`, `(2)`, a trailing `1/` and a leading `12.` of a numbered list.
    private static func withoutFootnotes(_ scalars: FoldedScalars) -> [Range<Int>] {
        var kept = scalars.words
        if scalars.holdsBrackets { removeBrackets(from: &kept, scalars) }
        if kept.count > 1, let last = kept.last, isNumber(scalars.all[last], before: "/") { kept.removeLast() }
        if kept.count > 1, isNumber(scalars.all[kept[0]], before: ".") { kept.removeFirst() }
        return kept
    }

    /// Removes brackets, with what is between them where that is a number.
    private static func removeBrackets(from words: inout [Range<Int>], _ scalars: FoldedScalars) {
        let all = words
        words.removeAll()
        var index = 0
        while index < all.count {
            if index + 2 < all.count, scalars.isBracket(all[index], "("), scalars.isBracket(all[index + 2], ")"),
                scalars.all[all[index + 1]].allSatisfy(isDigit)
            {
                index += 3
                continue
            }
            let isBracket = scalars.isBracket(all[index], "(") || scalars.isBracket(all[index], ")")
            if !isBracket { words.append(all[index]) }
            index += 1
        }
    }

    /// Whether a word is digits and `mark`.
    private static func isNumber(_ word: ArraySlice<Unicode.Scalar>, before mark: Unicode.Scalar) -> Bool {
        word.count > 1 && word.last == mark && word.dropLast().allSatisfy(isDigit)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value)
    }
}

/// The folded scalars of a name, word after word, in memory that is used again for each name: a thousand names are folded in each
/// run, and an array for each word takes longer to make than its letters.
struct FoldedScalars {
    private(set) var all: [Unicode.Scalar] = []
    /// Where each word stands in ``all``.
    private(set) var words: [Range<Int>] = []
    private(set) var holdsBrackets = false
    /// Whether the name is folded as it is spelt: nothing but plain letters, and marks of Thai or Lao in their order.
    private(set) var isAsSpelt = true
    /// The words that are joined, in UTF-8.
    private var bytes: [UInt8] = []

    /// Folds a name in place of the one before.
    mutating func fold(_ name: String) {
        all.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        holdsBrackets = false
        isAsSpelt = true
        all.reserveCapacity(name.utf8.count)
        words.reserveCapacity(4)
        var start = 0
        for scalar in name.unicodeScalars {
            if ScalarFolding.isPlain(scalar) {
                all.append(scalar)
                continue
            }
            switch ScalarFolding.fold(scalar) {
            case .nothing: isAsSpelt = false
            case .letters(let first, let second):
                NameFolding.append(first, to: &all, from: start)
                if let second { NameFolding.append(second, to: &all, from: start) }
                if !ScalarFolding.isMark(scalar) || all.last != scalar { isAsSpelt = false }
            case .separator:
                isAsSpelt = false
                endWord(&start)
            case .bracket(let bracket):
                isAsSpelt = false
                holdsBrackets = true
                endWord(&start)
                all.append(bracket)
                endWord(&start)
            }
        }
        endWord(&start)
    }

    private mutating func endWord(_ start: inout Int) {
        if start < all.count { words.append(start..<all.count) }
        start = all.count
    }

    /// Some of the words as one text.
    mutating func joined(_ words: [Range<Int>]) -> FoldedText {
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(3 * all.count)
        var hasOneSpelling = true
        for word in words {
            for position in word {
                let scalar = all[position]
                switch scalar.value {
                case 0x2E, 0x2F: break  // a dot or slash within a word
                case 0x00...0x7F: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
                case 0xE00...0xEFF:
                    bytes.append(0xE0)
                    bytes.append(UInt8(truncatingIfNeeded: 0x80 | (scalar.value >> 6 & 0x3F)))
                    bytes.append(UInt8(truncatingIfNeeded: 0x80 | (scalar.value & 0x3F)))
                default:
                    hasOneSpelling = false
                    bytes.append(contentsOf: scalar.utf8)
                }
            }
        }
        return FoldedText(text: String(decoding: bytes, as: UTF8.self), hasOneSpelling: hasOneSpelling)
    }

    func isBracket(_ word: Range<Int>, _ bracket: Unicode.Scalar) -> Bool {
        word.count == 1 && all[word.lowerBound] == bracket
    }

    /// Whether anything of a word is left when names are compared.
    func holdsLetter(_ word: Range<Int>) -> Bool {
        all[word].contains { $0 != "." && $0 != "/" }
    }
}
