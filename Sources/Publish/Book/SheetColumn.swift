import Indicators
import Workbook

/// A column of a sheet, made ready for writing: texts spelt and styled once each, numbers with the look of their unit.
final class SheetColumn {
    /// Of the table's column; empty for names, which the sheet adds.
    let id: String
    let head: String
    private let type: Column.ValueType
    private let codes: [UInt32]
    private let pool: [String]
    private let spelled: [String]
    private let formats: [CellFormat?]
    private let integers: [Int]
    private let numbers: [Double]
    private let looks: RowLooks
    private let unit: String
    private let isFlagged: Bool
    private let isValue: Bool

    init(_ cells: ColumnCells, _ column: Column, _ table: String, _ looks: RowLooks, _ writer: BookWriter) {
        id = column.id
        head = column.id
        type = column.type
        self.looks = looks
        unit = column.unit
        isFlagged = column.type == .number
        isValue = ["value", "score", "new"].contains(column.id)
        switch cells {
        case .texts(let codes, let pool):
            (self.codes, self.pool, integers, numbers) = (codes, pool, [], [])
            spelled = pool.map { spelledForSheet(writer.fitting($0, in: table)) }
            formats = column.words.isEmpty ? [] : pool.map { writer.styles.word($0) }
        case .integers(let values):
            (codes, pool, spelled, formats, integers, numbers) = ([], [], [], [], values, [])
        case .numbers(let values):
            (codes, pool, spelled, formats, integers, numbers) = ([], [], [], [], [], values)
        }
    }

    private init(head: String, codes: [UInt32], names: [String], _ looks: RowLooks) {
        id = ""
        self.head = head
        type = .text
        self.codes = codes
        pool = names
        spelled = names.map(spelledForSheet)
        formats = []
        (integers, numbers) = ([], [])
        self.looks = looks
        unit = ""
        (isFlagged, isValue) = (false, false)
    }

    var isNumber: Bool { type != .text }

    /// What the codes of indicators or places in it are called; `nil` for a column that holds no such codes.
    func names(_ writer: BookWriter) -> SheetColumn? {
        guard type == .text, !pool.isEmpty else { return nil }
        let isIndicator = id == "indicator"
        guard isIndicator || id == "place" || id.hasPrefix("place_") else { return nil }
        let names = pool.map { isIndicator ? writer.name(ofIndicator: $0) : writer.name(ofPlace: $0) }
        guard names.contains(where: { $0 != nil }) else { return nil }
        let head = writer.word(isIndicator ? "column.indicator" : "column.place")
        return SheetColumn(head: head, codes: codes, names: names.map { $0 ?? "" }, looks)
    }

    func write(
        row: Int,
        _ flags: BookStyles.Flags,
        to sheet: Sheet,
        _ line: Int,
        _ position: Int,
        _ styles: BookStyles
    ) {
        switch type {
        case .text:
            guard codes[row] != ColumnCells.missingCode else { return }
            let code = Int(codes[row])
            sheet.write(spelled: spelled[code], line, position, formats.isEmpty ? nil : formats[code])
        case .integer:
            guard integers[row] != .min else { return }
            let value = Double(integers[row])
            sheet.write(value, line, position, styles.number(value, look(row)))
        case .number:
            guard !numbers[row].isNaN else { return }
            let value = numbers[row]
            let own = flags.subtracting(isValue ? [] : .treated)
            sheet.write(value, line, position, styles.number(value, look(row), isFlagged ? own : []))
        }
    }

    private func look(_ row: Int) -> NumberLook {
        looks.look(row: row, unit: unit, isWhole: type == .integer)
    }

    /// Of the widest of its cells, in digits.
    var width: Double {
        switch type {
        case .text: pool.prefix(3_000).lazy.map(displayWidth).max() ?? 0
        case .integer: Double(String(integers.max() ?? 0).count) * 4 / 3
        case .number:
            numbers.reduce(8) { widest, value in
                let size = abs(value)
                return size.isNaN || size < 1e7 ? widest : max(widest, size < 1e15 ? 20 : 10)
            }
        }
    }
}

/// The looks of a table's numbers row by row: those of its indicator's unit, where a column has that.
struct RowLooks {
    private let codes: [UInt32]
    private let looks: [NumberLook]

    init(_ table: Table, _ catalogue: Catalogue) {
        for (id, unit) in [("unit", { $0 }), ("indicator", { catalogue.unit(of: $0) ?? "" })]
            as [(String, (String) -> String)]
        {
            guard let column = table.schema.index(of: id),
                case .texts(let codes, let pool) = table.cells(ofColumn: column)
            else { continue }
            self.codes = codes
            looks = pool.map { NumberLook(unit: unit($0)) }
            return
        }
        (codes, looks) = ([], [])
    }

    func look(row: Int, unit: String, isWhole: Bool) -> NumberLook {
        if isWhole { return unit == "year" ? .year : .count }
        guard unit.hasPrefix("indicator") || unit.isEmpty else { return NumberLook(unit: unit) }
        guard !codes.isEmpty, codes[row] != ColumnCells.missingCode else { return .quantity }
        return looks[Int(codes[row])]
    }
}

/// What the grade, the treatment and the status of a row say of its values.
struct RowFlags {
    private let grades: FlaggedColumn
    private let treatments: FlaggedColumn
    private let statuses: FlaggedColumn

    init(_ table: Table) {
        grades = FlaggedColumn(table, "grade") { $0 == Grade.illustrative.rawValue ? .illustrative : [] }
        treatments = FlaggedColumn(table, "treatment") { $0.isEmpty ? [] : .treated }
        // Imputed by us: so it is in a table that has no column for treatments.
        statuses = FlaggedColumn(table, "status") { $0 == ObservationStatus.imputed.rawValue ? .treated : [] }
    }

    subscript(row: Int) -> BookStyles.Flags {
        grades[row].union(treatments[row]).union(statuses[row])
    }

    /// Whether any text of the column of grades says so.
    var isIllustrative: Bool { grades.flags.contains(.illustrative) }
}

/// What the texts of a column say, each once; nothing where the table has no such column.
private struct FlaggedColumn {
    private let codes: [UInt32]
    let flags: [BookStyles.Flags]

    init(_ table: Table, _ id: String, _ flag: (String) -> BookStyles.Flags) {
        guard let column = table.schema.index(of: id), case .texts(let codes, let pool) = table.cells(ofColumn: column)
        else {
            (codes, flags) = ([], [])
            return
        }
        (self.codes, flags) = (codes, pool.map(flag))
    }

    subscript(row: Int) -> BookStyles.Flags {
        guard !codes.isEmpty, codes[row] != ColumnCells.missingCode else { return [] }
        return flags[Int(codes[row])]
    }
}
