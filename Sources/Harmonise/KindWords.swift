/// The words in a name that tell the kind of place: folded, in the scripts of the shipped gazetteer.
enum KindWords {
    private struct Word {
        var scalars: [Unicode.Scalar]
        var kind: NameKind

        /// Whether `text` begins with the word.
        func begins(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
            guard text.count >= scalars.count else { return false }
            for (index, scalar) in scalars.enumerated() where text[text.startIndex + index] != scalar { return false }
            return true
        }
    }

    /// Words of their own, before or after the name; the longest first.
    private static let words: [Word] = folded([
        (
            .province,
            ["province", "provinces", "prov.", "prov", "changwat", "changwad", "jangwat", "khoueng", "khwaeng"]
        ),
        (.province, ["khoeng", "khueng", "จังหวัด", "จว.", "จ.", "แขวง", "ແຂວງ", "ຈັງຫວັດ"]),
        (.capital, ["capital", "prefecture", "municipality", "metropolis", "city", "kampheng", "nakhonluang"]),
        (.capital, ["นครหลวง", "กำแพงนคร", "ນະຄອນຫຼວງ", "ກຳແພງນະຄອນ"]),
        (.region, ["region", "ภาค", "ພາກ"]),
    ])

    /// The same by their lengths.
    private static let wordsByLength: [[Word]] = {
        var byLength = [[Word]](repeating: [], count: 1 + (words.first?.scalars.count ?? 0))
        for word in words { byLength[word.scalars.count].append(word) }
        return byLength
    }()

    /// Thai and Lao words that stand before the name without a space, longest first.
    private static let prefixes = words.filter { ($0.scalars.first?.value ?? 0) >= firstThai }
    private static let firstThai: UInt32 = 0xE00

    /// Takes one word off the beginning or the end.
    ///
    /// - Parameters:
    ///   - words: The words that are left of a name, each as its place among the scalars.
    ///   - scalars: Those of the whole name.
    /// - Returns: What the word says and the words that are left; `nil` where neither end has such a word, or it is all there is
    ///   of Latin letters.
    static func removeOne(
        from words: [Range<Int>],
        of scalars: FoldedScalars
    ) -> (kind: NameKind, rest: [Range<Int>])? {
        guard let first = words.first, let last = words.last else { return nil }
        let mayHavePrefix = scalars.all[first.lowerBound].value >= firstThai
        // Of a name of one word nothing would be left.
        guard words.count > 1 || mayHavePrefix else { return nil }
        if let kind = kind(of: scalars.all[first]) { return (kind, Array(words.dropFirst())) }
        if words.count > 1, let kind = kind(of: scalars.all[last]) { return (kind, Array(words.dropLast())) }
        guard mayHavePrefix else { return nil }
        for word in prefixes where first.count > word.scalars.count && word.begins(scalars.all[first]) {
            return (word.kind, [first.dropFirst(word.scalars.count)] + words.dropFirst())
        }
        return nil
    }

    private static func kind(of text: ArraySlice<Unicode.Scalar>) -> NameKind? {
        guard text.count < wordsByLength.count else { return nil }
        let words = wordsByLength[text.count]
        let index = words.indices.first { words[$0].begins(text) }
        return index.map { words[$0].kind }
    }

    private static func folded(_ groups: [(NameKind, [String])]) -> [Word] {
        var words: [[Unicode.Scalar]: NameKind] = [:]
        for (kind, spellings) in groups {
            for spelling in spellings {
                for token in NameFolding.tokens(of: spelling) { words[token] = kind }
            }
        }
        return words.map { Word(scalars: $0, kind: $1) }.sorted {
            $0.scalars.count != $1.scalars.count
                ? $0.scalars.count > $1.scalars.count : $0.scalars.lexicographicallyPrecedes($1.scalars)
        }
    }
}
