/// Numbers the distinct texts of a sequence from 0, in the order in which they first come, so that grouping and sorting
/// compare integers. A run of equal texts is hashed once.
public struct TextNumbers: Sendable {
    /// The distinct texts, by their numbers.
    package private(set) var texts: [String] = []
    private var spellings = TextIndex()
    private var numberOfSpelling: [Int] = []
    /// By canonical equivalence, as Swift compares texts.
    private var numbers: [String: Int] = [:]

    public init() {}

    /// The number of `text`; a new one where none equivalent to it has come before.
    public mutating func number(_ text: String) -> Int {
        let spelling = spellings.number(of: text)
        if spelling == numberOfSpelling.count { numberOfSpelling.append(numberOfEquivalent(text)) }
        return numberOfSpelling[spelling]
    }

    private mutating func numberOfEquivalent(_ text: String) -> Int {
        if let known = numbers[text] { return known }
        numbers[text] = texts.count
        texts.append(text)
        return texts.count - 1
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
    private var pool = TextIndex()

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
        codes.append(UInt32(pool.number(of: text)))
    }

    public var block: ColumnBlock { .each(.texts(codes: codes, pool: pool.texts)) }
}
