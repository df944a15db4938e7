/// Scores by slot of a plan, then year, then place; NaN where there is none.
struct Cells: Sendable {
    var values: [Double]
    /// How many there are of each slot: those of all places in all years.
    let rowCount: Int

    init(slotCount: Int, rowCount: Int) {
        values = [Double](repeating: .nan, count: slotCount * rowCount)
        self.rowCount = rowCount
    }

    subscript(slot: Int, row: Int) -> Double {
        get { values[slot * rowCount + row] }
        set { values[slot * rowCount + row] = newValue }
    }

    func column(_ slot: Int) -> ArraySlice<Double> {
        values[slot * rowCount..<(slot + 1) * rowCount]
    }
}

/// What a row of cells is: years one behind the other, in each the places in order of their codes.
struct Rows: Sendable {
    let placeCount: Int
    let yearCount: Int

    var count: Int { placeCount * yearCount }

    /// The rows of a year.
    func year(_ year: Int) -> Range<Int> {
        year * placeCount..<(year + 1) * placeCount
    }
}

/// Why a node has no score although its children have, or what was done to give it one.
struct Mishap: Hashable, Sendable {
    enum Kind: String, Sendable {
        case notPositive = "not-positive-in-mean"
        case negative = "negative-score"
        case floored = "raised-to-floor"
        case unrepresentable = "not-representable"
        case constant = "constant-indicator"
        case meanNotPositive = "mean-not-positive"
        case weightMissing = "weight-missing"
        case weightNegative = "weight-negative"
        case zeroWeights = "zero-weights"
        case unsolved = "programme-unsolved"
        case collapsed = "benefit-of-the-doubt-collapsed"
    }

    var kind: Kind
    /// Slots; the child is -1 where no single one is to blame.
    var node: Int
    var child: Int
}

/// Counts mishaps, and keeps the first row of each kind.
struct MishapLog: Sendable {
    private(set) var entries: [Mishap: (count: Int, firstRow: Int)] = [:]
    /// Replications do not keep books.
    let isKept: Bool

    init(isKept: Bool) {
        self.isKept = isKept
    }

    mutating func add(_ kind: Mishap.Kind, node: Int, child: Int = -1, row: Int) {
        guard isKept else { return }
        let key = Mishap(kind: kind, node: node, child: child)
        let entry = entries[key] ?? (0, row)
        entries[key] = (entry.count + 1, min(entry.firstRow, row))
    }
}
