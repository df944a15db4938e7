internal import Indicators
internal import Publish

/// Walks from many cells at once to the cells of the input files, the nearest first, and stops where there is no room
/// for more: a page can hold only so much.
struct DerivationGraphBuilder {
    private let lineage: Lineage
    /// How many nodes there may be before the inputs of further cells are left out.
    private let limit: Int
    private var graph = DerivationGraph()
    private var known: [CellPosition: Int] = [:]
    private var leaves: [LeafKey: Int] = [:]
    /// Cells whose inputs are still to be looked up, in the order in which they were met.
    private var waiting: [(node: Int, position: CellPosition)] = []

    private enum LeafKey: Hashable {
        case raw(Origin, String)
        case place(String, String)
        case indicator(String)
        case declaration(String, Int, String)
    }

    private init(_ lineage: Lineage, limit: Int) {
        self.lineage = lineage
        self.limit = limit
    }

    /// - Parameters:
    ///   - cells: The cells that are asked for.
    ///   - lineage: Of the run.
    ///   - limit: How many nodes there may be, but for the cells asked for.
    /// - Returns: Their derivations. A cell of which no stage can tell stands there without inputs.
    static func graph(of cells: [ShownCell], _ lineage: Lineage, limit: Int) -> DerivationGraph {
        var builder = DerivationGraphBuilder(lineage, limit: limit)
        builder.graph.roots = cells.map {
            builder.node(for: CellPosition(table: $0.table, row: $0.row, column: $0.column))
        }
        var next = 0
        while next < builder.waiting.count {
            builder.expand(builder.waiting[next])
            next += 1
        }
        return builder.graph
    }

    private mutating func expand(_ cell: (node: Int, position: CellPosition)) {
        guard graph.nodes.count < limit, let derivation = try? lineage.derivation(of: cell.position),
            let inputs = try? derivation.inputs.map({ try edge($0) })
        else { return }
        graph.nodes[cell.node].isCut = false
        graph.nodes[cell.node].derivation = derivation
        graph.nodes[cell.node].inputs = inputs
    }

    private mutating func edge(_ input: Derivation.Input) throws(RunFailure) -> DerivationGraph.Edge {
        DerivationGraph.Edge(role: input.role, subject: input.subject, node: try node(for: input.source))
    }

    private mutating func node(for position: CellPosition) -> Int {
        if let index = known[position] { return index }
        let address = lineage.tables[position.table].cellAddress(row: position.row, column: position.column)
        let index = add(DerivationGraph.Node(address: address, value: lineage[position], isCut: true))
        known[position] = index
        waiting.append((index, position))
        return index
    }

    private mutating func add(_ node: DerivationGraph.Node) -> Int {
        graph.nodes.append(node)
        return graph.nodes.count - 1
    }

    private mutating func leaf(_ key: LeafKey, _ make: () -> DerivationGraph.Node) -> Int {
        if let known = leaves[key] { return known }
        let index = add(make())
        leaves[key] = index
        return index
    }

    private mutating func node(for source: Derivation.Source) throws(RunFailure) -> Int {
        switch source {
        case .cell(let address): return node(for: try lineage.position(of: address))
        case .observation(let key, let aspect): return node(for: try lineage.position(of: key, aspect))
        case .intermediate(let value, let derivation):
            var inputs: [DerivationGraph.Edge] = []
            for input in derivation.inputs { inputs.append(try edge(input)) }
            return add(DerivationGraph.Node(value: value, derivation: derivation, inputs: inputs))
        case .raw(let raw):
            return leaf(.raw(raw.origin, raw.indicator)) {
                let value: Cell = if case .number(let number) = raw.reading { .number(number) } else { .missing }
                let origin = raw.origin
                return DerivationGraph.Node(
                    place: DerivationGraph.FilePlace(
                        file: origin.file + (origin.sheet.map { " [\($0)]" } ?? ""),
                        line: origin.line,
                        field: origin.field,
                        column: origin.column,
                        text: raw.text
                    ),
                    value: value
                )
            }
        case .place(let code, let column):
            let files = lineage.files
            return leaf(.place(code, column)) { Self.leaf(files.place(code, column: column)) }
        case .indicator(let id):
            let files = lineage.files
            return leaf(.indicator(id)) { Self.leaf(files.indicator(id)) }
        case .declaration(let file, let line, let text):
            return leaf(.declaration(file, line, text)) {
                DerivationGraph.Node(
                    place: DerivationGraph.FilePlace(file: Self.name(of: file), line: line, text: text),
                    value: .text(text)
                )
            }
        }
    }

    /// The pipeline file by its name: where it lies on the machine of the run is none of a reader's business.
    private static func name(of file: String) -> String {
        String(file.split(separator: "/").last ?? "")
    }

    private static func leaf(_ place: Explanation.FilePlace) -> DerivationGraph.Node {
        DerivationGraph.Node(
            place: DerivationGraph.FilePlace(
                file: place.file,
                line: place.line,
                field: place.field,
                column: place.column,
                text: place.text
            ),
            value: .text(place.text)
        )
    }
}
