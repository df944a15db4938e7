internal import Glibc
internal import Indicators
internal import Pipeline

/// The gaps of a run as a short table: one line an indicator, the widest gap first.
enum GapText {
    /// How many lines there are at most.
    private static let limit = 12
    /// How wide a name may be, in cells of a terminal.
    private static let nameWidth = 44

    static func lines(of report: RunReport, _ style: TerminalStyle) -> [String] {
        guard let overview = report.gaps else { return [] }
        // Where neither end is better, as with populations, a difference is no gap, unless a check asks for it.
        let shown = overview.rows.filter { $0.gap != nil || $0.verdict != nil }.prefix(limit)
        guard !shown.isEmpty else { return [] }
        let hasVerdicts = shown.contains { $0.verdict != nil }
        var table = AlignedText(endAligned: [1, 2, 3, 4])
        table.append(
            ["widest gaps first", overview.reference, overview.other, "gap", "parity", "unit"]
                + (hasVerdicts ? ["verdict"] : [])
        )
        for row in shown {
            let name = row.group == Group.total ? row.name : "\(row.name), \(row.group)"
            table.append(
                [
                    AlignedText.shortened(name, to: nameWidth),
                    figure(row.values.reference, row.years.reference), figure(row.values.other, row.years.other),
                    row.gap.map(short) ?? "", row.parity.map(share) ?? "",
                    row.unit + (row.grade == Grade.illustrative.rawValue ? " (illustrative)" : ""),
                ] + (hasVerdicts ? [row.verdict?.rawValue ?? ""] : [])
            )
        }
        let lines = table.lines
        let body = zip(lines.dropFirst(), shown).map { style.line($0, $1.verdict) }
        let rest = overview.rows.count - shown.count
        return [style.heading(lines[0])] + body + (rest > 0 ? ["... and \(rest) more in gaps.csv"] : [])
    }

    /// `89.5 (2022)`.
    private static func figure(_ value: Double?, _ year: Int) -> String {
        value.map { "\(short($0)) (\(year))" } ?? ""
    }

    /// The number with four digits that count: 0.0123, 62.4, 1,234,567 as 1234567.
    static func short(_ value: Double) -> String {
        guard value != 0, value.isFinite else { return "0" }
        let magnitude = Int(log10(abs(value)).rounded(.down))
        guard (-4..<15).contains(magnitude) else { return Cell.format(value) }
        return decimal(value, max(0, 3 - magnitude))
    }

    /// A parity with two decimals, rounded neither up to 1 nor down to 0 where it is neither.
    static func share(_ value: Double) -> String {
        if value > 0 && value < 0.005 { return "<0.01" }
        return value < 1 && value > 0.994 ? "0.99" : decimal(value, 2)
    }

    private static func decimal(_ value: Double, _ digits: Int) -> String {
        let text = printed(value, digits)
        guard digits > 0 else { return text == "-0" ? "0" : text }
        // Trailing zeros say nothing that was measured.
        var trimmed = text[...]
        while trimmed.hasSuffix("0") { trimmed = trimmed.dropLast() }
        if trimmed.hasSuffix(".") { trimmed = trimmed.dropLast() }
        return trimmed == "-0" ? "0" : String(trimmed)
    }

    /// With so many decimals, rounded as C rounds: this process keeps C's own locale.
    private static func printed(_ value: Double, _ digits: Int) -> String {
        // The greatest double has 309 digits before its point.
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { text in
            let size = unsafe withVaList([Int32(digits), value]) {
                unsafe vsnprintf(text.baseAddress, text.count, "%.*f", $0)
            }
            return unsafe String(decoding: UnsafeRawBufferPointer(text).prefix(Int(size)), as: UTF8.self)
        }
    }
}
