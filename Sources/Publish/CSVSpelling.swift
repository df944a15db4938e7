import Indicators

/// How a text and a number are written in a dialect.
struct CSVSpelling {
    let delimiter: UInt8
    let lineEnd: [UInt8]
    private let decimalComma: Bool
    private let excel: Bool

    init(_ dialect: CSVDialect) {
        excel = dialect.excel
        delimiter = UInt8(ascii: dialect.semicolon ? ";" : ",")
        lineEnd = dialect.excel ? [.carriageReturn, .lineFeed] : [.lineFeed]
        decimalComma = dialect.decimalComma
    }

    /// The most bytes that a number takes, with quotes around it.
    static let numberWidth = Cell.numberWidth + 2

    /// Adds a number to bytes that have room for ``numberWidth``.
    func append(_ number: Double, to bytes: inout OutputSpan<UInt8>) {
        guard decimalComma else { return Cell.write(number, to: &bytes) }
        let text = Cell.format(number)
        let isQuoted = delimiter == UInt8(ascii: ",") && text.utf8.contains(UInt8(ascii: "."))
        if isQuoted { bytes.append(.quote) }
        for byte in text.utf8 { bytes.append(byte == UInt8(ascii: ".") ? UInt8(ascii: ",") : byte) }
        if isQuoted { bytes.append(.quote) }
    }

    func append(text: String, to bytes: inout [UInt8]) {
        let isMarked = wouldRun(text) || excel && wouldBeConverted(text)
        let needs = needs(of: text)
        if needs.quotes { bytes.append(.quote) }
        if isMarked { bytes.append(.apostrophe) }
        if needs.replacements { appendReplacing(text, to: &bytes) } else { bytes += text.utf8 }
        if needs.quotes { bytes.append(.quote) }
    }

    /// Adds a text, quotes twice and control characters as their pictures.
    private func appendReplacing(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            if byte == .quote {
                bytes += [.quote, .quote]
            } else if let picture = picture(of: byte) {
                bytes += picture
            } else {
                bytes.append(byte)
            }
        }
    }

    /// What has to be done so that every reader finds `text` again: quotes around it, and other bytes for some of its own.
    ///
    /// Spaces at either end are quoted because libcsv and others trim them when they are bare.
    private func needs(of text: String) -> (quotes: Bool, replacements: Bool) {
        let known = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe needs(ofBytes: $0) }
        return known ?? needs(ofBytes: text.utf8)
    }

    private func needs(ofBytes bytes: some BidirectionalCollection<UInt8>) -> (quotes: Bool, replacements: Bool) {
        guard let first = bytes.first, let last = bytes.last else { return (true, false) }
        var needs = (quotes: first.isBlank || last.isBlank, replacements: false)
        for byte in bytes where byte < 0x30 || byte == delimiter || byte == 0x7F {
            if byte == .quote || byte == delimiter || byte == .carriageReturn || byte == .lineFeed {
                needs.quotes = true
                if byte == .quote { needs.replacements = true }
            } else if byte == 0x7F || (byte < 0x20 && byte != .tab) {
                needs.replacements = true
            }
        }
        return needs
    }

    /// The Unicode control picture of an ASCII control character: `␀` to `␟`, `␡`.
    private func picture(of byte: UInt8) -> [UInt8]? {
        switch byte {
        case .tab, .lineFeed, .carriageReturn: nil
        case 0..<0x20: [0xE2, 0x90, 0x80 + byte]
        case 0x7F: [0xE2, 0x90, 0xA1]
        default: nil
        }
    }

    /// Whether a spreadsheet would take `text` for a formula: it starts like one and is no number.
    private func wouldRun(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        switch first {
        case "=", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": return true
        case "+", "-": return !isNumber(text)
        default: return false
        }
    }

    /// Whether a spreadsheet would make something else of `text` than what it says: of a code its number (`007`), of an
    /// age band a date (`5-9`), of a long id its first 15 digits. A whole number that stays what it is does no harm.
    private func wouldBeConverted(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, first.isDigit else { return false }
        if bytes.allSatisfy(\.isDigit) { return bytes.count > 15 || (first == UInt8(ascii: "0") && bytes.count > 1) }
        return bytes.allSatisfy { $0.isDigit || Self.numberMarks.contains($0) }
    }

    /// What stands between the digits of numbers, dates and times.
    private static let numberMarks = Set("-/.:,eE% ".utf8)

    /// Whether `text` is a decimal number in ASCII as every reader reads it: sign, digits, fraction, exponent.
    private func isNumber(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        func takeSign() {
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        }
        func takeDigits() -> Int {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest.removeFirst(digits)
            return digits
        }
        takeSign()
        var digits = takeDigits()
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digits += takeDigits()
        }
        guard digits > 0 else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            takeSign()
            guard takeDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

extension UInt8 {
    fileprivate static let tab = UInt8(ascii: "\t")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let apostrophe = UInt8(ascii: "'")

    fileprivate var isDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    fileprivate var isBlank: Bool {
        self == UInt8(ascii: " ") || self == .tab
    }
}
