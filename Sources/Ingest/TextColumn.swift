import CSVStream
import Indicators

/// One column whose texts repeat: places, years, groups. Each distinct text is made once.
struct TextColumn {
    let field: Int
    private let fillsDown: Bool
    private let footnotes: NumberReader
    private let headings: [String]
    private var pool = TextPool()
    /// By position in the pool.
    private var entries: [Entry] = []
    private var above: Int?

    /// A text and its position among the distinct ones of the column; the position is -1 for a blank cell.
    struct Entry {
        var index: Int
        var text: String
        /// Whether the text holds U+FFFD, which stands for a character that someone lost.
        var isDamaged: Bool
        /// Whether it is one of the headings of the column.
        var isHeading: Bool

        static let blank = Entry(index: -1, text: "", isDamaged: false, isHeading: false)
    }

    /// `headings` are the texts above the column, where it matters that they may come again in its cells.
    init(field: Int, fillsDown: Bool, footnotes: NumberReader, headings: [String] = []) {
        self.field = field
        self.fillsDown = fillsDown
        self.footnotes = footnotes
        self.headings = headings
    }

    /// The text of the column in `row`, without spaces around it and footnote marks behind it.
    mutating func read(_ row: borrowing CSVRow) -> Entry {
        let index = row.withBytes(at: field) { cell -> Int? in self.index(of: cell) }
        guard let index = index ?? (fillsDown ? above : nil) else { return .blank }
        above = index
        return entries[index]
    }

    private mutating func index(of cell: RawSpan) -> Int? {
        let range = cell.trimmedRange()
        guard !range.isEmpty else { return nil }
        let (index, isNew) = pool.position(of: cell, in: range)
        if isNew {
            let text = cell.text(in: footnotes.strippingFootnotes(cell, range))
            entries.append(
                Entry(
                    index: index,
                    text: text,
                    isDamaged: text.unicodeScalars.contains("\u{FFFD}"),
                    isHeading: headings.contains { Spelling.areEquivalent($0, text) }
                )
            )
        }
        return index
    }
}

/// A text column whose texts stand for ids.
struct ClassColumn {
    enum Meaning: Hashable {
        case id(String)
        case unwanted
    }

    /// The text of a cell and what it means; `nil` where the cell is blank and that means nothing.
    struct Reading {
        var entry: TextColumn.Entry
        var meaning: Meaning?
    }

    private(set) var column: TextColumn
    private let meanings: [String: String]
    private var known: [Meaning] = []

    init(_ column: TextColumn, meanings: [String: String]) {
        self.column = column
        self.meanings = meanings
    }

    mutating func read(_ row: borrowing CSVRow) -> Reading {
        let entry = column.read(row)
        guard entry.index >= 0 else { return Reading(entry: entry, meaning: meanings[""].map(Meaning.id)) }
        if entry.index == known.count {
            let id = meanings.isEmpty ? entry.text : meanings[entry.text]
            known.append(id.map(Meaning.id) ?? .unwanted)
        }
        return Reading(entry: entry, meaning: known[entry.index])
    }
}
