/// The distinct texts of a column, each made into a String once, however many records repeat it.
struct TextPool {
    private(set) var texts: [String] = []
    /// Positions in `texts` and the bytes they were made of, by hash of those bytes.
    private var slots: [UInt64: [(bytes: [UInt8], index: Int)]] = [:]
    private var last: (bytes: [UInt8], index: Int)?

    /// The position in ``texts`` of the text of these bytes; `makeText` is called once for each distinct run of bytes.
    mutating func index(of cell: RawSpan, in range: Range<Int>, makeText: () -> String) -> Int {
        if let last, cell.holds(last.bytes, in: range) { return last.index }
        let hash = Self.hash(cell, range)
        for entry in slots[hash] ?? [] where cell.holds(entry.bytes, in: range) {
            last = entry
            return entry.index
        }
        let entry = (bytes: range.map { cell[$0] }, index: texts.count)
        texts.append(makeText())
        slots[hash, default: []].append(entry)
        last = entry
        return entry.index
    }

    /// FNV-1a.
    private static func hash(_ cell: RawSpan, _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in range { hash = (hash ^ UInt64(cell[index])) &* 0x100_0000_01B3 }
        return hash
    }
}
