import Indicators

extension PageWriter {
    /// The verdicts of the checks, the worst first.
    func checkSection() -> PageSection? {
        guard let (index, table) = data.table("checks"), table.rowCount > 0 else { return nil }
        let rows = (0..<table.rowCount).sorted { left, right in
            let (one, other) = (verdict(table, left), verdict(table, right))
            return one != other ? one > other : left < right
        }
        let limit = 200
        let cells = rows.prefix(limit).map { checkRow(table, index, $0) }
        let more: Markup =
            rows.count > limit
            ? "<p class=\"note\">+\(rows.count - limit): <a href=\"checks.csv\">checks.csv</a></p>" : ""
        return PageSection(
            id: "checks",
            title: heading("checks.title"),
            lead: heading("checks.lead"),
            content: self.table(
                caption: heading("checks.title"),
                [
                    (heading("column.check"), false), (heading("column.verdict"), false),
                    (heading("column.measured"), false), (heading("column.value"), true),
                    (heading("column.warn"), false), (heading("column.fail"), false), (heading("column.owner"), false),
                ],
                cells
            ) + more + csvLink("checks.csv")
        )
    }

    private func verdict(_ table: Table, _ row: Int) -> Verdict {
        Verdict(rawValue: table[row, "verdict"].text) ?? .fail
    }

    private func checkRow(_ table: Table, _ index: Int, _ row: Int) -> [Markup] {
        let metric = table[row, "metric"].text
        let message = table[row, "message"].text
        let value = data.number(index, row, "value")
        return [
            "<code>\(table[row, "check"].text)</code>"
                + (message.hasPrefix("\(metric) is") || message.isEmpty ? "" : "<br><small>\(message)</small>"),
            badge("verdict", table[row, "verdict"].text)
                + (table.schema.index(of: "grade").map { madeUp(table[row, $0].text).spans } ?? ""),
            "<code>\(metric)</code><br><small>\(selection(table[row, "selection"].text))</small>",
            value.map { number($0) } ?? "–",
            "\(table[row, "warn_if"].text)", "\(table[row, "fail_if"].text)", "\(table[row, "owner"].text)",
        ]
    }

    /// A selection with the indicator and the places called by their names.
    private func selection(_ text: String) -> Markup {
        guard let address = try? CellAddress(parsing: "table:\(text):column") else { return "\(text)" }
        return address.keys.enumerated().map { position, key -> Markup in
            let comma: Markup = position > 0 ? ", " : ""
            switch key.column {
            case "indicator" where page.catalogue.contains(key.value):
                return comma + name(ofIndicator: key.value).spans
            case "place", "place_reference", "place_other", "country":
                return comma + name(of: key.value).spans
            default: return comma + "\(key.column) \(key.value)"
            }
        }.joined()
    }

    func csvLink(_ file: String) -> Markup {
        guard page.summary.formats.contains(.csv) else { return "" }
        return "<p class=\"links\"><a href=\"\(file)\">\(words["figure.csv"].spans) <code>\(file)</code></a></p>"
    }

    /// What is odd in the inputs, summed up by code.
    func qualitySection() -> PageSection? {
        let counts = FindingCounts(page.summary.findings)
        let tally = page.summary.tally
        let sums = [
            ("column.read", tally.read), ("column.used", tally.used), ("column.refused", tally.refused),
            ("column.set-aside", tally.setAside),
        ].map { key, count -> Markup in
            "<div><dt>\(words[key].spans)</dt><dd>\(NumberText.rounded(Double(count)))</dd></div>"
        }
        let rows = counts.entries.map { entry -> [Markup] in
            let told = words.known("finding", entry.code).map { $0.spans + "<br>" } ?? ""
            return [
                told + "<small><code>\(entry.code)</code></small>", badge("severity", entry.severity.rawValue),
                "\(NumberText.rounded(Double(entry.count)))",
            ]
        }
        let findings =
            rows.isEmpty
            ? "<p>\(words["quality.none"].spans)</p>" as Markup
            : table(
                caption: heading("quality.title"),
                [
                    (heading("column.finding"), false), (heading("column.severity"), false),
                    (heading("column.count"), true),
                ],
                rows
            ) + csvLink("findings.csv")
        return PageSection(
            id: "quality",
            title: heading("quality.title"),
            lead: heading("quality.lead"),
            content: "<dl class=\"facts sums\">\(sums.joined())</dl>\(findings)"
        )
    }

    /// The files that were read, with grade, licence, address, and what became of their values.
    func sourceSection() -> PageSection? {
        guard !page.summary.inputs.isEmpty else { return nil }
        let rows = page.summary.inputs.enumerated().map { number, input -> [Markup] in
            let tally = input.tally
            let source = input.metadata ?? Summary.Metadata(title: "")
            func count(_ count: Int) -> Markup { "\(NumberText.rounded(Double(count)))" }
            let title = source.title.isEmpty ? input.file : source.title
            return [
                """
                <span id="source-\(number + 1)">\(title)</span><br><small>\(source.publisher)</small><br>\
                <small><code>\(input.file)</code></small>
                """,
                badge("grade", input.grade.rawValue), "\(source.years)",
                "<small>\(source.licence)</small><br><small>\(link(to: source.source))</small>",
                count(tally.read), count(tally.used), count(tally.refused), count(tally.setAside),
            ]
        }
        return PageSection(
            id: "sources",
            title: heading("sources.title"),
            lead: heading("sources.lead"),
            content: table(
                caption: heading("sources.title"),
                [
                    (heading("column.source"), false), (heading("column.grade"), false),
                    (heading("column.years"), false),
                    (heading("column.licence"), false), (heading("column.read"), true), (heading("column.used"), true),
                    (heading("column.refused"), true), (heading("column.set-aside"), true),
                ],
                rows
            )
        )
    }

    /// An address as a link, where it is one and nothing else.
    private func link(to address: String) -> Markup {
        let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") }
        if isPlain, address.hasPrefix("https://") || address.hasPrefix("http://") {
            return "<a href=\"\(address)\" rel=\"noopener noreferrer\">\(address)</a>"
        }
        let host = address.prefix { $0 != "/" }
        let isHost =
            host.contains(".")
            && host.utf8.allSatisfy {
                $0 == 0x2E || $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
            }
        guard isPlain, isHost else { return "\(address)" }
        return "<a href=\"https://\(address)\" rel=\"noopener noreferrer\">\(address)</a>"
    }
}
