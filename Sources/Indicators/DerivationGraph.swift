/// Where several cells of a run come from, down to the cells of the input files: what they have in common stands in it
/// once.
///
/// What one who shows numbers is handed, without knowing the stages that made them.
public struct DerivationGraph: Sendable {
    /// A cell of a table, a cell of a file, or a value on the way that stands in neither.
    public struct Node: Sendable {
        /// Of a cell of a table; `nil` for all else.
        public var address: CellAddress?
        /// Where it stands in a file; `nil` for all else.
        public var place: FilePlace?
        public var value: Cell
        /// How it was made; `nil` for what stands in a file, and where that was left out for want of room. The inputs are those of
        /// ``inputs``.
        public var derivation: Derivation?
        /// In the order of the derivation.
        public var inputs: [Edge]
        /// How many inputs were left out for want of room.
        public var omitted: Int

        public init(
            address: CellAddress? = nil,
            place: FilePlace? = nil,
            value: Cell,
            derivation: Derivation? = nil,
            inputs: [Edge] = [],
            omitted: Int = 0
        ) {
            self.address = address
            self.place = place
            self.value = value
            self.derivation = derivation
            self.inputs = inputs
            self.omitted = omitted
        }
    }

    /// What a node is to the one that it is an input of.
    public struct Edge: Hashable, Sendable {
        public var role: String
        /// The code of the place that it is of, where a rule takes several of one role; else empty.
        public var subject: String
        /// The position among the nodes.
        public var node: Int

        public init(role: String, subject: String, node: Int) {
            self.role = role
            self.subject = subject
            self.node = node
        }
    }

    /// A place in a file.
    public struct FilePlace: Hashable, Sendable {
        /// From the pipeline's folder.
        public var file: String
        /// On which the record begins, counted from 1; 0 for the file as a whole.
        public var line: Int
        /// The position of the field in the record, counted from 1; 0 where there is none.
        public var field: Int
        /// The header above it.
        public var column: String
        /// What stands there, as it stands there.
        public var text: String

        public init(file: String, line: Int, field: Int = 0, column: String = "", text: String) {
            self.file = file
            self.line = line
            self.field = field
            self.column = column
            self.text = text
        }
    }

    public var nodes: [Node]
    /// For each cell that was asked for, its position among the nodes; `nil` where no stage could tell.
    public var roots: [Int?]

    public init(nodes: [Node] = [], roots: [Int?] = []) {
        self.nodes = nodes
        self.roots = roots
    }
}
