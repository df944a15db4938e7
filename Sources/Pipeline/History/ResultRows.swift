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
        let names = columns.map { Self.quoted(schema.columns[$0].id) }
        var text = "{"
        for row in 0..<results.rowCount {
            let address = results.address(row: row, column: 0)
            let key = address.dropFirst(table.count + 1).dropLast(schema.columns[0].id.count + 1)
            text += (row == 0 ? "\n" : ",\n") + Self.quoted(String(key)) + ":{"
            var isFirst = true
            for (column, name) in zip(columns, names) {
                let cell = results[row, column]
                let value: String
                switch cell {
                case .missing: continue
                case .integer, .number: value = cell.text
                case .text(let words): value = Self.quoted(words)
                }
                text += (isFirst ? "" : ",") + name + ":" + value
                isFirst = false
            }
            text += "}"
        }
        json = Array((text + "\n}\n").utf8)
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain { return "\"\(text)\"" }
        var result = "\""
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
        return result + "\""
    }
}
