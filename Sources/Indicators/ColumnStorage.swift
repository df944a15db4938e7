/// The cells of one column, in the array of its type; the others are empty.
///
/// No enum: its payload would have to be taken out and put back for every cell that is added.
struct ColumnStorage: Sendable {
    let type: Column.ValueType
    /// Positions in `pool`; the greatest code stands for missing.
    private(set) var codes: RunArray<UInt32>
    private var texts = TextIndex()
    /// `Int.min` stands for missing.
    private(set) var integers: RunArray<Int>
    /// NaN stands for missing.
    private(set) var numbers: RunArray<Double>

    var pool: [String] { texts.texts }

    private static let missingCode = ColumnCells.missingCode

    /// - Parameters:
    ///   - type: Of the cells.
    ///   - expected: How many will come, where that is known.
    init(type: Column.ValueType, expecting expected: Int) {
        self.type = type
        codes = RunArray(expecting: type == .text ? expected : 0)
        integers = RunArray(expecting: type == .integer ? expected : 0)
        numbers = RunArray(expecting: type == .number ? expected : 0)
    }

    /// Adds a cell; `false` where it is not of this column's type or not finite.
    // Inlined: it is called for each cell.
    @inline(__always)
    mutating func append(_ cell: Cell) -> Bool {
        switch (type, cell) {
        case (.text, .text(let text)): codes.append(code(of: text))
        case (.text, .missing): codes.append(Self.missingCode)
        case (.integer, .integer(let integer)) where integer != .min: integers.append(integer)
        case (.integer, .missing): integers.append(.min)
        case (.number, .number(let number)) where number.isFinite: numbers.append(number)
        case (.number, .integer(let integer)): numbers.append(Double(integer))
        case (.number, .missing): numbers.append(.nan)
        default: return false
        }
        return true
    }

    /// Adds `count` cells; `false` where they are not of this column's type or number, not finite, or missing in a key.
    mutating func append(_ block: ColumnBlock, _ count: Int, isKey: Bool) -> Bool {
        switch (type, block) {
        case (_, .same(.missing)) where isKey: return count == 0
        case (.text, .same(.text(let text))): codes.append(repeating: code(of: text), count: count)
        case (.text, .same(.missing)): codes.append(repeating: Self.missingCode, count: count)
        case (.integer, .same(.integer(let integer))) where integer != .min:
            integers.append(repeating: integer, count: count)
        case (.integer, .same(.missing)): integers.append(repeating: .min, count: count)
        case (.number, .same(.number(let number))) where number.isFinite:
            numbers.append(repeating: number, count: count)
        case (.number, .same(.missing)): numbers.append(repeating: .nan, count: count)
        case (.text, .each(.texts(let codes, let pool))):
            guard codes.count == count, !isKey || !codes.contains(Self.missingCode) else { return false }
            append(codes, of: pool)
        case (.integer, .each(.integers(let more))):
            guard more.count == count, !isKey || !more.contains(.min) else { return false }
            integers.append(contentsOf: more)
        case (.number, .each(.numbers(let more))):
            guard more.count == count, !more.contains(where: { $0.isInfinite || (isKey && $0.isNaN) }) else {
                return false
            }
            numbers.append(contentsOf: more)
        default: return false
        }
        return true
    }

    /// Adds the cells of a column of the same type.
    mutating func append(contentsOf other: ColumnStorage) {
        append(other.codes.all, of: other.pool)
        integers.append(contentsOf: other.integers.all)
        numbers.append(contentsOf: other.numbers.all)
    }

    /// Adds texts by their codes in another pool.
    private mutating func append(_ more: [UInt32], of other: [String]) {
        var known = [UInt32](repeating: Self.missingCode, count: other.count)
        let own = more.map { code in
            guard code != Self.missingCode else { return code }
            if known[Int(code)] == Self.missingCode { known[Int(code)] = self.code(of: other[Int(code)]) }
            return known[Int(code)]
        }
        codes.append(contentsOf: own)
    }

    private mutating func code(of text: String) -> UInt32 { UInt32(texts.number(of: text)) }

    // Inlined, so that reading a cell does not count every array of the column.
    @inline(__always)
    subscript(row: Int) -> Cell {
        switch type {
        case .text: codes[row] == Self.missingCode ? .missing : .text(pool[Int(codes[row])])
        case .integer: integers[row] == .min ? .missing : .integer(integers[row])
        case .number: numbers[row].isNaN ? .missing : .number(numbers[row])
        }
    }

    /// Puts the cells in the order of these positions.
    mutating func reorder(_ order: [Int]) {
        switch type {
        case .text: codes = Self.reordered(codes, order)
        case .integer: integers = Self.reordered(integers, order)
        case .number: numbers = Self.reordered(numbers, order)
        }
    }

    private static func reordered<Element>(_ cells: RunArray<Element>, _ order: [Int]) -> RunArray<Element> {
        if cells.isUniform { return cells }
        let all = cells.all
        return RunArray(order.map { all[$0] })
    }

    /// For each row a number that orders it among the others, exactly; the least of all where the cell is missing.
    func sortRanks() -> [Int] {
        switch type {
        case .text:
            let rankOfCode = Self.ranks(of: pool)
            return codes.all.map { Self.rank($0, rankOfCode) }
        case .integer: return integers.all
        case .number: return numbers.all.map(Self.rank)
        }
    }

    /// Whether no row comes before the one above it, of those that are tied with that one by the columns before; which are
    /// tied by this column too.
    // Inlined, so that looking at a column does not count all its arrays.
    @inline(__always)
    func isInOrder(where isTied: inout [Bool]) -> Bool {
        switch type {
        case .text:
            if codes.isUniform { return true }
            let rankOfCode = Self.ranks(of: pool)
            return codes.isInOrder(where: &isTied) { Self.rank($0, rankOfCode) }
        case .integer: return integers.isInOrder(where: &isTied) { $0 }
        case .number: return numbers.isInOrder(where: &isTied, by: Self.rank)
        }
    }

    private static func rank(_ code: UInt32, _ rankOfCode: [Int]) -> Int {
        code == missingCode ? .min : rankOfCode[Int(code)]
    }

    /// For each text of a pool its place among them, sorted by UTF-8 bytes, which is by Unicode scalar: the same on every machine,
    /// whatever its locale or Unicode version.
    private static func ranks(of pool: [String]) -> [Int] {
        var rankOfCode = [Int](repeating: 0, count: pool.count)
        let sorted = pool.indices.sorted { Spelling.precedes(pool[$0], pool[$1]) }
        for (rank, code) in sorted.enumerated() { rankOfCode[code] = rank }
        return rankOfCode
    }

    /// The bits of a double read as a whole number have its order, once those of negative ones are turned round.
    private static func rank(of number: Double) -> Int {
        if number.isNaN { return .min }
        let bits = Int(Int64(bitPattern: (number == 0 ? 0 : number).bitPattern))
        return bits < 0 ? bits ^ .max : bits
    }
}
