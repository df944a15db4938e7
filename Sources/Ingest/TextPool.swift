import CSVStream

/// The distinct texts of a column by their bytes: each has a position, counted from 0 in the order in which they come.
struct TextPool {
    /// The bytes of all texts, one behind the other, where those of each end, and their hashes.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// A table of positions, at least half of it free: each stands where its hash says, or in the next free slot.
    private var slots: [Int] = []
    private var last = 0

    private static let free = -1

    /// The position of the text of these bytes, and whether none before had the same.
    mutating func position(of cell: RawSpan, in range: Range<Int>) -> (position: Int, isNew: Bool) {
        if !ends.isEmpty, isText(last, cell, range) { return (last, false) }
        if ends.count * 2 >= slots.count { widen() }
        let hash = Self.hash(cell, range)
        var slot = firstSlot(hash)
        while slots[slot] != Self.free {
            let position = slots[slot]
            if hashes[position] == hash, isText(position, cell, range) {
                last = position
                return (position, false)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        last = ends.count
        slots[slot] = last
        unsafe cell.extracting(range).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
        hashes.append(hash)
        return (last, true)
    }

    private func isText(_ position: Int, _ cell: RawSpan, _ range: Range<Int>) -> Bool {
        let start = position == 0 ? 0 : ends[position - 1]
        guard ends[position] - start == range.count else { return false }
        return cell.holds(bytes, from: start, in: range)
    }

    /// Makes the table twice as large, always a power of two, and puts the positions where they stand in it.
    private mutating func widen() {
        slots = Array(repeating: Self.free, count: max(64, slots.count * 2))
        ends.reserveCapacity(slots.count / 2)
        hashes.reserveCapacity(slots.count / 2)
        for position in hashes.indices {
            var slot = firstSlot(hashes[position])
            while slots[slot] != Self.free { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = position
        }
    }

    private func firstSlot(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    }

    /// FNV-1a.
    private static func hash(_ cell: RawSpan, _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in range { hash = (hash ^ UInt64(cell[index])) &* 0x100_0000_01B3 }
        return hash
    }
}
