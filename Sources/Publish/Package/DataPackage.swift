import Indicators

extension Summary {
    /// `datapackage.json`: every CSV of the run with the types, units, definitions, keys and limits of its columns, and
    /// the sources that the run was made of with their terms.
    ///
    /// All of it comes from the schemas of the tables and the metadata of the sources. How many bytes a file has and
    /// their hash stand in the manifest, which is written last.
    ///
    /// - Parameter dialect: In which the tables are spelt.
    /// - Returns: UTF-8 with a final line feed.
    /// - SeeAlso: Frictionless Data, *Data Package*, *Tabular Data Resource* and *Table Schema*, version 1.
    func dataPackage(_ dialect: CSVDialect) -> [UInt8] {
        var members: JSON.Members = [
            "profile": .text("tabular-data-package"),
            "name": .text(pipeline),
            "title": .text(title.english.isEmpty ? pipeline : title.english),
            "titles": .object(["en": .text(title.english), "th": .text(title.thai), "lo": .text(title.lao)]),
            "as_of": .text(asOf.description),
            "grade": JSON(grade?.rawValue),
            "resources": .array(tables.map { $0.schema.resource(dialect) }),
        ]
        // The standard wants none rather than an empty list.
        if !inputs.isEmpty { members["sources"] = .array(inputs.map(\.dataPackageSource)) }
        let licences = licences
        if !licences.isEmpty { members["licenses"] = .array(licences.map(\.json)) }
        return JSON.object(members).bytes
    }

    /// The terms of all sources, each once, in order of their words.
    var licences: [Licence] {
        Set(inputs.compactMap(\.metadata?.licence).filter { !$0.isEmpty }).sorted().map(Licence.init)
    }
}

extension Summary.Input {
    /// What the publisher calls it; the file's name where nothing is known of it.
    var sourceTitle: String {
        guard let title = metadata?.title, !title.isEmpty else { return file }
        return title
    }

    /// A source may be an address in words; only what is one for a program stands under `path`.
    fileprivate var dataPackageSource: JSON {
        var members: JSON.Members = [
            "title": .text(sourceTitle), "file": .text(file), "grade": .text(grade.rawValue),
        ]
        guard let metadata else { return .object(members) }
        let texts = [
            "publisher": metadata.publisher, "table": metadata.table, "years": metadata.years,
            "licence": metadata.licence, "address": metadata.source, "retrieved_from": metadata.retrievedFrom,
        ]
        for (key, text) in texts where !text.isEmpty { members[key] = .text(text) }
        if metadata.source.isWebAddress { members["path"] = .text(metadata.source) }
        return .object(members)
    }
}

extension String {
    /// Whether the whole text is an address that a program can open.
    var isWebAddress: Bool {
        (hasPrefix("https://") || hasPrefix("http://")) && !unicodeScalars.contains { $0 == " " || $0.value < 0x21 }
    }
}

extension TableSchema {
    fileprivate func resource(_ dialect: CSVDialect) -> JSON {
        .object([
            "dialect": .object([
                "delimiter": .text(dialect.semicolon ? ";" : ","),
                "doubleQuote": .boolean(true),
                "header": .boolean(true),
                "lineTerminator": .text(dialect.excel ? "\r\n" : "\n"),
                "quoteChar": .text("\""),
                "skipInitialSpace": .boolean(false),
            ]),
            "encoding": .text(dialect.excel ? "utf-8-sig" : "utf-8"),
            "format": .text("csv"),
            "mediatype": .text("text/csv"),
            "name": .text(name),
            "path": .text("\(name).csv"),
            "profile": .text("tabular-data-resource"),
            "schema": tableSchema(dialect),
            "title": .text(title),
        ])
    }

    private func tableSchema(_ dialect: CSVDialect) -> JSON {
        let keys = keyIndices.map { JSON.text(columns[$0].id) }
        var members: JSON.Members = [
            "fields": .array(columns.map { $0.field(dialect) }), "missingValues": .array([.text("")]),
        ]
        if !keys.isEmpty { members["primaryKey"] = .array(keys) }
        return .object(members)
    }
}

extension Column {
    fileprivate func field(_ dialect: CSVDialect) -> JSON {
        var members: JSON.Members = [
            "description": .text(definition), "name": .text(id),
            "type": .text(type == .text ? "string" : type.rawValue),
        ]
        if !unit.isEmpty { members["unit"] = .text(unit) }
        if !source.isEmpty { members["source"] = .text(source) }
        if type == .number && dialect.decimalComma { members["decimalChar"] = .text(",") }
        var constraints: JSON.Members = [:]
        // A key may be an empty text, which the standard cannot tell from a missing one.
        if isKey && type != .text { constraints["required"] = .boolean(true) }
        if !words.isEmpty { constraints["enum"] = .array(words.map(JSON.text)) }
        if let least { constraints["minimum"] = .number(least) }
        if let greatest { constraints["maximum"] = .number(greatest) }
        if !constraints.isEmpty { members["constraints"] = .object(constraints) }
        return .object(members)
    }

    /// The least number that may stand in it, `nil` where there is none.
    var least: Double? { range.flatMap { abs($0.lowerBound) < .greatestFiniteMagnitude ? $0.lowerBound : nil } }
    /// The greatest number that may stand in it, `nil` where there is none.
    var greatest: Double? { range.flatMap { abs($0.upperBound) < .greatestFiniteMagnitude ? $0.upperBound : nil } }
}
