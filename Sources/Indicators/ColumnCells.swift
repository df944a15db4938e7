/// The cells of one column, one for each row.
public enum ColumnCells: Sendable {
    /// `codes` index `pool`, which has each text once; ``missingCode`` stands for missing.
    case texts(codes: [UInt32], pool: [String])
    /// `Int.min` stands for missing.
    case integers([Int])
    /// NaN stands for missing.
    case numbers([Double])

    public static let missingCode = UInt32.max
}

/// Rows that are added together.
public struct RowBlock: Sendable {
    var count: Int
    var columns: [ColumnBlock]

    /// - Parameters:
    ///   - count: How many rows.
    ///   - columns: One for each column, in the order of the schema; as many cells in each as there are rows.
    public init(count: Int, columns: [ColumnBlock]) {
        self.count = count
        self.columns = columns
    }
}

/// The cells of one column in rows that are added together.
public enum ColumnBlock: Sendable {
    /// In all of them.
    case same(Cell)
    case each(ColumnCells)
}
