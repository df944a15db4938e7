import Indicators

/// Reads a catalogue of indicators, for instance `Datasets/indicators.yaml`.
enum CatalogueFile {
    static let shape = Shape.record([
        Field("topics", .list(.record(topic)), "The topics, in the order in which people are to read of them."),
        Field("indicators", .list(.record(entry)), required: true, "The indicators, in any order."),
    ])

    private static let topic: [Field] = [
        Field("id", Forms.identifier, required: true, "The word by which indicators name it."),
        Field(
            "basis",
            .choice(Indicator.Basis.allCases.map(\.rawValue)),
            required: true,
            "Where it stands in the announcement."
        ),
        Field("names", .localised, required: true, "What people call it, in three languages."),
    ]

    private static let entry: [Field] = [
        Field("id", Forms.identifier, required: true, "The word by which pipelines and outputs name it."),
        Field("topic", Forms.identifier, required: true, "The topic of the framework that it belongs to."),
        Field(
            "basis",
            .choice(Indicator.Basis.allCases.map(\.rawValue)),
            required: true,
            "Where the topic stands in the announcement of 2018."
        ),
        Field("names", .localised, required: true, "What people call it, in three languages."),
        Field("unit", .text, required: true, "As it is printed: %, per 100, baht per month."),
        Field("kind", .choice(Indicator.Kind.allCases.map(\.rawValue)), required: true, "Which rules judge it."),
        Field(
            "direction",
            .choice(Indicator.Direction.allCases.map(\.rawValue)),
            required: true,
            "Which end is better: higher, lower or none."
        ),
        Field("denominator", Forms.identifier, "The indicator that weights its mean over places."),
        Field("definition", .localised, "One sentence that follows the international source."),
        Field("codes", .map(.text), "International codes by scheme: ITU, SDG, MICS, UIS."),
    ]

    /// - Throws: ``RunFailure`` where the file is not of the shape, an id stands twice, or a denominator is not in it.
    static func read(path: String, file: String) throws(RunFailure) -> Catalogue {
        try catalogue(of: YAMLFile.read(path: path, file: file, shape: shape), file: file)
    }

    /// The catalogue in a text, for instance the one in the binary.
    static func read(text: String, file: String) throws(RunFailure) -> Catalogue {
        try catalogue(of: YAMLFile.read(text: text, file: file, shape: shape), file: file)
    }

    private static func catalogue(of content: Located, file: String) throws(RunFailure) -> Catalogue {
        var indicators: [Indicator] = []
        var problems: [Problem] = []
        let entries = content["indicators"]?.items ?? []
        let ids = Set(entries.compactMap { $0["id"]?.text })
        var seen: Set<String> = []
        for entry in entries {
            guard let indicator = indicator(entry) else { continue }
            if !seen.insert(indicator.id).inserted {
                problems.append(
                    Problem(
                        file: file,
                        place: entry["id"]?.place,
                        problem: "an indicator stands twice",
                        found: indicator.id
                    )
                )
            }
            if let denominator = indicator.denominator, !ids.contains(denominator) {
                problems.append(
                    Problem(
                        file: file,
                        place: entry["denominator"]?.place,
                        problem: "no such indicator",
                        expected: "an id of this catalogue",
                        found: denominator,
                        hint: Indicators.hint(for: denominator, among: ids.sorted())
                    )
                )
            }
            indicators.append(indicator)
        }
        if !problems.isEmpty { throw RunFailure(problems) }
        return Catalogue(indicators, topics: (content["topics"]?.items ?? []).compactMap(topic))
    }

    private static func topic(_ entry: Located) -> Topic? {
        guard let id = entry["id"]?.text, let basis = entry["basis"]?.text.flatMap(Indicator.Basis.init) else {
            return nil
        }
        return Topic(id: id, basis: basis, names: entry["names"]?.localised ?? LocalisedText())
    }

    private static func indicator(_ entry: Located) -> Indicator? {
        guard let id = entry["id"]?.text, let topic = entry["topic"]?.text,
            let basis = entry["basis"]?.text.flatMap(Indicator.Basis.init),
            let kind = entry["kind"]?.text.flatMap(Indicator.Kind.init),
            let direction = entry["direction"]?.text.flatMap(Indicator.Direction.init)
        else { return nil }
        let codes = entry["codes"]?.entries ?? []
        return Indicator(
            id: id,
            topic: topic,
            basis: basis,
            names: entry["names"]?.localised ?? LocalisedText(),
            unit: entry["unit"]?.text ?? "",
            kind: kind,
            direction: direction,
            denominator: entry["denominator"]?.text,
            definition: entry["definition"]?.localised ?? LocalisedText(),
            codes: Dictionary(codes.map { ($0.key, $0.value.text ?? "") }) { first, _ in first }
        )
    }
}

extension Located {
    /// Text for everyone, or in three languages.
    var localised: LocalisedText {
        if let text { return LocalisedText(english: text) }
        return LocalisedText(
            english: self["en"]?.text ?? "",
            thai: self["th"]?.text ?? "",
            lao: self["lo"]?.text ?? ""
        )
    }
}
