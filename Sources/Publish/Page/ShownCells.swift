import Indicators

/// A cell of a run that a page shows, and whose derivation it will want.
package struct ShownCell: Hashable, Sendable {
    /// The position of its table among those of the summary.
    package var table: Int
    package var row: Int
    package var column: Int

    package init(table: Int, row: Int, column: Int) {
        self.table = table
        self.row = row
        self.column = column
    }
}

/// The cells that a page shows, each once, by the number under which its marks name them.
final class ShownCells {
    private(set) var cells: [ShownCell] = []
    private var numbers: [ShownCell: Int] = [:]

    /// The number of a cell; the same for the same cell.
    func number(of cell: ShownCell) -> Int {
        if let known = numbers[cell] { return known }
        numbers[cell] = cells.count
        cells.append(cell)
        return cells.count - 1
    }
}

/// A number together with the cell in which it stands.
struct Figures {
    var value: Double
    var cell: ShownCell
}
