import Indicators

extension NumberReader.Refusal {
    /// The finding for a cell that is no number.
    func finding(at origin: Origin, text: String, style: NumberStyle) -> Finding {
        if origin.sheet != nil, let finding = Self.findingOfSheet(at: origin, text: text) { return finding }
        let expected: String
        let hint: String
        switch self {
        case .notANumber:
            expected = "a number or a missing marker"
            hint = "list it under `missing` if it stands for a missing value, or a mark behind it under `footnotes`"
        case .grouping:
            expected = "digits in groups of three, or without separators"
            hint =
                style.decimal != .comma
                ? "declare `decimal: comma` if the comma is the decimal mark"
                : "leave `decimal` out if the point is the decimal mark"
        case .eitherMark:
            expected = "a decimal mark that cannot separate thousands"
            hint = "declare `decimal: point` or `decimal: comma`, or write another number of decimals"
        case .outOfRange:
            expected = "a number that double precision can hold"
            hint = "look for digits that ran together"
        case .percentSign:
            expected = "a number without a percent sign, since the unit is no share"
            hint = "declare the source's `unit: \"%\"` if it is"
        }
        return Finding(
            code: "not-a-number",
            severity: .warning,
            at: origin,
            found: excerpt(text),
            expected: expected,
            hint: hint
        )
    }
}

extension NumberReader.Refusal {
    /// The finding for a cell of a sheet that spreadsheet programs could not or did not work out, else `nil`.
    private static func findingOfSheet(at origin: Origin, text: String) -> Finding? {
        if cellErrors.contains(text) {
            return Finding(
                code: "cell-error",
                severity: .warning,
                at: origin,
                found: excerpt(text),
                expected: "a number",
                hint: "mend the formula, or list the error under `missing` if it stands for a missing value"
            )
        }
        guard text.hasPrefix("=") else { return nil }
        return Finding(
            code: "formula-without-value",
            severity: .warning,
            at: origin,
            found: excerpt(text),
            expected: "a formula with the value that it came to",
            hint: "open the workbook in a spreadsheet program and save it, so that it is worked out"
        )
    }

    private static let cellErrors: Set<String> = [
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
        "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!",
    ]
}

/// Which indicators may have a percent sign behind their numbers: those whose unit is a share, or whose source says
/// that its unit is percent.
struct PercentRule {
    private let isDeclared: Bool
    private let indicatorNamed: (String) -> Indicator?
    private var known: [String: Bool] = [:]
    private var last = LastText<Bool>()

    init(_ source: Source, indicator: @escaping (String) -> Indicator?) {
        isDeclared = source.unit.hasPrefix("%")
        indicatorNamed = indicator
    }

    mutating func allows(_ id: String) -> Bool {
        if isDeclared { return true }
        if let same = last.meaning(of: id) { return same }
        let isShare: Bool
        if let same = known[id] {
            isShare = same
        } else {
            isShare = indicatorNamed(id).map { $0.kind == .share || $0.unit.hasPrefix("%") } ?? false
            known[id] = isShare
        }
        last = LastText(id, isShare)
        return isShare
    }
}

/// Texts of an indicator or group column to which the source gives no meaning, and how many records have them.
struct UnwantedTexts {
    private var counts: [Int: [String: Int]] = [:]
    private static let limit = 1_000

    mutating func count(_ text: String, in column: Int) {
        guard counts[column]?[text] != nil || counts[column, default: [:]].count < Self.limit else { return }
        counts[column, default: [:]][text, default: 0] += 1
    }

    /// Adds a note for each text, in the order of columns and texts.
    func report(to log: inout FindingLog, _ header: Header) {
        for (column, texts) in counts.sorted(by: { $0.key < $1.key }) {
            for (text, count) in texts.sorted(by: { $0.key < $1.key }) {
                log.add(
                    "unmapped-text",
                    .note,
                    column: header.label(column),
                    found: "\(text) in \(count) records",
                    expected: "a text that the source gives a meaning",
                    hint: "they were set aside; map the text if they are wanted"
                )
            }
        }
    }
}
