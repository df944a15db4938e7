package import Indicators

extension RecordResult {
    /// The cells as a table: what `divide records` prints.
    package var table: Table {
        var table = Table(schema: TableSchema(name: "records", title: "Measures of records by group", columns: columns))
        for cell in cells {
            var row = cell.keys.map { Indicators.Cell($0) }
            row.append(Indicators.Cell(cell.measure))
            row += [cell.value, cell.standardError, cell.low, cell.high, cell.designEffect, cell.effectiveRecords].map {
                Indicators.Cell($0)
            }
            row += [
                Indicators.Cell(cell.records), Indicators.Cell(cell.status.rawValue), Indicators.Cell(cell.reason),
                Indicators.Cell(cell.method),
            ]
            table.append(row)
        }
        return table
    }

    private var columns: [Column] {
        let source = "Särndal, Swensson & Wretman (1992), 5.5; R survey"
        func number(_ id: String, _ definition: String, source: String = "") -> Column {
            Column(id, .number, definition: definition, source: source)
        }
        let measured = [
            Column("measure", .text, definition: "What is measured, by its name in the order.", isKey: true),
            number("value", "The measure over the group's records; empty where suppressed or missing."),
            number(
                "standard_error",
                "By Taylor linearisation, clusters taken as drawn with replacement.",
                source: source
            ),
            number(
                "ci_low",
                "The lower end of the t interval, with clusters less strata degrees of freedom.",
                source: source
            ),
            number("ci_high", "The upper end of the same interval.", source: source),
            number(
                "design_effect",
                "The variance over that of a simple random sample with replacement.",
                source: source
            ),
            number("effective_records", "Records over the design effect.", source: source),
            Column("records", .integer, definition: "How many records the measure was worked out of, unweighted."),
            Column(
                "status",
                .text,
                definition: "SDMX: A normal, U of few records, Q suppressed, O missing.",
                source: "SDMX CL_OBS_STATUS"
            ),
            Column("reason", .text, definition: "Why the status is not A, or an error not known; else empty."),
            Column("method", .text, definition: "By which rule, where there are several."),
        ]
        return keys.map { key in
            // A key with the name of one of ours keeps it, with a word behind.
            let id = measured.contains { $0.id == key } ? key + " (key)" : key
            return Column(id, .text, definition: "A key of the group, as the records have it.", isKey: true)
        } + measured
    }
}
