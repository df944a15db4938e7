import Indicators

extension PageWriter {
    private static let pairedLimit = 4

    /// Provinces that touch across the border, for the indicators that most pairs have.
    func neighbourSection() -> PageSection? {
        guard let (index, table) = data.table("neighbours"), table.schema.index(of: "place_reference") != nil else {
            return nil
        }
        var latest: [String: [String: (year: Double, row: Int)]] = [:]
        for row in 0..<table.rowCount {
            guard table[row, "group"].text == Group.total, let year = table[row, "year_other"].numeric,
                page.catalogue[table[row, "indicator"].text].map({ $0.direction != .neutral }) ?? false
            else { continue }
            let pair = "\(table[row, "place_reference"].text) \(table[row, "place_other"].text)"
            let known = latest[table[row, "indicator"].text]?[pair]
            if let known, known.year > year { continue }
            latest[table[row, "indicator"].text, default: [:]][pair] = (year, row)
        }
        let chosen = latest.keys.sorted { left, right in
            let (one, other) = (latest[left]?.count ?? 0, latest[right]?.count ?? 0)
            if one != other { return one > other }
            // Of equals an index as a whole comes first.
            let (index, rival) = (isIndex(left), isIndex(right))
            return index != rival ? index : left < right
        }.prefix(Self.pairedLimit)
        let figures = chosen.map { indicator in
            let pairs = latest[indicator] ?? [:]
            return figure(indicator, pairs.keys.sorted().compactMap { pairs[$0]?.row }, table, index)
        }
        guard !figures.isEmpty else { return nil }
        return PageSection(
            id: "neighbours",
            title: heading("neighbours.title"),
            lead: heading("neighbours.lead"),
            figures: figures
        )
    }

    private func figure(_ indicator: String, _ rows: [Int], _ table: Table, _ index: Int) -> Figure {
        let id = "pairs-\(indicator.map { $0 == "_" ? "-" : String($0) }.joined())"
        let unit = page.catalogue[indicator]?.unit ?? ""
        let values = rows.flatMap { row in
            ["value_reference", "value_other"].compactMap { data.number(index, row, $0)?.value }
        }
        let scale = LinearScale.round(over: values, isPercentage: unit == "%", to: Dumbbell.range)
        func title(_ row: Int) -> Markup {
            "\(name(of: table[row, "place_reference"].text).spans) – \(name(of: table[row, "place_other"].text).spans)"
        }
        let drawn = rows.enumerated().compactMap { number, row -> Markup? in
            guard let left = data.number(index, row, "value_reference"),
                let right = data.number(index, row, "value_other")
            else { return nil }
            let years = [table[row, "year_reference"].text, table[row, "year_other"].text]
            let label: Markup = "\(years[0] == years[1] ? years[0] : years.joined(separator: "/"))"
            let dumbbell = Dumbbell(
                reference: (left.value, mark(left.cell)),
                other: (right.value, mark(right.cell)),
                scale: scale
            )
            return """
                <li><p id="\(id)-\(number + 1)" class="row-label">\(title(row)) <small>\(label)</small></p>\
                \(dumbbell.svg(labelledBy: "\(id)-\(number + 1)"))</li>
                """
        }
        return Figure(
            id: id,
            question: words.sentence(
                "neighbours.question",
                ["indicator": LocalisedMarkup(name(ofIndicator: indicator))]
            ),
            units: LocalisedMarkup(self.unit(of: indicator)),
            legend: sides,
            drawing: panel(of: drawn, scale),
            sources: sources(of: [indicator]) { page.gazetteer.level(of: $0) != .country },
            table: self.table(
                caption: LocalisedMarkup(name(ofIndicator: indicator)),
                [
                    (heading("column.place"), false), (heading("column.year"), true),
                    (LocalisedMarkup(countries.reference), true), (LocalisedMarkup(countries.other), true),
                    (heading("column.gap"), true),
                ],
                rows.map { row in
                    func cell(_ column: String) -> Markup { data.number(index, row, column).map { number($0) } ?? "–" }
                    return [
                        title(row), "\(table[row, "year_other"].text)", cell("value_reference"), cell("value_other"),
                        cell("absolute_gap"),
                    ]
                }
            ),
            csv: "neighbours.csv",
            isIllustrative: isIllustrative([indicator]),
            isWide: drawn.count > Self.rowsInColumn
        )
    }
}
