/// A column of a source, or of an engine's result: what all of its cells share.
public final class SourceColumn: Sendable {
    /// As messages and outputs name it: relative to the pipeline's folder, never absolute.
    public let file: String
    /// The sheet of a workbook, `nil` for text files.
    public let sheet: String?
    /// The position of the fields in their records, counted from 1.
    public let field: Int
    /// The header, as found; parts of a header of several rows are joined by ` / `. Of values worked out of records their
    /// formula, and where nobody knows the record also the group.
    public let label: String
    /// What the header tells of each value; `nil` where its row does.
    public let place, period, indicator, group: String?

    public init(
        file: String,
        sheet: String? = nil,
        field: Int,
        label: String,
        place: String? = nil,
        period: String? = nil,
        indicator: String? = nil,
        group: String? = nil
    ) {
        self.file = file
        self.sheet = sheet
        self.field = field
        self.label = label
        self.place = place
        self.period = period
        self.indicator = indicator
        self.group = group
    }

    /// Another column whose header tells the same.
    func beside(field: Int, label: String) -> SourceColumn {
        SourceColumn(
            file: file,
            sheet: sheet,
            field: field,
            label: label,
            place: place,
            period: period,
            indicator: indicator,
            group: group
        )
    }
}

/// Where a value stands in its file.
public struct Origin: Hashable, Sendable, Comparable {
    /// Shared by all cells below each other: thousands of values hold on to one object, not to its texts.
    let source: SourceColumn
    /// Counted from 1 over all records of the file, title and header records too; not lines. 0 where nobody knows it: an
    /// engine added up records and does not tell the first of them.
    public var record: Int
    /// The line on which the record begins, counted from 1.
    public var line: Int

    public init(_ source: SourceColumn, record: Int, line: Int) {
        self.source = source
        self.record = record
        self.line = line
    }

    public init(file: String, sheet: String? = nil, record: Int, line: Int, field: Int, column: String) {
        self.init(SourceColumn(file: file, sheet: sheet, field: field, label: column), record: record, line: line)
    }

    /// See ``SourceColumn/file``.
    public var file: String { source.file }
    /// See ``SourceColumn/sheet``.
    public var sheet: String? { source.sheet }
    /// See ``SourceColumn/field``.
    public var field: Int { source.field }
    /// See ``SourceColumn/label``.
    public var column: String { source.label }

    /// `Income!C12`: the cell of a workbook, `nil` in a text file.
    public var cell: String? {
        sheet.map { "\($0)!\(Self.letters(ofColumn: field))\(record)" }
    }

    /// `income.csv, record 12, column 2556`.
    public var words: String {
        "\(file), " + (record > 0 ? "record \(record), " : "") + "column \(column)"
    }

    /// The header alone, without the name of the sheet's column that ``label(_:column:sheet:)`` puts behind it.
    public var heading: String {
        guard let sheet else { return column }
        let place = "\(sheet)!\(Self.letters(ofColumn: field))"
        return column == place
            ? "" : column.hasSuffix(" (\(place))") ? String(column.dropLast(place.count + 3)) : column
    }

    /// What a column of a sheet is called: its header and the sheet's own name for it, `ร้อยละ (Income!C)`.
    public static func label(_ header: String, column: Int, sheet: String) -> String {
        let place = "\(sheet)!\(letters(ofColumn: column))"
        return header.isEmpty ? place : "\(header) (\(place))"
    }

    /// `A` for 1, `AA` for 27.
    private static func letters(ofColumn column: Int) -> String {
        var letters: [UInt8] = []
        var rest = column
        while rest > 0 {
            letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    public static func == (left: Origin, right: Origin) -> Bool {
        guard left.record == right.record, left.line == right.line else { return false }
        if left.source === right.source { return true }
        return left.field == right.field && left.file == right.file && left.sheet == right.sheet
            && left.column == right.column
    }

    /// Where it stands tells the cells of a file apart, and its headers are in scripts that are slow to hash. What an engine
    /// added up stands at no record, and is told apart by its column.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(file)
        hasher.combine(record)
        hasher.combine(field)
        if record == 0 { hasher.combine(column) }
    }

    public static func < (left: Origin, right: Origin) -> Bool {
        if left.source === right.source { return left.record < right.record }
        return (left.file, left.sheet ?? "", left.record, left.field, left.column)
            < (right.file, right.sheet ?? "", right.record, right.field, right.column)
    }
}
