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
        let columns = schema.columns.indices.filter { index in
            !schema.columns[index].isKey && (isVerdicts || schema.columns[index].type != .text)
        }
        let keyCount = schema.keyIndices.count
        var spelled = SpelledMembers.Columns()
        for index in schema.keyIndices {
            spelled.add(schema.columns[index].id + "=", results.cells(ofColumn: index)) {
                Self.escaped(CellAddress.escaped($0))
            }
        }
        for index in columns {
            spelled.add(Self.quoted(schema.columns[index].id) + ":", results.cells(ofColumn: index), Self.quoted)
        }
        let members = SpelledMembers(spelled)
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for row in 0..<results.rowCount {
            bytes.append(addingCapacity: members.width) { bytes in
                bytes.append(utf8: row == 0 ? "\n\"" : ",\n\"")
                for key in 0..<keyCount {
                    if key > 0 { bytes.append(UInt8(ascii: ",")) }
                    members.append(row, of: key, to: &bytes)
                }
                bytes.append(utf8: "\":{")
                var isFirst = true
                for member in keyCount..<members.count where !members.isMissing(row, of: member) {
                    if !isFirst { bytes.append(UInt8(ascii: ",")) }
                    members.append(row, of: member, to: &bytes)
                    isFirst = false
                }
                bytes.append(UInt8(ascii: "}"))
            }
        }
        bytes += "\n}\n".utf8
        json = bytes
    }

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

/// Columns with their names before each value; each text is spelt once, however often it stands in its column.
///
/// One object holds them all: where each column is one, and each name and text an array, counting who uses them takes longer
/// than writing them.
private final class SpelledMembers {
    struct Columns {
        // By column the cells, in the array of their type; empty in the other two.
        var codes: [[UInt32]] = []
        var integers: [[Int]] = []
        var numbers: [[Double]] = []
        /// The names of all columns and the texts of all pools, one behind the other.
        var texts: [UInt8] = []
        /// By column: where its name begins, and behind it the text of each code; last, where the last of them ends.
        var bounds: [[Int]] = []
        /// The most bytes that a row takes: besides its cells its marks, and one behind each cell.
        var width = 8

        mutating func add(_ name: String, _ cells: ColumnCells, _ spell: (String) -> String) {
            var bounds = [texts.count]
            texts += name.utf8
            bounds.append(texts.count)
            var (codes, integers, numbers): ([UInt32], [Int], [Double]) = ([], [], [])
            switch cells {
            case .texts(let values, let pool):
                codes = values
                for text in pool {
                    texts += spell(text).utf8
                    bounds.append(texts.count)
                }
            case .integers(let values): integers = values
            case .numbers(let values): numbers = values
            }
            self.codes.append(codes)
            self.integers.append(integers)
            self.numbers.append(numbers)
            self.bounds.append(bounds)
            let widest = bounds.indices.dropFirst(2).map { bounds[$0] - bounds[$0 - 1] }.max() ?? Cell.numberWidth
            width += bounds[1] - bounds[0] + widest + 1
        }
    }

    // As in ``Columns``, and constant: what cannot change need not be held on to while it is read.
    private let codes: [[UInt32]]
    private let integers: [[Int]]
    private let numbers: [[Double]]
    private let texts: [UInt8]
    private let bounds: [[Int]]
    let width: Int

    init(_ columns: Columns) {
        codes = columns.codes
        integers = columns.integers
        numbers = columns.numbers
        texts = columns.texts
        bounds = columns.bounds
        width = columns.width
    }

    var count: Int { bounds.count }

    /// Adds name and value, the name alone where the value is missing.
    func append(_ row: Int, of column: Int, to bytes: inout OutputSpan<UInt8>) {
        appendText(0, of: column, to: &bytes)
        if isMissing(row, of: column) { return }
        if !numbers[column].isEmpty {
            Cell.write(numbers[column][row], to: &bytes)
        } else if !integers[column].isEmpty {
            bytes.append(decimal: integers[column][row])
        } else {
            appendText(Int(codes[column][row]) + 1, of: column, to: &bytes)
        }
    }

    func isMissing(_ row: Int, of column: Int) -> Bool {
        if !numbers[column].isEmpty { return numbers[column][row].isNaN }
        return integers[column].isEmpty
            ? codes[column][row] == ColumnCells.missingCode : integers[column][row] == .min
    }

    private func appendText(_ index: Int, of column: Int, to bytes: inout OutputSpan<UInt8>) {
        let range = bounds[column][index]..<bounds[column][index + 1]
        unsafe texts.withUnsafeBufferPointer { texts in
            unsafe bytes.append(copying: UnsafeBufferPointer(rebasing: texts[range]))
        }
    }
}
