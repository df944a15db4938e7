import Indicators
import Workbook

extension BookWriter {
    /// What, when, of which grade, with which verdicts; what is in the workbook; how to read it.
    func writeCover() throws(WorkbookWritingError) {
        let sheet = try file.addSheet(own.cover)
        sheet.activate()
        sheet.hideGrid()
        sheet.setWidth(30, column: 0)
        sheet.setWidth(12, column: 1)
        sheet.setWidth(90, column: 2)
        var row = 0
        writeTitle(sheet, &row)
        if isIllustrative {
            let text = word("mark.illustrative") + " " + word("banner.illustrative")
            sheet.setHeight(Self.height(text, width: 90, line: 15), row: row)
            for column in 0...1 { sheet.writeBlank(row, column, styles.banner) }
            sheet.write(text, row, 2, styles.banner)
            row += 2
        }
        for (key, text) in facts {
            sheet.write(word(key), row, 0, styles.label)
            sheet.write(text, row, 2, styles.wrapped)
            row += 1
        }
        row += 1
        sheet.write(word("cover.contents"), row, 0, styles.section)
        row += 1
        writeContents(sheet, &row)
        row += 1
        sheet.write(word("cover.reading"), row, 0, styles.section)
        row += 1
        let reading = [
            "reading.gap", "reading.parity", "reading.grades", "reading.missing", "flag.illustrative", "flag.treated",
            "reading.exact", "reading.filter", "reading.names", "reading.address",
        ]
        for key in reading {
            let text = word(key)
            sheet.setHeight(Self.height(text, width: 90, line: 15), row: row)
            if key == "flag.treated" { sheet.write(4.2, row, 1, styles.number(4.2, .quantity, .treated)) }
            if key == "flag.illustrative" { sheet.write(4.2, row, 1, styles.number(4.2, .quantity, .illustrative)) }
            sheet.write(text, row, 2, styles.wrapped)
            row += 1
        }
        sheet.setPrinting(header: nil, footer: footer)
    }

    /// However long it is: a row takes 409 points, and the rest stands in the cell.
    private func writeTitle(_ sheet: Sheet, _ row: inout Int) {
        let format = file.format(
            CellStyle {
                $0.isBold = true
                $0.size = 18
                $0.isWrapped = true
                $0.isTop = true
            }
        )
        sheet.setHeight(Self.height(title, width: 58, line: 26), row: row)
        sheet.write("divide", row, 0, styles.code)
        sheet.write(fitting(title, in: "summary"), row, 2, format)
        row += 2
    }

    private static func height(_ text: String, width: Double, line: Double) -> Double {
        min(409, max(1, (displayWidth(text) / width).rounded(.up)) * line + 2)
    }

    private var facts: [(key: String, text: String)] {
        let summary = book.summary
        var facts = [("facts.as-of", summary.asOf.description), ("facts.pipeline", summary.pipeline)]
        if let period = summary.period { facts.append(("facts.period", "\(period.lowerBound)–\(period.upperBound)")) }
        if let grade = summary.grade {
            facts.append(("facts.grade", words.text("grade", grade.rawValue)[book.language]))
        }
        if let verdict = summary.verdict {
            let worst = words.text("verdict", verdict.rawValue)[book.language]
            facts.append(
                (
                    "facts.verdict",
                    "\(worst): \(word("cover.verdicts", counts(of: "verdict", in: "checks", Verdict.words)))"
                )
            )
        }
        facts.append(
            ("cover.findings", word("cover.severities", counts(of: "severity", in: "findings", Finding.Severity.words)))
        )
        let tally = summary.tally
        facts.append(
            (
                "cover.values",
                word(
                    "cover.counts",
                    [
                        "read": String(tally.read), "used": String(tally.used), "refused": String(tally.refused),
                        "aside": String(tally.setAside),
                    ]
                )
            )
        )
        if !book.runHash.isEmpty { facts.append(("cover.run", "divide \(book.tool) · \(book.runHash)")) }
        return facts.map { (key: $0.0, text: $0.1) }
    }

    /// How often each word stands in a column.
    private func counts(of id: String, in name: String, _ known: [String]) -> [String: String] {
        var counts = Dictionary(uniqueKeysWithValues: known.map { ($0, 0) })
        if let table = tables.first(where: { $0.name == name })?.table, let column = table.schema.index(of: id) {
            for row in 0..<table.rowCount { counts[table[row, column].text, default: 0] += 1 }
        }
        return counts.mapValues(String.init)
    }

    private func writeContents(_ sheet: Sheet, _ row: inout Int) {
        let format = file.format(
            CellStyle {
                $0.numberFormat = "#,##0"
                $0.isTop = true
            }
        )
        writeHead(
            [(word("cover.sheet"), false), (word("cover.rows"), true), (word("head.title"), false)],
            sheet,
            row: row
        )
        row += 1
        func link(_ name: String, _ rows: Int?, _ text: String) {
            sheet.setHeight(Self.height(text, width: 90, line: 15), row: row)
            sheet.writeLink(name, to: name, row, 0, styles.link)
            if let rows { sheet.write(Double(rows), row, 1, format) }
            sheet.write(text, row, 2, styles.wrapped)
            row += 1
        }
        link(own.summary, nil, word("lead.summary"))
        link(own.trends, nil, word("lead.trend-charts"))
        link(own.ranked, nil, word("lead.ranked"))
        for entry in tables {
            if entry.form == .none {
                sheet.write(entry.name, row, 0, styles.label)
                sheet.write(word("cover.too-large", ["table": entry.name]), row, 2, styles.banner)
                row += 1
            } else {
                link(entry.sheet, entry.table.rowCount, lead(of: entry.table))
            }
        }
        link(own.definitions, nil, word("lead.definitions"))
        link(own.sources, nil, word("sources.lead"))
    }
}
