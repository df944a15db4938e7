package import Indicators

/// Every spelling and code by which the places of a gazetteer are known.
///
/// A name matches only what it equals after folding; a near match is never taken by itself. Names that differ only in
/// the word for the kind of place (*Vientiane Province*, *Vientiane Capital*) make the bare name ambiguous, whatever
/// the list of names says of it.
package struct PlaceNames: Sendable {
    package let gazetteer: Gazetteer
    /// Rows of the names and alias files that cannot be used.
    package private(set) var findings: [Finding] = []
    /// The code that stands for a total or an area that is no place of the gazetteer.
    package static let setAsideCode = "*"

    var index = NameIndex()
    var aliases = NameIndex()
    let codes: PlaceCodes
    /// The positions of the codes among the places of the gazetteer.
    private let positions: [String: Int]
    /// By position among the places of the gazetteer: whether the place is of the finest level of its country.
    let isFinest: [Bool]
    /// Of all spellings: to be asked only once these are complete.
    private let names = KnownNames()

    /// Reads the names of the places of `gazetteer`, which are known too.
    ///
    /// - Parameters:
    ///   - gazetteer: The places that names may mean.
    ///   - names: `name,code,language` and, optionally, `valid_from,valid_to` (years or dates).
    ///   - aliases: The user's own, of the same columns; where one matches, the gazetteer's names are not asked.
    /// - Throws: ``HarmoniseError/missingColumn(file:column:header:)`` for a table without `name` or `code`.
    package init(gazetteer: Gazetteer, names: TextTable?, aliases: [TextTable] = []) throws(HarmoniseError) {
        self.gazetteer = gazetteer
        codes = PlaceCodes(gazetteer)
        positions = Dictionary(uniqueKeysWithValues: zip(gazetteer.places.lazy.map(\.code), gazetteer.places.indices))
        isFinest = gazetteer.places.map { gazetteer.finestLevel(in: $0.country) == $0.level }
        index.reserveCapacity((1 + Language.allCases.count) * gazetteer.places.count + (names?.rows.count ?? 0))
        var scalars = FoldedScalars()
        for place in gazetteer.places {
            let code = place.code
            index.add(code, folded: NameFolding.fold(code, in: &scalars), code: code, isAbbreviation: true)
            for language in Language.allCases {
                let name = place.names[language]
                index.add(name, folded: NameFolding.fold(name, in: &scalars), code: code)
            }
        }
        for word in Self.totals {
            index.add(word, folded: NameFolding.fold(word, in: &scalars), code: Self.setAsideCode)
        }
        if let names { try read(names, into: \.index) }
        for table in aliases { try read(table, into: \.aliases) }
    }

    private mutating func read(
        _ table: TextTable,
        into target: WritableKeyPath<PlaceNames, NameIndex>
    ) throws(HarmoniseError) {
        let nameColumn = try table.position(of: "name")
        let codeColumn = try table.position(of: "code")
        let language = table.column("language")
        let from = table.column("valid_from")
        let until = table.column("valid_to")
        // The names of a place stand together.
        var lastCode = LastText<Bool>()
        var scalars = FoldedScalars()
        for row in table.rows {
            let name = row.fields[nameColumn]
            let code = row.fields[codeColumn]
            let isKnown = lastCode.meaning(of: code) ?? (code == Self.setAsideCode || positions[code] != nil)
            lastCode = LastText(code, isKnown)
            guard isKnown else {
                findings.append(
                    row.finding(
                        "alias-unknown-code",
                        in: table,
                        column: "code",
                        found: code,
                        expected: "a code of the gazetteer, or *"
                    )
                )
                continue
            }
            let folded = NameFolding.fold(name, in: &scalars)
            guard !folded.isEmpty, !NameFolding.isGarbled(name, folded) else {
                findings.append(
                    row.finding(
                        "alias-without-name",
                        in: table,
                        column: "name",
                        found: name,
                        expected: "the name of a place"
                    )
                )
                continue
            }
            guard let years = Self.years(from: row.field(from), until: row.field(until)) else {
                findings.append(
                    row.finding(
                        "alias-bad-validity",
                        in: table,
                        column: "valid_from",
                        found: "\(row.field(from))..\(row.field(until))",
                        expected: "years or dates, the first not after the last"
                    )
                )
                continue
            }
            self[keyPath: target].add(
                name,
                folded: folded,
                code: code,
                years: years == Int.min...Int.max ? nil : years,
                isAbbreviation: Self.isAbbreviation(row.field(language))
            )
        }
    }

    /// `2011` or `2011-03-23` at either end; all years where both are empty, `nil` where they make no sense.
    private static func years(from: String, until: String) -> ClosedRange<Int>? {
        func year(_ text: String, default other: Int) -> Int? {
            if text.isEmpty { return other }
            if let date = CalendarDate(text) { return date.year }
            return text.utf8.count == 4 ? Int(text) : nil
        }
        guard let first = year(from, default: .min), let last = year(until, default: .max), first <= last else {
            return nil
        }
        return first...last
    }

    /// Whether the tag of a language says that the name is short: `th-abbr`.
    private static func isAbbreviation(_ language: String) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard language.utf8.contains(hyphen) else { return false }
        return language.utf8.split(separator: hyphen).dropFirst().contains { $0.starts(with: "abbr".utf8) }
    }

    /// The position of a code among the places of the gazetteer, `nil` where it is none of them.
    func position(of code: String) -> Int? {
        positions[code]
    }

    /// What there is to know of a name by itself.
    func known(_ name: String) -> KnownName {
        names.known(name) {
            let folded = NameFolding.fold(name)
            return KnownName(
                folded: folded,
                isGarbled: NameFolding.isGarbled(name, folded),
                isTimeless: index.isTimeless(folded) && aliases.isTimeless(folded) && codes.isTimeless(name),
                found: lookUp(name, folded, year: nil)
            )
        }
    }

    /// Words for a total in the languages of the project, known whatever the names file holds.
    static let totals = [
        "Total", "Grand total", "All", "Sum", "รวม", "รวมทั้งหมด", "รวมทั้งสิ้น", "ยอดรวม", "ລວມ", "ລວມທັງໝົດ", "ລວມທັງຫມົດ",
    ]
    private static let totalKeys = Set(totals.map { NameFolding.fold($0).full.text })

    /// Whether a name that is set aside is a word for the total of what stands in the file.
    func isTotal(_ name: String) -> Bool {
        Self.totalKeys.contains(known(name).folded.full.text)
    }
}

extension TextTable {
    /// The position of a column that must be there.
    func position(of name: String) throws(HarmoniseError) -> Int {
        guard let position = column(name) else {
            throw .missingColumn(file: file, column: name, header: header)
        }
        return position
    }
}

extension TextTable.Row {
    /// The text in a column that may be absent.
    func field(_ column: Int?) -> String {
        column.map { fields[$0] } ?? ""
    }

    func finding(
        _ code: String,
        severity: Finding.Severity = .warning,
        in table: TextTable,
        column: String,
        found: String,
        expected: String,
        hint: String = ""
    ) -> Finding {
        Finding(
            code: code,
            severity: severity,
            file: table.file,
            record: record,
            line: line,
            column: column,
            found: found,
            expected: expected,
            hint: hint
        )
    }
}
