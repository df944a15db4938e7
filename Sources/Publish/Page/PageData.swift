import Indicators

/// One value of a series, and the cell in which it stands.
struct Reading {
    var place: String
    var year: Int
    var value: Double
    var status: String
    var grade: String
    var file: String
    var cell: ShownCell
}

/// One row of `gaps`.
struct GapRow {
    var indicator: String
    var level: String
    var weighting: String
    var yearReference: Int
    var yearOther: Int
    var row: Int
    var reference: Double
    var other: Double
    var grade: String

    /// The later of its years.
    var year: Int { max(yearReference, yearOther) }
}

/// The tables of a run as the page reads them: values of everyone by indicator and place, and gaps.
struct PageData {
    let tables: [Table]
    /// By indicator and place, in order of the years.
    private let readings: [String: [String: [Reading]]]
    /// Of everyone, in order of the table's key.
    let gaps: [GapRow]

    init(_ tables: [Table]) {
        self.tables = tables
        var readings: [String: [String: [Reading]]] = [:]
        for (index, table) in tables.enumerated() {
            switch table.schema.name {
            case "observations": Self.read(table, index, into: &readings) { _ in true }
            case "normalised":
                // A derived rate is a row without a scale; it has no value of its own among the observations.
                guard let scope = table.schema.index(of: "scope"), let limits = table.schema.index(of: "limits") else {
                    continue
                }
                Self.read(table, index, into: &readings) { row in
                    table[row, scope].text.isEmpty && table[row, limits].text.isEmpty
                }
            case "index": Self.readScores(table, index, into: &readings)
            default: continue
            }
        }
        self.readings = readings.mapValues { places in places.mapValues { $0.sorted { $0.year < $1.year } } }
        gaps = Self.gaps(in: tables)
    }

    /// The gaps alone, without the values behind them.
    init(gapsOf tables: [Table]) {
        self.tables = tables
        readings = [:]
        gaps = Self.gaps(in: tables)
    }

    /// The position of the table of that name, `nil` where the run has none.
    func index(of name: String) -> Int? {
        tables.firstIndex { $0.schema.name == name }
    }

    /// The table of that name with its position.
    func table(_ name: String) -> (index: Int, table: Table)? {
        index(of: name).map { ($0, tables[$0]) }
    }

    /// The values of an indicator at a place, in order of the years.
    func series(_ indicator: String, _ place: String) -> [Reading] {
        readings[indicator]?[place] ?? []
    }

    /// The places that have a value of the indicator, in order of their codes.
    func places(with indicator: String) -> [String] {
        (readings[indicator] ?? [:]).keys.sorted()
    }

    /// The indicators of which there is a value, in order of their ids.
    var indicators: [String] { readings.keys.sorted() }

    /// The files that an indicator's values stand in, in order; of those places alone.
    func files(of indicator: String, at isWanted: (String) -> Bool = { _ in true }) -> [String] {
        let wanted = (readings[indicator] ?? [:]).filter { isWanted($0.key) }
        return Set(wanted.values.joined().map(\.file)).filter { !$0.isEmpty }.sorted()
    }

    /// The number in a cell, `nil` where the table has no such column or the cell no number.
    func number(_ table: Int, _ row: Int, _ column: String) -> Figures? {
        guard let position = tables[table].schema.index(of: column),
            let value = tables[table][row, position].numeric
        else { return nil }
        return Figures(value: value, cell: ShownCell(table: table, row: row, column: position))
    }

    private static func read(
        _ table: Table,
        _ index: Int,
        into readings: inout [String: [String: [Reading]]],
        where isWanted: (Int) -> Bool
    ) {
        guard let indicator = table.schema.index(of: "indicator"), let place = table.schema.index(of: "place"),
            let year = table.schema.index(of: "year"), let group = table.schema.index(of: "group"),
            let value = table.schema.index(of: "value")
        else { return }
        let status = table.schema.index(of: "status")
        let grade = table.schema.index(of: "grade")
        let file = table.schema.index(of: "file")
        for row in 0..<table.rowCount {
            guard table[row, group] == .text(Group.total), let number = table[row, value].numeric,
                let when = table[row, year].numeric, isWanted(row)
            else { continue }
            let reading = Reading(
                place: table[row, place].text,
                year: Int(when),
                value: number,
                status: status.map { table[row, $0].text } ?? "",
                grade: grade.map { table[row, $0].text } ?? "",
                file: file.map { table[row, $0].text } ?? "",
                cell: ShownCell(table: index, row: row, column: value)
            )
            readings[table[row, indicator].text, default: [:]][reading.place, default: []].append(reading)
        }
    }

    /// The scores of indices and of their nodes, by what they are called among the indicators.
    private static func readScores(
        _ table: Table,
        _ index: Int,
        into readings: inout [String: [String: [Reading]]]
    ) {
        guard let name = table.schema.index(of: "index"), let node = table.schema.index(of: "node"),
            let place = table.schema.index(of: "place"), let year = table.schema.index(of: "year"),
            let group = table.schema.index(of: "group"), let score = table.schema.index(of: "score"),
            let status = table.schema.index(of: "status"), let grade = table.schema.index(of: "grade")
        else { return }
        for row in 0..<table.rowCount {
            guard table[row, group] == .text(Group.total), let number = table[row, score].numeric,
                let when = table[row, year].numeric
            else { continue }
            let (own, whole) = (table[row, node].text, table[row, name].text)
            let reading = Reading(
                place: table[row, place].text,
                year: Int(when),
                value: number,
                status: table[row, status].text,
                grade: table[row, grade].text,
                file: "",
                cell: ShownCell(table: index, row: row, column: score)
            )
            readings[own == whole ? whole : "\(whole).\(own)", default: [:]][reading.place, default: []].append(reading)
        }
    }

    private static func gaps(in tables: [Table]) -> [GapRow] {
        guard let table = tables.first(where: { $0.schema.name == "gaps" }) else { return [] }
        return (0..<table.rowCount).compactMap { row in
            guard table[row, "group"] == .text(Group.total),
                let reference = table[row, "value_reference"].numeric, let other = table[row, "value_other"].numeric,
                let yearReference = table[row, "year_reference"].numeric,
                let yearOther = table[row, "year_other"].numeric
            else { return nil }
            return GapRow(
                indicator: table[row, "indicator"].text,
                level: table[row, "level"].text,
                weighting: table[row, "weighting"].text,
                yearReference: Int(yearReference),
                yearOther: Int(yearOther),
                row: row,
                reference: reference,
                other: other,
                grade: table[row, "grade"].text
            )
        }
    }
}

extension PageData {
    /// Numerator and denominator of each derived rate, and the children of each node of an index, by their ids as indicators.
    var parts: [String: [String]] {
        var parts: [String: [String]] = [:]
        if let (_, table) = table("normalised"), let indicator = table.schema.index(of: "indicator"),
            let numerator = table.schema.index(of: "numerator"), let denominator = table.schema.index(of: "denominator")
        {
            // A row of a scale has no numerator.
            for row in 0..<table.rowCount where !table[row, numerator].text.isEmpty {
                let id = table[row, indicator].text
                if parts[id] == nil { parts[id] = [table[row, numerator].text, table[row, denominator].text] }
            }
        }
        guard let (_, table) = table("weights") else { return parts }
        func id(_ row: Int, _ node: String) -> String {
            let index = table[row, "index"].text
            return node == index ? index : "\(index).\(node)"
        }
        for row in 0..<table.rowCount {
            let child = table[row, "child"].text
            let isIndicator = table[row, "child_kind"].text == "indicator"
            parts[id(row, table[row, "node"].text), default: []].append(isIndicator ? child : id(row, child))
        }
        return parts
    }

    /// The rows of an indicator that the page compares by: the national figures where there are any, else the means
    /// weighted by the indicator's own denominator, else the simple ones; in order of the years.
    func comparison(of indicator: Indicator) -> [GapRow] {
        func weight(_ row: GapRow) -> Int {
            if row.level == PlaceLevel.country.rawValue { return 3 }
            if row.weighting == indicator.denominator { return 2 }
            return row.weighting == "simple" ? 0 : 1
        }
        let rows = gaps.filter { $0.indicator == indicator.id }
        guard let best = rows.map(weight).max() else { return [] }
        let first = rows.first { weight($0) == best }
        return rows.filter { $0.level == first?.level && $0.weighting == first?.weighting }
            .sorted { ($0.year, $0.yearOther) < ($1.year, $1.yearOther) }
    }
}
