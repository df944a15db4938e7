/// A tree that has been found sound, laid out for computing.
///
/// Indicators and nodes have a slot each: first the indicators in order of their ids, then the nodes, each after its
/// children. The index itself has the last. Children are in order of their ids, so that the order in the file does not
/// show in the last digit of a mean.
struct IndexPlan: Sendable {
    struct Node: Sendable {
        var slot: Int
        /// The distance from the index itself.
        var level: Int
        /// Slots.
        var children: [Int]
        /// One for each child; 1 where the tree has none.
        var given: [Double]
        /// One for each child, empty where the tree has none.
        var denominators: [String]
        var aggregation: Aggregation
        var weighting: Weighting
        var minimumCoverage: Double
    }

    /// By slot.
    private(set) var ids: [String] = []
    /// By slot: the slot of the node above, -1 for the index itself.
    private(set) var parents: [Int] = []
    /// By slot: the distance from the index itself.
    private(set) var levels: [Int] = []
    /// The position in the panel of each indicator.
    private(set) var indicators: [Int] = []
    private(set) var nodes: [Node] = []
    /// By slot: the line on which it stands in the pipeline file, 0 where on none.
    private(set) var lines: [Int] = []
    /// By node: what it is called.
    private(set) var names: [String] = []
    /// What the index is called where one of ``required`` has no score.
    let styleName: String
    /// Slots of the indicators that the name of the index requires.
    private(set) var required: [Int] = []
    /// Whether the name requires an indicator that the tree does not have at all.
    let isNameBeyondTree: Bool

    var leafCount: Int { indicators.count }
    var slotCount: Int { ids.count }
    var root: Int { ids.count - 1 }
    var id: String { ids[root] }

    /// - Precondition: The tree has no faults in the panel.
    init(_ tree: IndexTree, panel: ScorePanel) {
        let definitions = Dictionary(uniqueKeysWithValues: tree.nodes.map { ($0.id, $0) })
        let children = tree.nodes.flatMap(\.children).filter { definitions[$0.id] == nil }.sorted { $0.id < $1.id }
        let leaves = children.map(\.id)
        styleName = tree.nodes.first?.styleName ?? ""
        isNameBeyondTree = !Set(leaves).isSuperset(of: tree.nameRequires)
        lines = children.map(\.line)
        ids = leaves
        indicators = leaves.compactMap(panel.index(ofIndicator:))
        parents = leaves.map { _ in -1 }
        levels = leaves.map { _ in 0 }
        var slots = Dictionary(uniqueKeysWithValues: leaves.enumerated().map { ($1, $0) })
        required = tree.nameRequires.compactMap { slots[$0] }
        if let first = tree.nodes.first {
            add(first, level: 0, tree: tree, definitions: definitions, slots: &slots)
        }
    }

    private mutating func add(
        _ definition: IndexNode,
        level: Int,
        tree: IndexTree,
        definitions: [String: IndexNode],
        slots: inout [String: Int]
    ) {
        let children = definition.children.sorted { $0.id < $1.id }
        for child in children {
            guard let node = definitions[child.id] else { continue }
            add(node, level: level + 1, tree: tree, definitions: definitions, slots: &slots)
        }
        let methods = tree.methods(of: definition, level: level)
        let node = Node(
            slot: ids.count,
            level: level,
            children: children.compactMap { slots[$0.id] },
            given: children.map { $0.weight ?? 1 },
            denominators: children.compactMap(\.denominator),
            aggregation: methods.aggregation,
            weighting: methods.weighting,
            minimumCoverage: methods.minimumCoverage
        )
        for child in node.children {
            parents[child] = node.slot
            levels[child] = level + 1
        }
        slots[definition.id] = node.slot
        ids.append(definition.id)
        lines.append(definition.line)
        names.append(definition.name)
        parents.append(-1)
        levels.append(level)
        nodes.append(node)
    }

    /// The node at a slot behind the indicators.
    func node(at slot: Int) -> Node {
        nodes[slot - leafCount]
    }

    /// The weights as the tree has them, by slot: what is fitted later is 1, and the index itself.
    func givenWeights() -> [Double] {
        var weights = [Double](repeating: 1, count: slotCount)
        for node in nodes where node.weighting == .given {
            for (child, weight) in zip(node.children, node.given) { weights[child] = weight }
        }
        return weights
    }
}

extension IndexTree {
    /// What holds for a node at a level once its own word, the level's and the standard are taken together.
    func methods(
        of node: IndexNode,
        level: Int
    ) -> (aggregation: Aggregation, weighting: Weighting, minimumCoverage: Double) {
        let sources = [node.methods] + (levels.indices.contains(level) ? [levels[level]] : []) + [standard]
        let weighting = sources.lazy.compactMap(\.weighting).first
        return (
            sources.lazy.compactMap(\.aggregation).first ?? .arithmetic,
            weighting ?? (node.children.contains { $0.weight != nil } ? .given : .equal),
            sources.lazy.compactMap(\.minimumCoverage).first ?? 1
        )
    }
}
