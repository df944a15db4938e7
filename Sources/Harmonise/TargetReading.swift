package import Indicators

/// Reads files of targets: what plans want an indicator to be, by when.
///
/// - Parameters:
///   - tables: `place,indicator,year,target,document` and, optionally, `country`, `group`, `base_year`, `grade`; other columns
///     are passed over. A place is a code or a name, as in a source.
///   - names: The gazetteer and every spelling of its places.
///   - catalogue: Knows the indicators; targets are in their units.
///   - asOf: A target whose year lies before it is noted.
/// - Returns: The targets in the order of the files, and a finding for each row that was refused or is worth a look.
/// - Throws: ``HarmoniseError`` where a column is missing.
package func readTargets(
    _ tables: [TextTable],
    names: PlaceNames,
    catalogue: Catalogue,
    asOf: CalendarDate
) throws(HarmoniseError) -> (targets: [Target], findings: [Finding]) {
    var targets: [Target] = []
    var findings: [Finding] = []
    var seen: Set<Target.Key> = []
    for table in tables {
        let columns = try TargetColumns(table)
        for row in table.rows {
            var reading = TargetReading(row: row, table: table, columns: columns)
            if let target = reading.target(names, catalogue, asOf) {
                if seen.insert(target.key).inserted {
                    targets.append(target)
                } else {
                    reading.register.refuse(
                        "target-duplicate",
                        "target",
                        "a second target for \(target.indicator), \(target.group), \(target.place) by \(target.year)",
                        "one target for each indicator, group, place, year and document"
                    )
                }
            }
            findings += reading.register.findings
        }
    }
    return (targets, findings)
}

extension Target {
    fileprivate struct Key: Hashable {
        var words: [String]
        var year: Int
    }

    fileprivate var key: Key {
        Key(words: [indicator, group, place, document], year: year)
    }
}

/// Where the columns of a file of targets stand.
private struct TargetColumns {
    let place, indicator, year, target, document: Int
    let country, group, baseYear, grade: Int?

    init(_ table: TextTable) throws(HarmoniseError) {
        place = try table.position(of: "place")
        indicator = try table.position(of: "indicator")
        year = try table.position(of: "year")
        target = try table.position(of: "target")
        document = try table.position(of: "document")
        country = table.column("country")
        group = table.column("group")
        baseYear = table.column("base_year")
        grade = table.column("grade")
    }
}

/// One row of a file of targets, being read.
private struct TargetReading {
    var register: RegisterRow
    let columns: TargetColumns

    init(row: TextTable.Row, table: TextTable, columns: TargetColumns) {
        register = RegisterRow(row, of: table, noun: "target")
        self.columns = columns
    }

    private var row: TextTable.Row { register.row }

    mutating func target(_ names: PlaceNames, _ catalogue: Catalogue, _ asOf: CalendarDate) -> Target? {
        let place = place(names)
        let indicator = indicator(catalogue)
        let year = year("target-bad-year", "year", row.fields[columns.year])
        let value = indicator.flatMap { number(for: $0) }
        let document = row.fields[columns.document]
        if document.isEmpty {
            register.refuse(
                "target-without-document",
                "document",
                "",
                "the plan or agreement that the target stands in"
            )
        }
        let baseText = row.field(columns.baseYear)
        let base = baseText.isEmpty ? nil : self.year("target-bad-base-year", "base_year", baseText)
        let gradeText = row.field(columns.grade)
        let grade: Grade? = gradeText.isEmpty ? .official : register.word("target-bad-grade", "grade", gradeText)
        guard let place, let indicator, let year, let value, !document.isEmpty, let grade,
            baseText.isEmpty || base != nil
        else { return nil }
        if let base, base >= year {
            register.refuse("target-not-after-base", "base_year", baseText, "a year before \(year)")
            return nil
        }
        if year < asOf.year {
            let hint = "progress is told as of the latest value"
            register.refuse(
                "target-year-past",
                "year",
                String(year),
                "a year not before \(asOf.year)",
                hint,
                severity: .note
            )
        }
        let group = row.field(columns.group)
        return Target(
            indicator: indicator.id,
            place: place,
            group: group.isEmpty ? Group.total : group,
            year: year,
            value: value,
            document: document,
            baseYear: base,
            grade: grade,
            origin: register.origin(field: columns.target, column: "target")
        )
    }

    private mutating func place(_ names: PlaceNames) -> String? {
        let text = row.fields[columns.place]
        return register.place(
            text,
            in: "place",
            names,
            country: row.field(columns.country),
            unknown: "target-unknown-place",
            ambiguous: "target-ambiguous-place"
        )
    }

    private mutating func indicator(_ catalogue: Catalogue) -> Indicator? {
        let id = row.fields[columns.indicator]
        if let indicator = catalogue[id] { return indicator }
        register.refuse(
            "target-unknown-indicator",
            "indicator",
            id,
            "an id of the catalogue",
            Indicators.hint(for: id, among: catalogue.indicators.map(\.id))
        )
        return nil
    }

    private mutating func year(_ code: String, _ column: String, _ text: String) -> Int? {
        if text.utf8.count == 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let year = Int(text),
            (1900...2300).contains(year)
        {
            return year
        }
        let era = Int(text).map { (2400...2700).contains($0) } == true ? "is it a Buddhist Era year?" : ""
        register.refuse(code, column, text, "a Common Era year from 1900 to 2300", era)
        return nil
    }

    private mutating func number(for indicator: Indicator) -> Double? {
        let text = row.fields[columns.target]
        let isDecimal = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        guard isDecimal, let value = Double(text), value.isFinite else {
            register.refuse("target-bad-number", "target", text, "a number with a decimal point, in \(indicator.unit)")
            return nil
        }
        guard indicator.kind != .share || (0...100).contains(value) else {
            register.refuse("target-out-of-range", "target", text, "a share from 0 to 100 %")
            return nil
        }
        return value
    }
}
