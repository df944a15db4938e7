import Indicators

extension PageWriter {
    /// Topic by topic on one screen: what figures there are, the scores of both sides where an index has a node of that name, how its
    /// targets stand, and what the two sides did together.
    func topicSection() -> PageSection? {
        guard let (index, table) = data.table("topics"), table.rowCount > 0 else { return nil }
        let rows = Dictionary((0..<table.rowCount).map { (table[$0, "topic"].text, $0) }) { first, _ in first }
        let gaps = latestGaps
        let scores = Dictionary(
            gaps.compactMap { gap in self.node(gap.indicator.id).map { ($0, gap) } }
        ) { first, _ in first }
        let topics = page.catalogue.topics.filter { rows[$0.id] != nil }
        let ordered = topics.filter { $0.basis != .context } + topics.filter { $0.basis == .context }
        var cells = ordered.map { topic -> [Markup] in
            let row = rows[topic.id] ?? 0
            // Where the badge says both, each figure says for itself.
            let isMixed = table[row, "state"].text == "mixed"
            return ["\(topic.names.spans)<br><small>\(words.text("basis", topic.basis.rawValue).spans)</small>"]
                + [figures(of: table, index, row)] + score(scores[topic.id], isMarked: isMixed) + [
                    targets(of: topic.id, isMarked: isMixed), activities(of: topic.id),
                ]
        }
        // The index as a whole comes first.
        for gap in gaps.reversed() where isIndex(gap.indicator.id) {
            cells.insert(
                ["<strong>\(gap.indicator.names.spans)</strong>", badge("grade", gap.row.grade)] + score(gap)
                    + ["", activities(under: "all", "all")],
                at: 0
            )
        }
        return PageSection(
            id: "topics",
            title: heading("topics.title"),
            lead: heading("topics.lead"),
            content: self.table(
                caption: heading("topics.title"),
                [
                    (heading("column.topic"), false), (heading("column.state"), false),
                    (LocalisedMarkup(countries.reference), true), (LocalisedMarkup(countries.other), true),
                    (heading("column.gap"), true), (heading("column.targets"), false),
                    (heading("column.activities"), false),
                ],
                cells
            ) + csvLink("topics.csv")
        )
    }

    /// `INDEX.NODE` without `INDEX`, `nil` for all else: no other id has a dot in it.
    private func node(_ indicator: String) -> String? {
        indicator.firstIndex(of: ".").map { String(indicator[indicator.index(after: $0)...]) }
    }

    /// Whether it has nodes.
    func isIndex(_ indicator: String) -> Bool {
        page.catalogue[indicator]?.unit == "score" && node(indicator) == nil
    }

    /// Whether they are real, and how many of the topic's indicators have any; without any the template to be filled in.
    private func figures(of table: Table, _ index: Int, _ row: Int) -> Markup {
        let state = table[row, "state"].text
        let look =
            switch state {
            case "real": "grade-official"
            case "no data": "target-unknown"
            default: "grade-illustrative"
            }
        let badge: Markup = "<span class=\"badge \(look)\">\(words.text("state", state).spans)</span>"
        let template = table[row, "template"].text.split(separator: " ").first.map(String.init) ?? ""
        if !template.isEmpty {
            let text = words.sentence(
                "topics.template",
                ["template": LocalisedMarkup("<code>\(template)</code> (<code>divide init</code>)")]
            )
            return badge + "<br><small>\(text.spans)</small>"
        }
        func count(_ column: String) -> LocalisedMarkup {
            LocalisedMarkup(data.number(index, row, column).map { number($0, Cell.format($0.value)) } ?? "–")
        }
        let text = words.sentence(
            "topics.of",
            ["known": count("with_data"), "all": count("indicators"), "year": count("latest_year")]
        )
        return badge + "<br><small>\(text.spans)</small>"
    }

    /// Both scores and their gap; dashes where the topic has none.
    private func score(_ gap: LatestGap?, isMarked: Bool = false) -> [Markup] {
        let isMadeUp = gap?.row.grade == Grade.illustrative.rawValue
        let mark: Markup = isMarked && isMadeUp ? "<br>\(madeUp(Grade.illustrative.rawValue).spans)" : ""
        return ["value_reference", "value_other", "absolute_gap"].map { column in
            gap.flatMap { data.number($0.table, $0.row.row, column) }.map { number($0) + mark } ?? "–"
        }
    }

    /// How many targets of both sides are in which state.
    private func targets(of topic: String, isMarked: Bool) -> Markup {
        guard let (index, table) = data.table("target-topics"), let first = table.schema.index(of: "targets"),
            let last = table.schema.index(of: "grade")
        else { return "–" }
        let rows = (0..<table.rowCount).filter { table[$0, "topic"].text == topic }
        let lines = rows.map { row -> Markup in
            let states = table.schema.columns[(first + 1)..<last].compactMap { column -> Markup? in
                guard let count = data.number(index, row, column.id), count.value > 0 else { return nil }
                let state = column.id.split(separator: "_").joined(separator: "-")
                return "\(number(count, Cell.format(count.value))) \(words.text("target", state).spans)"
            }
            let list = states.enumerated().map { $0 == 0 ? $1 : ", \($1)" as Markup }.joined()
            let mark = isMarked ? madeUp(table[row, "grade"].text).spans : ""
            return "<small><abbr>\(table[row, "country"].text)</abbr> \(list)\(mark)</small>"
        }
        return lines.isEmpty ? "–" : lines.enumerated().map { $0 == 0 ? $1 : "<br>\($1)" as Markup }.joined()
    }

    private func activities(of topic: String) -> Markup { activities(under: "topic", topic) }

    /// How many activities the register has, how many of them are made up, and how many persons were trained.
    private func activities(under heading: String, _ item: String) -> Markup {
        guard let (index, table) = data.table("activities") else { return "–" }
        let row = (0..<table.rowCount).first { table[$0, "by"].text == heading && table[$0, "item"].text == item }
        guard let row, let count = data.number(index, row, "activities") else { return "–" }
        var parts: [LocalisedMarkup] = []
        if let made = data.number(index, row, "illustrative"), made.value > 0 {
            parts.append(words.sentence("topics.made-up", ["count": LocalisedMarkup(number(made))]))
        }
        if let trained = data.number(index, row, "trained") {
            parts.append(words.sentence("topics.trained", ["count": LocalisedMarkup(number(trained))]))
        }
        let notes = parts.enumerated().map { $0 == 0 ? $1.spans : ", \($1.spans)" as Markup }.joined()
        return "\(number(count))" + (parts.isEmpty ? "" : "<br><small>\(notes)</small>")
    }
}
