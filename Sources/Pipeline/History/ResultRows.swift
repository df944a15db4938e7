internal import Indicators

/// The numbers of a result table, as the history takes them: JSON, a member for each row.
///
/// ```
/// {"indicator=internet_users,group=total": {"parity": 0.75, "ratio": 0.75}}
/// ```
///
/// Keys are spelt as in the addresses of cells. Of `checks`, texts are taken too: they are the verdicts.
struct ResultRows {
    let table: String
    let json: [UInt8]

    /// Tables that are steps on the way, not results: their rows are in the store and not in the history.
    private static let steps: Set = ["observations", "normalised", "treatments", "weights", "findings", "activities"]

    /// The most rows that the history takes of a table.
    static let rowLimit = 20_000

    /// `nil` where the table is no result, has no key, or more rows than the history takes.
    init?(_ results: Table) {
        let schema = results.schema
        guard !Self.steps.contains(schema.name), !schema.keyIndices.isEmpty, results.rowCount <= Self.rowLimit else {
            return nil
        }
        table = schema.name
        let isVerdicts = table == "checks"
        let keys = schema.keyIndices.map { index in
            SpelledMember(schema.columns[index].id + "=", results.cells(ofColumn: index)) {
                Self.escaped(CellAddress.escaped($0))
            }
        }
        let columns = schema.columns.indices.filter { index in
            !schema.columns[index].isKey && (isVerdicts || schema.columns[index].type != .text)
        }
        let members = columns.map { index in
            SpelledMember(Self.quoted(schema.columns[index].id) + ":", results.cells(ofColumn: index), Self.quoted)
        }
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for row in 0..<results.rowCount {
            bytes += row == 0 ? Self.firstRow : Self.nextRow
            for (index, key) in keys.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                key.append(row, to: &bytes)
            }
            bytes += Self.members
            var isFirst = true
            for member in members where !member.isMissing(row) {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                member.append(row, to: &bytes)
                isFirst = false
            }
            bytes.append(UInt8(ascii: "}"))
        }
        bytes += "\n}\n".utf8
        json = bytes
    }

    private static let firstRow = Array("\n\"".utf8)
    private static let nextRow = Array(",\n\"".utf8)
    private static let members = Array("\":{".utf8)

    private static func quoted(_ text: String) -> String {
        "\"" + escaped(text) + "\""
    }

    private static func escaped(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// A column with its name before each value; each text is spelt once, however often it stands in the column.
///
/// A class, so that going through the members of a row counts one object up and down, and not five arrays.
private final class SpelledMember {
    private let name: [UInt8]
    // The cells, in the array of their type; the other two are empty.
    private let codes: [UInt32]
    private let integers: [Int]
    private let numbers: [Double]
    private let texts: [[UInt8]]

    init(_ name: String, _ cells: ColumnCells, _ spell: (String) -> String) {
        self.name = Array(name.utf8)
        switch cells {
        case .texts(let codes, let pool):
            (self.codes, integers, numbers) = (codes, [], [])
            texts = pool.map { Array(spell($0).utf8) }
        case .integers(let integers): (codes, self.integers, numbers, texts) = ([], integers, [], [])
        case .numbers(let numbers): (codes, integers, self.numbers, texts) = ([], [], numbers, [])
        }
    }

    /// Adds name and value, the name alone where the value is missing.
    func append(_ row: Int, to bytes: inout [UInt8]) {
        bytes += name
        appendValue(row, to: &bytes)
    }

    func isMissing(_ row: Int) -> Bool {
        if !numbers.isEmpty { return numbers[row].isNaN }
        return integers.isEmpty ? codes[row] == ColumnCells.missingCode : integers[row] == .min
    }

    private func appendValue(_ row: Int, to bytes: inout [UInt8]) {
        if isMissing(row) { return }
        if !numbers.isEmpty {
            bytes += Cell.format(numbers[row]).utf8
        } else if !integers.isEmpty {
            bytes += String(integers[row]).utf8
        } else {
            bytes += texts[Int(codes[row])]
        }
    }
}
