import Testing

@testable import Ingest

/// A cell's text and what is to come of it.
struct NumberCase: CustomTestStringConvertible, Sendable {
    var text: String
    var outcome: NumberReader.Outcome

    init(_ text: String, _ number: Double) {
        self.text = text
        outcome = .number(number)
    }

    init(_ text: String, _ refusal: NumberReader.Refusal) {
        self.text = text
        outcome = .refused(refusal)
    }

    var testDescription: String { text.debugDescription }
}

@Suite struct `Numbers read` {
    static let read = [
        NumberCase("0", 0), NumberCase("7", 7), NumberCase("-7", -7), NumberCase("+7", 7), NumberCase("007", 7),
        NumberCase("\u{2212}7.5", -7.5), NumberCase("-0", 0), NumberCase("-0.0", 0), NumberCase(".5", 0.5),
        NumberCase("0.812", 0.812), NumberCase("14963.4", 14963.4), NumberCase("20902.83048", 20902.83048),
        NumberCase("1e5", 1e5), NumberCase("1.5E-3", 1.5e-3), NumberCase("2E+2", 200), NumberCase("0e999", 0),
        NumberCase("1,234", 1234), NumberCase("12,345", 12345), NumberCase("5,686,252", 5_686_252),
        NumberCase("1,234.56", 1234.56), NumberCase("-1,234.5", -1234.5),
        NumberCase("1 234 567", 1_234_567), NumberCase("1\u{A0}234,5".replacing(",5", with: ".5"), 1234.5),
        NumberCase("1\u{2009}234", 1234), NumberCase("1\u{202F}234\u{202F}567", 1_234_567),
        NumberCase(" 17,787 ", 17787), NumberCase("\u{A0} 42\u{3000}", 42), NumberCase("\t42\r\n", 42),
        NumberCase("\u{200B}42\u{FEFF}", 42),
        NumberCase("๒๕๖๑", 2561), NumberCase("๑,๒๓๔.๕", 1234.5), NumberCase("-๗", -7),
        NumberCase("໒໐໑໘", 2018), NumberCase("໑໒,໓໔໕", 12345), NumberCase("４２", 42),
        NumberCase("9007199254740993", 9_007_199_254_740_992), NumberCase("0.1", 0.1),
        NumberCase("123456789012345", 123_456_789_012_345), NumberCase("12345678901234.5", 12_345_678_901_234.5),
        NumberCase("179769313486231570" + String(repeating: "0", count: 291), .greatestFiniteMagnitude),
        NumberCase("5e-324", .leastNonzeroMagnitude),
    ]

    static let refused = [
        NumberCase("1e400", .outOfRange), NumberCase("-1e400", .outOfRange), NumberCase("1e-400", .outOfRange),
        NumberCase("1e99999999999999999999", .outOfRange), NumberCase(String(repeating: "9", count: 400), .outOfRange),
        NumberCase("NaN", .notANumber), NumberCase("nan", .notANumber), NumberCase("inf", .notANumber),
        NumberCase("-Infinity", .notANumber), NumberCase("0x1p3", .notANumber), NumberCase("0x10", .notANumber),
        NumberCase("1,23,456", .grouping), NumberCase("12,34", .grouping), NumberCase("1234,567", .grouping),
        NumberCase("1,2345", .grouping), NumberCase("0,812", .grouping), NumberCase("012,345", .grouping),
        NumberCase("1,234 567", .grouping), NumberCase("1 234,567", .grouping), NumberCase("12 34", .grouping),
        NumberCase("1.234.567", .grouping), NumberCase("1,234.567.8", .grouping), NumberCase("๐,๘๑๒", .grouping),
        NumberCase("1,234,", .notANumber), NumberCase(",234", .notANumber), NumberCase("1,,234", .notANumber),
        NumberCase("1  234", .notANumber), NumberCase("5.", .notANumber), NumberCase(".", .notANumber),
        NumberCase("-.", .notANumber), NumberCase("--5", .notANumber), NumberCase("+-5", .notANumber),
        NumberCase("- 5", .notANumber), NumberCase("5-", .notANumber), NumberCase("(5)", .notANumber),
        NumberCase("1e", .notANumber), NumberCase("e5", .notANumber), NumberCase("1e+", .notANumber),
        NumberCase("1,234e2", .notANumber), NumberCase("5 000 baht", .notANumber), NumberCase("12abc", .notANumber),
        NumberCase("๑2", .notANumber), NumberCase("1๒", .notANumber), NumberCase("๑໒", .notANumber),
        NumberCase("1_000", .notANumber), NumberCase("½", .notANumber), NumberCase("٣", .notANumber),
        NumberCase("१", .notANumber), NumberCase("²", .notANumber), NumberCase("5*", .notANumber),
        NumberCase("N/A", .notANumber), NumberCase("–", .notANumber), NumberCase("ไม่มีข้อมูล", .notANumber),
        NumberCase("\u{0}5", .notANumber), NumberCase("1 234.5 6", .grouping), NumberCase("0.123 456", .grouping),
    ]

    @Test(arguments: read) func `reads what is a number`(_ sample: NumberCase) {
        #expect(outcome(sample.text) == sample.outcome)
    }

    @Test(arguments: refused) func `refuses what could be meant in two ways or none`(_ sample: NumberCase) {
        #expect(outcome(sample.text) == sample.outcome)
    }

    @Test(arguments: [
        ("12.5", NumberReader.Outcome.number(12.5)), ("12,5", .number(12.5)), ("-0,25", .number(-0.25)),
        ("7", .number(7)),
        ("1 234,5", .number(1234.5)), ("0,812", .number(0.812)), ("0.812", .number(0.812)), ("123456", .number(123456)),
        ("๑๒,๕", .number(12.5)), ("12,3450", .number(12.345)), ("12.345", .refused(.eitherMark)),
        ("12,345", .refused(.eitherMark)), ("๑๒,๓๔๕", .refused(.eitherMark)),
        // Two marks can be meant in one way only.
        ("1.234,5", .number(1234.5)), ("1,234.5", .number(1234.5)), ("1,234,567", .number(1_234_567)),
        ("1.234.567", .number(1_234_567)), ("1.234.567,25", .number(1_234_567.25)), ("๑,๒๓๔.๕", .number(1234.5)),
        ("-1,234.567", .number(-1234.567)), ("12,34.5", .refused(.grouping)), ("1.234,5.6", .refused(.grouping)),
        ("1,23,456", .refused(.grouping)), ("1,234.5,6", .refused(.grouping)), ("1.2.3", .refused(.grouping)),
        ("5.", .refused(.notANumber)), ("", .missing), ("-", .missing),
    ])
    func `takes a point or a comma where either is declared, and refuses what could be thousands`(
        text: String,
        expected: NumberReader.Outcome
    ) {
        let reader = NumberReader(style: NumberStyle(decimal: .either), missing: ["", "-"])
        #expect(text.withCell { reader.read($0) } == expected)
    }

    @Test func `reads every plain decimal as the standard library does`() {
        var generator = SplitMix(state: 2018)
        for _ in 0..<20_000 {
            let digits = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }
            let point = Int.random(in: 1...digits.count, using: &generator)
            let text = digits[..<point].joined() + (point < digits.count ? "." + digits[point...].joined() : "")
            #expect(outcome(text) == Double(text).map(NumberReader.Outcome.number), "\(text)")
        }
    }

    @Test func `reads groups of three digits as the number without separators`() {
        var generator = SplitMix(state: 2561)
        for _ in 0..<5_000 {
            let digits = (0..<Int.random(in: 3...18, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }
            let whole = "7" + digits.joined()
            let decimals = Bool.random(using: &generator) ? "" : ".\(Int.random(in: 0...99_999, using: &generator))"
            var grouped = ""
            for (index, digit) in whole.enumerated() {
                if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += "," }
                grouped.append(digit)
            }
            let number = Double("-" + whole + decimals)
            #expect(outcome("-" + grouped + decimals) == number.map(NumberReader.Outcome.number))
        }
    }

    @Test(arguments: [
        "9007199254740991", "9007199254740992", "9007199254740993", "9,007,199,254,740,993", "9007199254740993.0",
        "0.9007199254740993", "18446744073709551616", "99999999999999999999", "0.0000000000000000001",
        "0.00000000000000000000001", "9,999,999,999,999,999,999", "-0.000", "-0",
    ])
    func `reads digits at the edge of what a double holds as the standard library does`(_ text: String) {
        let number = Double(text.filter { $0 != "," }).map { $0 == 0 ? 0 : $0 }
        #expect(outcome(text) == number.map(NumberReader.Outcome.number))
    }

    @Test(arguments: ["0,123", "1,23", "1,2345", "1234,567", "1,234,", "1,234,5", "1,234.567,8", ",123", "1,,234"])
    func `refuses groups that are not of three digits`(_ text: String) {
        guard case .refused = outcome(text) else {
            Issue.record("\(text) was read")
            return
        }
    }

    @Test(arguments: ["", " ", "\u{A0}", "-", "..", "...", "n.a.", " - ", " n.a. "])
    func `knows the usual missing markers, padded or not`(_ text: String) {
        #expect(outcome(text) == .missing)
    }

    @Test func `takes zero for missing only where that is declared`() {
        let reader = NumberReader(missing: ["0", "0.0"])
        #expect(outcome("0") == .number(0))
        #expect(outcome("0", by: reader) == .missing)
        #expect(outcome("0.0", by: reader) == .missing)
        #expect(outcome("0.00", by: reader) == .number(0))
        #expect(outcome("", by: reader) == .refused(.notANumber), "a blank is missing only where that is declared")
    }

    @Test func `takes a percent sign only behind a share, and only one`() {
        #expect(outcome("92.3%", allowsPercent: true) == .number(92.3))
        #expect(outcome("92.3 %", allowsPercent: true) == .number(92.3))
        #expect(outcome("92.3%") == .refused(.percentSign))
        #expect(outcome("5%%", allowsPercent: true) == .refused(.notANumber))
        #expect(outcome("5%%") == .refused(.notANumber))
        #expect(outcome("%", allowsPercent: true) == .refused(.notANumber))
        #expect(outcome("%5", allowsPercent: true) == .refused(.notANumber))
    }

    @Test func `removes the footnote marks that are declared, from the end only`() {
        let reader = NumberReader(footnotes: ["*", "[໑]", "p", "1)"])
        #expect(outcome("5.2*", by: reader) == .number(5.2))
        #expect(outcome("5.2 * p", by: reader) == .number(5.2))
        #expect(outcome("420,950[໑]", by: reader) == .number(420_950))
        #expect(outcome("5 1)", by: reader) == .number(5))
        #expect(outcome("..*", by: reader) == .missing)
        #expect(outcome("*", by: reader) == .missing)
        #expect(outcome("5.2*%", by: reader, allowsPercent: true) == .number(5.2))
        #expect(outcome("5.2%*", by: reader, allowsPercent: true) == .number(5.2))
        #expect(outcome("*5.2", by: reader) == .refused(.notANumber))
        #expect(outcome("5.2r", by: reader) == .refused(.notANumber))
    }

    @Test func `reads a decimal comma where it is declared, and then groups by points`() {
        let reader = NumberReader(style: NumberStyle(decimal: .comma))
        #expect(outcome("12,5", by: reader) == .number(12.5))
        #expect(outcome("0,812", by: reader) == .number(0.812))
        #expect(outcome("1.234,5", by: reader) == .number(1234.5))
        #expect(outcome("1 234,5", by: reader) == .number(1234.5))
        #expect(outcome("12.5", by: reader) == .refused(.grouping))
        #expect(outcome("1,234,567", by: reader) == .refused(.grouping))
    }

    @Test func `groups by the separator that is declared, or by none but spaces`() {
        let apostrophe = NumberReader(style: NumberStyle(thousands: .separator("’")))
        #expect(outcome("1’234’567.5", by: apostrophe) == .number(1_234_567.5))
        #expect(outcome("1,234", by: apostrophe) == .refused(.grouping))
        let none = NumberReader(style: NumberStyle(thousands: .none))
        #expect(outcome("1,234", by: none) == .refused(.grouping))
        #expect(outcome("1 234", by: none) == .number(1234))
    }

    private func outcome(
        _ text: String,
        by reader: NumberReader = NumberReader(),
        allowsPercent: Bool = false
    ) -> NumberReader.Outcome {
        text.withCell { reader.read($0, allowsPercent: allowsPercent) }
    }
}
