/// Reads the text of a cell as a number, strictly: what could be meant in two ways is refused.
///
/// Digits are ASCII, Thai, Lao or full-width, of one script in a number. A minus may be U+2212. Between groups of
/// three digits there may be spaces (no-break and thin ones too) or the declared separator. Footnote marks that the
/// source declares are removed from the end.
struct NumberReader: Sendable {
    enum Outcome: Hashable, Sendable {
        case number(Double)
        case missing
        case refused(Refusal)
    }

    /// Why a text is no number.
    enum Refusal: Hashable, Sendable {
        case notANumber
        /// Separators that do not stand between groups of three.
        case grouping
        /// Too great or too small for a double.
        case outOfRange
        case percentSign
        /// A comma or point that may be the decimal mark or a separator of thousands.
        case eitherMark
    }

    private let decimalMark: UInt8
    /// Whether a comma is a decimal mark as well as a point.
    private let takesEither: Bool
    /// The bytes of the separator of thousands, empty where none but spaces is allowed.
    private let separator: [UInt8]
    /// The separator where it is a comma or a point, as in most files.
    private let usualSeparator: UInt8?
    private let markers: [[UInt8]]
    private let longestMarker: Int
    private let footnotes: [[UInt8]]

    init(style: NumberStyle = NumberStyle(), missing: [String] = Source.usualMissingMarkers, footnotes: [String] = []) {
        decimalMark = style.decimal == .comma ? UInt8(ascii: ",") : UInt8(ascii: ".")
        takesEither = style.decimal == .either
        separator = style.separator.map { Array(String($0).utf8) } ?? []
        usualSeparator = separator == [UInt8(ascii: ",")] || separator == [UInt8(ascii: ".")] ? separator[0] : nil
        markers = missing.map { Array($0.trimmed.utf8) }
        longestMarker = markers.reduce(-1) { max($0, $1.count) }
        self.footnotes = footnotes.filter { !$0.isEmpty }.map { Array($0.utf8) }
    }

    /// What stands in a cell. With `allowsPercent`, one percent sign may stand behind the number: `92.3%` is 92.3.
    func read(_ cell: RawSpan, allowsPercent: Bool = false) -> Outcome {
        var range = cell.trimmedRange()
        if isMarker(cell, range) { return .missing }
        if !takesEither, let number = plainNumber(cell, range) { return .number(number) }
        range = strippingFootnotes(cell, range)
        if isMarker(cell, range) { return .missing }
        if !range.isEmpty, cell[range.upperBound - 1] == UInt8(ascii: "%") {
            let rest = strippingFootnotes(cell, range.lowerBound..<range.upperBound - 1)
            if allowsPercent {
                range = rest
            } else if case .number = scan(cell, rest) {
                return .refused(.percentSign)
            }
        }
        return scan(cell, range)
    }

    /// `range` without the footnote marks at its end and the spaces before them.
    func strippingFootnotes(_ cell: RawSpan, _ range: Range<Int>) -> Range<Int> {
        var range = range
        var isChanged = true
        while isChanged {
            let inner = cell.extracting(range).trimmedRange()
            range = range.lowerBound + inner.lowerBound..<range.lowerBound + inner.upperBound
            isChanged = false
            for mark in footnotes where mark.count <= range.count {
                let rest = range.upperBound - mark.count
                if cell.holds(mark, in: rest..<range.upperBound) {
                    range = range.lowerBound..<rest
                    isChanged = true
                }
            }
        }
        return range
    }

    private func isMarker(_ cell: RawSpan, _ range: Range<Int>) -> Bool {
        guard range.count <= longestMarker else { return false }
        for marker in markers where cell.holds(marker, in: range) { return true }
        return false
    }

    /// The common case without a detour: an optional minus, ASCII digits, perhaps in groups, at most one decimal mark.
    ///
    /// Digits up to 2^53 and the power of ten are exact doubles, so their quotient is the double nearest to the decimal.
    private func plainNumber(_ cell: RawSpan, _ range: Range<Int>) -> Double? {
        var index = range.lowerBound
        let isNegative = index < range.upperBound && cell[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        let first = index
        guard range.upperBound - first <= 24 else { return nil }
        var digits: UInt64 = 0
        var marks = 0
        /// Where the digits behind the decimal mark begin.
        var decimals: Int?
        /// Where the last group of the whole number began, behind its separator.
        var group: Int?
        while true {
            // The digits up to the next mark.
            while index < range.upperBound, case let digit = cell[index] &- 0x30, digit < 10 {
                digits = digits &* 10 &+ UInt64(digit)
                index += 1
            }
            guard index < range.upperBound else { break }
            guard decimals == nil else { return nil }
            let byte = cell[index]
            if byte == decimalMark, index > first {
                if let group, index - group != 3 { return nil }
                decimals = index + 1
            } else if byte == usualSeparator {
                if let group {
                    guard index - group == 3 else { return nil }
                } else {
                    guard (1...3).contains(index - first), cell[first] != UInt8(ascii: "0") else { return nil }
                }
                group = index + 1
            } else {
                return nil
            }
            marks += 1
            index += 1
        }
        if let group, decimals == nil, index - group != 3 { return nil }
        let fraction = decimals.map { index - $0 }
        // Twenty digits would overflow.
        guard (1...19).contains(index - first - marks), fraction != 0, digits <= 1 << 53 else { return nil }
        let magnitude = fraction.map { Double(digits) / Self.powersOfTen[$0] } ?? Double(digits)
        return isNegative && magnitude != 0 ? -magnitude : magnitude
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    ]

    private func scan(_ cell: RawSpan, _ range: Range<Int>) -> Outcome {
        var decimalMark = decimalMark
        var separator = separator
        if takesEither {
            let marks = range.filter { cell[$0] == UInt8(ascii: ",") || cell[$0] == UInt8(ascii: ".") }
            if marks.count > 1 {
                (decimalMark, separator) = Self.roles(of: marks.map { cell[$0] })
            } else if let mark = marks.first {
                let whole = range.lowerBound..<mark
                let isNought = whole.allSatisfy { !(0x31...0x39).contains(cell[$0]) && cell[$0] < 0x80 }
                // Digits of any script: those bytes that begin a character.
                let decimals = (mark + 1..<range.upperBound).count { cell[$0] & 0xC0 != 0x80 }
                guard isNought || decimals != 3 else { return .refused(.eitherMark) }
                decimalMark = cell[mark]
            }
        }
        var scanner = NumberScanner(start: range.lowerBound, end: range.upperBound)
        return scanner.scan(cell, decimalMark: decimalMark, separator: separator)
    }

    /// What two or more marks of a number can only mean: the last, where it is unlike those before it, is the decimal mark, and those
    /// separate thousands; where all are alike, all do.
    private static func roles(of marks: [UInt8]) -> (decimalMark: UInt8, separator: [UInt8]) {
        let (comma, point) = (UInt8(ascii: ","), UInt8(ascii: "."))
        let isDecimal = marks.last != marks.first
        let separator = marks[0]
        let other = separator == comma ? point : comma
        // One mark of each kind at most is decimal: 1.234,5.6 fails at its second comma or point.
        return (isDecimal ? (marks.last ?? other) : other, [separator])
    }
}

extension NumberStyle {
    /// The separator of thousands in force, `nil` where only spaces are.
    var separator: Character? {
        switch thousands {
        case .usual:
            switch decimal {
            case .point: ","
            case .comma: "."
            case .either: nil
            }
        case .none: nil
        case .separator(let separator): separator
        }
    }
}
