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
    var full: String
    /// The same without the words that tell the kind of place.
    var core: String
    var kind: NameKind

    /// Whether nothing is left to compare.
    var isEmpty: Bool { full.isEmpty }
}

/// Folds names so that spellings of the same word compare equal.
///
/// Canonical equivalence, case, Latin diacritics, full-width forms, invisible characters, spaces, hyphens, apostrophes
/// and footnote marks make no difference, nor do the orders of Thai and Lao vowel and tone marks: SARA AM and Lao AM
/// equal their two parts with the tone mark before, between or after; ຫຼ equals ຫລ, ໜ ຫນ and ໝ ຫມ. Neither NFC
/// nor NFKC does these.
enum NameFolding {
    static let replacementCharacter: Unicode.Scalar = "\u{FFFD}"

    static func fold(_ name: String) -> FoldedName {
        let tokens = withoutFootnotes(tokens(of: name))
        let full = joined(tokens)
        var rest = tokens
        var kind = NameKind.plain
        while let (word, shorter) = KindWords.removeOne(from: rest), shorter.contains(where: holdsLetter) {
            // The word for capital says more than the word for province: "Vientiane Capital Province".
            if kind == .plain || word == .capital { kind = word }
            rest = shorter
        }
        return FoldedName(full: full, core: kind == .plain ? full : joined(rest), kind: kind)
    }

    /// The folded words, in order. A dot stays in its word (`จ.` is a word for province), brackets are words.
    static func tokens(of name: String) -> [[Unicode.Scalar]] {
        var words: [[Unicode.Scalar]] = []
        var word: [Unicode.Scalar] = []
        for scalar in name.unicodeScalars {
            switch ScalarFolding.fold(scalar) {
            case .nothing: break
            case .letters(let first, let second):
                append(first, to: &word)
                if let second { append(second, to: &word) }
            case .separator:
                if !word.isEmpty { words.append(word) }
                word = []
            case .bracket(let bracket):
                if !word.isEmpty { words.append(word) }
                words.append([bracket])
                word = []
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Adds a scalar, with vowel and tone marks brought to one order.
    static func append(_ scalar: Unicode.Scalar, to word: inout [Unicode.Scalar]) {
        guard ScalarFolding.isMark(scalar) else {
            word.append(scalar)
            return
        }
        var position = word.count
        // A mark typed after the AA of a split AM belongs before it.
        if position >= 2, word[position - 1] == "\u{0E32}" || word[position - 1] == "\u{0EB2}",
            ScalarFolding.isMark(word[position - 2])
        {
            position -= 1
        }
        while position > 0, ScalarFolding.isMark(word[position - 1]), scalar < word[position - 1] { position -= 1 }
        word.insert(scalar, at: position)
    }

    /// Without `[1]`, `(2)`, a trailing `1/` and a leading `12.` of a numbered list.
    private static func withoutFootnotes(_ tokens: [[Unicode.Scalar]]) -> [[Unicode.Scalar]] {
        var kept: [[Unicode.Scalar]] = []
        var index = 0
        while index < tokens.count {
            if index + 2 < tokens.count, tokens[index] == ["("], tokens[index + 2] == [")"],
                tokens[index + 1].allSatisfy(isDigit)
            {
                index += 3
                continue
            }
            if tokens[index] != ["("], tokens[index] != [")"] { kept.append(tokens[index]) }
            index += 1
        }
        if kept.count > 1, let last = kept.last, last.count > 1, last.last == "/", last.dropLast().allSatisfy(isDigit) {
            kept.removeLast()
        }
        if kept.count > 1, let first = kept.first, first.count > 1, first.last == ".",
            first.dropLast().allSatisfy(isDigit)
        {
            kept.removeFirst()
        }
        return kept
    }

    /// Whether anything of a word is left when names are compared.
    private static func holdsLetter(_ token: [Unicode.Scalar]) -> Bool {
        token.contains { $0 != "." && $0 != "/" }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    private static func joined(_ tokens: [[Unicode.Scalar]]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(48)
        for token in tokens {
            for scalar in token where scalar != "." && scalar != "/" { bytes.append(contentsOf: scalar.utf8) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
