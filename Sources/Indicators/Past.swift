/// Where an observation comes from, unchangeable and so shared by its copies.
package final class Past: Hashable, Sendable {
    /// Most come from one cell, which needs no arrays.
    enum Cells: Hashable {
        case one(Origin, String)
        /// Whatever else there is.
        case several([Origin], [String])
    }

    let cells: Cells
    let decisions: [Decision]

    /// Of all that come from nowhere.
    static let none = Past(.several([], []), [])

    init(_ cells: Cells, _ decisions: [Decision]) {
        self.cells = cells
        self.decisions = decisions
    }

    convenience init(origins: [Origin], texts: [String], decisions: [Decision]) {
        let isOne = origins.count == 1 && texts.count == 1
        self.init(isOne ? .one(origins[0], texts[0]) : .several(origins, texts), decisions)
    }

    /// See ``Observation/originCount``.
    var originCount: Int {
        switch cells {
        case .one: 1
        case .several(let origins, _): origins.count
        }
    }

    /// See ``Observation/firstOrigin``.
    package var firstOrigin: Origin? {
        switch cells {
        case .one(let origin, _): origin
        case .several(let origins, _): origins.min()
        }
    }

    /// See ``Observation/file``.
    package var file: String? {
        switch cells {
        case .one(let origin, _): origin.file
        case .several(let origins, _): origins.first?.file
        }
    }

    /// Whether both are known to come from one file; `false` where it takes more than a look at two cells to tell.
    func isFromFile(of other: Past) -> Bool {
        guard case .one(let cell, _) = cells, case .one(let otherCell, _) = other.cells else { return false }
        return cell.source === otherCell.source || Spelling.areAlike(cell.source.file, otherCell.source.file)
    }

    var origins: [Origin] {
        switch cells {
        case .one(let origin, _): [origin]
        case .several(let origins, _): origins
        }
    }

    var texts: [String] {
        switch cells {
        case .one(_, let text): [text]
        case .several(_, let texts): texts
        }
    }

    func append(to origins: inout [Origin], _ texts: inout [String]) {
        switch cells {
        case .one(let origin, let text):
            origins.append(origin)
            texts.append(text)
        case .several(let others, let more):
            origins += others
            texts += more
        }
    }

    package static func == (left: Past, right: Past) -> Bool {
        left === right || (left.cells == right.cells && left.decisions == right.decisions)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(cells)
        hasher.combine(decisions)
    }
}
