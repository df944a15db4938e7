internal import Harmonise
package import Indicators
internal import Ingest
internal import Shipped

/// Which place each name of a file means.
package struct NameMatching: Sendable {
    /// One distinct name of the file, with the code beside it.
    package struct Row: Sendable {
        package enum Outcome: String, Sendable {
            case matched
            case setAside = "set aside"
            case ambiguous, unmatched
        }

        package var name: String
        /// The code beside the name, empty where the file has no column of codes.
        package var code: String
        /// How often the name stands in the file.
        package var count: Int
        /// The line on which it stands first.
        package var line: Int
        package var outcome: Outcome
        /// The place that it means, `nil` unless it is matched.
        package var place: Place?
        /// In words: how it matched, or why it did not.
        package var reason: String
        /// Lines for the alias file, the nearest place first; empty where nothing is near.
        package var aliasLines: [String]
    }

    package var file: String
    /// What the names stand under: a header, `column 2`, or `the header` where places stand across.
    package var column: String
    /// In the order of the file.
    package var rows: [Row]
}

/// Finds the column of place names in a file and what each name in it means.
///
/// The column is the one whose distinct texts name the most places; of two alike, the one that names them by words
/// rather than by codes, then the first. A column of codes is taken as what stands beside the names.
///
/// - Parameters:
///   - path: Any delimited text file.
///   - column: The header of the column of names; `nil` to find it.
///   - pipeline: A pipeline file whose gazetteer, names and aliases are to be used; `nil` for those in the binary.
/// - Returns: A row for each distinct name, in the order of the file.
/// - Throws: ``RunFailure`` where the file cannot be read or no column of it names a place.
package func matchNames(
    in path: String,
    column: String? = nil,
    pipeline: String? = nil
) throws(RunFailure) -> NameMatching {
    let names = try PlaceNames.of(pipeline)
    let table: TextTable
    do {
        table = try readTextTable(path: path, file: path, isLenient: true)
    } catch {
        throw RunFailure(Problem(error))
    }
    let columns = NamedColumn.all(of: table, names)
    let chosen: NamedColumn
    if let column {
        guard let named = columns.first(where: { $0.title == column }) else {
            throw RunFailure(
                Problem(
                    file: path,
                    problem: "no column \(Printable.quoted(column))",
                    expected: "one of its headers",
                    found: table.header.map { Printable.quoted($0) }.joined(separator: ", "),
                    hint: Indicators.hint(for: column, among: table.header)
                )
            )
        }
        chosen = named
    } else {
        guard let best = columns.max(by: { $0.isWorse(than: $1) }), best.placeCount > 0 else {
            throw RunFailure(
                Problem(
                    file: path,
                    problem: "no column of place names",
                    expected: "a column in which some texts name places of the gazetteer",
                    found: "columns " + table.header.map { Printable.quoted($0) }.joined(separator: ", "),
                    hint: "name it with --column"
                )
            )
        }
        chosen = best
    }
    let others = columns.filter { $0.position != chosen.position && $0.position >= 0 }
    let codes = others.filter(\.isOfCodes).max { $0.isWorse(than: $1) }
    let countries = others.filter(\.isOfCountries).max { $0.isWorse(than: $1) }
    return NameMatching(
        file: path,
        column: chosen.title,
        rows: chosen.rows(codes: codes, countries: countries, names)
    )
}

/// A column of a file, or its header, with how many places its texts name.
private struct NamedColumn {
    struct Cell {
        var text: String
        var record: Int
        var line: Int
    }

    var position: Int
    var title: String
    var cells: [Cell]
    var placeCount = 0
    var codeCount = 0
    var countryCount = 0

    /// More distinct texts than this tell nothing new of what a column holds.
    private static let sampleSize = 400

    var isOfCodes: Bool { placeCount > 0 && codeCount * 2 > placeCount && !isOfCountries }
    /// Whether all places that it names are countries.
    var isOfCountries: Bool { placeCount > 0 && countryCount == placeCount }

    static func all(of table: TextTable, _ names: PlaceNames) -> [NamedColumn] {
        let header = table.header.map { Cell(text: $0, record: 0, line: 1) }
        var columns = [NamedColumn(-1, "the header", header, names)]
        for (position, title) in table.header.enumerated() {
            let cells = table.rows.map { Cell(text: $0.fields[position], record: $0.record, line: $0.line) }
            // A file without a header has its first name where the header would be.
            let isName = NamedColumn(position, "", [Cell(text: title, record: 0, line: 1)], names).placeCount > 0
            let all = isName ? [Cell(text: title, record: 0, line: 1)] + cells : cells
            columns.append(NamedColumn(position, title.isEmpty ? "column \(position + 1)" : title, all, names))
        }
        return columns
    }

    private init(_ position: Int, _ title: String, _ cells: [Cell], _ names: PlaceNames) {
        self.position = position
        self.title = title
        self.cells = cells
        var seen: Set<String> = []
        for cell in cells where cell.text.contains(where: \.isLetter) && seen.insert(cell.text).inserted {
            guard seen.count <= Self.sampleSize else { break }
            switch names.match(cell.text, seeksNearest: false) {
            case .place(let code, let how):
                placeCount += 1
                if how == .code { codeCount += 1 }
                if names.gazetteer[code]?.level == .country { countryCount += 1 }
            case .ambiguous, .codeOutOfTime: placeCount += 1
            case .setAside, .unknown, .contradictory, .garbled: break
            }
        }
    }

    func isWorse(than other: NamedColumn) -> Bool {
        if placeCount != other.placeCount { return placeCount < other.placeCount }
        if codeCount != other.codeCount { return codeCount > other.codeCount }
        return position > other.position
    }

    /// One row for each distinct name, with the code and the country that stand beside it in its record.
    func rows(codes: NamedColumn?, countries: NamedColumn?, _ names: PlaceNames) -> [NameMatching.Row] {
        func byRecord(_ column: NamedColumn?) -> [Int: String] {
            Dictionary((column?.cells ?? []).map { ($0.record, $0.text) }) { first, _ in first }
        }
        let codes = byRecord(codes)
        let countries = byRecord(countries)
        let pairs = cells.map { (name: $0.text, code: codes[$0.record] ?? "", country: countries[$0.record] ?? "") }
        let context = names.context(of: pairs)
        var rows: [NameMatching.Row] = []
        var positions: [[String]: Int] = [:]
        for (cell, pair) in zip(cells, pairs) where !(cell.text.isEmpty && pair.code.isEmpty) {
            let key = [pair.name, pair.code, pair.country]
            if let position = positions[key] {
                rows[position].count += 1
                continue
            }
            positions[key] = rows.count
            let match = names.match(pair.name, code: pair.code, country: pair.country, within: context)
            rows.append(NameMatching.Row(pair.name, code: pair.code, line: cell.line, match, names))
        }
        return rows
    }
}

extension NameMatching.Row {
    fileprivate init(_ name: String, code: String, line: Int, _ match: PlaceMatch, _ names: PlaceNames) {
        self.init(
            name: name,
            code: code,
            count: 1,
            line: line,
            outcome: .unmatched,
            place: nil,
            reason: "",
            aliasLines: []
        )
        func lines(_ codes: [String]) -> [String] { codes.map { names.aliasLine(for: name, code: $0) } }
        switch match {
        case .place(let code, let how):
            outcome = .matched
            place = names.gazetteer[code]
            reason = how.words
        case .setAside:
            outcome = .setAside
            reason = "a total, or an area that is no place of the gazetteer"
        case .ambiguous(let codes):
            outcome = .ambiguous
            reason = "may mean " + codes.joined(separator: " or ")
            aliasLines = lines(codes)
        case .unknown(let candidates):
            reason =
                candidates.isEmpty
                ? "nothing is near"
                : "nearest " + candidates.map { "\($0.name) (\($0.code))" }.joined(separator: ", ")
            aliasLines = lines(candidates.map(\.code))
        case .contradictory(let byName, let byCode):
            reason = "the name means \(byName.joined(separator: " or ")), the code \(byCode.joined(separator: " or "))"
        case .codeOutOfTime(let place):
            reason = "the code belonged to \(place) only at another time"
        case .garbled:
            reason = "holds U+FFFD: the file was read or written in the wrong encoding"
        }
    }
}

extension PlaceMatch.How {
    /// As words that finish "matched ...".
    fileprivate var words: String {
        switch self {
        case .spelling: "as spelt"
        case .folding: "after folding case, marks and spaces"
        case .word: "by the word for its kind"
        case .alias: "by the alias file"
        case .code: "by code"
        case .nameAndCode: "by name and code together"
        case .context(let reason): reason
        case .nameAgainstCode(let codes): "by name, against the code of \(codes.joined(separator: " or "))"
        case .country: "by the country of its row"
        }
    }
}

extension PlaceNames {
    /// The names of a pipeline's gazetteer, or those that travel inside the binary.
    fileprivate static func of(_ pipeline: String?) throws(RunFailure) -> PlaceNames {
        if let pipeline {
            return try Inputs.places(of: PipelineFile.read(pipeline, confinement: nil)).names
        }
        do {
            let places = try readTextTable(bytes: Shipped.places.bytes, file: Shipped.places.file)
            let changes = try readTextTable(bytes: Shipped.changes.bytes, file: Shipped.changes.file)
            let names = try readTextTable(bytes: Shipped.names.bytes, file: Shipped.names.file)
            return try PlaceNames(gazetteer: makeGazetteer(places: places, changes: changes).0, names: names)
        } catch let error as IngestError {
            throw RunFailure(Problem(error))
        } catch let error as HarmoniseError {
            throw RunFailure(Problem(error))
        } catch {
            throw RunFailure(Problem(file: Shipped.places.file, problem: "\(error)"))
        }
    }
}
