import Indicators
import Workbook

extension BookWriter {
    /// The rows of `gaps` that stand for each indicator over time, indicators in the order of their names.
    func comparisons() -> [(indicator: Indicator, rows: [GapRow])] {
        let data = PageData(gapsOf: book.summary.tables)
        let named = Set(data.gaps.map(\.indicator)).sorted().map { id in
            book.catalogue[id]
                ?? Indicator(
                    id: id,
                    topic: "",
                    basis: .context,
                    names: LocalisedText(),
                    unit: "",
                    kind: .index,
                    direction: .neutral
                )
        }
        return named.map { ($0, data.comparison(of: $0)) }.filter { !$0.1.isEmpty }
    }

    /// What a filter calls an indicator: its name, and its id where another has the same name.
    func title(of id: String) -> String { name(ofIndicator: id) ?? id }

    /// The latest comparison of each indicator, with its verdict.
    func writeSummary() throws(WorkbookWritingError) {
        let sheet = try begin(own.summary, title: title(own.summary), lead: word("lead.summary"))
        guard let gaps = book.summary.tables.first(where: { $0.schema.name == "gaps" }) else {
            PlainSheet(heads: [PlainSheet.Head(text: word("column.indicator"))], rows: []).write(to: sheet, self)
            return
        }
        let (reference, other) = (countryName(book.reference), countryName(book.other))
        let heads: [PlainSheet.Head] =
            [
                (word("column.indicator"), false), (word("head.id"), false), (word("head.unit"), false),
                (word("head.direction"), false), (reference, true), (word("column.year"), true), (other, true),
                (word("column.year"), true), (word("column.gap"), true), (word("column.parity"), true),
                (word("head.level"), false), (word("head.weighting"), false), (word("column.grade"), false),
            ].map { PlainSheet.Head(text: $0.0, isNumber: $0.1) }
        let rows = comparisons().compactMap { indicator, rows -> [PlainSheet.Item]? in
            guard let row = rows.last else { return nil }
            let look = NumberLook(unit: gaps[row.row, "unit"].text)
            let flags: BookStyles.Flags = row.grade == Grade.illustrative.rawValue ? .illustrative : []
            func number(_ id: String, _ look: NumberLook) -> PlainSheet.Item {
                gaps[row.row, id].numeric.map { .number($0, look, flags) } ?? .none
            }
            return [
                .text(title(of: indicator.id)), .text(indicator.id),
                .text(words.text("unit", gaps[row.row, "unit"].text)[book.language]),
                .text(words.text("direction", indicator.direction.rawValue)[book.language]),
                .number(row.reference, look, flags), .number(Double(row.yearReference), .year),
                .number(row.other, look, flags), .number(Double(row.yearOther), .year),
                number("absolute_gap", look), number("parity", .ratio), .text(row.level), .text(row.weighting),
                .word(row.grade),
            ]
        }
        let plain = PlainSheet(heads: heads, rows: rows)
        plain.write(to: sheet, self)
        if !rows.isEmpty { sheet.apply(.goodness, plain.range(own.summary, column: 9)) }
        if isIllustrative { sheet.setTab(color: 0xE69F00) }
    }

    /// What a sheet that is no table is headed with: its name.
    private func title(_ sheet: String) -> String { sheet + " · " + shortTitle }

    /// The pipeline's title as far as a heading takes it; the cover has all of it.
    private var shortTitle: String { PageWriter.cut(title, to: 120) }

    func countryName(_ code: String) -> String { name(ofPlace: code) ?? code }
}
