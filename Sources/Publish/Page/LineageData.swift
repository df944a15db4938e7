import Indicators

extension PageWriter {
    /// What the script needs: the derivations, the names of the places, and its words; JSON that no HTML can leave.
    func scriptData(_ graph: DerivationGraph?) -> String {
        guard let graph else { return "null" }
        var writer = CompactJSON()
        writer.object([
            ("nodes", { GraphWriter.write(graph, into: &$0) }),
            ("places", { json in json.object(places(in: graph)) }),
            ("words", { json in json.object(scriptWords) }),
            ("file", { $0.text(page.file) }),
        ])
        return writer.source
    }

    private func localised(_ text: LocalisedText) -> (inout CompactJSON) -> Void {
        { $0.array([text[.english], text[.thai], text[.lao]]) { json, name in json.text(name) } }
    }

    /// The names of all places that derivations and marks tell of.
    private func places(in graph: DerivationGraph) -> [(String, (inout CompactJSON) -> Void)] {
        page.gazetteer.places.map { ($0.code, localised($0.names)) }
    }

    private var scriptWords: [(String, (inout CompactJSON) -> Void)] {
        words.keys.filter { $0.hasPrefix("explain.") || $0.hasPrefix("rule.") }
            .map { ($0, localised(words[$0])) }
    }
}

/// Writes a graph of derivations with every text, every rule and every list of inputs once.
///
/// `s` texts; `d` how something was made: [rule, statement, [name, value...], [subject, statement...]]; `i` lists of
/// inputs: [role, subject, node...], a node by its distance from the one before, and behind them how many were left out, where some were; `t`
/// tables with their key columns; `n` nodes, and `r` the roots. A node of a table is [value, d, i, t, column, key...], with -2 for
/// `d` and `i` where no rule is told; one of a file [value, -1, file, line, field, column, text], one on the way [value, d, i]. Numbers
/// are exact, but 0 for the value of a file that its text tells; texts, roles and columns are positions in `s`; -1 is none.
private struct GraphWriter {
    private var texts: [String: Int] = [:]
    private var textList: [String] = []
    private var heads: [[[Int]]: Int] = [:]
    private var headList: [[[Int]]] = []
    private var lists: [[Int]: Int] = [:]
    private var listList: [[Int]] = []
    private var tables: [String: Int] = [:]
    private var tableList: [[Int]] = []

    static func write(_ graph: DerivationGraph, into json: inout CompactJSON) {
        var writer = GraphWriter()
        var nodes = CompactJSON()
        nodes.array(graph.nodes) { writer.write($1, into: &$0) }
        let (texts, heads, lists, tables) = (writer.textList, writer.headList, writer.listList, writer.tableList)
        func integers(_ json: inout CompactJSON, _ list: [Int]) { json.array(list) { $0.integer($1) } }
        json.object([
            ("s", { $0.array(texts) { $0.text($1) } }),
            ("d", { $0.array(heads) { $0.array($1) { integers(&$0, $1) } } }),
            ("i", { $0.array(lists) { integers(&$0, $1) } }),
            ("t", { $0.array(tables) { integers(&$0, $1) } }),
            ("n", { $0.bytes += nodes.bytes }),
            ("r", { $0.array(graph.roots) { $0.integer($1 ?? -1) } }),
        ])
    }

    private mutating func write(_ node: DerivationGraph.Node, into json: inout CompactJSON) {
        json.byte("[")
        switch node.place == nil ? node.value : .integer(0) {
        case .text(let text): json.text(text)
        case .integer(let integer): json.integer(integer)
        case .number(let number): json.raw(Cell.format(number))
        case .missing: json.raw("null")
        }
        if let place = node.place, node.derivation == nil {
            json.next(-1)
            json.next(text(place.file))
            json.next(place.line)
            json.next(place.field)
            json.next(text(place.column))
            json.next(text(place.text))
        } else {
            json.next(node.derivation.map { head($0) } ?? -2)
            json.next(node.derivation == nil ? -2 : list(node.inputs, omitted: node.omitted))
            if let address = node.address {
                json.next(table(address))
                json.next(text(address.column))
                for key in address.keys { json.next(text(key.value)) }
            }
        }
        json.byte("]")
    }

    private mutating func text(_ text: String) -> Int {
        if let known = texts[text] { return known }
        texts[text] = textList.count
        textList.append(text)
        return textList.count - 1
    }

    private mutating func head(_ derivation: Derivation) -> Int {
        var parts = [[text(derivation.rule), text(derivation.statement)], [], []]
        parts[1] = derivation.parameters.flatMap { [text($0.name), text($0.value)] }
        parts[2] = derivation.decisions.flatMap { [text($0.subject), text($0.statement)] }
        if let known = heads[parts] { return known }
        heads[parts] = headList.count
        headList.append(parts)
        return headList.count - 1
    }

    private mutating func list(_ inputs: [DerivationGraph.Edge], omitted: Int) -> Int {
        if inputs.isEmpty, omitted == 0 { return -1 }
        var last = 0
        var list = inputs.flatMap { input in
            defer { last = input.node }
            return [text(input.role), text(input.subject), input.node - last]
        }
        if omitted > 0 { list.append(omitted) }
        if let known = lists[list] { return known }
        lists[list] = listList.count
        listList.append(list)
        return listList.count - 1
    }

    private mutating func table(_ address: CellAddress) -> Int {
        if let known = tables[address.table] { return known }
        tables[address.table] = tableList.count
        tableList.append([text(address.table)] + address.keys.map { text($0.column) })
        return tableList.count - 1
    }
}

/// JSON without a space, in which `<` is spelt so that no text can end the script that holds it.
struct CompactJSON {
    var bytes: [UInt8] = []

    var source: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds what is JSON already.
    mutating func raw(_ json: String) { bytes += json.utf8 }

    /// Adds an ASCII character.
    mutating func byte(_ character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

    mutating func text(_ text: String) {
        byte("\"")
        if text.utf8.allSatisfy(Self.isPlain) {
            raw(text)
        } else {
            for scalar in text.unicodeScalars { add(scalar) }
        }
        byte("\"")
    }

    /// Whether a byte is of no scalar that is spelt in another way. Behind C2 and E2 one of those may come.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x26, 0x3C, 0x3E, 0x5C, 0..<0x20, 0x7F, 0xC2, 0xE2: false
        default: true
        }
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": raw("\\\"")
        case "\\": raw("\\\\")
        case "\n": raw("\\n")
        case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
            let digits = String(scalar.value, radix: 16)
            raw("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
    }

    mutating func integer(_ integer: Int) {
        if integer < 0 { byte("-") }
        var rest = integer.magnitude
        var place: UInt = 1
        while rest / place >= 10 { place *= 10 }
        while place > 0 {
            bytes.append(UInt8(truncatingIfNeeded: rest / place) + 0x30)
            rest %= place
            place /= 10
        }
    }

    /// Adds a number behind another element of a list.
    mutating func next(_ integer: Int) {
        byte(",")
        self.integer(integer)
    }

    mutating func array<Elements: Sequence>(
        _ elements: Elements,
        _ write: (inout CompactJSON, Elements.Element) -> Void
    ) {
        byte("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { byte(",") }
            write(&self, element)
        }
        byte("]")
    }

    mutating func object(_ members: [(String, (inout CompactJSON) -> Void)]) {
        byte("{")
        for (index, member) in members.enumerated() {
            if index > 0 { byte(",") }
            text(member.0)
            byte(":")
            member.1(&self)
        }
        byte("}")
    }
}
