internal import Indicators
internal import Publish

/// Walks from many cells at once to the cells of the input files, as far as there is room: a page can hold only so much.
///
/// Depth comes before breadth, so that no cell is without an end. Each cell that is asked for gets one way down to a file, by the first of
/// the inputs at each step; several share what they come by. Then the inputs beside these ways are added, each with a way of its own: of
/// rules with few inputs before rules with many. What there is no room for is counted where it is missing.
struct DerivationGraphBuilder {
    private let lineage: Lineage
    /// How many nodes there may be before inputs are left out.
    private let limit: Int
    private var graph = DerivationGraph()
    /// What is known of each node.
    private var steps: [Step] = []
    private var known: [CellPosition: Int] = [:]
    private var leaves: [LeafKey: Int] = [:]

    private enum LeafKey: Hashable {
        case raw(Origin, String)
        case place(String, String)
        case indicator(String)
        case declaration(String, Int, String)
    }

    /// How far a node was followed.
    private struct Step {
        /// Of a cell whose stage was not yet asked.
        var unasked: CellPosition?
        /// What it comes from, and of these the nodes that are in the graph.
        var inputs: [Derivation.Input] = []
        var nodes: [Int?] = []
        /// Whether a way leads from it to a file; `nil` before that was tried.
        var hasWay: Bool?
    }

    /// Rules with so many inputs get all of them before rules with more get any beside their way.
    private static let widths = [3, 8, 20, 40, Int.max]

    private init(_ lineage: Lineage, limit: Int) {
        self.lineage = lineage
        self.limit = limit
    }

    /// - Parameters:
    ///   - cells: The cells that are asked for.
    ///   - lineage: Of the run.
    ///   - limit: How many nodes there may be, but for one way of each cell that is asked for.
    /// - Returns: Their derivations. A cell of which no stage can tell stands there without inputs.
    static func graph(of cells: [ShownCell], _ lineage: Lineage, limit: Int) -> DerivationGraph {
        var builder = DerivationGraphBuilder(lineage, limit: limit)
        builder.graph.roots = cells.map { cell in
            let root = builder.node(for: CellPosition(table: cell.table, row: cell.row, column: cell.column))
            builder.follow(root)
            return root
        }
        builder.widen()
        return builder.finished()
    }

    /// Finds a way from a node to a file, by the first input that has one.
    @discardableResult
    private mutating func follow(_ node: Int) -> Bool {
        if let known = steps[node].hasWay { return known }
        ask(node)
        steps[node].hasWay = false
        for index in steps[node].inputs.indices {
            guard let input = try? self.node(for: steps[node].inputs[index].source) else { continue }
            steps[node].nodes[index] = input
            if follow(input) {
                steps[node].hasWay = true
                return true
            }
        }
        return false
    }

    /// Adds the inputs that are missing, as long as there is room.
    private mutating func widen() {
        for width in Self.widths {
            var node = 0
            // What is added is widened in its turn.
            while node < steps.count {
                for index in steps[node].inputs.indices
                where steps[node].inputs.count <= width && steps[node].nodes[index] == nil {
                    guard steps.count < limit else { return }
                    guard let input = try? self.node(for: steps[node].inputs[index].source) else { continue }
                    steps[node].nodes[index] = input
                    follow(input)
                }
                node += 1
            }
        }
    }

    /// The graph with what was found of each node.
    private mutating func finished() -> DerivationGraph {
        for (node, step) in steps.enumerated() {
            graph.nodes[node].inputs = zip(step.inputs, step.nodes).compactMap { input, node in
                node.map { DerivationGraph.Edge(role: input.role, subject: input.subject, node: $0) }
            }
            graph.nodes[node].omitted = step.nodes.count { $0 == nil }
        }
        return graph
    }

    /// Asks the stage of a cell where it comes from.
    private mutating func ask(_ node: Int) {
        guard let position = steps[node].unasked, let derivation = try? lineage.derivation(of: position) else { return }
        graph.nodes[node].derivation = derivation
        steps[node] = Step(inputs: derivation.inputs, nodes: Array(repeating: nil, count: derivation.inputs.count))
    }

    private mutating func node(for position: CellPosition) -> Int {
        if let index = known[position] { return index }
        let address = lineage.tables[position.table].cellAddress(row: position.row, column: position.column)
        let index = add(DerivationGraph.Node(address: address, value: lineage[position]), Step(unasked: position))
        known[position] = index
        return index
    }

    private mutating func add(_ node: DerivationGraph.Node, _ step: Step) -> Int {
        graph.nodes.append(node)
        steps.append(step)
        return graph.nodes.count - 1
    }

    private mutating func leaf(_ key: LeafKey, _ make: () -> DerivationGraph.Node) -> Int {
        if let known = leaves[key] { return known }
        let index = add(make(), Step(hasWay: true))
        leaves[key] = index
        return index
    }

    private mutating func node(for source: Derivation.Source) throws(RunFailure) -> Int {
        switch source {
        case .cell(let address): return node(for: try lineage.position(of: address))
        case .observation(let key, let aspect): return node(for: try lineage.position(of: key, aspect))
        case .intermediate(let value, let derivation):
            let inputs = derivation.inputs
            return add(
                DerivationGraph.Node(value: value, derivation: derivation),
                Step(inputs: inputs, nodes: Array(repeating: nil, count: inputs.count))
            )
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
