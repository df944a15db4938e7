import Indicators

extension Summary {
    /// `csv-metadata.json`: the same description of every CSV as in the data package, where readers of CSV on the Web
    /// look for it.
    ///
    /// - Parameter dialect: In which the tables are spelt.
    /// - Returns: UTF-8 with a final line feed.
    /// - SeeAlso: W3C (2015), *Metadata Vocabulary for Tabular Data*; the name is that of its section 5.3 of *Model for
    ///   Tabular Data and Metadata on the Web*.
    func csvOnTheWeb(_ dialect: CSVDialect) -> [UInt8] {
        var members: JSON.Members = [
            "@context": .array([.text("http://www.w3.org/ns/csvw"), .object(["@language": .text("en")])]),
            "dc:title": .text(title.english.isEmpty ? pipeline : title.english),
            "dialect": .object([
                "commentPrefix": .null,
                "delimiter": .text(dialect.semicolon ? ";" : ","),
                "encoding": .text("utf-8"),
                "header": .boolean(true),
                "lineTerminators": .array([.text(dialect.excel ? "\r\n" : "\n")]),
                "quoteChar": .text("\""),
                "trim": .boolean(false),
            ]),
            "tables": .array(tables.map { $0.schema.tableOnTheWeb(dialect) }),
        ]
        if !inputs.isEmpty { members["dc:source"] = .array(inputs.map { .text($0.sourceTitle) }) }
        let licences = licences.map { JSON.text($0.address ?? $0.words) }
        if !licences.isEmpty { members["dc:license"] = .array(licences) }
        return JSON.object(members).bytes
    }
}

extension TableSchema {
    fileprivate func tableOnTheWeb(_ dialect: CSVDialect) -> JSON {
        var schema: JSON.Members = ["columns": .array(columns.map { $0.columnOnTheWeb(dialect) })]
        let keys = keyIndices.map { JSON.text(columns[$0].id) }
        if !keys.isEmpty { schema["primaryKey"] = .array(keys) }
        return .object(["dc:title": .text(title), "tableSchema": .object(schema), "url": .text("\(name).csv")])
    }
}

extension Column {
    fileprivate func columnOnTheWeb(_ dialect: CSVDialect) -> JSON {
        var members: JSON.Members = [
            "datatype": datatype(dialect), "dc:description": .text(definition), "name": .text(id), "titles": .text(id),
        ]
        if !unit.isEmpty { members["schema:unitText"] = .text(unit) }
        if !source.isEmpty { members["dc:source"] = .text(source) }
        if isKey && type != .text { members["required"] = .boolean(true) }
        return .object(members)
    }

    private func datatype(_ dialect: CSVDialect) -> JSON {
        switch type {
        case .text where words.isEmpty: return .text("string")
        case .text:
            // Words of ours are letters, digits and hyphens: no word is a pattern of another.
            return .object(["base": .text("string"), "format": .text(words.joined(separator: "|"))])
        case .integer, .number:
            var members: JSON.Members = ["base": .text(type == .integer ? "integer" : "double")]
            if let least { members["minimum"] = .number(least) }
            if let greatest { members["maximum"] = .number(greatest) }
            if type == .number && dialect.decimalComma {
                members["format"] = .object(["decimalChar": .text(","), "groupChar": .text(" ")])
            }
            return members.count == 1 ? members["base"] ?? .null : .object(members)
        }
    }
}
