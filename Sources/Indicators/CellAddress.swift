/// The address of a cell: `gaps:indicator=internet_users,group=total:ratio`.
///
/// In the value of a key, `\`, `,` and `:` stand behind a `\`, so that no two cells share an address. A table without a
/// primary key numbers its rows from 1: `findings:row=12:found`.
public struct CellAddress: Hashable, Sendable, CustomStringConvertible {
    /// One column of the primary key, and what stands in it.
    public struct Key: Hashable, Sendable {
        public var column: String
        public var value: String

        public init(_ column: String, _ value: String) {
            self.column = column
            self.value = value
        }
    }

    /// The key of a table that has none.
    public static let row = "row"

    public var table: String
    public var keys: [Key]
    public var column: String

    public init(table: String, keys: [Key], column: String) {
        self.table = table
        self.keys = keys
        self.column = column
    }

    public var description: String { "\(table):\(rowText):\(column)" }

    /// The keys as the address has them: `indicator=internet_users,group=total`.
    public var rowText: String {
        keys.map { "\($0.column)=\(Self.escaped($0.value))" }.joined(separator: ",")
    }

    /// The value of a key as addresses spell it: a `\` before each `\`, `,` and `:`.
    public static func escaped(_ value: String) -> String {
        let needsNone = value.utf8.allSatisfy {
            $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ":")
        }
        if needsNone { return value }
        var escaped = ""
        for scalar in value.unicodeScalars {
            if scalar == "\\" || scalar == "," || scalar == ":" { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }
}

/// What is wrong with the text of an address.
public struct CellAddressError: Error, Hashable, Sendable {
    public var problem: String
    public var expected: String
    public var found: String
}

extension CellAddress {
    /// Reads an address as ``description`` writes it.
    public init(parsing text: String) throws(CellAddressError) {
        let parts = Self.split(text.unicodeScalars[...], at: ":")
        guard parts.count == 3, !parts[0].isEmpty, !parts[2].isEmpty else {
            throw CellAddressError(
                problem: "not the address of a cell",
                expected: #"TABLE:key=value,...:column, with \ before \ , and : in a value"#,
                found: text
            )
        }
        var keys: [Key] = []
        for entry in parts[1].isEmpty ? [] : Self.split(parts[1], at: ",") {
            guard let equals = entry.firstIndex(of: "="), equals > entry.startIndex else {
                throw CellAddressError(
                    problem: "not a key of an address",
                    expected: "key=value",
                    found: String(String.UnicodeScalarView(entry))
                )
            }
            let column = String(String.UnicodeScalarView(entry[..<equals]))
            let value = try Self.unescaped(entry[entry.index(after: equals)...])
            guard !keys.contains(where: { $0.column == column }) else {
                throw CellAddressError(problem: "a key twice", expected: "each key once", found: column)
            }
            keys.append(Key(column, value))
        }
        self.init(
            table: String(String.UnicodeScalarView(parts[0])),
            keys: keys,
            column: String(String.UnicodeScalarView(parts[2]))
        )
    }

    /// The parts between separators that stand behind no `\`.
    private static func split(
        _ text: Substring.UnicodeScalarView,
        at separator: Unicode.Scalar
    ) -> [Substring.UnicodeScalarView] {
        var parts: [Substring.UnicodeScalarView] = []
        var start = text.startIndex
        var isEscaped = false
        for index in text.indices {
            if isEscaped {
                isEscaped = false
            } else if text[index] == "\\" {
                isEscaped = true
            } else if text[index] == separator {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
        }
        return parts + [text[start...]]
    }

    private static func unescaped(_ text: Substring.UnicodeScalarView) throws(CellAddressError) -> String {
        var plain = ""
        var isEscaped = false
        for scalar in text {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
                continue
            }
            guard !isEscaped || scalar == "\\" || scalar == "," || scalar == ":" else { break }
            plain.unicodeScalars.append(scalar)
            isEscaped = false
        }
        guard !isEscaped else {
            throw CellAddressError(
                problem: #"a \ that escapes nothing"#,
                expected: #"\\ for a \ itself, \, and \: for a comma and a colon"#,
                found: String(String.UnicodeScalarView(text))
            )
        }
        return plain
    }
}

extension Table {
    /// The address of a cell.
    public func cellAddress(row: Int, column: Int) -> CellAddress {
        let indices = schema.keyIndices
        let keys =
            indices.isEmpty
            ? [CellAddress.Key(CellAddress.row, String(row + 1))]
            : indices.map { CellAddress.Key(schema.columns[$0].id, self[row, $0].text) }
        return CellAddress(table: schema.name, keys: keys, column: schema.columns[column].id)
    }

    /// The address of the cell in the column called `id`.
    ///
    /// - Precondition: The schema has such a column.
    public func cellAddress(row: Int, column id: String) -> CellAddress {
        guard let column = schema.index(of: id) else { preconditionFailure("\(schema.name) has no column \(id)") }
        return cellAddress(row: row, column: column)
    }
}
