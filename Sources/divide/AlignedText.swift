internal import Pipeline

/// Rows of text whose columns line up on a terminal, Thai and Lao too.
struct AlignedText {
    private var rows: [[String]] = []
    /// The columns whose texts end, rather than begin, at one place: those of numbers.
    private let endAligned: Set<Int>

    init(endAligned: Set<Int> = []) {
        self.endAligned = endAligned
    }

    /// Adds a row; control characters in it are escaped.
    mutating func append(_ row: [String]) {
        rows.append(row.map { Printable.escaped($0) })
    }

    /// The rows within so many cells: the texts of one column are cut where they would be wider.
    ///
    /// - Parameters:
    ///   - width: `nil` where any is right.
    ///   - column: The one that may be cut.
    ///   - least: The fewest cells that may be left of it.
    /// - Returns: `nil` where that is not enough.
    func lines(within width: Int?, shrinking column: Int, to least: Int) -> [String]? {
        let natural = lines
        guard let width, let widest = natural.map(Self.width).max(), widest > width else { return natural }
        let own = rows.map { $0.indices.contains(column) ? Self.width($0[column]) : 0 }.max() ?? 0
        let room = own - (widest - width)
        guard room >= least else { return nil }
        var cut = self
        for row in rows.indices where rows[row].indices.contains(column) {
            cut.rows[row][column] = Self.shortened(rows[row][column], to: room)
        }
        return cut.lines
    }

    /// The rows, two spaces between columns, nothing behind the last.
    var lines: [String] {
        let columnCount = rows.map(\.count).max() ?? 0
        let widths = (0..<columnCount).map { column in
            rows.map { $0.indices.contains(column) ? Self.width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            let count = (row.lastIndex { !$0.isEmpty } ?? -1) + 1
            var line = ""
            for column in 0..<count {
                let space = String(repeating: " ", count: widths[column] - Self.width(row[column]))
                line += endAligned.contains(column) ? space + row[column] : row[column]
                guard column < count - 1 else { break }
                line += endAligned.contains(column) ? "  " : space + "  "
            }
            return line
        }
    }

    /// The text cut to so many cells of a terminal, the last an ellipsis where something is left out.
    static func shortened(_ text: String, to width: Int) -> String {
        guard self.width(text) > width else { return text }
        var shown = ""
        var used = 1
        // A letter stays with its marks.
        for character in text {
            used += self.width(String(character))
            guard used <= width else { break }
            shown.append(character)
        }
        return shown + "…"
    }

    /// How many cells of a terminal a text takes: none for combining marks, two for wide characters, else one.
    static func width(_ text: String) -> Int {
        // Nearly all cells are plain ASCII, whose properties need not be looked up: half of what a table of 10,000 rows took.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: 0
        default:
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
                0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
                0x20000...0x3FFFD:
                2
            default: 1
            }
        }
    }
}
