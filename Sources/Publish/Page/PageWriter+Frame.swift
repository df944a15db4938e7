import Indicators
import Mustache
import PageAssets

extension PageWriter {
    /// The title in the languages of the page; a very long one is cut, and stands whole behind it.
    func heading(_ title: LocalisedText) -> Markup {
        let limit = 200
        let texts = [title[.english], title[.thai], title[.lao]]
        guard texts.contains(where: { $0.count > limit }) else { return "<h1>\(title.spans)</h1>" }
        let short = LocalisedText(
            english: Self.cut(texts[0], to: limit),
            thai: Self.cut(texts[1], to: limit),
            lao: Self.cut(texts[2], to: limit)
        )
        return """
            <h1>\(short.spans)</h1><details class="whole-title"><summary>\(words["page.whole-title"].spans)</summary>\
            <p>\(title.spans)</p></details>
            """
    }

    /// Radio buttons, so that the style sheet alone can switch.
    var languageSwitch: Markup {
        guard page.languages.count > 1 else {
            return "<input type=\"radio\" name=\"language\" id=\"l-\(page.languages[0].rawValue)\" checked hidden>"
        }
        let names: [Language: String] = [.english: "English", .thai: "ไทย", .lao: "ລາວ"]
        let buttons = page.languages.map { language -> Markup in
            let code = language.rawValue
            let checked: Markup = language == page.languages[0] ? " checked" : ""
            return """
                <input type="radio" name="language" id="l-\(code)" value="\(code)"\(checked)>\
                <label for="l-\(code)"><i lang="\(code)">\(names[language] ?? code)</i></label>
                """
        }
        return
            "<fieldset class=\"languages\"><legend>\(words["page.language"].spans)</legend>\(buttons.joined())</fieldset>"
    }

    /// As of when, over which years, of which grade, with which verdict.
    var facts: Markup {
        var facts: [Markup] = []
        func add(_ key: String, _ value: Markup) {
            facts.append("<div><dt>\(words[key].spans)</dt><dd>\(value)</dd></div>")
        }
        add("facts.as-of", "\(page.summary.asOf.description)")
        if let period = page.summary.period {
            add("facts.period", "\(String(period.lowerBound))–\(String(period.upperBound))")
        }
        if let grade = page.summary.grade { add("facts.grade", badge("grade", grade.rawValue)) }
        if let verdict = page.summary.verdict { add("facts.verdict", badge("verdict", verdict.rawValue)) }
        add("facts.pipeline", "<code>\(page.summary.pipeline)</code>")
        return "<dl class=\"facts\">\(facts.joined())</dl>"
    }

    func badge(_ kind: String, _ word: String) -> Markup {
        "<span class=\"badge \(kind)-\(word)\">\(words.text(kind, word).spans)</span>"
    }

    /// Stands above all where a figure was made up to show the method.
    var banner: Markup {
        guard page.summary.isIllustrative else { return "" }
        return
            "<p class=\"banner\" role=\"note\"><strong>\(words["mark.illustrative"].spans)</strong> \(words["banner.illustrative"].spans)</p>"
    }

    func contents(_ sections: [PageSection]) -> Markup {
        sections.map { "<li><a href=\"#\($0.id)\">\($0.title.spans)</a></li>" as Markup }.joined()
    }

    func section(_ section: PageSection) -> Markup {
        let lead = section.lead.map { "<p class=\"lead\">\($0.spans)</p>" as Markup } ?? ""
        let figures = section.figures.map(figure).joined()
        let grid: Markup = section.figures.isEmpty ? "" : "<div class=\"figures\">\(figures)</div>"
        return """
            <section id="\(section.id)" aria-labelledby="\(section.id)-title">\
            <h2 id="\(section.id)-title">\(section.title.spans)</h2>\(lead)\(section.content)\(grid)\(section.after)</section>
            """
    }

    private func figure(_ figure: Figure) -> Markup {
        let values: [String: String] = [
            "id": figure.id,
            "classes": figure.isWide ? "figure wide" : "figure",
            "question": figure.question.spans.source,
            "units": figure.units.spans.source,
            "mark": figure.isIllustrative ? mark(isMixed: figure.isMixed).source : "",
            "legend": figure.legend.source,
            "drawing": figure.drawing.source,
            "notes": figure.notes.map { "<p class=\"note\">\($0.spans)</p>" as Markup }.joined().source,
            "sources": figure.sources.spans.source,
            "table_label": words["figure.table"].spans.source,
            "table": figure.table.source,
            "csv": figure.csv,
            "csv_label": page.summary.formats.contains(.csv) ? words["figure.csv"].spans.source : "",
        ]
        return Markup(trusted: figureTemplate.render(values))
    }

    /// On every figure that holds made-up values.
    private func mark(isMixed: Bool) -> Markup {
        "<p class=\"mark\">\(words[isMixed ? "mark.mixed" : "mark.illustrative"].spans)</p>"
    }

    /// How the page is to be read.
    var reading: Markup {
        let keys = [
            "reading.gap", "reading.parity", "reading.grades", "reading.missing", "reading.numbers", "reading.explain",
        ]
        return "<h2 id=\"reading-title\">\(words["reading.title"].spans)</h2><ul>"
            + keys.map { "<li>\(words[$0].spans)</li>" as Markup }.joined() + "</ul>"
    }

    /// A table, the numbers to the right; the first column heads the row.
    ///
    /// - Parameters:
    ///   - caption: What a screen reader calls it.
    ///   - columns: What heads the columns, and whether they hold numbers.
    ///   - rows: As many cells each as there are columns.
    /// - Returns: The table in a box of its own that scrolls.
    func table(
        caption: LocalisedMarkup,
        _ columns: [(heading: LocalisedMarkup, isNumber: Bool)],
        _ rows: [[Markup]]
    ) -> Markup {
        let heads = columns.map { "<th scope=\"col\"\($0.isNumber ? numeric : "")>\($0.heading.spans)</th>" as Markup }
        var body = Markup()
        for row in rows {
            body += "<tr>"
            for (index, cell) in row.enumerated() {
                body +=
                    index == 0
                    ? "<th scope=\"row\">\(cell)</th>" : "<td\(columns[index].isNumber ? numeric : "")>\(cell)</td>"
            }
            body += "</tr>"
        }
        return """
            <div class="scroll" tabindex="0"><table><caption>\(caption.spans)</caption><thead><tr>\(heads.joined())</tr></thead>\
            <tbody>\(body)</tbody></table></div>
            """
    }

    private var numeric: Markup { " class=\"n\"" }

    func heading(_ key: String) -> LocalisedMarkup { LocalisedMarkup(words[key]) }
}
