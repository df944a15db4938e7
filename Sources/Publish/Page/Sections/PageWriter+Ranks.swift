import Indicators

extension PageWriter {
    /// The ranks of the latest year in each composite index, with their intervals where robustness was asked for.
    func rankSection() -> PageSection? {
        guard let (index, table) = data.table("index"), table.schema.index(of: "rank") != nil,
            table.schema.index(of: "depth") != nil
        else { return nil }
        var latest: [String: (year: Int, rows: [Int])] = [:]
        for row in 0..<table.rowCount {
            guard table[row, "depth"].numeric == 0, table[row, "group"].text == Group.total,
                table[row, "rank"].numeric != nil, let year = table[row, "year"].numeric
            else { continue }
            let node = table[row, "node"].text
            // Where the ranks' robustness was tried, in the year in which it was.
            if let tried = triedYear(of: table.schema.index(of: "index").map { table[row, $0].text } ?? node),
                tried != Int(year)
            {
                continue
            }
            if let known = latest[node], known.year > Int(year) { continue }
            if latest[node]?.year != Int(year) { latest[node] = (Int(year), []) }
            latest[node]?.rows.append(row)
        }
        let figures = latest.keys.sorted().compactMap { node in
            latest[node].map { figure(node, $0.year, $0.rows, table, index) }
        }
        guard !figures.isEmpty else { return nil }
        return PageSection(id: "ranks", title: heading("ranks.title"), lead: heading("ranks.lead"), figures: figures)
    }

    private func figure(_ node: String, _ year: Int, _ rows: [Int], _ table: Table, _ index: Int) -> Figure {
        let id = "ranks-\(node.map { $0 == "_" ? "-" : String($0) }.joined())"
        let rows = rows.sorted { left, right in
            let (one, other) = (table[left, "rank"].numeric ?? 0, table[right, "rank"].numeric ?? 0)
            return one != other ? one < other : table[left, "place"].text < table[right, "place"].text
        }
        let own = table.schema.index(of: "index").map { table[rows[0], $0].text } ?? node
        let intervals = intervals(own, year)
        let name = table.schema.index(of: "name").map { table[rows[0], $0].text } ?? ""
        let plot = RankPlot(
            rows: rows.map { row in
                let place = table[row, "place"].text
                let rank = data.number(index, row, "rank")
                return RankPlot.Row(
                    name: self.name(of: place),
                    side: page.gazetteer.country(of: place) == page.other ? .other : .reference,
                    rank: rank?.value ?? 0,
                    number: rank.flatMap { mark($0.cell) },
                    interval: intervals[place].map { $0.low.value...max($0.low.value, $0.high.value) }
                )
            }
        )
        let isIllustrative = rows.contains { table[$0, "grade"].text == Grade.illustrative.rawValue }
        return Figure(
            id: id,
            question: words.sentence(
                "ranks.question",
                ["index": LocalisedMarkup("\(name.isEmpty ? node : name)"), "year": self.year(year)]
            ),
            units: heading("ranks.units"),
            legend: sides,
            drawing: plot.svg(labelledBy: "\(id)-title"),
            sources: words.sentence(
                "figure.source",
                [
                    "names": LocalisedMarkup("<code>index.csv</code>"),
                    "grade": LocalisedMarkup(
                        words.text(
                            "grade",
                            Grade.worst(of: rows.compactMap { Grade(rawValue: table[$0, "grade"].text) })?.rawValue
                                ?? ""
                        )
                    ),
                ]
            ),
            table: self.table(
                caption: LocalisedMarkup("\(name.isEmpty ? node : name)"),
                [
                    (heading("column.place"), false), (heading("column.rank"), true), (heading("column.score"), true),
                    (heading("column.interval"), true),
                ],
                rows.map { row in
                    let interval = intervals[table[row, "place"].text]
                    return [
                        self.name(of: table[row, "place"].text).spans,
                        data.number(index, row, "rank").map { number($0) } ?? "–",
                        data.number(index, row, "score").map { number($0) } ?? "–",
                        interval.map { "\(number($0.low))–\(number($0.high))" } ?? "–",
                    ]
                }
            ),
            csv: "index.csv",
            isIllustrative: isIllustrative
        )
    }

    /// The last year in which the ranks of an index were tried for robustness, `nil` where in none.
    private func triedYear(of index: String) -> Int? {
        guard let (_, table) = data.table("robustness"), let column = table.schema.index(of: "index"),
            let years = table.schema.index(of: "year")
        else { return nil }
        return (0..<table.rowCount).filter { table[$0, column].text == index }.compactMap { table[$0, years].numeric }
            .max()
            .map { Int($0) }
    }

    /// The 5 and 95 % quantiles of the ranks of an index in a year, by place.
    private func intervals(_ index: String, _ year: Int) -> [String: (low: Figures, high: Figures)] {
        guard let (position, table) = data.table("robustness"), table.schema.index(of: "rank_p5") != nil,
            table.schema.index(of: "rank_p95") != nil, let column = table.schema.index(of: "index")
        else { return [:] }
        var intervals: [String: (low: Figures, high: Figures)] = [:]
        for row in 0..<table.rowCount {
            guard table[row, column].text == index, table[row, "group"].text == Group.total,
                table[row, "year"].numeric == Double(year), let low = data.number(position, row, "rank_p5"),
                let high = data.number(position, row, "rank_p95")
            else { continue }
            intervals[table[row, "place"].text] = (low, high)
        }
        return intervals
    }
}
