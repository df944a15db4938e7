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
        guard let values = table.schema.index(of: "value"), let years = table.schema.index(of: "year") else {
            return [:]
        }
        let flags = RowFlags(table)
        let finest = FinestPlaces(table, book.gazetteer)
        var latest = Array(repeating: Double.nan, count: finest.groupCount)
        for (row, group) in finest.rows where table[row, values].numeric != nil {
            // The first year there is is no less than none.
            if let year = table[row, years].numeric, !(latest[group] >= year) { latest[group] = year }
        }
        var ranked = Array(repeating: [Ranked](), count: finest.groupCount)
        for (row, group) in finest.rows {
            guard let value = table[row, values].numeric, table[row, years].numeric == latest[group] else { continue }
            ranked[group].append(
                Ranked(
                    place: table[row, "place"].text,
                    year: Int(latest[group]),
                    value: value,
                    rank: 0,
                    unit: table[row, "unit"].text,
                    flags: flags[row],
                    grade: table[row, "grade"].text
                )
            )
        }
        // A country's groups come before those of the countries behind it.
        var byIndicator: [String: [Ranked]] = [:]
        for (group, places) in ranked.enumerated() where !places.isEmpty {
            byIndicator[finest.indicator(ofGroup: group), default: []] += places
        }
        return byIndicator
    }
}

/// The rows of everyone at the finest places below a country for which an indicator has values there, with the group of
/// indicator and country to which each belongs.
private struct FinestPlaces {
    private(set) var rows: [(row: Int, group: Int)] = []
    /// Groups are counted by country, in the order of their codes, and of these by indicator.
    private(set) var groupCount = 0
    private var indicators: [String] = []

    init(_ table: Table, _ gazetteer: Gazetteer) {
        guard case .texts(let groups, let groupNames) = cells(table, "group"),
            case .texts(let places, let placeNames) = cells(table, "place"),
            case .texts(let codes, let names) = cells(table, "indicator"),
            let total = groupNames.firstIndex(of: Group.total)
        else { return }
        indicators = names
        let countries = placeNames.map { gazetteer.country(of: $0) ?? "" }
        let sorted = Set(countries).sorted()
        let position = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
        let known = zip(placeNames, countries).map { place, country in
            (first: (position[country] ?? 0) * names.count, depth: Self.depth(of: place, gazetteer))
        }
        groupCount = sorted.count * names.count
        var deepest = Array(repeating: 0, count: groupCount)
        var found: [(row: Int, group: Int, depth: Int)] = []
        for row in 0..<table.rowCount where groups[row] == UInt32(total) {
            let place = known[Int(places[row])]
            guard place.depth > 0 else { continue }
            let group = place.first + Int(codes[row])
            deepest[group] = max(deepest[group], place.depth)
            found.append((row, group, place.depth))
        }
        rows = found.filter { deepest[$0.group] == $0.depth }.map { ($0.row, $0.group) }
    }

    func indicator(ofGroup group: Int) -> String { indicators[group % indicators.count] }

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
