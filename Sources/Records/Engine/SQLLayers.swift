/// Columns that are worked out one after the other: a select does not see the names that it gives, the next one does.
struct SQLLayers {
    private struct Column {
        var name: String
        var expression: String
    }

    private var layers: [[Column]] = []

    var count: Int { layers.count }

    /// Adds a column to a layer; it is there for those that follow.
    mutating func add(_ name: String, _ expression: String, at layer: Int) {
        while layers.count <= layer { layers.append([]) }
        layers[layer].append(Column(name: name, expression: expression))
    }

    /// As common table expressions, each of which selects from the one before it: `layer0`, `layer1`... Each hands on what
    /// those behind it ask for, and no more: an engine plans for every column of every one of them.
    ///
    /// - Parameters:
    ///   - table: What the first selects from.
    ///   - columns: Its columns.
    ///   - uses: Texts of SQL that ask for columns of the last.
    /// - Returns: The expressions, and what the last is called.
    func text(from table: String, _ columns: [String], for uses: [String]) -> (text: [String], last: String) {
        let filled = layers.filter { !$0.isEmpty }
        var wanted = Set(uses.flatMap(Self.words))
        var selections: [[String]] = []
        for (index, layer) in filled.enumerated().reversed() {
            let known = filled[..<index].joined().map(\.name) + columns
            let own = layer.filter { wanted.contains($0.name) }
            let handedOn = known.filter { wanted.contains($0) }
            selections.append(handedOn + own.map { "\($0.expression) AS \($0.name)" })
            wanted = Set(handedOn)
            for column in own { wanted.formUnion(Self.words(column.expression)) }
        }
        var last = table
        let text = selections.reversed().enumerated().map { index, selection in
            let from = last
            last = "layer\(index)"
            return "\(last) AS (\n  SELECT \(selection.joined(separator: ",\n    "))\n  FROM \(from)\n)"
        }
        return (text, last)
    }

    /// Which columns, those of the first table or of a layer, texts of SQL ask for.
    func columns(_ columns: [String], askedForBy uses: [String]) -> [String] {
        let wanted = Set(uses.flatMap(Self.words))
        return (columns + layers.joined().map(\.name)).filter { wanted.contains($0) }
    }

    /// What could be names of columns.
    private static func words(_ text: String) -> [String] {
        text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "_" }.map(String.init)
    }
}

/// Words of SQL.
enum SQLText {
    static func quoted(_ text: String) -> String {
        let escaped = text.flatMap { character in
            character == "'" || character == "\\" ? ["\\", character] : [character]
        }
        return "'" + String(escaped) + "'"
    }

    static func identifier(_ name: String) -> String {
        "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
    }
}
