import Indicators

extension PageWriter {
    /// How far each target of a plan has been reached.
    func targetSection() -> PageSection? {
        guard let (index, table) = data.table("targets"), table.rowCount > 0, table.schema.index(of: "progress") != nil
        else {
            return nil
        }
        let rows = (0..<table.rowCount).filter { data.number(index, $0, "progress") != nil }
        let bars = rows.prefix(40).enumerated().map { number, row in bar(id: "target-\(number + 1)", table, index, row)
        }
        let drawn: Markup = bars.isEmpty ? "" : "<ol class=\"rows\">\(bars.joined())</ol>"
        return PageSection(
            id: "targets",
            title: heading("targets.title"),
            lead: heading("targets.lead"),
            content: drawn + targetTable(table, index) + csvLink("targets.csv")
        )
    }

    private func verdict(_ table: Table, _ row: Int) -> Markup {
        let word = table[row, "status"].text
        return "<span class=\"badge target-\(word.filter(\.isLetter))\">\(words.text("target", word).spans)</span>"
    }

    private func bar(id: String, _ table: Table, _ index: Int, _ row: Int) -> Markup {
        guard let progress = data.number(index, row, "progress"), let target = data.number(index, row, "target") else {
            return ""
        }
        let of = words.sentence(
            "targets.of",
            [
                "value": LocalisedMarkup(data.number(index, row, "latest_value").map { number($0) } ?? "–"),
                "target": LocalisedMarkup(number(target)),
                "year": year(Int(table[row, "year"].numeric ?? 0)),
            ]
        )
        let name = name(ofIndicator: table[row, "indicator"].text)
        return """
            <li><p id="\(id)" class="row-label">\(self.name(of: table[row, "place"].text).spans): \(name.spans) \
            <small>\(of.spans)</small> \(verdict(table, row))\(madeUp(table[row, "grade"].text).spans)</p>\
            \(ProgressBar(progress: progress.value, number: mark(progress.cell)).svg(labelledBy: id))</li>
            """
    }

    private func targetTable(_ table: Table, _ index: Int) -> Markup {
        self.table(
            caption: heading("targets.title"),
            [
                (heading("column.indicator"), false), (heading("column.place"), false), (heading("column.plan"), false),
                (heading("column.target"), true), (heading("column.year"), true), (heading("column.value"), true),
                (heading("column.progress"), true), (heading("column.verdict"), false),
                (heading("column.grade"), false),
            ],
            (0..<table.rowCount).map { row in
                func cell(_ column: String, _ text: (Double) -> String = NumberText.rounded) -> Markup {
                    data.number(index, row, column).map { number($0, text($0.value)) } ?? "–"
                }
                return [
                    name(ofIndicator: table[row, "indicator"].text).spans, name(of: table[row, "place"].text).spans,
                    "\(table[row, "document"].text)", cell("target"), "\(table[row, "year"].text)",
                    cell("latest_value"), cell("progress", NumberText.percent), verdict(table, row),
                    words.text("grade", table[row, "grade"].text).spans,
                ]
            }
        )
    }
}
