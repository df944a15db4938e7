import Indicators
import Workbook

extension BookWriter {
    /// Each column of each table: type, unit, definition, source of the formula.
    func writeDefinitions() throws(WorkbookWritingError) {
        let sheet = try begin(own.definitions, title: own.definitions, lead: word("lead.definitions"))
        let heads = [
            "cover.sheet", "head.table", "head.column", "head.key", "head.type", "head.unit", "head.definition",
            "head.formula",
        ]
        let rows = tables.flatMap { entry in
            entry.table.schema.columns.map { column -> [PlainSheet.Item] in
                [
                    .text(entry.sheet), .text(entry.name), .text(column.id), column.isKey ? .text("✓") : .none,
                    .text(column.type.rawValue), column.unit.isEmpty ? .none : .text(column.unit),
                    .paragraph(column.definition), column.source.isEmpty ? .none : .paragraph(column.source),
                ]
            }
        }
        PlainSheet(heads: heads.map { PlainSheet.Head(text: word($0)) }, rows: rows).write(to: sheet, self)
    }

    /// Each file that was read: who published it, under which terms, what became of its values.
    func writeSources() throws(WorkbookWritingError) {
        let sheet = try begin(own.sources, title: own.sources, lead: word("sources.lead"))
        let texts = ["column.file", "head.title", "head.publisher", "head.table", "column.years", "column.grade"]
        let numbers = ["column.read", "column.used", "column.refused", "column.set-aside"]
        let ends = ["head.licence", "head.address", "head.retrieved"]
        let heads =
            texts.map { PlainSheet.Head(text: word($0)) }
            + numbers.map { PlainSheet.Head(text: word($0), isNumber: true) }
            + ends.map { PlainSheet.Head(text: word($0)) }
        let rows = book.summary.inputs.map { input -> [PlainSheet.Item] in
            let metadata = input.metadata
            func text(_ text: String?) -> PlainSheet.Item { text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .none }
            return [
                .text(input.file), text(metadata?.title), text(metadata?.publisher), text(metadata?.table),
                text(metadata?.years), .word(input.grade.rawValue),
            ]
                + [input.tally.read, input.tally.used, input.tally.refused, input.tally.setAside]
                .map { .number(Double($0), .count) }
                + [text(metadata?.licence), text(metadata?.source), text(metadata?.retrievedFrom)]
        }
        PlainSheet(heads: heads, rows: rows).write(to: sheet, self)
    }
}
