/// What became of the values of one file. Nothing vanishes: ``read`` is the sum of the other three.
package struct Tally: Hashable, Sendable {
    /// Cells in which a value was looked for, those with a missing marker included.
    package var read: Int
    /// Cells that stand behind an observation, missing ones (status `O` or `M`) included.
    package var used: Int
    /// Cells that could not be read or placed, each with a finding.
    package var refused: Int
    /// Cells recognised and not wanted: totals, other countries, years outside the period, equal duplicates.
    package var setAside: Int

    package init(read: Int = 0, used: Int = 0, refused: Int = 0, setAside: Int = 0) {
        self.read = read
        self.used = used
        self.refused = refused
        self.setAside = setAside
    }

    /// Whether every cell read is accounted for.
    package var isBalanced: Bool {
        read == used + refused + setAside
    }

    package static func + (left: Tally, right: Tally) -> Tally {
        Tally(
            read: left.read + right.read,
            used: left.used + right.used,
            refused: left.refused + right.refused,
            setAside: left.setAside + right.setAside
        )
    }
}
