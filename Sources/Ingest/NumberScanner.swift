/// One walk over the text of a number, which it copies in ASCII for the exact conversion of the standard library.
struct NumberScanner {
    private var index: Int
    private let end: Int
    /// The number as `Double` reads it, in ASCII.
    private var plain: [UInt8] = []
    private var script: DigitScript?
    private var hasNonzeroDigit = false

    private enum DigitScript { case ascii, thai, lao, fullWidth }

    /// What stands between two groups of digits.
    private enum Gap { case space, separator }

    init(start: Int, end: Int) {
        index = start
        self.end = end
    }

    mutating func scan(_ cell: RawSpan, decimalMark: UInt8, separator: [UInt8]) -> NumberReader.Outcome {
        scanSign(cell)
        let isGrouped: Bool
        switch scanWhole(cell, separator: separator) {
        case .success(let hasGroups): isGrouped = hasGroups
        case .failure(let refusal): return .refused(refusal)
        }
        let hasWhole = plain.last.map { $0 != UInt8(ascii: "-") } ?? false
        if !hasWhole { plain.append(UInt8(ascii: "0")) }
        if index < end, cell[index] == decimalMark {
            index += 1
            plain.append(UInt8(ascii: "."))
            guard scanDigits(cell) > 0 else { return .refused(.notANumber) }
        } else if !hasWhole {
            return .refused(.notANumber)
        }
        if !isGrouped, !scanExponent(cell) { return .refused(.notANumber) }
        guard index == end else {
            return .refused(looksGrouped(cell, separator: separator) ? .grouping : .notANumber)
        }
        guard let number = Double(String(decoding: plain, as: UTF8.self)) else { return .refused(.notANumber) }
        guard number.isFinite, number != 0 || !hasNonzeroDigit else { return .refused(.outOfRange) }
        return .number(number == 0 ? 0 : number)
    }

    private mutating func scanSign(_ cell: RawSpan) {
        guard index < end else { return }
        if cell[index] == UInt8(ascii: "-") {
            plain.append(UInt8(ascii: "-"))
            index += 1
        } else if cell[index] == UInt8(ascii: "+") {
            index += 1
        } else if end - index >= 3, cell[index] == 0xE2, cell[index + 1] == 0x88, cell[index + 2] == 0x92 {
            plain.append(UInt8(ascii: "-"))
            index += 3
        }
    }

    private enum Whole {
        /// Whether there was more than one group.
        case success(Bool)
        case failure(NumberReader.Refusal)
    }

    /// The digits before the decimal mark, perhaps in groups: 1 to 3 digits that do not begin with 0, then threes.
    private mutating func scanWhole(_ cell: RawSpan, separator: [UInt8]) -> Whole {
        let beginsWithZero = digit(cell)?.value == 0
        let first = scanDigits(cell)
        var gapInUse: Gap?
        while first > 0, let (gap, length) = gap(cell, separator: separator) {
            let before = index
            index += length
            let count = scanDigits(cell)
            if count == 0 {
                index = before
                break
            }
            guard count == 3, first <= 3, !beginsWithZero, gapInUse == nil || gapInUse == gap else {
                return .failure(.grouping)
            }
            gapInUse = gap
        }
        return .success(gapInUse != nil)
    }

    private mutating func scanExponent(_ cell: RawSpan) -> Bool {
        guard index < end, cell[index] | 0x20 == UInt8(ascii: "e") else { return true }
        index += 1
        plain.append(UInt8(ascii: "e"))
        if index < end, cell[index] == UInt8(ascii: "-") || cell[index] == UInt8(ascii: "+") {
            if cell[index] == UInt8(ascii: "-") { plain.append(UInt8(ascii: "-")) }
            index += 1
        }
        let isNonzero = hasNonzeroDigit
        defer { hasNonzeroDigit = isNonzero }
        return scanDigits(cell) > 0
    }

    /// Copies a run of digits of one script.
    private mutating func scanDigits(_ cell: RawSpan) -> Int {
        var count = 0
        while let (value, length, script) = digit(cell), self.script == nil || self.script == script {
            self.script = script
            if value > 0 { hasNonzeroDigit = true }
            plain.append(0x30 + value)
            index += length
            count += 1
        }
        return count
    }

    private func digit(_ cell: RawSpan) -> (value: UInt8, length: Int, script: DigitScript)? {
        guard index < end else { return nil }
        let first = cell[index]
        if first &- 0x30 < 10 { return (first - 0x30, 1, .ascii) }
        guard first >= 0xE0, index + 2 < end else { return nil }
        let third = cell[index + 2]
        guard third >= 0x90, third <= 0x99 else { return nil }
        switch (first, cell[index + 1]) {
        case (0xE0, 0xB9): return (third - 0x90, 3, .thai)
        case (0xE0, 0xBB): return (third - 0x90, 3, .lao)
        case (0xEF, 0xBC): return (third - 0x90, 3, .fullWidth)
        default: return nil
        }
    }

    private func gap(_ cell: RawSpan, separator: [UInt8]) -> (Gap, length: Int)? {
        guard index < end else { return nil }
        if !separator.isEmpty, end - index > separator.count, cell.holds(separator, in: index..<index + separator.count)
        {
            return (.separator, separator.count)
        }
        let byte = cell[index]
        guard byte == 0x20 || byte >= 0x80 else { return nil }
        let length = cell.spaceLength(at: index, before: end)
        return length > 0 ? (.space, length) : nil
    }

    /// Whether the walk stopped at a separator with more digits behind it.
    private func looksGrouped(_ cell: RawSpan, separator: [UInt8]) -> Bool {
        var rest = self
        if index < end, cell[index] == UInt8(ascii: ",") || cell[index] == UInt8(ascii: ".") {
            rest.index += 1
        } else if let (_, length) = gap(cell, separator: separator) {
            rest.index += length
        } else {
            return false
        }
        return rest.digit(cell) != nil
    }
}
