/// Numbers the distinct texts of a sequence from 0, in the order in which they first come, so that grouping and sorting
/// compare integers. A run of equal texts is hashed once.
public struct TextNumbers: Sendable {
    /// The distinct texts, by their numbers.
    package private(set) var texts: [String] = []
    private var numbers: [String: Int] = [:]
    private var last = LastText<Int>()

    public init() {}

    /// The number of `text`; a new one where it has not come before.
    public mutating func number(_ text: String) -> Int {
        if let same = last.meaning(of: text) { return same }
        let number = numbers[text] ?? texts.count
        if number == texts.count {
            numbers[text] = number
            texts.append(text)
        }
        last = LastText(text, number)
        return number
    }

    /// For each number the rank of its text among all, sorted.
    public func ranks() -> [Int] {
        var ranks = [Int](repeating: 0, count: texts.count)
        for (rank, number) in texts.indices.sorted(by: { texts[$0] < texts[$1] }).enumerated() { ranks[number] = rank }
        return ranks
    }

    /// For each of `count` positions the rank of its text among the distinct ones, sorted: equal texts have equal ranks.
    public static func ranks(_ count: Int, of text: (Int) -> String) -> [Int] {
        var numbers = TextNumbers()
        let numbered = (0..<count).map { numbers.number(text($0)) }
        let ranks = numbers.ranks()
        return numbered.map { ranks[$0] }
    }
}

/// A column of texts in the making: for each row the number of its text among the distinct ones, byte by byte.
public struct TextBlock: Sendable {
    private var codes: [UInt32] = []
    private var pool: [String] = []
    private var known: [Spelling: UInt32] = [:]
    private var last = LastText<UInt32>()

    /// - Parameter count: How many rows there will be.
    public init(reserving count: Int) {
        codes.reserveCapacity(count)
    }

    /// Adds a row whose cell is missing.
    public mutating func appendMissing() {
        codes.append(ColumnCells.missingCode)
    }

    /// Adds a row.
    public mutating func append(_ text: String) {
        // Most texts repeat the one above.
        if let same = last.meaning(of: text) { return codes.append(same) }
        let spelling = Spelling(text)
        let code = known[spelling] ?? UInt32(pool.count)
        if code == pool.count {
            known[spelling] = code
            pool.append(text)
        }
        last = LastText(text, code)
        codes.append(code)
    }

    public var block: ColumnBlock { .each(.texts(codes: codes, pool: pool)) }
}
