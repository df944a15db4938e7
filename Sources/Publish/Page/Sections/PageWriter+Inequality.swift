import Indicators

extension PageWriter {
    private static let curveLimit = 6

    /// Lorenz curves of both countries, where the pipeline asked for measures of inequality.
    func inequalitySection() -> PageSection? {
        guard let (index, table) = data.table("inequality"), let gini = table.schema.index(of: "gini") else {
            return nil
        }
        var rows: [String: [(country: String, year: Int, row: Int)]] = [:]
        for row in 0..<table.rowCount {
            let country = table[row, "country"].text
            guard table[row, "group"].text == Group.total, table[row, "weighting"].text == "simple",
                table[row, "orientation"].text == "attainment", country == page.reference || country == page.other,
                table[row, gini].numeric != nil, let year = table[row, "year"].numeric,
                table[row, "level"].text == page.gazetteer.finestLevel(in: country)?.rawValue
            else { continue }
            rows[table[row, "indicator"].text, default: []].append((country, Int(year), row))
        }
        let figures = rows.keys.sorted().compactMap { indicator -> (countries: Int, figure: Figure)? in
            let latest = [page.reference, page.other].compactMap { country in
                rows[indicator]?.filter { $0.country == country }.max { $0.year < $1.year }
            }
            return figure(indicator, latest.map { ($0.country, $0.year, $0.row) }, index).map { (latest.count, $0) }
        }
        .sorted { $0.countries > $1.countries }
        .prefix(Self.curveLimit)
        guard !figures.isEmpty else { return nil }
        return PageSection(
            id: "inequality",
            title: heading("inequality.title"),
            lead: heading("inequality.lead"),
            figures: figures.map(\.figure)
        )
    }

    private func figure(
        _ indicator: String,
        _ rows: [(country: String, year: Int, row: Int)],
        _ index: Int
    ) -> Figure? {
        var curves: [(side: Side, name: LocalisedText, curve: LorenzCurve)] = []
        var cells: [[Markup]] = []
        for (country, year, row) in rows {
            let level = page.gazetteer.finestLevel(in: country)
            let values = data.places(with: indicator).filter {
                page.gazetteer.country(of: $0) == country && page.gazetteer.level(of: $0) == level
            }.compactMap { place in data.series(indicator, place).first { $0.year == year }?.value }
            guard let curve = LorenzCurve(values), let gini = data.number(index, row, "gini") else { continue }
            curves.append((country == page.reference ? .reference : .other, name(of: country), curve))
            cells.append([
                name(of: country).spans, "\(String(year))", number(gini),
                data.number(index, row, "n").map { number($0) } ?? "–",
            ])
        }
        guard !curves.isEmpty else { return nil }
        let id = "lorenz-\(indicator.map { $0 == "_" ? "-" : String($0) }.joined())"
        let years = rows.map { "\(name(of: $0.country).spans) \(String($0.year))" as Markup }
        return Figure(
            id: id,
            question: words.sentence(
                "inequality.question",
                ["indicator": LocalisedMarkup(name(ofIndicator: indicator))]
            ),
            units: words.sentence(
                "inequality.units",
                ["years": LocalisedMarkup(years.enumerated().map { $0 == 0 ? $1 : ", \($1)" as Markup }.joined())]
            ),
            legend: ginis(cells),
            drawing: LorenzChart(curves: curves, axis: words["inequality.provinces"]).svg(labelledBy: "\(id)-title"),
            sources: sources(of: [indicator]) { page.gazetteer.level(of: $0) != .country },
            table: table(
                caption: LocalisedMarkup(name(ofIndicator: indicator)),
                [
                    (heading("column.country"), false), (heading("column.year"), true),
                    (heading("inequality.gini"), true), (heading("column.count"), true),
                ],
                cells
            ),
            csv: "inequality.csv",
            isIllustrative: isIllustrative([indicator])
        )
    }

    /// The coefficients of the countries, in words.
    private func ginis(_ rows: [[Markup]]) -> Markup {
        let parts = rows.map { "<li>\($0[0]): \(words["inequality.gini"].spans) \($0[2])</li>" as Markup }
        return "<ul class=\"legend\">\(parts.joined())</ul>"
    }
}
