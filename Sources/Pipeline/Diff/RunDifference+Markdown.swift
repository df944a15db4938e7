extension RunDifference {
    /// The same as the text for a terminal, in Markdown: a heading and a table for each section.
    package func markdown(limit: Int) -> [String] {
        var lines = ["# What changed", ""]
        for note in notes { lines.append("- " + Self.cell(note)) }
        if !notes.isEmpty { lines.append("") }
        for section in sections(limit: limit) {
            lines += ["## " + section.title, ""]
            lines.append(Self.row(section.header))
            lines.append(Self.row(section.header.indices.map { $0 == 0 ? "---" : "---:" }))
            lines += section.rows.map { row in Self.row(row.map(Self.cell)) }
            lines.append("")
            if section.left > 0 { lines += ["\(section.left) more: `--all` has them.", ""] }
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func row(_ cells: [String]) -> String {
        "| " + cells.joined(separator: " | ") + " |"
    }

    /// Text in a cell: what Markdown or HTML would take for its own stands behind a backslash or as an entity.
    private static func cell(_ text: String) -> String {
        var result = ""
        for scalar in Printable.escaped(text).unicodeScalars {
            switch scalar {
            case "|", "\\", "`", "*", "_", "[", "]": result += "\\" + String(scalar)
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
