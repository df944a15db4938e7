import Indicators

/// The places that `country`, `region`, `province` or `level` admits in a table keyed by `place`.
struct PlaceSelection {
    private let column: Int
    private let codes: Set<String>

    private static let words = ["country", "region", "province", "level"]

    /// The words that select by the gazetteer in a table: those that are no columns of its own.
    static func words(for schema: TableSchema) -> [String] {
        guard let place = schema.index(of: "place"), schema.columns[place].isKey else { return [] }
        return words.filter { schema.index(of: $0) == nil }
    }

    /// - Returns: `nil` where `name` is a key column, or there is no gazetteer to ask.
    /// - Throws: ``CheckError`` where the gazetteer has no such place or level, or the latest of places is asked for.
    init?(
        _ name: String,
        _ selector: CheckRule.Selector,
        of rule: CheckRule,
        in table: Table,
        _ gazetteer: Gazetteer?
    ) throws(CheckError) {
        guard let gazetteer, Self.words(for: table.schema).contains(name), let column = table.schema.index(of: "place")
        else { return nil }
        let wanted: [String]
        switch selector {
        case .value(let value): wanted = [value]
        case .anyOf(let values): wanted = values
        case .latest:
            throw CheckError(rule, "latest of words", expected: "a column of years or other numbers", found: name)
        }
        var codes: Set<String> = []
        for word in wanted {
            let admitted = gazetteer.places.filter { Self.admits(word, as: name, $0, of: gazetteer) }
            guard !admitted.isEmpty else {
                let known = Self.known(as: name, in: gazetteer)
                throw CheckError(
                    rule,
                    "no such \(name)",
                    expected: "the code or name of a \(name) in the gazetteer",
                    found: word,
                    hint: hint(for: word, among: known)
                )
            }
            codes.formUnion(admitted.map(\.code))
        }
        self.column = column
        self.codes = codes
    }

    func admits(row: Int, of table: Table) -> Bool {
        codes.contains(table[row, column].text)
    }

    private static func admits(_ word: String, as name: String, _ place: Place, of gazetteer: Gazetteer) -> Bool {
        switch name {
        case "country": return place.country == word || gazetteer[place.country]?.isCalled(word) == true
        case "province": return place.level == .province && place.isCalled(word)
        case "level": return place.level.rawValue == word
        default:
            if place.region == word { return true }
            // A gazetteer that makes a place its own ancestor ends here too.
            var (current, steps) = (Optional(place), 0)
            while let place = current, steps < 16 {
                if place.level == .region, place.isCalled(word) { return true }
                current = place.parent.flatMap { gazetteer[$0] }
                steps += 1
            }
            return false
        }
    }

    /// The words of the gazetteer that may have been meant.
    private static func known(as name: String, in gazetteer: Gazetteer) -> [String] {
        switch name {
        case "level": Set(gazetteer.places.map(\.level.rawValue)).sorted()
        case "region":
            Set(gazetteer.places.map(\.region)).sorted()
                + gazetteer.places.filter { $0.level == .region }.flatMap(\.words)
        default: gazetteer.places.filter { $0.level.rawValue == name }.flatMap(\.words)
        }
    }
}

extension Place {
    fileprivate var words: [String] { [code, names.english, names.thai, names.lao].filter { !$0.isEmpty } }

    fileprivate func isCalled(_ word: String) -> Bool { words.contains(word) }
}
