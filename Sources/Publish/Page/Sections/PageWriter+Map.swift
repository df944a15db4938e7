import Indicators

extension PageWriter {
    /// How many maps a page has at most: those with the most places.
    private static let mapLimit = 14

    /// What a map shows: the values of one indicator, each country in the year in which it has the most.
    struct MapContent {
        var indicator: Indicator
        var values: [String: MapValue]
        /// By place, the cell that its value stands in.
        var cells: [String: ShownCell] = [:]
        /// By country, the year and how many places of it have a value of their own.
        var years: [(country: String, year: Int, isRegional: Bool)]
    }

    /// One map for each indicator that many places have a value of.
    func mapSection() -> PageSection? {
        let ranked = page.catalogue.indicators.filter { $0.direction != .neutral }
            .compactMap(content)
            .filter { content in content.values.values.count { !$0.isRegional } >= 10 }
            .sorted { left, right in
                let (one, other) = (weight(left), weight(right))
                return one != other ? one > other : left.indicator.id < right.indicator.id
            }
        let chosen = oneOfEachTopicFirst(ranked).prefix(Self.mapLimit)
        guard !chosen.isEmpty else { return nil }
        return PageSection(
            id: "map",
            title: heading("map.title"),
            lead: heading(page.boundaries == nil ? "map.lead" : "map.lead-shapes"),
            figures: chosen.enumerated().map { figure(number: $0 + 1, $1) }
        )
    }

    /// In their order, but the first of each topic before the second of any; an index and its nodes are topics of their own.
    private func oneOfEachTopicFirst(_ contents: [MapContent]) -> [MapContent] {
        var counts: [String: Int] = [:]
        let rounds = contents.map { content -> Int in
            let id = content.indicator.id
            let topic = content.indicator.unit == "score" ? "score" + id.filter { $0 == "." } : content.indicator.topic
            counts[topic, default: 0] += 1
            return counts[topic, default: 1] + (topic == "score." ? contents.count : 0)
        }
        return zip(rounds, contents).enumerated().sorted { left, right in
            (left.element.0, left.offset) < (right.element.0, right.offset)
        }.map(\.element.1)
    }

    /// Maps of both countries come first, of these that of an index as a whole, then those of more places.
    private func weight(_ content: MapContent) -> Int {
        let countries = Set(content.years.map(\.country)).count
        let isIndex = content.indicator.unit == "score" && !content.indicator.id.contains(".")
        return countries * 1_000 + (isIndex ? 500 : 0) + content.values.count
    }

    private func content(of indicator: Indicator) -> MapContent? {
        let places = data.places(with: indicator.id)
        guard places.count >= 5 else { return nil }
        var content = MapContent(indicator: indicator, values: [:], years: [])
        for country in [page.reference, page.other] {
            guard let level = page.gazetteer.finestLevel(in: country) else { continue }
            let own = places.filter {
                page.gazetteer.country(of: $0) == country && page.gazetteer.level(of: $0) == level && map.contains($0)
            }
            let regions = places.filter {
                page.gazetteer.country(of: $0) == country && page.gazetteer.level(of: $0) == .region
            }
            if own.count >= max(5, regions.count) {
                add(own, of: country, to: &content) { [$0] }
            } else if !regions.isEmpty {
                add(regions, of: country, to: &content) { region in
                    page.gazetteer.places(at: level, under: region).map(\.code).filter(map.contains)
                }
            }
        }
        return content.values.isEmpty ? nil : content
    }

    /// Adds the values of the year in which most of `places` have one, of equals the latest.
    private func add(
        _ places: [String],
        of country: String,
        to content: inout MapContent,
        shownAt targets: (String) -> [String]
    ) {
        var counts: [Int: Int] = [:]
        for place in places {
            for reading in data.series(content.indicator.id, place) { counts[reading.year, default: 0] += 1 }
        }
        guard let year = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return }
        var isRegional = false
        for place in places {
            guard let reading = data.series(content.indicator.id, place).last(where: { $0.year == year }) else {
                continue
            }
            for target in targets(place) {
                isRegional = isRegional || target != place
                content.values[target] = MapValue(value: reading.value, isRegional: target != place)
                content.cells[target] = reading.cell
            }
        }
        content.years.append((country, year, isRegional))
    }

    private func figure(number: Int, _ ranked: MapContent) -> Figure {
        var content = ranked
        // Only what is drawn is a number that can be asked.
        for code in ranked.cells.keys.sorted() {
            content.values[code]?.number = ranked.cells[code].flatMap(mark)
        }
        let id = "map-\(number)"
        let shading = Shading(Set(content.values.values.map(\.value)).sorted())
        let names = LocalisedMarkup(content.indicator.names)
        let list = LocalisedMarkup { language in
            content.years.enumerated().map { position, year in
                "\(position == 0 ? "" : ", ")\(self.name(of: year.country)[language]) \(String(year.year))" as Markup
            }.joined()
        }
        var notes: [LocalisedMarkup] = []
        if content.years.contains(where: \.isRegional) { notes.append(heading("map.regional")) }
        if Set(content.years.map(\.year)).count > 1 { notes.append(heading("map.years-differ")) }
        return Figure(
            id: id,
            question: words.sentence("map.question", ["indicator": names]),
            units: words.sentence(
                "map.units",
                [
                    "unit": LocalisedMarkup(unit(of: content.indicator.id)), "years": list,
                    "direction": LocalisedMarkup(words["direction.\(content.indicator.direction.rawValue)"]),
                ]
            ),
            legend: legend(shading, content),
            drawing: map.svg(content.values, shading, labelledBy: "\(id)-title"),
            sources: sources(of: [content.indicator.id]) { page.gazetteer.level(of: $0) != .country },
            notes: notes,
            table: table(of: content),
            csv: csv(of: content),
            isIllustrative: isIllustrative([content.indicator.id])
        )
    }

    /// The classes with their ends.
    private func legend(_ shading: Shading, _ content: MapContent) -> Markup {
        let numbers = content.values.values.map(\.value)
        guard let low = numbers.min(), let high = numbers.max() else { return "" }
        let ends = [low] + shading.breaks + [high]
        let classes = (0...shading.breaks.count).map { index -> Markup in
            let text =
                ends[index] == ends[index + 1]
                ? NumberText.rounded(ends[index])
                : "\(NumberText.rounded(ends[index]))–\(NumberText.rounded(ends[index + 1]))"
            return "<li><i class=\"swatch \(shading.name(of: index))\"></i>\(text)</li>"
        }
        let isWhole = content.values.count == (page.gazetteer.places.count { map.contains($0.code) })
        let missing: Markup =
            isWhole ? "" : "<li><i class=\"swatch none\"></i>\(words["map.missing"].spans)</li>"
        return "<ul class=\"legend\">\(classes.joined())\(missing)</ul>"
    }

    /// So many places from each end of a country's order stand in the table; the rest are on the map and in the CSV.
    private static let endsInTable = 5

    private func table(of content: MapContent) -> Markup {
        let codes = content.values.map { (code: $0.key, value: $0.value.value) }.sorted { left, right in
            left.value != right.value ? left.value > right.value : left.code < right.code
        }.map(\.code)
        var rows: [[Markup]] = []
        var omitted = 0
        for (country, _, _) in content.years {
            let own = codes.filter { page.gazetteer.country(of: $0) == country }
            let isWhole = own.count <= 2 * Self.endsInTable + 1
            let shown = isWhole ? own : own.prefix(Self.endsInTable) + own.suffix(Self.endsInTable)
            omitted += own.count - shown.count
            rows += shown.map { row(of: $0, content) }
        }
        let whole = table(
            caption: LocalisedMarkup(content.indicator.names),
            [
                (heading("column.place"), false), (heading("column.country"), false), (heading("column.value"), true),
            ],
            rows
        )
        guard omitted > 0 else { return whole }
        let note = words.sentence(
            "figure.middle",
            ["count": LocalisedMarkup("\(omitted)"), "file": LocalisedMarkup("<code>\(csv(of: content))</code>")]
        )
        return whole + "<p class=\"note\">\(note.spans)</p>"
    }

    private func row(of code: String, _ content: MapContent) -> [Markup] {
        guard let value = content.values[code] else { return [] }
        let text: Markup = "\(NumberText.rounded(value.value))"
        let cell: Markup = value.number.map { "<b data-e=\"\($0)\">\(text)</b>" } ?? text
        return [
            name(of: code).spans, "\(page.gazetteer.country(of: code) ?? "")",
            value.isRegional ? "\(cell)<sup>*</sup>" : cell,
        ]
    }

    /// The file that holds the values of a map.
    private func csv(of content: MapContent) -> String {
        if !data.files(of: content.indicator.id).isEmpty { return "observations.csv" }
        return content.indicator.unit == "score" ? "index.csv" : "normalised.csv"
    }
}
