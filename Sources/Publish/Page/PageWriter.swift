import Indicators
import Mustache
import PageAssets

/// Writes a page: what its sections share.
struct PageWriter {
    let page: ReportPage
    let data: PageData
    let words = PageWords()
    let shown = ShownCells()
    /// Of each figure; read once.
    let figureTemplate = PageWriter.template(PageAssets.figureTemplate)
    /// The map of places: their outlines where the pipeline names them, else tiles.
    let map: any PlaceMap
    /// What derived rates and the nodes of an index are made of. None is ever made of itself.
    let parts: [String: [String]]
    /// The positions of the sources on the page, by file.
    let sourceNumbers: [String: Int]

    init(_ page: ReportPage) {
        self.page = page
        data = PageData(page.summary.tables)
        parts = data.parts
        let (gazetteer, other) = (page.gazetteer, page.other)
        let isOther = { gazetteer.country(of: $0) == other }
        map =
            page.boundaries.flatMap { ShapeMap($0, isOther: isOther) }
            ?? TileMap(.shipped, river: words["map.river"], isOther: isOther)
        sourceNumbers = Dictionary(page.summary.inputs.enumerated().map { ($1.file, $0) }) { first, _ in first }
    }

    /// The whole page.
    func whole() -> String {
        let sections =
            [topicSection, gapSection, mapSection, trendSection, inequalitySection, rankSection, neighbourSection]
            .compactMap { $0() }
            + [targetSection, checkSection, qualitySection, sourceSection].compactMap { $0() }
        let headlines = headlineSection()
        // By now every number that is shown is known by its number.
        let drawn = sections.map(section).joined()
        let room = Self.weight - Self.frame - headlines.source.utf8.count - drawn.source.utf8.count
        let graph = page.derivations.map { $0(shown.cells, room) }
        let template = Self.template(PageAssets.pageTemplate)
        return template.render(context(headlines, contents(sections), drawn, graph))
    }

    /// How many bytes a page may have, so that a poor connection, too, opens it: what the figures leave of them is for the derivations.
    private static let weight = 1_450_000
    /// How many of them the frame of the page takes: style, script, names of places.
    private static let frame = 60_000

    private func context(
        _ headlines: Markup,
        _ contents: Markup,
        _ sections: Markup,
        _ graph: DerivationGraph?
    ) -> [String: String] {
        let style = PageAssets.style
        let script = PageAssets.script
        let title = page.summary.title
        let first = page.languages[0]
        return [
            "language": first.rawValue,
            "style": String(decoding: style, as: UTF8.self),
            "script": String(decoding: script, as: UTF8.self),
            "style_hash": page.digest(style),
            "script_hash": page.digest(script),
            "title": Self.cut(title[first], to: 120),
            "heading": heading(title).source,
            "skip": words["page.skip"].spans.source,
            "switch": languageSwitch.source,
            "facts": facts.source,
            "banner": banner.source,
            "headlines": headlines.source,
            "headlines_title": words["headlines.title"].spans.source,
            "contents": contents.source,
            "contents_label": words["page.contents"].spans.source,
            "definitions": map.definitions.source,
            "sections": sections.source,
            "reading": reading.source,
            "explain_title": words["explain.title"].spans.source,
            "close": words["explain.close"].spans.source,
            "data": scriptData(graph),
        ]
    }

    /// A number that can be asked where it comes from.
    func number(_ figures: Figures, _ text: String? = nil) -> Markup {
        "<b data-e=\"\(mark(figures.cell) ?? 0)\">\(text ?? NumberText.rounded(figures.value))</b>"
    }

    /// The number of a cell among those shown; `nil` where the page explains nothing.
    func mark(_ cell: ShownCell) -> Int? {
        page.derivations == nil ? nil : shown.number(of: cell)
    }

    func name(of place: String) -> LocalisedText {
        guard let names = page.gazetteer[place]?.names, !names.english.isEmpty else {
            return LocalisedText(english: place)
        }
        return names
    }

    func name(ofIndicator id: String) -> LocalisedText {
        guard let names = page.catalogue[id]?.names, !names.english.isEmpty else { return LocalisedText(english: id) }
        return names
    }

    func unit(of id: String) -> LocalisedText {
        words.text("unit", page.catalogue[id]?.unit ?? "")
    }

    var countries: (reference: LocalisedText, other: LocalisedText) {
        (name(of: page.reference), name(of: page.other))
    }

    /// A year as sentences write it: in Thai with that of the Buddhist Era.
    func year(_ year: Int) -> LocalisedMarkup {
        LocalisedMarkup { $0 == .thai ? "พ.ศ. \(String(year + 543)) (ค.ศ. \(String(year)))" : "\(String(year))" }
    }

    /// Where the values of some indicators come from: publishers, worst grade, each with a link to the sources below.
    ///
    /// - Parameters:
    ///   - indicators: Whose values.
    ///   - isWanted: Of which places.
    /// - Returns: Up to four publishers.
    func sources(of indicators: [String], at isWanted: (String) -> Bool = { _ in true }) -> LocalisedMarkup {
        sources(files: indicators.flatMap { files(behind: $0, at: isWanted) })
    }

    /// The same, of comparisons: national figures and those of provinces may come from different files.
    func sources(of gaps: [LatestGap]) -> LocalisedMarkup {
        sources(files: gaps.flatMap { gap in files(behind: gap.indicator.id) { isOf(gap.row, $0) } })
    }

    /// Whether a place is of the level that a row compares.
    private func isOf(_ row: GapRow, _ place: String) -> Bool {
        let isCountry = page.gazetteer.level(of: place) == .country
        return isCountry == (row.level == PlaceLevel.country.rawValue)
    }

    private func sources(files: [String]) -> LocalisedMarkup {
        let behind = Set(files)
        let numbers = behind.compactMap { sourceNumbers[$0] }.sorted()
        var names: [String] = []
        var links = Markup()
        for number in numbers {
            let input = page.summary.inputs[number]
            let publisher = input.metadata?.publisher ?? ""
            let name = publisher.isEmpty ? input.file : publisher
            guard !names.contains(name) else { continue }
            names.append(name)
            guard names.count <= 4 else { continue }
            links += links.isEmpty ? "" : "; "
            links += "<a href=\"#source-\(number + 1)\">\(Self.cut(name, to: 80))</a>"
        }
        let grade = Grade.worst(of: numbers.map { page.summary.inputs[$0].grade })
        let more = names.count > 4 ? " +\(names.count - 4)" as Markup : ""
        return words.sentence(
            "figure.source",
            [
                "names": LocalisedMarkup(links + more),
                "grade": LocalisedMarkup(words.text("grade", grade?.rawValue ?? "")),
            ]
        )
    }

    /// The files of an indicator, and of what a derived rate is made of.
    private func files(behind indicator: String, at isWanted: (String) -> Bool = { _ in true }) -> [String] {
        let own = data.files(of: indicator, at: isWanted)
        if !own.isEmpty { return own }
        return (parts[indicator] ?? []).flatMap { files(behind: $0, at: isWanted) }
    }

    /// Whether a value of any of the indicators was made up to show the method.
    func isIllustrative(_ indicators: [String]) -> Bool {
        let isRead = indicators.flatMap { files(behind: $0) }.contains { file in
            sourceNumbers[file].map { page.summary.inputs[$0].grade == .illustrative } ?? false
        }
        // A result says so itself, whatever it is made of.
        return isRead
            || data.gaps.contains { $0.grade == Grade.illustrative.rawValue && indicators.contains($0.indicator) }
    }

    /// A word behind a name or a verdict where its figures were made up; nothing where they were not.
    func madeUp(_ grade: String) -> LocalisedMarkup {
        guard grade == Grade.illustrative.rawValue else { return LocalisedMarkup("") }
        return LocalisedMarkup { " <small class=\"mark\">(\(words["state.illustrative"][$0]))</small>" }
    }

    /// A sentence, with that word behind it.
    func marked(_ text: LocalisedMarkup, grade: String) -> LocalisedMarkup {
        let word = madeUp(grade)
        return LocalisedMarkup { "\(text[$0])\(word[$0])" }
    }

    static func cut(_ text: String, to length: Int) -> String {
        text.count > length ? text.prefix(length - 1) + "…" : text
    }

    static func template(_ bytes: [UInt8]) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
        } catch {
            preconditionFailure("the template is ours and was tested, but: \(error)")
        }
    }
}
