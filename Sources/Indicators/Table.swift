import Cores
import Synchronization

/// What every stage from Validate on returns, and what Check and Publish consume: rows under a schema.
///
/// Cells are stored by column, texts interned, so that millions of rows fit. Numbers are finite; what is missing
/// is ``Cell/missing``, never NaN.
public struct Table: Sendable {
    public let schema: TableSchema
    package private(set) var rowCount = 0
    private(set) var storage: [ColumnStorage]
    /// Whether the rows are known to be in the order of the primary key.
    var isSorted = false

    /// - Parameters:
    ///   - schema: Of the rows.
    ///   - expected: About how many rows will come, where that is known and they are many.
    public init(schema: TableSchema, expecting expected: Int = 0) {
        self.schema = schema
        storage = schema.columns.map { ColumnStorage(type: $0.type, expecting: expected) }
    }

    /// Adds a row.
    ///
    /// - Parameter cells: One for each column, in the order of the schema.
    /// - Precondition: Each cell is missing or of its column's type, numbers are finite, no key cell is missing.
    public mutating func append(_ cells: [Cell]) {
        append(cells, followedBy: [])
    }

    /// Adds a row whose cells come in two parts.
    ///
    /// - Precondition: As for ``append(_:)-([Cell])``.
    package mutating func append(_ cells: [Cell], followedBy rest: [Cell]) {
        let count = cells.count + rest.count
        precondition(count == schema.columns.count, "\(schema.name): \(count) cells in a row")
        addToRow(cells, from: 0)
        addToRow(rest, from: cells.count)
        rowCount += 1
        isSorted = false
    }

    /// Adds cells to the columns from one on.
    private mutating func addToRow(_ cells: [Cell], from first: Int) {
        for index in cells.indices {
            let column = first + index
            if case .missing = cells[index], schema.columns[column].isKey {
                preconditionFailure("\(schema.name).\(schema.columns[column].id): a key cell is missing")
            }
            let isHeld = storage[column].append(cells[index])
            precondition(isHeld, "\(schema.name).\(schema.columns[column].id) cannot hold \(cells[index])")
        }
    }

    /// Adds many rows, column by column: for those that come by the million.
    ///
    /// - Precondition: As for ``append(_:)-([Cell])``.
    public mutating func append(_ blocks: [RowBlock]) {
        let count = blocks.reduce(0) { $0 + $1.count }
        let columns = schema.columns
        // Each column is taken out while cells are added to it, so that none is copied.
        let parts = Mutex(storage.map(Optional.some))
        storage = []
        storage = onAllCores(columns.count, isWorthIt: count > Self.rowsWorthThreads) { [name = schema.name] index in
            guard var column = parts.withLock({ $0[index].take() }) else { preconditionFailure("a column taken twice") }
            for block in blocks {
                precondition(block.columns.count == columns.count, "\(name): \(block.columns.count) columns")
                let isHeld = column.append(block.columns[index], block.count, isKey: columns[index].isKey)
                precondition(isHeld, "\(name).\(columns[index].id) cannot hold what it was given")
            }
            return column
        }
        rowCount += count
        isSorted = false
    }

    /// Fewer rows are added in less time by one thread.
    private static let rowsWorthThreads = 100_000

    /// Adds the rows of another table of the same schema.
    ///
    /// - Precondition: The schemas are the same.
    public mutating func append(contentsOf other: Table) {
        precondition(schema.name == other.schema.name, "rows of \(other.schema.name) in \(schema.name)")
        for column in storage.indices { storage[column].append(contentsOf: other.storage[column]) }
        rowCount += other.rowCount
        isSorted = false
    }

    /// The rows at these positions, which are in the order of the primary key.
    func reordered(_ order: [Int]) -> Table {
        var sorted = self
        sorted.storage = onAllCores(storage.count, isWorthIt: rowCount > Self.rowsWorthThreads) {
            var column = storage[$0]
            column.reorder(order)
            return column
        }
        sorted.isSorted = true
        return sorted
    }

    public subscript(row: Int, column: Int) -> Cell {
        storage[column][row]
    }

    /// The cell in the column called `id`.
    ///
    /// - Precondition: The schema has such a column.
    public subscript(row: Int, id: String) -> Cell {
        guard let column = schema.index(of: id) else { preconditionFailure("\(schema.name) has no column \(id)") }
        return storage[column][row]
    }

    public func row(_ row: Int) -> [Cell] {
        storage.map { $0[row] }
    }

    /// All cells of a column, for a writer of millions of them.
    public func cells(ofColumn column: Int) -> ColumnCells {
        switch storage[column].type {
        case .text: .texts(codes: storage[column].codes.all, pool: storage[column].pool)
        case .integer: .integers(storage[column].integers.all)
        case .number: .numbers(storage[column].numbers.all)
        }
    }

    /// The address of a cell: `gaps:indicator=internet_users,group=total:ratio`; see ``CellAddress``.
    public func address(row: Int, column: Int) -> String {
        cellAddress(row: row, column: column).description
    }
}

/// A table's name, columns and primary key: written once, used by every output.
public struct TableSchema: Hashable, Sendable {
    /// The name of the table and, with `.csv`, of its file: `gaps`, `time-distance`.
    public var name: String
    /// One sentence on what a row is.
    public var title: String
    public var columns: [Column]

    public init(name: String, title: String, columns: [Column]) {
        precondition(Set(columns.map(\.id)).count == columns.count, "\(name): two columns of one name")
        self.name = name
        self.title = title
        self.columns = columns
    }

    public func index(of id: String) -> Int? {
        columns.firstIndex { $0.id == id }
    }

    /// The positions of the key columns, in the order of the columns.
    public var keyIndices: [Int] {
        columns.indices.filter { columns[$0].isKey }
    }
}

/// One column: what stands in it, in which unit, by which definition.
public struct Column: Hashable, Sendable {
    public enum ValueType: String, Hashable, Sendable {
        case text, integer, number
    }

    public var id: String
    public var type: ValueType
    /// `%`, `years`, `1` for a pure number; `indicator` where it is the unit of the row's indicator; empty for text.
    public var unit: String
    /// One sentence that cannot be misread.
    public var definition: String
    /// Where the formula comes from, empty where there is none.
    public var source: String
    /// Whether it belongs to the primary key.
    public var isKey: Bool
    /// The words that may stand in it, in no order; empty where any may.
    public var words: [String]
    /// Between which numbers its own lie; `nil` where any may stand in it.
    public var range: ClosedRange<Double>?

    public init(
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
    public static var words: [String] { allCases.map(\.rawValue) }
}

/// One cell of a table.
public enum Cell: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case missing

    /// The number in it, `nil` for text and where it is missing.
    public var numeric: Double? {
        switch self {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        case .text, .missing: nil
        }
    }

    /// As CSV has it before quoting: numbers shortest-round-trip with a dot, whole ones without `.0`, missing empty.
    public var text: String {
        switch self {
        case .text(let text): text
        case .integer(let integer): String(integer)
        case .number(let number): Cell.format(number)
        case .missing: ""
        }
    }

    public init(_ number: Double?) {
        self = number.map(Cell.number) ?? .missing
    }

    public init(_ integer: Int?) {
        self = integer.map(Cell.integer) ?? .missing
    }

    public init(_ text: String?) {
        self = text.map(Cell.text) ?? .missing
    }

    /// The shortest decimal that reads back as the same double; `-0` is `0`.
    ///
    /// Whole numbers up to 2^53 have neither point nor exponent. An exponent stands where Swift's `description` has
    /// one: beyond 2^53 (`1e+16`) and nearer to zero than 0.0001 (`1e-05`). Spreadsheets, R, Python, SQL and JSON
    /// read that.
    public static func format(_ number: Double) -> String {
        whole(number).map { String($0) } ?? number.description
    }

    /// The most bytes that a number takes: `-2.2250738585072014e-308`.
    public static let numberWidth = 24

    /// Adds ``format(_:)`` to bytes that have room for ``numberWidth``.
    public static func write(_ number: Double, to bytes: inout OutputSpan<UInt8>) {
        if let whole = whole(number) {
            bytes.append(decimal: whole)
        } else if let hundredThousandths = hundredThousandths(abs(number)) {
            if number < 0 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(decimal: hundredThousandths / 100_000)
            bytes.append(fraction: hundredThousandths % 100_000, of: 100_000)
        } else {
            bytes.append(utf8: number.description)
        }
    }

    /// What is written without point and exponent, `nil` for all else.
    private static func whole(_ number: Double) -> Int? {
        abs(number) <= 9_007_199_254_740_992 ? Int(exactly: number) : nil
    }

    /// How many hundred-thousandths a number is that has no more than five decimals, and no exponent; `nil` of all others. Most
    /// figures that someone published are such, and need no search for the shortest decimal that reads back as the same: no two
    /// decimals of 15 digits read back as one double, so that this one is the shortest, once its last zeros are left out.
    private static func hundredThousandths(_ magnitude: Double) -> Int? {
        guard magnitude >= 0.0001, magnitude < 1e9 else { return nil }
        let rounded = (magnitude * 100_000).rounded()
        return rounded / 100_000 == magnitude ? Int(rounded) : nil
    }
}
