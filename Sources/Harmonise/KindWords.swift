/// The words in a name that tell the kind of place: folded, in the scripts of the shipped gazetteer.
enum KindWords {
    /// Words of their own, before or after the name.
    private static let words: [[Unicode.Scalar]: NameKind] = folded([
        (
            .province,
            ["province", "provinces", "prov.", "prov", "changwat", "changwad", "jangwat", "khoueng", "khwaeng"]
        ),
        (.province, ["khoeng", "khueng", "จังหวัด", "จว.", "จ.", "แขวง", "ແຂວງ", "ຈັງຫວັດ"]),
        (.capital, ["capital", "prefecture", "municipality", "metropolis", "city", "kampheng", "nakhonluang"]),
        (.capital, ["นครหลวง", "กำแพงนคร", "ນະຄອນຫຼວງ", "ກຳແພງນະຄອນ"]),
        (.region, ["region", "ภาค", "ພາກ"]),
    ])

    /// Thai and Lao words that stand before the name without a space, longest first.
    private static let prefixes: [(word: [Unicode.Scalar], kind: NameKind)] =
        words
        .filter { $0.key.first.map { $0.value >= 0xE00 } ?? false }
        .map { (word: $0.key, kind: $0.value) }
        .sorted {
            $0.word.count != $1.word.count
                ? $0.word.count > $1.word.count : $0.word.lexicographicallyPrecedes($1.word)
        }

    /// Takes one word off the beginning or the end.
    ///
    /// - Returns: What the word says and the words that are left; `nil` where neither end has such a word.
    static func removeOne(from tokens: [[Unicode.Scalar]]) -> (kind: NameKind, rest: [[Unicode.Scalar]])? {
        guard let first = tokens.first, let last = tokens.last else { return nil }
        if let kind = words[first] { return (kind, Array(tokens.dropFirst())) }
        if let kind = words[last] { return (kind, Array(tokens.dropLast())) }
        for (word, kind) in prefixes where first.count > word.count && first.starts(with: word) {
            return (kind, [Array(first.dropFirst(word.count))] + tokens.dropFirst())
        }
        return nil
    }

    private static func folded(_ groups: [(NameKind, [String])]) -> [[Unicode.Scalar]: NameKind] {
        var words: [[Unicode.Scalar]: NameKind] = [:]
        for (kind, spellings) in groups {
            for spelling in spellings {
                for token in NameFolding.tokens(of: spelling) { words[token] = kind }
            }
        }
        return words
    }
}
