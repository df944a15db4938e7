internal import Indicators
internal import Ingest

extension Table {
    /// The table that a CSV file of a run spells, in whichever dialect.
    ///
    /// What the CSV does not tell apart is not told apart here: an empty text and a missing one are both missing, but in a key. A number
    /// may have a decimal comma; nothing that a run writes has one between thousands. `nil` where a key column is absent, a
    /// number of a key is empty, or a number cannot be read: it is no such table.
    ///
    /// - Parameters:
    ///   - text: The file, read.
    ///   - schema: What its columns are; those that the file does not have are missing in every row.
    init?(_ text: TextTable, schema: TableSchema) {
        let positions = schema.columns.map { text.column($0.id) }
        for (column, position) in zip(schema.columns, positions) where column.isKey && position == nil { return nil }
        var table = Table(schema: schema)
        for row in text.rows {
            var cells: [Cell] = []
            cells.reserveCapacity(positions.count)
            for (column, position) in zip(schema.columns, positions) {
                let field = position.map { row.fields[$0] } ?? ""
                guard let cell = Cell(field, as: column.type) else { return nil }
                if column.isKey, case .missing = cell {
                    // Every row has a key: what stands there is an empty text.
                    guard column.type == .text else { return nil }
                    cells.append(.text(""))
                } else {
                    cells.append(cell)
                }
            }
            table.append(cells)
        }
        self = table
    }
}

extension Cell {
    /// A field of a run's CSV; `nil` where it does not spell a value of the type.
    fileprivate init?(_ field: String, as type: Column.ValueType) {
        guard !field.isEmpty else {
            self = .missing
            return
        }
        switch type {
        case .text: self = .text(EarlierOutputs.bare(field))
        case .integer:
            guard let integer = Int(field), integer != .min else { return nil }
            self = .integer(integer)
        case .number:
            let spelt = field.utf8.contains(UInt8(ascii: ",")) ? field.replacing(",", with: ".") : field
            guard let number = Double(spelt), number.isFinite else { return nil }
            self = .number(number)
        }
    }
}

extension Observation {
    /// The observations that `observations.csv` spells, in its order: all that the stages from Normalise on ask of them. Of
    /// their past only the first cell's file, record and column are known.
    ///
    /// - Returns: `nil` where a status, treatment or grade is not one of ours.
    static func all(in table: Table) -> [Observation]? {
        var observations: [Observation] = []
        observations.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            guard let status = ObservationStatus(rawValue: table[row, "status"].text),
                let grade = Grade(rawValue: table[row, "grade"].text),
                let treatments = treatments(table[row, "treatment"].text)
            else { return nil }
            observations.append(
                Observation(
                    indicator: table[row, "indicator"].text,
                    place: table[row, "place"].text,
                    year: Int(table[row, "year"].numeric ?? 0),
                    group: table[row, "group"].text,
                    value: table[row, "value"].numeric,
                    standardError: table[row, "standard_error"].numeric,
                    status: status,
                    treatments: treatments,
                    grade: grade,
                    origins: origins(table, row)
                )
            )
        }
        return observations
    }

    private static func treatments(_ text: String) -> Set<Treatment>? {
        let words = text.split(separator: " ")
        let treatments = words.compactMap { Treatment(rawValue: String($0)) }
        return treatments.count == words.count ? Set(treatments) : nil
    }

    private static func origins(_ table: Table, _ row: Int) -> [Origin] {
        guard case .text(let file) = table[row, "file"] else { return [] }
        let record = Int(table[row, "record"].numeric ?? 0)
        return [Origin(file: file, record: record, line: 0, field: 0, column: table[row, "column"].text)]
    }
}
