import Indicators

/// Whether a header, or a part of it, is nothing but a year or a part of one: `2561`, `2561 (2018)`, `พ.ศ. 2561`,
/// `ปี 2558`, `2019 [YR2019]`, `Q1/2561`, `2018-03`, `๒๕๖๑`.
///
/// A text that holds a year among other words (`รายได้ ปี 2558`) is none: it may name something else.
func isYear(_ text: String) -> Bool {
    if text.utf8.count == 4, let number = plainYear(text) { return yearRanges(hold: number) }
    var years = 0
    for token in yearTokens(of: text) {
        switch token {
        case .number(let digits, let isPlain):
            let number = Int(digits) ?? 0
            if digits.count == 4, isPlain, yearRanges(hold: number) {
                years += 1
            } else if digits.count > 2 || years == 0 && !(1...12).contains(number) {
                return false
            }
        case .word(let word) where !yearWords.contains(Spelling(word)): return false
        case .word: break
        case .other: return false
        }
    }
    return years > 0
}

/// Whether a year stands in a text, whatever stands beside it: `2560*`, `2561p`, `รายได้ ปี 2558`.
func holdsYear(_ text: String) -> Bool {
    yearTokens(of: text).contains { token in
        guard case .number(let digits, _) = token, digits.count == 4, let number = Int(digits) else { return false }
        return yearRanges(hold: number)
    }
}

/// Whether a number of four digits can be a year of one of the two eras.
private func yearRanges(hold number: Int) -> Bool {
    (1900...2100).contains(number) || (2400...2700).contains(number)
}

/// The number that a text of ASCII digits alone is, without a walk over its tokens: most years stand so.
private func plainYear(_ text: String) -> Int? {
    var number = 0
    for byte in text.utf8 {
        guard byte &- 0x30 < 10 else { return nil }
        number = number * 10 + Int(byte &- 0x30)
    }
    return number
}

private enum YearToken {
    /// `isPlain` unless a decimal point or a separator joins it to other digits: `1,998`, `2.561`.
    case number(String, isPlain: Bool)
    /// In lower case, without dots.
    case word(String)
    case other
}

/// What may stand beside a year, without its dots: eras, words for year and quarter, months.
private let yearWords = Set<Spelling>(yearSpellings.map(Spelling.init))

private let yearSpellings = [
    "พศ", "คศ", "ปี", "ปีพศ", "ปีคศ", "ปีงบประมาณ", "ปีงบประมาณพศ", "ไตรมาส", "ไตรมาสที่",
    "ພສ", "ຄສ", "ປີ", "ປີພສ", "ປີຄສ", "ໄຕມາດ", "ໄຕມາດທີ",
    "be", "ce", "ad", "year", "fy", "yr", "q", "h",
    "มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค",
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
]

private func yearTokens(of text: String) -> [YearToken] {
    var tokens: [YearToken] = []
    var digits = ""
    var isPlain = true
    var word = ""
    var previous: Unicode.Scalar = " "
    func flush() {
        if !digits.isEmpty { tokens.append(.number(digits, isPlain: isPlain)) }
        if !word.isEmpty { tokens.append(.word(word)) }
        digits = ""
        word = ""
        isPlain = true
    }
    for scalar in text.unicodeScalars {
        defer { previous = scalar }
        if let digit = digitValue(scalar) {
            if !word.isEmpty { flush() }
            if digits.isEmpty { isPlain = previous != "," && (previous != "." || tokens.last.isWord) }
            digits += String(digit)
        } else if scalar == "." {
            if !digits.isEmpty {
                flush()
                tokens.append(.other)
            }
        } else if scalar == "," {
            flush()
            tokens.append(.other)
        } else if " ()[]/-–:\u{A0}'".unicodeScalars.contains(scalar) {
            flush()
        } else {
            if !digits.isEmpty { flush() }
            for lower in scalar.properties.lowercaseMapping.unicodeScalars { word.unicodeScalars.append(lower) }
        }
    }
    flush()
    return tokens
}

extension YearToken? {
    fileprivate var isWord: Bool {
        if case .word? = self { true } else { false }
    }
}

/// The value of a decimal digit of the scripts that are read: ASCII, Thai, Lao, full-width.
func digitValue(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value) - 0x30
    case 0xE50...0xE59: Int(scalar.value) - 0xE50
    case 0xED0...0xED9: Int(scalar.value) - 0xED0
    case 0xFF10...0xFF19: Int(scalar.value) - 0xFF10
    default: nil
    }
}
