/// Numbers the distinct texts of a sequence from 0, in the order in which they first come, so that grouping and sorting
/// compare integers.
struct TextNumbers {
    /// The distinct texts, by their numbers.
    private(set) var texts: [String] = []
    private var spellings = TextIndex()
    private var numberOfSpelling: [Int] = []
    /// By canonical equivalence, as Swift compares texts.
    private var numbers: [String: Int] = [:]

    /// The number of `text`; a new one where none equivalent to it has come before.
    mutating func number(_ text: String) -> Int {
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
    func ranks() -> [Int] {
        var ranks = [Int](repeating: 0, count: texts.count)
        for (rank, number) in texts.indices.sorted(by: { texts[$0] < texts[$1] }).enumerated() { ranks[number] = rank }
        return ranks
    }

    /// Ranks texts among the distinct ones, sorted: equal texts have equal ranks.
    ///
    /// - Parameters:
    ///   - count: How many positions there are.
    ///   - text: That of a position.
    ///   - isRepeated: Whether a position, which is not the first, is known to have the text of the one before, so that it need
    ///     not be asked for.
    /// - Returns: One rank for each position, from 0.
    static func ranks(
        _ count: Int,
        of text: (Int) -> String,
        isRepeated: (Int) -> Bool = { _ in false }
    ) -> [Int] {
        var numbers = TextNumbers()
        var ranks: [Int] = []
        ranks.reserveCapacity(count)
        var last = 0
        for position in 0..<count {
            if position == 0 || !isRepeated(position) { last = numbers.number(text(position)) }
            ranks.append(last)
        }
        let rankOfNumber = numbers.ranks()
        for position in ranks.indices { ranks[position] = rankOfNumber[ranks[position]] }
        return ranks
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

    /// Adds a row whose cell is that of the row above.
    ///
    /// - Precondition: There is one.
    mutating func appendRepeated() {
        codes.append(codes[codes.count - 1])
    }

    public var block: ColumnBlock { .each(.texts(codes: codes, pool: pool.texts)) }
}
