import Indicators

extension PageWriter {
    /// The latest comparison of an indicator that has a better direction.
    struct LatestGap {
        var indicator: Indicator
        var row: GapRow
        /// All years of the same comparison.
        var rows: [GapRow]
        var table: Int
    }

    /// The latest comparison of each indicator with a direction: by topic, then by id.
    var latestGaps: [LatestGap] {
        guard let table = data.index(of: "gaps") else { return [] }
        return page.catalogue.indicators.compactMap { indicator in
            guard indicator.direction != .neutral else { return nil }
            let rows = data.comparison(of: indicator)
            return rows.last.map { LatestGap(indicator: indicator, row: $0, rows: rows, table: table) }
        }
    }

    /// Thailand against the Lao PDR, indicator by indicator: a panel for each unit.
    func gapSection() -> PageSection? {
        let gaps = latestGaps
        guard !gaps.isEmpty else { return nil }
        var units: [String] = []
        for gap in gaps where !units.contains(gap.indicator.unit) { units.append(gap.indicator.unit) }
        // The unit with the most indicators first.
        let panels = units.map { unit in gaps.filter { $0.indicator.unit == unit } }
            .sorted { ($1.count, $0[0].indicator.unit) < ($0.count, $1[0].indicator.unit) }
        return PageSection(
            id: "gaps",
            title: heading("gaps.title"),
            lead: words.sentence(
                "gaps.lead",
                ["A": LocalisedMarkup(countries.reference), "B": LocalisedMarkup(countries.other)]
            ),
            figures: panels.enumerated().map { panel(number: $0 + 1, $1) }
        )
    }

    /// The key to the two sides' marks.
    var sides: Markup {
        """
        <p class="key"><svg viewBox="0 0 14 14" aria-hidden="true">\(Side.reference.mark(at: Point(x: 7, y: 7), number: nil))</svg>\
        \(countries.reference.spans) <svg viewBox="0 0 14 14" aria-hidden="true">\(Side.other.mark(at: Point(x: 7, y: 7), number: nil))</svg>\
        \(countries.other.spans)</p>
        """
    }

    private func panel(number: Int, _ gaps: [LatestGap]) -> Figure {
        let id = "gap-\(number)"
        let gaps = gaps.sorted { parity($0) < parity($1) }
        let scale = LinearScale.round(
            over: gaps.flatMap { [$0.row.reference, $0.row.other] },
            isPercentage: gaps[0].indicator.unit == "%",
            to: Dumbbell.range
        )
        let isMixed = gaps.contains(where: isMade) && !gaps.allSatisfy(isMade)
        let rows = gaps.enumerated().map { index, gap in
            row(gap, id: "\(id)-\(index + 1)", scale, isMarked: isMixed && isMade(gap))
        }
        let ids = gaps.map(\.indicator.id)
        return Figure(
            id: id,
            question: words.sentence("gaps.question", ["unit": LocalisedMarkup(unit(of: ids[0]))]),
            units: words.sentence("gaps.units", ["unit": LocalisedMarkup(unit(of: ids[0]))]),
            legend: sides,
            drawing: panel(of: rows, scale),
            sources: sources(of: gaps),
            table: table(of: gaps),
            csv: "gaps.csv",
            isIllustrative: gaps.contains { isMade($0) },
            isMixed: gaps.contains { !isMade($0) },
            isWide: rows.count > Self.rowsInColumn
        )
    }

    /// So many rows stand below each other; more take two columns.
    static let rowsInColumn = 8

    /// Rows over the axis that they share, in two columns where there are many.
    func panel(of rows: [Markup], _ scale: LinearScale) -> Markup {
        func column(_ rows: some Sequence<Markup>) -> Markup {
            "<ol class=\"rows\">\(rows.joined())</ol>\(Dumbbell.axis(scale))"
        }
        guard rows.count > Self.rowsInColumn else { return column(rows) }
        let half = (rows.count + 1) / 2
        return
            "<div class=\"halves\"><div>\(column(rows.prefix(half)))</div><div>\(column(rows.dropFirst(half)))</div></div>"
    }

    private func parity(_ gap: LatestGap) -> Double {
        data.number(gap.table, gap.row.row, "parity")?.value ?? 2
    }

    /// Whether the figures of a comparison were made up.
    func isMade(_ gap: LatestGap) -> Bool { gap.row.grade == Grade.illustrative.rawValue }

    private func row(_ gap: LatestGap, id: String, _ scale: LinearScale, isMarked: Bool) -> Markup {
        func side(_ column: String, _ value: Double) -> (value: Double, number: Int?) {
            (value, data.number(gap.table, gap.row.row, column).flatMap { mark($0.cell) })
        }
        let dumbbell = Dumbbell(
            reference: side("value_reference", gap.row.reference),
            other: side("value_other", gap.row.other),
            scale: scale
        )
        return """
            <li><p id="\(id)" class="row-label">\(gap.indicator.names.spans) \
            <small>\(years(of: gap.row))</small>\(isMarked ? madeUp(gap.row.grade).spans : "")</p>\
            \(dumbbell.svg(labelledBy: id))</li>
            """
    }

    /// `2022`, or both years where they differ.
    func years(of row: GapRow) -> Markup {
        if row.yearReference == row.yearOther { return "\(String(row.yearOther))" }
        return """
            <abbr>\(page.reference)</abbr> \(String(row.yearReference)), <abbr>\(page.other)</abbr> \(String(row.yearOther))
            """
    }

    private func table(of gaps: [LatestGap]) -> Markup {
        func cell(_ gap: LatestGap, _ column: String, _ text: (Double) -> String = NumberText.rounded) -> Markup {
            data.number(gap.table, gap.row.row, column).map { number($0, text($0.value)) } ?? "–"
        }
        return table(
            caption: heading("gaps.title"),
            [
                (heading("column.indicator"), false), (heading("column.year"), true),
                (LocalisedMarkup(countries.reference), true), (LocalisedMarkup(countries.other), true),
                (heading("column.gap"), true), (heading("column.parity"), true), (heading("column.grade"), false),
            ],
            gaps.map { gap in
                [
                    gap.indicator.names.spans, years(of: gap.row), cell(gap, "value_reference"),
                    cell(gap, "value_other"), cell(gap, "absolute_gap"), cell(gap, "parity"),
                    words.text("grade", gap.row.grade).spans,
                ]
            }
        )
    }
}
