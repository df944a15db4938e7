internal import Indicators

extension Explanation {
    /// The derivation as an indented tree. What comes up again is told once, and named where it does.
    package var lines: [String] {
        var writer = TreeWriter(explanation: self)
        writer.write(Edge(role: "", subject: "", node: 0), depth: 0)
        return writer.lines
    }
}

extension Explanation.FilePlace {
    /// `internet.csv:12, column 3 (ร้อยละ): “51.2”`, of a workbook `internet.xlsx, Sheet1!C12 (ร้อยละ): “51.2”`.
    package var words: String {
        var words = file
        if !cell.isEmpty {
            words += ", \(cell)" + (column.isEmpty ? "" : " (\(column))")
        } else if line > 0 {
            words += ":\(line)"
        }
        if field > 0 && cell.isEmpty { words += ", column \(field)" + (column.isEmpty ? "" : " (\(column))") }
        let text = text.split(separator: "\n").joined(separator: " ")
        if !text.isEmpty || field > 0 { words += ": “\(text)”" }
        if !subject.isEmpty { words += " of “\(subject)”" }
        return words
    }
}

private struct TreeWriter {
    let explanation: Explanation
    var lines: [String] = []
    private var told: Set<Int> = []

    init(explanation: Explanation) {
        self.explanation = explanation
    }

    mutating func write(_ edge: Explanation.Edge, depth: Int) {
        let node = explanation.nodes[edge.node]
        let role = [edge.role, edge.subject].filter { !$0.isEmpty }.joined(separator: " of ")
        let start = (role.isEmpty ? "" : role + ": ")
        guard let derivation = node.derivation else {
            add(start + leaf(node), depth)
            return
        }
        let head = start + name(of: node, derivation)
        if depth > 0, let source = onlySource(of: node) {
            add(([head + "  <-  " + leaf(source)] + asides(derivation)).joined(separator: "; "), depth)
            return
        }
        guard told.insert(edge.node).inserted else {
            add(head + "  (told above)", depth)
            return
        }
        add(head, depth)
        add(derivation.statement, depth + 1)
        for aside in asides(derivation) { add(aside, depth + 1) }
        for input in node.inputs { write(input, depth: depth + 1) }
    }

    /// The place in a file that is all a node comes from: such a node takes one line.
    private func onlySource(of node: Explanation.Node) -> Explanation.Node? {
        guard node.inputs.count == 1 else { return nil }
        let source = explanation.nodes[node.inputs[0].node]
        return source.derivation == nil ? source : nil
    }

    private func name(of node: Explanation.Node, _ derivation: Derivation) -> String {
        let value = node.value == .missing ? "(empty)" : node.value.text
        return (node.address.map(\.description) ?? derivation.rule) + " = " + value
    }

    private func asides(_ derivation: Derivation) -> [String] {
        derivation.parameters.map { "\($0.name): \($0.value)" }
            + derivation.decisions.map { "\($0.subject): \($0.statement)" }
    }

    private func leaf(_ node: Explanation.Node) -> String {
        ([node.place?.words ?? node.value.text]
            + node.findings.map { "\($0.severity.rawValue) \($0.code): expected \($0.expected)" })
            .joined(separator: "; ")
    }

    private mutating func add(_ text: String, _ depth: Int) {
        lines.append(String(repeating: "  ", count: depth) + Printable.escaped(text))
    }
}
