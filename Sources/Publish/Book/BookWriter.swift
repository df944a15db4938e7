import Cores
import Indicators
import Workbook

/// Writes a workbook: what its sheets share.
struct BookWriter: Sendable {
    let book: ReportBook
    let file: WorkbookFile
    let styles: BookStyles
    let words = PageWords.workbook
    /// The tables as their sheets show them.
    let tables: [BookTable]

    /// A table with its place in the workbook.
    struct BookTable: Sendable {
        let table: Table
        let form: BookFit.Form
        /// Of the sheet, where the table has one.
        let sheet: String
        /// Of the range.
        let range: String

        var name: String { table.schema.name }
    }

    /// The sheets that are no tables.
    struct OwnSheets: Sendable {
        let cover: String
        let summary: String
        let trends: String
        let ranked: String
        let definitions: String
        let sources: String
    }

    let own: OwnSheets

    /// - Throws: Where the file cannot be begun.
    init(_ book: ReportBook, path: String) throws(WorkbookWritingError) {
        self.book = book
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        file = try WorkbookFile(
            path: path,
            temporaryFolder: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
        )
        styles = BookStyles(file)
        var (names, ranges) = (SheetNames(), RangeNames())
        let (words, language) = (words, book.language)
        func own(_ key: String) -> String { names.name(for: words["sheet.\(key)"][language]) }
        self.own = OwnSheets(
            cover: own("cover"),
            summary: own("summary"),
            trends: own("trend-charts"),
            ranked: own("ranked"),
            definitions: own("definitions"),
            sources: own("sources")
        )
        let order = Dictionary(uniqueKeysWithValues: TableTraits.order.enumerated().map { ($1, $0) })
        let sorted = book.summary.tables.enumerated().sorted { left, right in
            let (one, other) = (order[left.element.schema.name] ?? .max, order[right.element.schema.name] ?? .max)
            return (one, left.offset) < (other, right.offset)
        }
        let shown = onAllCores(sorted.count, isWorthIt: sorted.reduce(0) { $0 + $1.element.rowCount } > 20_000) {
            let table = sorted[$0].element
            let form = BookFit.form(of: table)
            return (table: form == .none ? table : table.sortedByKey(), form: form)
        }
        tables = shown.map { table, form in
            let name = table.schema.name
            let wish = words.known("sheet", name)?[language] ?? name
            return BookTable(
                table: table,
                form: form,
                sheet: form == .none ? "" : names.name(for: wish),
                range: ranges.name(for: name)
            )
        }
    }

    /// Writes it all but what puts it together.
    ///
    /// - Throws: Where the disk does not take it.
    func writeSheets() throws(WorkbookWritingError) {
        describe()
        try writeCover()
        try writeSummary()
        try writeTrends()
        try writeRanked()
        try writeTables()
        try writeDefinitions()
        try writeSources()
    }

    private func describe() {
        let summary = book.summary
        var custom: [(name: String, text: String)] = [
            ("pipeline", summary.pipeline), ("as_of", summary.asOf.description),
        ]
        if !book.runHash.isEmpty { custom.append(("run_hash", book.runHash)) }
        if !book.tool.isEmpty { custom.append(("divide", book.tool)) }
        if let grade = summary.grade { custom.append(("grade", grade.rawValue)) }
        if let verdict = summary.verdict { custom.append(("checks", verdict.rawValue)) }
        file.describe(
            title: spelledForSheet(title),
            subject: summary.pipeline,
            comments: book.runHash.isEmpty ? "" : "divide run \(book.runHash)",
            created: summary.asOf.secondsSince1970,
            custom: custom
        )
    }

    /// What the pipeline is called in the workbook's language, its name where it has no title.
    var title: String {
        let title = book.summary.title[book.language]
        return title.isEmpty ? book.summary.pipeline : title
    }

    func word(_ key: String) -> String { words[key][book.language] }

    /// A text whose `{places}` are filled in.
    func word(_ key: String, _ fillings: [String: String]) -> String {
        fillings.reduce(word(key)) { text, filling in
            text.split(separator: "{\(filling.key)}", omittingEmptySubsequences: false).joined(separator: filling.value)
        }
    }

    /// What an indicator is called; `nil` where nobody gave it a name.
    func name(ofIndicator id: String) -> String? {
        let name = book.catalogue[id]?.names[book.language] ?? ""
        return name.isEmpty ? nil : name
    }

    /// What a row of the table is, in the workbook's language where the table is known.
    func lead(of table: Table) -> String {
        words.known("table", table.schema.name)?[book.language] ?? table.schema.title
    }

    func name(ofPlace code: String) -> String? {
        let name = book.gazetteer[code]?.names[book.language] ?? ""
        return name.isEmpty ? nil : name
    }

    var isIllustrative: Bool { book.summary.isIllustrative }

    /// Begins a sheet with its title, the way back and a sentence on what is in it.
    func begin(_ name: String, title: String, lead: String) throws(WorkbookWritingError) -> Sheet {
        let sheet = try file.addSheet(name)
        sheet.setHeight(21, row: 0)
        sheet.write(title, 0, 0, styles.title)
        sheet.writeLink(word("cover.back"), to: own.cover, 1, 0, styles.link)
        sheet.write(lead, 1, 1, styles.lead)
        return sheet
    }

    /// Writes a header of some words, the numbers' to the right.
    func writeHead(_ heads: [(text: String, isNumber: Bool)], _ sheet: Sheet, row: Int) {
        sheet.setHeight(30, row: row)
        for (column, head) in heads.enumerated() {
            sheet.write(head.text, row, column, head.isNumber ? styles.numberHead : styles.head)
        }
    }

    /// The text, or where it stands if no cell holds it.
    func fitting(_ text: String, in table: String) -> String {
        SheetLimits.holds(text) ? text : word("cell.too-long", ["table": table])
    }

    /// A width within reason, for a text and the arrow of a filter.
    static func width(_ digits: Double) -> Double {
        min(max(digits + 2, 8), 60)
    }

    /// What each page says below when it is printed; the format takes no more than some 200 characters.
    var footer: String {
        let summary = book.summary
        return "\(summary.pipeline) · \(summary.asOf.description)"
    }
}

extension CalendarDate {
    /// The first second of the day in UTC.
    fileprivate var secondsSince1970: Int {
        // Days since 1 March of year 0, of which each 400 years have the same number.
        let (year, month) = self.month > 2 ? (self.year, self.month - 3) : (self.year - 1, self.month + 9)
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
        return (days - 719_468) * 86_400
    }
}
