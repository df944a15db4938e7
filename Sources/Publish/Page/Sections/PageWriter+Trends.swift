import Indicators

extension PageWriter {
    /// How many trends a page has at most.
    private static let trendLimit = 24

    /// Lines of both countries for each indicator with a history on both sides.
    func trendSection() -> PageSection? {
        // What both sides publish comes first, then the scores of an index; context last; else the longer history first.
        func weight(_ gap: LatestGap) -> Int {
            if gap.row.level == PlaceLevel.country.rawValue { return gap.indicator.topic == "context" ? 2 : 0 }
            if gap.indicator.unit == "score" { return 1 }
            return gap.indicator.topic == "context" ? 4 : 3
        }
        let known = latestGaps.filter(hasHistory).sorted { left, right in
            let (one, other) = (weight(left), weight(right))
            return one != other ? one < other : left.rows.count > right.rows.count
        }
        let figures = known.prefix(Self.trendLimit).map(trend)
        guard !figures.isEmpty else { return nil }
        let more = known.count - figures.count
        let note = words.sentence(
            "trends.more",
            ["count": LocalisedMarkup("\(more)"), "file": LocalisedMarkup("<code>gaps.csv</code>")]
        )
        let hasLag = data.index(of: "time-distance") != nil
        return PageSection(
            id: "trends",
            title: heading("trends.title"),
            lead: heading(hasLag ? "trends.lead-distance" : "trends.lead"),
            figures: figures,
            after: more > 0 ? "<p class=\"note\">\(note.spans)</p>" : ""
        )
    }

    /// Whether there is enough on both sides for a line.
    private func hasHistory(_ gap: LatestGap) -> Bool {
        func years(_ country: String) -> Int {
            gap.row.level == PlaceLevel.country.rawValue
                ? data.series(gap.indicator.id, country).count : gap.rows.count
        }
        return years(page.reference) > 2 && years(page.other) > 1
    }

    /// What was not observed is drawn hollow.
    private static let unobserved = [ObservationStatus.imputed, .estimated, .unreliable].map(\.rawValue)

    private func trend(of gap: LatestGap) -> Figure {
        let dots = (reference: dots(of: gap, page.reference), other: dots(of: gap, page.other))
        let id = "trend-\(gap.indicator.id.map { $0 == "_" ? "-" : String($0) }.joined())"
        let lag = latestLag(of: gap)
        let chart = TrendChart(
            reference: dots.reference,
            other: dots.other,
            names: countries,
            bracket: lag,
            isPercentage: gap.indicator.unit == "%"
        )
        var notes: [LocalisedMarkup] = []
        if (dots.reference + dots.other).contains(where: \.isBreak) { notes.append(heading("trends.break")) }
        if gap.row.level != PlaceLevel.country.rawValue { notes.append(meansNote(gap)) }
        return Figure(
            id: id,
            question: words.sentence("trends.question", ["indicator": LocalisedMarkup(gap.indicator.names)]),
            units: LocalisedMarkup(unit(of: gap.indicator.id)),
            legend: sides,
            drawing: chart.svg(labelledBy: "\(id)-title"),
            sources: sources(of: [gap]),
            notes: notes,
            table: table(dots.reference, dots.other, gap.indicator),
            csv: gap.row.level == PlaceLevel.country.rawValue ? "observations.csv" : "gaps.csv",
            isIllustrative: gap.rows.contains { $0.grade == Grade.illustrative.rawValue }
        )
    }

    private func meansNote(_ gap: LatestGap) -> LocalisedMarkup {
        words.sentence(
            gap.row.weighting == "simple" ? "trends.simple-means" : "trends.weighted-means",
            ["weights": LocalisedMarkup(name(ofIndicator: gap.row.weighting))]
        )
    }

    /// The national figures of a country, or the means that were compared.
    private func dots(of gap: LatestGap, _ country: String) -> [TrendChart.Dot] {
        if gap.row.level == PlaceLevel.country.rawValue {
            return data.series(gap.indicator.id, country).map { reading in
                TrendChart.Dot(
                    year: reading.year,
                    value: reading.value,
                    number: mark(reading.cell),
                    isBreak: reading.status == ObservationStatus.seriesBreak.rawValue,
                    isHollow: Self.unobserved.contains(reading.status)
                )
            }
        }
        let isReference = country == page.reference
        return gap.rows.compactMap { row in
            data.number(gap.table, row.row, isReference ? "value_reference" : "value_other").map { figures in
                TrendChart.Dot(
                    year: isReference ? row.yearReference : row.yearOther,
                    value: figures.value,
                    number: mark(figures.cell)
                )
            }
        }
    }

    private func table(_ left: [TrendChart.Dot], _ right: [TrendChart.Dot], _ indicator: Indicator) -> Markup {
        let years = Set((left + right).map(\.year)).sorted(by: >)
        func cell(_ dots: [TrendChart.Dot], _ year: Int) -> Markup {
            guard let dot = dots.first(where: { $0.year == year }) else { return "–" }
            let text: Markup = "\(NumberText.rounded(dot.value))"
            return dot.number.map { "<b data-e=\"\($0)\">\(text)</b>" } ?? text
        }
        return table(
            caption: LocalisedMarkup(indicator.names),
            [
                (heading("column.year"), false), (LocalisedMarkup(countries.reference), true),
                (LocalisedMarkup(countries.other), true),
            ],
            years.map { ["\(String($0))", cell(left, $0), cell(right, $0)] }
        )
    }

    // MARK: Time-distance

    /// The row of the other country's last figure at whose level the reference was known to be.
    private func lagRow(of gap: LatestGap) -> (table: Int, row: Int)? {
        guard let (index, table) = data.table("time-distance"), table.schema.index(of: "time_distance") != nil else {
            return nil
        }
        var found: (row: Int, year: Int)?
        for row in 0..<table.rowCount {
            guard table[row, "indicator"].text == gap.indicator.id, table[row, "group"].text == Group.total,
                table[row, "country"].text == page.other, table[row, "level"].text == gap.row.level,
                table[row, "weighting"].text == gap.row.weighting,
                table[row, "time_distance"].numeric != nil, table[row, "counterpart_year"].numeric != nil,
                let year = table[row, "year"].numeric
            else { continue }
            if found.map({ Int(year) > $0.year }) ?? true { found = (row, Int(year)) }
        }
        return found.map { (index, $0.row) }
    }

    private func latestLag(of gap: LatestGap) -> TrendChart.Bracket? {
        guard let (index, row) = lagRow(of: gap), let distance = data.number(index, row, "time_distance"),
            let year = data.number(index, row, "year"), let then = data.number(index, row, "counterpart_year"),
            let level = data.number(index, row, "value")
        else { return nil }
        return TrendChart.Bracket(
            level: level.value,
            from: then.value,
            to: year.value,
            label: words.sentence(
                "trends.years",
                ["years": LocalisedMarkup("\(NumberText.fixed(distance.value, decimals: 1))")]
            ),
            number: mark(distance.cell)
        )
    }

    /// The lag in time of the indicator with the longest history.
    func timeDistanceSentence() -> LocalisedMarkup? {
        let gaps = latestGaps.sorted { $0.rows.count > $1.rows.count }
        for gap in gaps where gap.indicator.kind == .share || gap.indicator.kind == .rate {
            guard let (index, row) = lagRow(of: gap), let distance = data.number(index, row, "time_distance"),
                let now = data.number(index, row, "year"), distance.value > 0
            else { continue }
            let sentence = words.sentence(
                "headline.time",
                [
                    "A": LocalisedMarkup(countries.reference), "B": LocalisedMarkup(countries.other),
                    "indicator": LocalisedMarkup(gap.indicator.names), "year": year(Int(now.value)),
                    "distance": LocalisedMarkup(number(distance, NumberText.fixed(distance.value, decimals: 1))),
                ]
            )
            return marked(sentence, grade: gap.row.grade)
        }
        return nil
    }
}
