import Indicators
import Publish

let keyedSchema = TableSchema(
    name: "observations",
    title: "One value.",
    columns: [
        Column("place", .text, definition: "Where.", isKey: true),
        Column("year", .integer, definition: "When.", isKey: true),
        Column("value", .number, definition: "How much."),
    ]
)

let numberSchema = TableSchema(
    name: "numbers",
    title: "Numbers.",
    columns: [Column("integer", .integer, definition: "Whole."), Column("number", .number, definition: "Any.")]
)

/// A table without a key whose columns are all texts.
func textTable(_ columns: [String], _ rows: [[Cell]]) -> Table {
    var table = Table(
        schema: TableSchema(name: "texts", title: "", columns: columns.map { Column($0, .text, definition: "") })
    )
    for row in rows { table.append(row) }
    return table
}

func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
}

/// The records of a CSV file, read by RFC 4180 and nothing more; a field that is empty and not quoted is `nil`.
func records(_ bytes: [UInt8], dialect: CSVDialect = .standard) -> [[String?]] {
    var rest = bytes[...]
    if dialect.excel { rest = rest.dropFirst(3) }
    let separator = UInt8(ascii: dialect.semicolon ? ";" : ",")
    var records: [[String?]] = []
    var record: [String?] = []
    while !rest.isEmpty {
        var field: [UInt8] = []
        let isQuoted = rest.first == UInt8(ascii: "\"")
        if isQuoted {
            rest = rest.dropFirst()
            while let byte = rest.first {
                rest = rest.dropFirst()
                if byte != UInt8(ascii: "\"") {
                    field.append(byte)
                } else if rest.first == byte {
                    field.append(byte)
                    rest = rest.dropFirst()
                } else {
                    break
                }
            }
        } else {
            let end = rest.firstIndex { $0 == separator || $0 == 10 || $0 == 13 } ?? rest.endIndex
            field = Array(rest[..<end])
            rest = rest[end...]
        }
        record.append(field.isEmpty && !isQuoted ? nil : text(field))
        if rest.first == separator {
            rest = rest.dropFirst()
            continue
        }
        let lineEnd: [UInt8] = dialect.excel ? [13, 10] : [10]
        precondition(rest.starts(with: lineEnd), "no line end where the record \(records.count) ends")
        rest = rest.dropFirst(lineEnd.count)
        records.append(record)
        record = []
    }
    return records
}

/// Texts made of what has broken readers before.
func hostileTexts(_ count: Int) -> [String] {
    let pieces = [
        "\"", "\"\"", ",", ";", "\r", "\n", "\r\n", "=", "+", "-", "@", "＝", "－", "\t", " ", "'", "1", "2.5", "e5", "a",
        "\u{FEFF}", "\u{200F}", "\u{202E}", "\u{2028}", "\u{0}", "\u{1B}", "\u{85}", "ก\u{E38}\u{E48}", "ກຳ", "😀",
        "\u{301}", "\\",
    ]
    var state: UInt64 = 2561
    func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
    return (0..<count).map { _ in (0..<next(below: 7)).map { _ in pieces[next(below: pieces.count)] }.joined() }
}

/// What Publish is expected to make of a text: controls as pictures, a `'` before what a spreadsheet would run, and for
/// one before what it would take for another number or a date.
func disarmed(_ text: String, excel: Bool = false) -> String {
    let isLikeNumber = text.wholeMatch(of: /[0-9][-0-9\/.:,eE% ]*/) != nil
    if excel, isLikeNumber, text.wholeMatch(of: /0|[1-9][0-9]{0,14}/) == nil { return "'" + text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        let isShown = scalar.value < 32 && !["\t", "\r", "\n"].contains(scalar)
        shown.append(isShown ? Unicode.Scalar(0x2400 + scalar.value) ?? scalar : scalar)
    }
    guard let first = text.unicodeScalars.first, "=+-@＝＋－＠\t\r\n".unicodeScalars.contains(first) else {
        return String(shown)
    }
    let isNumber = text.wholeMatch(of: /[+-]([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/) != nil
    return isNumber ? String(shown) : "'" + String(shown)
}

private let newYear: CalendarDate = {
    guard let day = CalendarDate(year: 2026, month: 1, day: 1) else { preconditionFailure("each year has a first day") }
    return day
}()

/// The gaps of three comparisons over several years, with the columns that the design gives them.
let sampleGaps: Table = {
    let schema = TableSchema(
        name: "gaps",
        title: "One comparison of the two countries.",
        columns: [
            Column("indicator", .text, definition: "What.", isKey: true),
            Column("group", .text, definition: "Whom.", isKey: true),
            Column("level", .text, definition: "Of which places.", isKey: true),
            Column("weighting", .text, definition: "Weighted by what.", isKey: true),
            Column("year_reference", .integer, definition: "When.", isKey: true),
            Column("year_other", .integer, definition: "When.", isKey: true),
        ]
            + ["value_reference", "value_other", "absolute_gap", "relative_gap", "ratio", "log_ratio", "parity"]
            .map { Column($0, .number, definition: "A number.") }
            + ["n_reference", "n_other"].map { Column($0, .integer, definition: "A count.") }
            + ["coverage_reference", "coverage_other"].map { Column($0, .number, definition: "A share.") }
            + ["status", "grade"].map { Column($0, .text, definition: "A code.") }
    )
    var table = Table(schema: schema)
    let comparisons: [(indicator: String, weighting: String, years: (reference: Int, other: Int))] = [
        ("mobile", "none", (2010, 2010)), ("internet_users", "none", (2022, 2022)),
        ("internet_users", "none", (2024, 2023)), ("internet_users", "none", (2023, 2023)),
        ("internet_users", "population", (2022, 2022)), ("internet_users", "population", (2021, 2021)),
    ]
    for (indicator, weighting, years) in comparisons {
        let key: [Cell] = [.text(indicator), .text("total"), .text("country"), .text(weighting)]
        let measures: [Cell] = [
            .number(89.5), .number(62.4), .number(-0.0), .number(0.25), .missing, .number(1e-7), .number(0.697),
        ]
        table.append(
            key + [.integer(years.reference), .integer(years.other)] + measures
                + [.integer(77), .integer(18), .number(1), .missing, .text("A"), .text("survey")]
        )
    }
    return table
}()

let sampleSummary: Summary = {
    var checks = Table(
        schema: TableSchema(
            name: "checks",
            title: "One check.",
            columns: [
                Column("check", .text, definition: "Which.", isKey: true),
                Column("verdict", .text, definition: "How it ended."),
            ]
        )
    )
    for (check, verdict) in [("a", "pass"), ("b", "warn"), ("c", "pass")] {
        checks.append([.text(check), .text(verdict)])
    }
    return Summary(
        pipeline: "thailand-laos",
        title: LocalisedText(english: "The \"divide\"", thai: "ความเหลื่อมล้ำ", lao: ""),
        asOf: newYear,
        period: 2012...2024,
        inputs: [
            Summary.Input(
                file: "../Datasets/b.csv",
                grade: .survey,
                tally: Tally(read: 100, used: 90, refused: 0, setAside: 10)
            ),
            Summary.Input(
                file: "../Datasets/a.csv",
                grade: .secondary,
                tally: Tally(read: 20, used: 10, refused: 5, setAside: 5)
            ),
        ],
        stages: [
            Summary.Stage(name: "ingest", counts: ["values": 120]),
            Summary.Stage(name: "harmonise", counts: ["observations": 100, "findings": 2]),
        ],
        findings: [
            Finding(code: "unknown-place", severity: .warning, found: "Loburi", expected: "a province"),
            Finding(code: "total-set-aside", severity: .note, found: "รวม", expected: "a province"),
        ],
        tables: [sampleGaps, checks],
        verdict: .warn
    )
}()

let emptySummary = Summary(
    pipeline: "nothing",
    title: LocalisedText(),
    asOf: newYear,
    inputs: [],
    stages: [],
    findings: [],
    tables: []
)
