/// What became of the values of one file. Nothing vanishes: ``read`` is the sum of the other three.
public struct Tally: Hashable, Sendable {
    /// Cells in which a value was looked for, those with a missing marker included.
    public var read: Int
    /// Cells that stand behind an observation, missing ones (status `O` or `M`) included.
    public var used: Int
    /// Cells that could not be read or placed, each with a finding.
    public var refused: Int
    /// Cells recognised and not wanted: totals, other countries, years outside the period, equal duplicates.
    public var setAside: Int

    public init(read: Int = 0, used: Int = 0, refused: Int = 0, setAside: Int = 0) {
        self.read = read
        self.used = used
        self.refused = refused
        self.setAside = setAside
    }

    /// Whether every cell read is accounted for.
    public var isBalanced: Bool {
        read == used + refused + setAside
    }

    public static func + (left: Tally, right: Tally) -> Tally {
        Tally(
            read: left.read + right.read,
            used: left.used + right.used,
            refused: left.refused + right.refused,
            setAside: left.setAside + right.setAside
        )
    }
}
