import Indicators
import Workbook

extension BookWriter {
    /// One place in a ranking.
    private struct Ranked {
        var place: String
        var year: Int
        var value: Double
        var rank: Int
        var unit: String
        var flags: BookStyles.Flags
        var grade: String
    }

    /// The finest places of each country by each index and indicator, the best first, with a chart of what the sheet's
    /// filter shows.
    func writeRanked() throws(WorkbookWritingError) {
        let sheet = try begin(own.ranked, title: own.ranked, lead: word("lead.ranked"))
        let heads: [PlainSheet.Head] =
            [
                (word("column.indicator"), false), (word("column.rank"), true), (word("column.place"), false),
                (countryName(book.reference), true), (countryName(book.other), true), (word("column.year"), true),
                (word("head.unit"), false), (word("column.grade"), false), (word("column.country"), false),
                (word("head.id"), false),
            ].map { PlainSheet.Head(text: $0.0, isNumber: $0.1) }
        let rankings = indexRankings() + indicatorRankings()
        let titles = distinctTitles(rankings.map(\.id))
        var plain = PlainSheet(heads: heads, rows: [], chartRows: 22)
        for ranking in rankings {
            plain.rows += ranking.ranked.map { row(of: $0, ranking.id, titles[ranking.id] ?? ranking.id) }
        }
        // An index before an indicator, and of these the one that tells of most places.
        func weight(_ id: String, _ count: Int) -> (Int, Int) { (book.catalogue[id]?.basis == .context ? 0 : 1, count) }
        let first =
            rankings.first { $0.isIndex }
            ?? rankings.max { weight($0.id, $0.ranked.count) < weight($1.id, $1.ranked.count) }
        if let first { plain.filter = PlainSheet.Filter(column: 0, text: titles[first.id] ?? first.id) }
        if !plain.rows.isEmpty {
            let series = [(3, BookStyles.blue), (4, BookStyles.vermilion)].map { column, color in
                SheetChart.Series(
                    name: plain.head(own.ranked, column: column),
                    categories: plain.range(own.ranked, column: 2),
                    values: plain.range(own.ranked, column: column),
                    color: color
                )
            }
            var chart = SheetChart(kind: .column, title: word("chart.ranked"), series: series, width: 1500, height: 430)
            chart.isOverlaid = true
            sheet.insert(file.chart(chart), row: 2, column: 0)
        }
        plain.write(to: sheet, self)
        if isIllustrative { sheet.setTab(color: 0xE69F00) }
    }

    private func row(of ranked: Ranked, _ id: String, _ title: String) -> [PlainSheet.Item] {
        let country = book.gazetteer.country(of: ranked.place) ?? ""
        let value = PlainSheet.Item.number(ranked.value, NumberLook(unit: ranked.unit), ranked.flags)
        return [
            .text(title), .number(Double(ranked.rank), .count), .text(name(ofPlace: ranked.place) ?? ranked.place),
            country == book.other ? .none : value, country == book.other ? value : .none,
            .number(Double(ranked.year), .year), .text(words.text("unit", ranked.unit)[book.language]),
            .word(ranked.grade), .text(countryName(country)), .text(id),
        ]
    }

    /// The roots of the indices in their latest year, ranks as the table has them.
    private func indexRankings() -> [(id: String, ranked: [Ranked], isIndex: Bool)] {
        guard let table = book.summary.tables.first(where: { $0.schema.name == "index" }) else { return [] }
        let flags = RowFlags(table)
        var latest: [String: [Ranked]] = [:]
        for row in 0..<table.rowCount {
            guard table[row, "depth"] == .integer(0), table[row, "group"] == .text(Group.total),
                let rank = table[row, "rank"].numeric, let score = table[row, "score"].numeric,
                let year = table[row, "year"].numeric
            else { continue }
            let node = table[row, "node"].text
            if let known = latest[node]?.first, known.year > Int(year) { continue }
            if latest[node]?.first?.year != Int(year) { latest[node] = [] }
            latest[node]?.append(
                Ranked(
                    place: table[row, "place"].text,
                    year: Int(year),
                    value: score,
                    rank: Int(rank),
                    unit: book.catalogue.unit(of: node) ?? "",
                    flags: flags[row],
                    grade: table[row, "grade"].text
                )
            )
        }
        return latest.keys.sorted().map { node in
            (node, (latest[node] ?? []).sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }, true)
        }
    }

    /// The indicators with a direction, each country in its latest year; two places of one value have one rank.
    private func indicatorRankings() -> [(id: String, ranked: [Ranked], isIndex: Bool)] {
        guard let table = book.summary.tables.first(where: { $0.schema.name == "observations" }) else { return [] }
        let byIndicator = latestValues(table)
        return byIndicator.keys.sorted().compactMap { id in
            guard let direction = book.catalogue[id]?.direction, direction != .neutral,
                let places = byIndicator[id], places.count > 1
            else { return nil }
            var ranked = places.sorted { left, right in
                left.value != right.value
                    ? (left.value > right.value) == (direction == .higherIsBetter) : left.place < right.place
            }
            for index in ranked.indices {
                let isLevel = index > 0 && ranked[index].value == ranked[index - 1].value
                ranked[index].rank = isLevel ? ranked[index - 1].rank : index + 1
            }
            return (id, ranked, false)
        }
    }

    /// By indicator: of each country the values of its finest places in the latest year in which they have one.
    private func latestValues(_ table: Table) -> [String: [Ranked]] {
        let flags = RowFlags(table)
        let finest = FinestPlaces(table, book.gazetteer)
        var latest: [String: [String: [Ranked]]] = [:]
        for (row, country) in finest.rows {
            let (indicator, year) = (table[row, "indicator"].text, Int(table[row, "year"].numeric ?? 0))
            guard let value = table[row, "value"].numeric else { continue }
            let known = latest[indicator]?[country]?.first?.year ?? .min
            if known > year { continue }
            if known < year { latest[indicator, default: [:]][country] = [] }
            latest[indicator]?[country]?.append(
                Ranked(
                    place: table[row, "place"].text,
                    year: year,
                    value: value,
                    rank: 0,
                    unit: table[row, "unit"].text,
                    flags: flags[row],
                    grade: table[row, "grade"].text
                )
            )
        }
        return latest.mapValues { countries in countries.keys.sorted().flatMap { countries[$0] ?? [] } }
    }
}

/// The rows of everyone at the finest places below a country for which an indicator has values there.
private struct FinestPlaces {
    private(set) var rows: [(row: Int, country: String)] = []

    init(_ table: Table, _ gazetteer: Gazetteer) {
        guard case .texts(let groups, let groupNames) = cells(table, "group"),
            case .texts(let places, let placeNames) = cells(table, "place"),
            case .texts(let indicators, _) = cells(table, "indicator"),
            let total = groupNames.firstIndex(of: Group.total)
        else { return }
        let known = placeNames.map { (country: gazetteer.country(of: $0) ?? "", depth: Self.depth(of: $0, gazetteer)) }
        var deepest: [[String]: Int] = [:]
        var found: [(row: Int, key: [String], depth: Int)] = []
        for row in 0..<table.rowCount where groups[row] == UInt32(total) {
            let place = known[Int(places[row])]
            guard place.depth > 0 else { continue }
            let key = [String(indicators[row]), place.country]
            deepest[key] = max(deepest[key] ?? 0, place.depth)
            found.append((row, key, place.depth))
        }
        rows = found.filter { deepest[$0.key] == $0.depth }.map { ($0.row, $0.key[1]) }
    }

    private func cells(_ table: Table, _ id: String) -> ColumnCells? {
        table.schema.index(of: id).map { table.cells(ofColumn: $0) }
    }

    /// How many places stand above it.
    private static func depth(of code: String, _ gazetteer: Gazetteer) -> Int {
        var (depth, next) = (0, gazetteer[code]?.parent)
        while let above = next, depth < 64 {
            depth += 1
            next = gazetteer[above]?.parent
        }
        return depth
    }
}
