import Indicators
import Workbook

extension BookWriter {
    /// Both countries and the gap over time, with a chart of each: that of the indicator in the sheet's filter.
    func writeTrends() throws(WorkbookWritingError) {
        let sheet = try begin(own.trends, title: own.trends, lead: word("lead.trend-charts"))
        let gaps = book.summary.tables.first { $0.schema.name == "gaps" }
        let heads: [PlainSheet.Head] =
            [
                (word("column.indicator"), false), (word("column.year"), true), (countryName(book.reference), true),
                (countryName(book.other), true), (word("column.gap"), true), (word("column.parity"), true),
                (word("head.unit"), false), (word("head.level"), false), (word("head.weighting"), false),
                (word("column.grade"), false), (word("head.id"), false),
            ].map { PlainSheet.Head(text: $0.0, isNumber: $0.1) }
        var rows: [[PlainSheet.Item]] = []
        // What is set when the sheet is opened: the longest series, of the topics before their context.
        var longest = (title: "", isContext: true, years: 0)
        let compared = comparisons()
        let titles = distinctTitles(compared.map(\.indicator.id))
        if let gaps {
            for (indicator, series) in compared {
                let title = titles[indicator.id] ?? indicator.id
                let isContext = indicator.basis == .context
                if (isContext ? 0 : 1, series.count) > (longest.isContext ? 0 : 1, longest.years) {
                    longest = (title, isContext, series.count)
                }
                rows += series.map { trendRow($0, title, in: gaps) }
            }
        }
        var plain = PlainSheet(heads: heads, rows: rows, chartRows: 19)
        if longest.years > 0 { plain.filter = PlainSheet.Filter(column: 0, text: longest.title) }
        if !rows.isEmpty {
            let (trend, gap) = trendCharts(plain)
            sheet.insert(file.chart(trend), row: 2, column: 0)
            sheet.insert(file.chart(gap), row: 2, column: Self.column(behind: trend.width + 12, plain.widths))
        }
        plain.write(to: sheet, self)
        if isIllustrative { sheet.setTab(color: 0xE69F00) }
    }

    private func trendRow(_ row: GapRow, _ title: String, in gaps: Table) -> [PlainSheet.Item] {
        let unit = gaps[row.row, "unit"].text
        let look = NumberLook(unit: unit)
        let flags: BookStyles.Flags = row.grade == Grade.illustrative.rawValue ? .illustrative : []
        func number(_ id: String, _ look: NumberLook) -> PlainSheet.Item {
            gaps[row.row, id].numeric.map { .number($0, look, flags) } ?? .none
        }
        // Where the years differ, both are told.
        let year: PlainSheet.Item =
            row.yearReference == row.yearOther
            ? .number(Double(row.yearReference), .year) : .text("\(row.yearReference) / \(row.yearOther)")
        return [
            .text(title), year, .number(row.reference, look, flags), .number(row.other, look, flags),
            number("absolute_gap", look), number("parity", .ratio),
            .text(words.text("unit", unit)[book.language]), .text(row.level), .text(row.weighting), .word(row.grade),
            .text(row.indicator),
        ]
    }

    private func trendCharts(_ plain: PlainSheet) -> (trend: SheetChart, gap: SheetChart) {
        func series(_ column: Int, _ color: UInt32) -> SheetChart.Series {
            SheetChart.Series(
                name: plain.head(own.trends, column: column),
                categories: plain.range(own.trends, column: 1),
                values: plain.range(own.trends, column: column),
                color: color
            )
        }
        var trend = SheetChart(
            kind: .line,
            title: word("chart.trend"),
            series: [series(2, BookStyles.blue), series(3, BookStyles.vermilion)],
            width: 620
        )
        trend.categoryTitle = word("column.year")
        var gap = SheetChart(kind: .column, title: word("chart.gap"), series: [series(4, 0x7F7F7F)], width: 560)
        gap.categoryTitle = word("column.year")
        return (trend, gap)
    }

    /// The name of each indicator, with its id where two have the same.
    func distinctTitles(_ ids: [String]) -> [String: String] {
        var counts: [String: Int] = [:]
        for id in ids { counts[title(of: id), default: 0] += 1 }
        return Dictionary(
            ids.map { id in (id, (counts[title(of: id)] ?? 0) > 1 ? "\(title(of: id)) (\(id))" : title(of: id)) }
        ) { first, _ in first }
    }

    /// The first column that begins behind so many pixels.
    private static func column(behind pixels: Double, _ widths: [Double]) -> Int {
        var (used, column) = (0.0, 0)
        for width in widths where used < pixels {
            used += width * 7 + 5
            column += 1
        }
        return column
    }
}
