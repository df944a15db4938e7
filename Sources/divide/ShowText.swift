internal import Indicators
internal import Pipeline

/// What `divide show` prints for people, in their language: a table as wide as the terminal allows, or where it is too narrow for one, a
/// few lines for each indicator.
struct ShowText {
    private let showing: Showing
    private let language: Language
    /// Of the terminal, in cells; `nil` where there is none.
    private let width: Int?

    init(_ showing: Showing, _ language: Language, width: Int? = nil) {
        self.showing = showing
        self.language = language
        self.width = width
    }

    var lines: [String] {
        let sorted = showing.table.sortedByKey()
        let body: [String] =
            switch showing.question {
            case .ranking: ranking(sorted)
            case .profile: profile(sorted)
            case .sideBySide(let one, let two): sideBySide(sorted, one, two)
            }
        let warning = showing.isIllustrative ? [illustrativeNote] : []
        return title + [""] + body + (warning.isEmpty ? [] : [""] + warning)
    }

    /// The word of the grade stands there in every language: it is what the files say.
    private var illustrativeNote: String {
        let note = word("mark.illustrative")
        return language == .english ? "* illustrative: made up, not measured" : "* \(note) (illustrative)"
    }

    private var title: [String] {
        switch showing.question {
        case .ranking(let id):
            [
                "\(name(ofIndicator: id, cells: .max)), \(unit(showing.catalogue[id]?.unit ?? "")) (\(showing.pipeline))"
            ]
        case .profile(let place): ["\(name(ofPlace: place)), \(place) (\(showing.pipeline))"]
        case .sideBySide(let one, let two):
            ["A: \(name(ofPlace: one)), \(one)", "B: \(name(ofPlace: two)), \(two)", "(\(showing.pipeline))"]
        }
    }

    // MARK: The three answers

    /// By country and level, the best first.
    private func ranking(_ table: Table) -> [String] {
        let rows = (0..<table.rowCount).sorted { left, right in
            let (a, b) = (sortKey(table, left), sortKey(table, right))
            return a != b
                ? a.lexicographicallyPrecedes(b)
                : (table[left, "rank"].numeric ?? 0, left) < (table[right, "rank"].numeric ?? 0, right)
        }
        var text = AlignedText(endAligned: [0, 2, 3])
        text.append(["rank", "place", "year", "value"].map(heading))
        for row in rows {
            let rank = table[row, "level"].text == "country" ? "" : table[row, "rank"].text
            text.append([
                rank, name(ofPlace: table[row, "place"].text) + ", " + table[row, "country"].text,
                table[row, "year"].text, value(table, row),
            ])
        }
        return text.lines(within: width, shrinking: 1, to: 8) ?? text.lines
    }

    private func sortKey(_ table: Table, _ row: Int) -> [String] {
        [table[row, "country"].text, table[row, "level"].text]
    }

    private func profile(_ table: Table) -> [String] {
        var text = AlignedText(endAligned: [1, 2, 4])
        text.append(["indicator", "year", "value", "unit"].map(heading) + [word("show.rank-at-home")])
        for row in 0..<table.rowCount {
            text.append([
                name(ofIndicator: table[row, "indicator"].text), table[row, "year"].text, value(table, row),
                unit(table[row, "unit"].text), rank(table, row),
            ])
        }
        if let fitting = text.lines(within: width, shrinking: 0, to: Self.leastName) { return fitting }
        return blocks(table) { row, block in
            block.append(["", value(table, row), "(\(table[row, "year"].text))", rankInWords(table, row)])
            return ""
        }
    }

    private func sideBySide(_ table: Table, _ one: String, _ two: String) -> [String] {
        var text = AlignedText(endAligned: [1, 2, 3, 4, 5, 6])
        text.append([
            heading("indicator"), "A", heading("rank"), "B", heading("rank"), heading("gap"), word("show.distance"),
            heading("unit"),
        ])
        for row in 0..<table.rowCount {
            text.append(
                [
                    name(ofIndicator: table[row, "indicator"].text), figure(table, row, "_a"), rank(table, row, "_a"),
                    figure(table, row, "_b"), rank(table, row, "_b"), short(table[row, "gap"]), distance(table, row),
                    unit(table[row, "unit"].text),
                ]
            )
        }
        if let fitting = text.lines(within: width, shrinking: 0, to: Self.leastName) { return fitting }
        return blocks(table) { row, block in
            for (letter, suffix) in [("A", "_a"), ("B", "_b")] where table[row, "value" + suffix] != .missing {
                block.append(["", letter, figure(table, row, suffix), rankInWords(table, row, suffix)])
            }
            let gap = short(table[row, "gap"])
            let distance = distance(table, row)
            let parts = [
                gap.isEmpty ? "" : "\(heading("gap")) \(gap)",
                distance.isEmpty ? "" : "\(word("show.distance")) \(distance)",
            ].filter { !$0.isEmpty }
            return parts.isEmpty ? "" : "     " + parts.joined(separator: ", ")
        }
    }

    /// The fewest cells that a name may be cut to.
    private static let leastName = 20

    /// For each row the whole name of its indicator with the unit, beneath it what `fill` adds, and the line that it returns.
    private func blocks(_ table: Table, _ fill: (Int, inout AlignedText) -> String) -> [String] {
        (0..<table.rowCount).flatMap { row in
            var block = AlignedText()
            let last = fill(row, &block)
            let name = name(ofIndicator: table[row, "indicator"].text, cells: .max)
            let first = Printable.escaped("\(name), \(unit(table[row, "unit"].text))")
            return [AlignedText.shortened(first, to: width ?? .max)] + block.lines + (last.isEmpty ? [] : [last])
        }
    }

    // MARK: Parts of rows

    private func figure(_ table: Table, _ row: Int, _ suffix: String) -> String {
        let value = short(table[row, "value" + suffix])
        let mark = table[row, "grade"].text == Grade.illustrative.rawValue ? "*" : ""
        return value.isEmpty ? "" : "\(value)\(mark) (\(table[row, "year" + suffix].text))"
    }

    private func value(_ table: Table, _ row: Int) -> String {
        short(table[row, "value"]) + (table[row, "grade"].text == Grade.illustrative.rawValue ? "*" : "")
    }

    private func rank(_ table: Table, _ row: Int, _ suffix: String = "") -> String {
        let rank = table[row, "rank" + suffix].text
        return rank.isEmpty ? "" : "\(rank)/\(table[row, "of" + suffix].text)"
    }

    private func rankInWords(_ table: Table, _ row: Int, _ suffix: String = "") -> String {
        let rank = rank(table, row, suffix)
        return rank.isEmpty ? "" : "\(heading("rank")) \(rank)"
    }

    private func distance(_ table: Table, _ row: Int) -> String {
        table[row, "time_distance"].numeric.map { GapText.short(($0 * 10).rounded() / 10) } ?? ""
    }

    private func short(_ cell: Cell) -> String { cell.numeric.map(GapText.short) ?? "" }

    // MARK: Words

    private func word(_ key: String) -> String { showing.word(key)[language] }

    private func heading(_ column: String) -> String {
        let heading = word("column." + column)
        return language == .english ? heading.lowercased() : heading
    }

    private func unit(_ unit: String) -> String { showing.name(ofUnit: unit)[language] }

    /// Cut, so that a table of Thai or Lao names fits a page where there is no terminal.
    private func name(ofIndicator id: String, cells: Int = 34) -> String {
        let name = showing.catalogue[id]?.names[language] ?? ""
        return AlignedText.shortened(name.isEmpty ? id : name, to: cells)
    }

    private func name(ofPlace code: String) -> String {
        let name = showing.gazetteer[code]?.names[language] ?? ""
        return name.isEmpty ? code : name
    }
}
