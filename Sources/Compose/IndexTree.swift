package import Indicators

/// How an index is put together: nodes that combine indicators and other nodes, to any depth.
///
/// The first node is the index itself. A node names its children; what is no node is an indicator of the panel. What
/// is wrong with a tree (a cycle, an orphan, ...) is told by `compose`.
package struct IndexTree: Hashable, Sendable {
    package var nodes: [IndexNode]
    /// What holds for the nodes of a level unless they say otherwise: the first for the index itself, the second for its
    /// children, and so on. May be shorter than the tree is deep.
    package var levels: [IndexLevel]
    /// What holds where neither node nor level says anything.
    package var standard: IndexLevel
    /// The indicators without which the index may not bear its name: where one has no score, it is called
    /// `IndexNode.styleName`. Empty for a name that anything may bear.
    package var nameRequires: [String]
    /// Where the tree stands, for findings; empty where nowhere.
    package var file: String

    package init(
        nodes: [IndexNode],
        levels: [IndexLevel] = [],
        standard: IndexLevel = IndexLevel(),
        nameRequires: [String] = [],
        file: String = ""
    ) {
        self.nodes = nodes
        self.levels = levels
        self.standard = standard
        self.nameRequires = nameRequires
        self.file = file
    }
}

/// The methods of the nodes of one level; `nil` for what holds elsewhere.
package struct IndexLevel: Hashable, Sendable {
    /// Arithmetic mean where nothing is said anywhere.
    package var aggregation: Aggregation?
    /// Equal where nothing is said anywhere and no child has a weight; given where one has.
    package var weighting: Weighting?
    /// The least share of a node's children of positive weight that must have a score, from 0 to 1, for the node to have
    /// one. 1 where nothing is said anywhere: a mean over less than all children puts the mean of the others in the
    /// place of a missing one, which somebody must have asked for.
    package var minimumCoverage: Double?

    package init(aggregation: Aggregation? = nil, weighting: Weighting? = nil, minimumCoverage: Double? = nil) {
        self.aggregation = aggregation
        self.weighting = weighting
        self.minimumCoverage = minimumCoverage
    }
}

/// One node of an index: the index itself, a sub-index, a pillar.
package struct IndexNode: Hashable, Sendable {
    /// Unlike that of any other node and any indicator.
    package var id: String
    package var names: LocalisedText
    /// Their order does not matter.
    package var children: [IndexChild]
    /// What this node says for itself.
    package var methods: IndexLevel
    /// The line on which it stands, 0 where on none.
    package var line: Int

    package init(
        id: String,
        names: LocalisedText = LocalisedText(),
        children: [IndexChild],
        methods: IndexLevel = IndexLevel(),
        line: Int = 0
    ) {
        self.id = id
        self.names = names
        self.children = children
        self.methods = methods
        self.line = line
    }

    /// Its English name, or its id where it has none.
    var name: String { names.english.isEmpty ? id : names.english }

    /// What an index on part of the indicators is called: `IDI-style`.
    var styleName: String { "\(name)-style" }
}

/// What a node is made of: another node or an indicator, and how much it counts.
package struct IndexChild: Hashable, Sendable {
    package var id: String
    /// For the weighting `given`: 0 or more, in any unit, since a node's weights are divided by their sum.
    package var weight: Double?
    /// For the weighting `population`: the id of the count, in the panel of denominators, of those whom the child tells
    /// about.
    package var denominator: String?
    /// The line on which it stands, 0 where on none.
    package var line: Int

    package init(_ id: String, weight: Double? = nil, denominator: String? = nil, line: Int = 0) {
        self.id = id
        self.weight = weight
        self.denominator = denominator
        self.line = line
    }
}
