/// A small table as text: what the generator reads and writes. The pipeline's own reader is CSVStream; this one knows
/// the files of `Datasets`, where no field holds a line break.
struct CSVText {
    var header: [String]
    var rows: [[String]]

    init(header: [String], rows: [[String]] = []) {
        self.header = header
        self.rows = rows
    }

    /// Reads comma-separated lines, quotes allowed.
    init(reading text: String) {
        var records = text.split(whereSeparator: \.isNewline).map { Self.fields(of: $0) }
        header = records.isEmpty ? [] : records.removeFirst()
        rows = records
    }

    /// RFC 4180 with LF, quotes where they are needed.
    var text: String {
        ([header] + rows)
            .map { record in record.map(Self.quoted).joined(separator: ",") + "\n" }
            .joined()
    }

    /// The position of a column, or an error that names it.
    func position(of column: String, in file: String) throws(IllustrateError) -> Int {
        guard let position = header.firstIndex(of: column) else {
            throw .noSuchColumn(file: file, column: column, header: header)
        }
        return position
    }

    private static func fields(of line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
