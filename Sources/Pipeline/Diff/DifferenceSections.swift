internal import Indicators
internal import Publish

extension RunDifference {
    /// A part of the difference for people: what it is about, a table, and how much of it is not shown.
    package struct Section: Sendable {
        package var title: String
        package var header: [String]
        package var rows: [[String]]
        /// How many rows there are more.
        package var left: Int

        init(_ title: String, _ header: [String], _ rows: [[String]], limit: Int) {
            self.title = title
            self.header = header
            self.rows = Array(rows.prefix(limit))
            left = max(0, rows.count - limit)
        }
    }

    /// What a person wants to know.
    ///
    /// - Parameter limit: The most rows of a section.
    /// - Returns: The sections that have something in them, in each the greatest first.
    package func sections(limit: Int) -> [Section] {
        [
            runsSection, inputsSection(limit), observationsSection(limit), revisionsSection(limit),
            movesSection("Ranks that moved", moves.filter { $0.isRank && $0.split != nil }, limit) {
                abs($0.split?.change ?? 0)
            },
            movesSection("Metrics that moved", moves.filter { !$0.isRank && $0.split != nil }, limit, by: \.size),
            presenceSection(limit), verdictsSection(limit), wordsSection(limit),
        ]
        .filter { !$0.rows.isEmpty }
    }

    /// The CSV of a part.
    package func csv(_ part: Part) -> [UInt8] {
        Publish.csv(table(part))
    }

    private var runsSection: Section {
        let table = table(.runs)
        let always = ["run", "pipeline", "as_of", "tool", "engine", "ended", "verdict"]
        let rows = (0..<table.rowCount).compactMap { row -> [String]? in
            let what = table[row, "what"].text
            let isShown = always.contains(what) || what.hasPrefix("section ")
            guard isShown else { return nil }
            func words(_ column: String) -> String {
                let text = table[row, column].text
                return what.hasPrefix("section ") ? String(text.prefix(12)) : text
            }
            return [what, words("old"), words("new")]
        }
        return Section("Runs", ["", "old", "new"], rows, limit: .max)
    }

    private func inputsSection(_ limit: Int) -> Section {
        let table = table(.inputs)
        let rows = (0..<table.rowCount).map { row in
            func pair(_ id: String) -> String {
                let (old, new) = (table[row, id + "_old"].text, table[row, id + "_new"].text)
                return old == new ? old : "\(old.isEmpty ? "-" : old) > \(new.isEmpty ? "-" : new)"
            }
            func hash(_ run: String) -> String { String(table[row, "sha256_" + run].text.prefix(8)) }
            let hashes = [hash("old"), hash("new")].map { $0.isEmpty ? "-" : $0 }.joined(separator: " > ")
            return [
                table[row, "path"].text, table[row, "change"].text, pair("bytes"), pair("read"), pair("used"), hashes,
            ]
        }
        return Section("Inputs that changed", ["file", "", "bytes", "read", "used", "sha256"], rows, limit: limit)
    }

    private func observationsSection(_ limit: Int) -> Section {
        let table = table(.indicators)
        let columns = [
            "values_old", "values_new", "revised", "remarked", "added", "dropped", "revised_percent", "changed_percent",
        ]
        let changed = (0..<table.rowCount).filter { row in
            ["revised", "remarked", "added", "dropped"].contains { table[row, $0].numeric != 0 }
        }
        let sorted = changed.sorted {
            (table[$0, "changed_percent"].numeric ?? 0) > (table[$1, "changed_percent"].numeric ?? 0)
        }
        let rows = sorted.map { row in
            [table[row, "indicator"].text] + columns.map { Self.short(table[row, $0].numeric) }
        }
        return Section(
            "Observations that changed",
            ["indicator", "old", "new", "revised", "remarked", "added", "dropped", "revised %", "changed %"],
            rows,
            limit: limit
        )
    }

    private func revisionsSection(_ limit: Int) -> Section {
        let revised = changes.filter { $0.kind == .revised }
        func size(_ change: ObservationChanges.Change) -> Double { abs(change.percent ?? .infinity) }
        let rows = revised.stableSorted(by: size).map { change in
            let key = change.key
            return [
                "\(key.indicator), \(key.place), \(key.year)" + (key.group == Group.total ? "" : ", \(key.group)"),
                Self.short(change.old?.value), Self.short(change.new?.value), Self.signed(change.difference),
                change.percent.map { Self.signed($0) + "%" } ?? "-",
            ]
        }
        return Section("Largest revisions", ["cell", "old", "new", "change", ""], rows, limit: limit)
    }

    private func movesSection(
        _ title: String,
        _ moves: [Move],
        _ limit: Int,
        by size: (Move) -> Double
    ) -> Section {
        let rows = moves.stableSorted(by: size).map { move in
            let split = move.split
            return [
                move.metric, move.rowWords, Self.short(move.old.numeric),
                Self.short(move.new.numeric),
                Self.signed(split?.change), Self.signed(split?.revisedData), Self.signed(split?.newData),
                Self.signed(split?.method), Self.signed(split?.interaction), split?.interactionWords ?? "",
            ]
        }
        return Section(
            title,
            ["metric", "row", "old", "new", "change", "revised data", "new data", "method", "interaction", ""],
            rows,
            limit: limit
        )
    }

    /// By column, how many numbers only one run has.
    private func presenceSection(_ limit: Int) -> Section {
        struct Line: Hashable {
            var column: String
            var kind: String
            var cause: String
        }
        var counts: [Line: Int] = [:]
        for move in moves where move.column.type != .text && move.kind != .moved {
            let line = Line(column: move.metric, kind: move.kind.rawValue, cause: move.cause)
            counts[line, default: 0] += 1
        }
        let rows = counts.sorted { left, right in
            if left.value != right.value { return left.value > right.value }
            let (one, other) = (left.key, right.key)
            return (one.column, one.kind, one.cause) < (other.column, other.kind, other.cause)
        }
        .map { [$0.key.column, $0.key.kind, String($0.value), $0.key.cause] }
        return Section("Numbers that appeared or vanished", ["column", "", "cells", "because of"], rows, limit: limit)
    }

    private func verdictsSection(_ limit: Int) -> Section {
        let rows = moves.filter { $0.column.id == "verdict" }.map { move in
            [
                move.rowWords, move.old.text.isEmpty ? "-" : move.old.text, move.new.text.isEmpty ? "-" : move.new.text,
                move.cause,
            ]
        }
        return Section("Verdicts that moved", ["check", "old", "new", "because of"], rows, limit: limit)
    }

    /// Words other than verdicts; messages and selections only repeat what stands above.
    private func wordsSection(_ limit: Int) -> Section {
        let words = moves.filter { $0.column.type == .text && $0.table != "checks" }
        let rows = words.map { [$0.metric, $0.rowWords, $0.old.text, $0.new.text, $0.cause] }
        return Section("Words that changed", ["metric", "row", "old", "new", "because of"], rows, limit: limit)
    }

    // MARK: - Numbers for people

    /// Six significant digits; `-` where there is no number.
    static func short(_ number: Double?) -> String {
        guard let number else { return "-" }
        let size = abs(number)
        guard size >= 1e-4, size < 1e15 else { return Cell.format(number) }
        var digits = 6
        var bound = 1.0
        while size >= bound, digits > 0 {
            bound *= 10
            digits -= 1
        }
        while size * 10 < bound, digits < 12 {
            bound /= 10
            digits += 1
        }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        return Cell.format((number * scale).rounded() / scale)
    }

    private static func signed(_ number: Double?) -> String {
        guard let number else { return "-" }
        return number > 0 ? "+" + short(number) : short(number)
    }
}

extension Move {
    /// `TABLE.column`.
    var metric: String { "\(table).\(column.id)" }

    /// What stands in the key of its row; CSV has the whole address.
    var rowWords: String {
        var words: [String] = []
        for part in RowKey(row).parts where !part.value.isEmpty {
            // Of a verdict the cell that was judged, itself a key.
            let isKey = part.column == "selection"
            words += isKey ? RowKey(part.value).parts.map(\.value).filter { !$0.isEmpty } : [part.value]
        }
        return words.joined(separator: ", ")
    }
}

extension Split {
    /// Between which changes the greater part of the interaction is; empty where there is none.
    var interactionWords: String {
        guard let interaction, interaction != 0 else { return "" }
        let parts: [(words: String, size: Double)] = [
            ("revised x new", revisedAndNew ?? 0), ("revised x method", revisedAndMethod ?? 0),
            ("new x method", newAndMethod ?? 0), ("all three", allThree ?? 0),
        ]
        guard let greatest = parts.max(by: { abs($0.size) < abs($1.size) }), greatest.size != 0 else { return "" }
        return "(\(greatest.words))"
    }
}

extension Array {
    /// The greatest first, those of one size as they stood.
    fileprivate func stableSorted(by size: (Element) -> Double) -> [Element] {
        let sizes = map(size)
        return indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }.map { self[$0] }
    }
}
