import Indicators

/// A record of the beginning of a file, its fields without the spaces around them.
struct SampleRecord {
    var record: Int
    var line: Int
    var fields: [String]

    var isBlank: Bool { firstNamed == nil }

    /// The first field that is not blank, counted from 0.
    var firstNamed: Int? { fields.firstIndex { !$0.isEmpty } }

    /// Whether a field is not blank other than that at `field`.
    func hasName(beside field: Int) -> Bool {
        fields.indices.contains { $0 != field && !fields[$0].isEmpty }
    }
}

/// The header of a table: one name a column, put together where the header has several rows.
struct Header {
    struct Column {
        /// The cells above the column from top to bottom, without blank ones.
        var parts: [String]
        /// The parts joined by ` / `, each repeated part once.
        var name: String
    }

    var columns: [Column]
    /// The last record that belongs to the header or stands above it; 0 where there is none.
    var lastRecord: Int
    var recordCount: Int
    /// The line on which the header begins; 0 where there is none.
    var line: Int
    /// The sheet of a workbook that it stands on, `nil` in a text.
    let sheet: String?

    /// How many columns there are up to the last that has a name.
    var namedCount: Int {
        (columns.lastIndex { !$0.name.isEmpty } ?? -1) + 1
    }

    /// A table without a header: columns have numbers only.
    init(columnCount: Int, recordsAbove: Int, sheet: String? = nil) {
        self.sheet = sheet
        columns = Array(repeating: Column(parts: [], name: ""), count: columnCount)
        lastRecord = recordsAbove
        recordCount = 0
        line = 0
    }

    /// The header that stands in `records`, at least one, from top to bottom.
    init(_ records: ArraySlice<SampleRecord>, footnotes: [String] = [], sheet: String? = nil) {
        self.sheet = sheet
        let rows = Self.spreadingMergedCells(records.map { $0.fields.map { headerText($0, footnotes: footnotes) } })
        columns = (0..<rows.reduce(0) { max($0, $1.count) }).map { field in
            var parts: [String] = []
            for row in rows where field < row.count && !row[field].isEmpty && row[field] != parts.last {
                parts.append(row[field])
            }
            return Column(parts: parts, name: parts.count == 1 ? parts[0] : parts.joined(separator: " / "))
        }
        lastRecord = records.last?.record ?? 0
        recordCount = records.count
        line = records.first?.line ?? 0
    }

    /// The name of the column at `field`, counted from 0, or its number where it has none; on a sheet with the column
    /// as spreadsheets name it: `ร้อยละ (Income!C)`.
    func label(_ field: Int) -> String {
        let name = field < columns.count ? columns[field].name : ""
        if let sheet { return Origin.label(name, column: field + 1, sheet: sheet) }
        return name.isEmpty ? String(field + 1) : name
    }

    /// In all rows but the last, gives a blank cell the text to its left, as a merged cell spans it; not across the
    /// border of a cell above.
    private static func spreadingMergedCells(_ rows: [[String]]) -> [[String]] {
        var spread = rows
        for row in rows.indices.dropLast() {
            for field in rows[row].indices.dropFirst() where rows[row][field].isEmpty {
                let isUnderBorder = rows[..<row].contains { field < $0.count && !$0[field].isEmpty }
                if !isUnderBorder { spread[row][field] = spread[row][field - 1] }
            }
        }
        return spread
    }
}

/// A header's text in one line: spaces around it and footnote marks removed, runs of spaces and line breaks made one.
func headerText(_ text: String, footnotes: [String]) -> String {
    if footnotes.isEmpty, isOneLine(text) { return text }
    var words: [Substring.UnicodeScalarView] = []
    var rest = text.unicodeScalars[...]
    while let start = rest.firstIndex(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }) {
        let end = rest[start...].firstIndex { $0.properties.isWhitespace } ?? rest.endIndex
        words.append(rest[start..<end])
        rest = rest[end...]
    }
    var joined = words.map { String($0) }.joined(separator: " ")
    while let mark = footnotes.first(where: { !$0.isEmpty && joined.count > $0.count && joined.hasSuffix($0) }) {
        joined = String(joined.dropLast(mark.count)).trimmed
    }
    return joined
}

/// Whether a text surely has no spaces but single ones between its words, which most headers can be seen to have at once.
private func isOneLine(_ text: String) -> Bool {
    var isAfterSpace = true
    for byte in text.utf8 {
        switch byte {
        case 0x20 where isAfterSpace: return false
        // Those that begin a space beyond ASCII, among others.
        case 0x00..<0x20, 0x7F, 0xC2, 0xE1...0xE3, 0xEF: return false
        default: isAfterSpace = byte == 0x20
        }
    }
    return !isAfterSpace
}

extension Header {
    /// What came of looking for a column.
    enum Resolution: Equatable {
        /// Counted from 0.
        case found(Int)
        case absent
        /// Several, counted from 0.
        case ambiguous([Int])
    }

    /// Looks for a column: by its whole name, then by a part of it, then without its unit in brackets.
    ///
    /// They are compared by canonical equivalence, so a decomposed header is found by a composed name.
    func resolve(_ column: ColumnName) -> Resolution {
        switch column {
        case .numbered(let number):
            return number >= 1 && number <= columns.count ? .found(number - 1) : .absent
        case .named(let text):
            let name = headerText(text, footnotes: [])
            guard !name.isEmpty else { return .absent }
            func isName(_ text: String) -> Bool { Spelling.areEquivalent(text, name) }
            return resolution { isName($0.name) }
                ?? resolution { $0.parts.contains(where: isName) }
                ?? resolution { isName(withoutUnit($0.name)) || $0.parts.contains { isName(withoutUnit($0)) } }
                ?? .absent
        }
    }

    /// What comes of the columns that match, `nil` where none does.
    private func resolution(_ matches: (Column) -> Bool) -> Resolution? {
        guard let first = columns.firstIndex(where: matches) else { return nil }
        let others = columns.indices[(first + 1)...].filter { matches(columns[$0]) }
        return others.isEmpty ? .found(first) : .ambiguous([first] + others)
    }
}

/// `ชาย (คน)` without `(คน)`.
private func withoutUnit(_ name: String) -> String {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("), open > name.startIndex else { return name }
    return String(name[..<open]).trimmed
}
