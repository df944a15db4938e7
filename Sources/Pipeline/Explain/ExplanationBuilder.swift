internal import Indicators

/// Walks from a cell to the cells of the input files.
struct ExplanationBuilder {
    private let lineage: Lineage
    private var explanation = Explanation()
    private var known: [CellPosition: Int] = [:]

    init(_ lineage: Lineage) {
        self.lineage = lineage
    }

    /// - Throws: ``RunFailure`` where a stage cannot tell where a cell comes from.
    static func explanation(of position: CellPosition, _ lineage: Lineage) throws(RunFailure) -> Explanation {
        var builder = ExplanationBuilder(lineage)
        _ = try builder.node(for: position)
        return builder.explanation
    }

    private mutating func node(for position: CellPosition) throws(RunFailure) -> Int {
        if let index = known[position] { return index }
        let table = lineage.tables[position.table]
        let derivation = try lineage.derivation(of: position)
        let address = table.cellAddress(row: position.row, column: position.column)
        let index = add(Explanation.Node(address: address, value: lineage[position], derivation: derivation))
        known[position] = index
        try addInputs(of: derivation, to: index)
        return index
    }

    private mutating func add(_ node: Explanation.Node) -> Int {
        explanation.nodes.append(node)
        return explanation.nodes.count - 1
    }

    private mutating func addInputs(of derivation: Derivation, to index: Int) throws(RunFailure) {
        for input in derivation.inputs {
            let node = try node(for: input.source)
            explanation.nodes[index].inputs.append(
                Explanation.Edge(role: input.role, subject: input.subject, node: node)
            )
        }
    }

    private mutating func node(for source: Derivation.Source) throws(RunFailure) -> Int {
        switch source {
        case .cell(let address): return try node(for: try lineage.position(of: address))
        case .observation(let key, let aspect): return try node(for: try lineage.position(of: key, aspect))
        case .intermediate(let value, let derivation):
            let index = add(Explanation.Node(value: value, derivation: derivation))
            try addInputs(of: derivation, to: index)
            return index
        case .raw(let raw): return add(leaf(raw))
        case .place(let code, let column):
            let place = lineage.files.place(code, column: column)
            return add(Explanation.Node(place: place, value: .text(place.text)))
        case .indicator(let id):
            let place = lineage.files.indicator(id)
            return add(Explanation.Node(place: place, value: .text(id)))
        case .declaration(let file, let line, let text):
            let place = Explanation.FilePlace(file: file, line: line, text: text)
            return add(Explanation.Node(place: place, value: .text(text)))
        }
    }

    private func leaf(_ raw: RawValue) -> Explanation.Node {
        let origin = raw.origin
        let value: Cell = if case .number(let number) = raw.reading { .number(number) } else { .missing }
        let named = [raw.place, raw.placeCode, raw.period, raw.group == Group.total ? "" : raw.group]
        let place = Explanation.FilePlace(
            file: origin.file,
            line: origin.line,
            record: origin.record,
            field: origin.field,
            cell: origin.cell ?? "",
            column: origin.heading,
            text: raw.text,
            subject: named.filter { !$0.isEmpty }.joined(separator: ", ")
        )
        let findings = lineage.findingsByRecord[Lineage.RecordKey(origin.file, origin.record)] ?? []
        return Explanation.Node(
            place: place,
            value: value,
            // Those without a record are of the whole file, unless they name the cell.
            findings: findings.filter { $0.column == origin.column || ($0.column.isEmpty && origin.record > 0) }
        )
    }
}
