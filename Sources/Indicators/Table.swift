/// What every stage from Validate on returns, and what Check and Publish consume: rows under a schema.
///
/// Cells are stored by column, texts interned, so that millions of rows fit. Numbers are finite; what is missing
/// is ``Cell/missing``, never NaN.
package struct Table: Sendable {
    package let schema: TableSchema
    package private(set) var rowCount = 0
    private var storage: [ColumnStorage]

    package init(schema: TableSchema) {
        self.schema = schema
        storage = schema.columns.map { ColumnStorage(type: $0.type) }
    }

    /// Adds a row.
    ///
    /// - Parameter cells: One for each column, in the order of the schema.
    /// - Precondition: Each cell is missing or of its column's type, numbers are finite, no key cell is missing.
    package mutating func append(_ cells: [Cell]) {
        precondition(cells.count == schema.columns.count, "\(schema.name): \(cells.count) cells in a row")
        for index in cells.indices {
            if schema.columns[index].isKey, case .missing = cells[index] {
                preconditionFailure("\(schema.name).\(schema.columns[index].id): a key cell is missing")
            }
            let isHeld = storage[index].append(cells[index])
            precondition(isHeld, "\(schema.name).\(schema.columns[index].id) cannot hold \(cells[index])")
        }
        rowCount += 1
    }

    package subscript(row: Int, column: Int) -> Cell {
        storage[column][row]
    }

    /// The cell in the column called `id`.
    ///
    /// - Precondition: The schema has such a column.
    package subscript(row: Int, id: String) -> Cell {
        guard let column = schema.index(of: id) else { preconditionFailure("\(schema.name) has no column \(id)") }
        return storage[column][row]
    }

    package func row(_ row: Int) -> [Cell] {
        storage.map { $0[row] }
    }

    /// The cells of a column as they are stored, for a writer of millions of them.
    package func cells(ofColumn column: Int) -> ColumnCells {
        switch storage[column] {
        case .text(let codes, let pool, _): .texts(codes: codes, pool: pool)
        case .integer(let values): .integers(values)
        case .number(let values): .numbers(values)
        }
    }

    /// The same rows in the order of the primary key: texts by Unicode scalar, numbers by size, missing first.
    ///
    /// A table whose schema has no key keeps its order.
    package func sortedByKey() -> Table {
        guard !schema.keyIndices.isEmpty else { return self }
        let order = orderByKey(keyRanks())
        var sorted = self
        sorted.storage = storage.map { $0.reordered(order) }
        return sorted
    }

    /// A key that two rows share, as addresses spell it; `nil` where each row has its own, or the schema no key.
    package func repeatedKey() -> String? {
        guard !schema.keyIndices.isEmpty else { return nil }
        let ranks = keyRanks()
        let order = orderByKey(ranks)
        let repeated = zip(order, order.dropFirst()).first { earlier, later in
            ranks.allSatisfy { $0[earlier] == $0[later] }
        }
        return repeated.map { cellAddress(row: $0.0, column: 0).rowText }
    }

    private func keyRanks() -> [[Int]] {
        schema.keyIndices.map { storage[$0].sortRanks() }
    }

    private func orderByKey(_ ranks: [[Int]]) -> [Int] {
        (0..<rowCount).sorted { left, right in
            for rank in ranks where rank[left] != rank[right] { return rank[left] < rank[right] }
            return left < right
        }
    }

    /// The address of a cell: `gaps:indicator=internet_users,group=total:ratio`; see ``CellAddress``.
    package func address(row: Int, column: Int) -> String {
        cellAddress(row: row, column: column).description
    }
}

/// A table's name, columns and primary key: written once, used by every output.
package struct TableSchema: Hashable, Sendable {
    /// The name of the table and, with `.csv`, of its file: `gaps`, `time-distance`.
    package var name: String
    /// One sentence on what a row is.
    package var title: String
    package var columns: [Column]

    package init(name: String, title: String, columns: [Column]) {
        precondition(Set(columns.map(\.id)).count == columns.count, "\(name): two columns of one name")
        self.name = name
        self.title = title
        self.columns = columns
    }

    package func index(of id: String) -> Int? {
        columns.firstIndex { $0.id == id }
    }

    /// The positions of the key columns, in the order of the columns.
    package var keyIndices: [Int] {
        columns.indices.filter { columns[$0].isKey }
    }
}

/// One column: what stands in it, in which unit, by which definition.
package struct Column: Hashable, Sendable {
    package enum ValueType: String, Hashable, Sendable {
        case text, integer, number
    }

    package var id: String
    package var type: ValueType
    /// `%`, `years`, `1` for a pure number; `indicator` where it is the unit of the row's indicator; empty for text.
    package var unit: String
    /// One sentence that cannot be misread.
    package var definition: String
    /// Where the formula comes from, empty where there is none.
    package var source: String
    /// Whether it belongs to the primary key.
    package var isKey: Bool
    /// The words that may stand in it, in no order; empty where any may.
    package var words: [String]
    /// Between which numbers its own lie; `nil` where any may stand in it.
    package var range: ClosedRange<Double>?

    package init(
        _ id: String,
        _ type: ValueType,
        unit: String = "",
        definition: String,
        source: String = "",
        isKey: Bool = false,
        words: [String] = [],
        range: ClosedRange<Double>? = nil
    ) {
        precondition(words.isEmpty || type == .text, "\(id): words in a column of numbers")
        precondition(range == nil || type != .text, "\(id): a range in a column of texts")
        self.id = id
        self.type = type
        self.unit = unit
        self.definition = definition
        self.source = source
        self.isKey = isKey
        self.words = words
        self.range = range
    }
}

extension CaseIterable where Self: RawRepresentable<String> {
    /// As they are written: what a column of them may hold.
    package static var words: [String] { allCases.map(\.rawValue) }
}

/// One cell of a table.
package enum Cell: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case missing

    /// The number in it, `nil` for text and where it is missing.
    package var numeric: Double? {
        switch self {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        case .text, .missing: nil
        }
    }

    /// As CSV has it before quoting: numbers shortest-round-trip with a dot, whole ones without `.0`, missing empty.
    package var text: String {
        switch self {
        case .text(let text): text
        case .integer(let integer): String(integer)
        case .number(let number): Cell.format(number)
        case .missing: ""
        }
    }

    package init(_ number: Double?) {
        self = number.map(Cell.number) ?? .missing
    }

    package init(_ integer: Int?) {
        self = integer.map(Cell.integer) ?? .missing
    }

    package init(_ text: String?) {
        self = text.map(Cell.text) ?? .missing
    }

    /// The shortest decimal that reads back as the same double; `-0` is `0`.
    ///
    /// Whole numbers up to 2^53 have neither point nor exponent. An exponent stands where Swift's `description` has
    /// one: beyond 2^53 (`1e+16`) and nearer to zero than 0.0001 (`1e-05`). Spreadsheets, R, Python, SQL and JSON
    /// read that.
    package static func format(_ number: Double) -> String {
        if abs(number) <= 9_007_199_254_740_992, let whole = Int(exactly: number) { return String(whole) }
        return number.description
    }
}

/// The cells of one column, one for each row.
package enum ColumnCells: Sendable {
    /// `codes` index `pool`, which has each text once; ``missingCode`` stands for missing.
    case texts(codes: [UInt32], pool: [String])
    /// `Int.min` stands for missing.
    case integers([Int])
    /// NaN stands for missing.
    case numbers([Double])

    package static let missingCode = UInt32.max
}

/// The cells of one column, by type.
private enum ColumnStorage: Sendable {
    /// `codes` index `pool`; the greatest code stands for missing.
    case text(codes: [UInt32], pool: [String], lookup: [Spelling: UInt32])
    /// `Int.min` stands for missing.
    case integer([Int])
    /// NaN stands for missing.
    case number([Double])

    private static let missingCode = ColumnCells.missingCode

    init(type: Column.ValueType) {
        switch type {
        case .text: self = .text(codes: [], pool: [], lookup: [:])
        case .integer: self = .integer([])
        case .number: self = .number([])
        }
    }

    /// Adds a cell; `false` where it is not of this column's type or not finite.
    mutating func append(_ cell: Cell) -> Bool {
        switch self {
        case .text(var codes, var pool, var lookup):
            // The payload is taken out and put back so that appending does not copy it.
            self = .integer([])
            defer { self = .text(codes: codes, pool: pool, lookup: lookup) }
            switch cell {
            case .missing: codes.append(Self.missingCode)
            case .text(let text):
                let spelling = Spelling(text: text)
                if let last = codes.last, last != Self.missingCode, Spelling(text: pool[Int(last)]) == spelling {
                    // Tables come in order, so that most texts repeat the one above.
                    codes.append(last)
                } else if let code = lookup[spelling] {
                    codes.append(code)
                } else {
                    let code = UInt32(pool.count)
                    pool.append(text)
                    lookup[spelling] = code
                    codes.append(code)
                }
            case .integer, .number: return false
            }
        case .integer(var values):
            self = .integer([])
            defer { self = .integer(values) }
            switch cell {
            case .missing: values.append(.min)
            case .integer(let integer) where integer != .min: values.append(integer)
            case .integer, .number, .text: return false
            }
        case .number(var values):
            self = .integer([])
            defer { self = .number(values) }
            switch cell {
            case .missing: values.append(.nan)
            case .number(let number) where number.isFinite: values.append(number)
            case .integer(let integer): values.append(Double(integer))
            case .number, .text: return false
            }
        }
        return true
    }

    subscript(row: Int) -> Cell {
        switch self {
        case .text(let codes, let pool, _): codes[row] == Self.missingCode ? .missing : .text(pool[Int(codes[row])])
        case .integer(let values): values[row] == .min ? .missing : .integer(values[row])
        case .number(let values): values[row].isNaN ? .missing : .number(values[row])
        }
    }

    func reordered(_ order: [Int]) -> ColumnStorage {
        switch self {
        case .text(let codes, let pool, let lookup): .text(codes: order.map { codes[$0] }, pool: pool, lookup: lookup)
        case .integer(let values): .integer(order.map { values[$0] })
        case .number(let values): .number(order.map { values[$0] })
        }
    }

    /// For each row a number that orders it among the others, exactly; the least of all where the cell is missing.
    func sortRanks() -> [Int] {
        switch self {
        case .text(let codes, let pool, _):
            var rankOfCode = [Int](repeating: 0, count: pool.count)
            let sorted = pool.indices.sorted { Self.scalarsPrecede(pool[$0], pool[$1]) }
            for (rank, code) in sorted.enumerated() { rankOfCode[code] = rank }
            return codes.map { $0 == Self.missingCode ? .min : rankOfCode[Int($0)] }
        case .integer(let values): return values
        case .number(let values): return values.map(Self.rank)
        }
    }

    /// The bits of a double read as a whole number have its order, once those of negative ones are turned round.
    private static func rank(of number: Double) -> Int {
        if number.isNaN { return .min }
        let bits = Int(Int64(bitPattern: (number == 0 ? 0 : number).bitPattern))
        return bits < 0 ? bits ^ .max : bits
    }

    /// By UTF-8 bytes, which is by Unicode scalar: the same on every machine, whatever its locale or Unicode version.
    private static func scalarsPrecede(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

/// A text as it is spelt. Swift holds `ก` with its tone and vowel marks in either order for the same string; a table
/// gives back the bytes that it was given.
private struct Spelling: Hashable, Sendable {
    let text: String

    static func == (left: Spelling, right: Spelling) -> Bool {
        let (left, right) = (left.text.utf8Span.span, right.text.utf8Span.span)
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}
