package import Indicators

/// The whole derivation of a cell, down to the cells of the input files.
///
/// What several cells come from stands in it once: the nodes are a graph without circles, not a tree.
package struct Explanation: Sendable {
    /// A cell of a table, a cell of a file, or a value on the way that stands in neither.
    package struct Node: Sendable {
        /// Of a cell of a table; `nil` for all else.
        package var address: CellAddress?
        /// Where it stands in a file; `nil` for all else.
        package var place: FilePlace?
        package var value: Cell
        package var derivation: Derivation?
        /// What was found about it: at most what stands in `findings.csv`.
        package var findings: [Finding] = []
        package var inputs: [Edge] = []
    }

    /// What a node is to the one that it is an input of.
    package struct Edge: Sendable {
        package var role: String
        /// The code of the place that it is of, where a rule takes several of one role; else empty.
        package var subject: String
        /// The position among the nodes.
        package var node: Int
    }

    /// A place in a file.
    package struct FilePlace: Hashable, Sendable {
        /// From the pipeline's folder.
        package var file: String
        /// On which the record begins, counted from 1; 0 for the file as a whole.
        package var line: Int
        /// Counted from 1 over all records; 0 where the file has none.
        package var record = 0
        /// The position of the field in the record, counted from 1; 0 where there is none.
        package var field = 0
        /// The cell of a workbook, `Income!C12`; empty in a text file.
        package var cell = ""
        /// The header above it.
        package var column = ""
        /// What stands there, as it stands there.
        package var text: String
        /// What names the place and the period in the record, as found.
        package var subject = ""
    }

    /// The first is the cell that was asked for.
    package internal(set) var nodes: [Node] = []
    /// What the reader must know of the whole.
    package internal(set) var notes: [String] = []

    package var root: Node { nodes[0] }
}
