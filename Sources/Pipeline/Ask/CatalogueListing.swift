package import Indicators
internal import Publish
internal import Shipped

/// A catalogue to be read: listed, searched and explained.
package struct CatalogueListing: Sendable {
    package let catalogue: Catalogue

    package init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
    }

    /// - Parameters:
    ///   - pipeline: A pipeline file whose catalogue is wanted; `nil` for the one in the binary.
    ///   - confinement: The folder that nothing may leave.
    /// - Throws: ``RunFailure`` where a file cannot be read or is not of its shape.
    package init(pipeline: String?, confinement: String? = nil) throws(RunFailure) {
        if let pipeline {
            catalogue = try PipelineFile.read(pipeline, confinement: confinement).catalogue
        } else {
            catalogue = try .shipped()
        }
    }

    /// The indicators in which every word stands somewhere: in id, topic, names, definition, unit or codes, in any
    /// language, whatever its case.
    ///
    /// - Parameters:
    ///   - words: All of which are wanted; without any, every indicator is found.
    ///   - topic: The only topic that is wanted; `nil` for all.
    /// - Returns: In the order of the topics, then of the ids.
    package func found(by words: [String], topic: String? = nil) -> [Indicator] {
        let wanted = words.map { $0.lowercased() }
        let order = Dictionary(uniqueKeysWithValues: catalogue.topics.enumerated().map { ($1.id, $0) })
        return catalogue.indicators
            .filter { topic == nil || $0.topic == topic }
            .filter { indicator in
                let text = haystack(of: indicator)
                return wanted.allSatisfy { text.contains($0) }
            }
            .sorted { (order[$0.topic] ?? .max, $0.id) < (order[$1.topic] ?? .max, $1.id) }
    }

    /// The one indicator that a text names by its id or by a whole name in any language.
    package func named(_ text: String) -> Indicator? {
        if let indicator = catalogue[text] { return indicator }
        let folded = text.lowercased()
        let named = catalogue.indicators.filter { indicator in
            Language.allCases.contains { indicator.names[$0].lowercased() == folded }
        }
        return named.count == 1 ? named.first : nil
    }

    /// `did you mean ...?` for words that found nothing.
    package func hint(for words: [String]) -> String {
        let candidates =
            catalogue.indicators.map(\.id)
            + catalogue.indicators.flatMap { indicator in
                Language.allCases.map { indicator.names[$0] }
            }
        return Indicators.hint(for: words.joined(separator: " "), among: candidates)
    }

    private func haystack(of indicator: Indicator) -> String {
        let topic = catalogue.topics.first { $0.id == indicator.topic }
        var words = [indicator.id, indicator.topic, indicator.unit]
        for language in Language.allCases {
            words += [indicator.names[language], indicator.definition[language], topic?.names[language] ?? ""]
        }
        words += indicator.codes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return words.joined(separator: "\n").lowercased()
    }
}

extension CatalogueListing {
    /// One row for each of `indicators`, all that the catalogue says of it.
    package func table(of indicators: [Indicator]) -> Table {
        var table = Table(schema: Self.schema)
        for indicator in indicators {
            let codes = indicator.codes.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
            table.append(
                [
                    .text(indicator.id), .text(indicator.topic), .text(indicator.basis.rawValue),
                    .text(indicator.names.english), .text(indicator.names.thai), .text(indicator.names.lao),
                    .text(indicator.unit), .text(indicator.kind.rawValue), .text(indicator.direction.rawValue),
                    Cell(indicator.denominator), .text(indicator.definition.english),
                    .text(indicator.definition.thai), .text(indicator.definition.lao),
                    codes.isEmpty ? .missing : .text(codes.joined(separator: "; ")),
                ]
            )
        }
        return table
    }

    private static let schema = TableSchema(
        name: "indicators",
        title: "One indicator of the catalogue.",
        columns: [
            Column("id", .text, definition: "The word by which pipelines and outputs name it.", isKey: true),
            Column("topic", .text, definition: "The topic of the framework."),
            Column(
                "basis",
                .text,
                definition: "Where the topic stands in the announcement of 2018.",
                words: Indicator.Basis.words
            ),
            Column("name_en", .text, definition: "Its name in English."),
            Column("name_th", .text, definition: "Its name in Thai."),
            Column("name_lo", .text, definition: "Its name in Lao."),
            Column("unit", .text, definition: "Its unit as it is printed."),
            Column("kind", .text, definition: "Which rules judge its values.", words: Indicator.Kind.words),
            Column("direction", .text, definition: "Which end is better.", words: Indicator.Direction.words),
            Column("denominator", .text, definition: "The indicator that weights its means over places."),
            Column("definition_en", .text, definition: "Its definition in English."),
            Column("definition_th", .text, definition: "Its definition in Thai."),
            Column("definition_lo", .text, definition: "Its definition in Lao."),
            Column("codes", .text, definition: "SCHEME:CODE of international lists, separated by semicolons."),
        ]
    )
}

extension Catalogue {
    /// The catalogue that travels in the binary.
    static func shipped() throws(RunFailure) -> Catalogue {
        let resource = Shipped.catalogue
        return try CatalogueFile.read(text: String(decoding: resource.bytes, as: UTF8.self), file: resource.file)
    }
}

/// A table on its own, for people who ask for it rather than for a run.
package enum Printed {
    /// As the CSV files of a run are: UTF-8, LF, rows in order of the key.
    package static func csv(_ table: Table) -> [UInt8] {
        Publish.csv(table)
    }

    /// A list of objects, one for each row of the CSV, in its order, the same numbers; a missing cell is null.
    package static func json(_ table: Table) -> [UInt8] {
        let sorted = table.sortedByKey()
        let rows = (0..<sorted.rowCount).map { row in
            let members = sorted.schema.columns.indices.map { (sorted.schema.columns[$0].id, JSON(sorted[row, $0])) }
            return JSON.object(.init(members))
        }
        return JSON.array(rows).bytes
    }
}
