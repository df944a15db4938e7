import Indicators

/// What makes a check warn or fail: a set of numbers, `< 0.8`, `>= 5`, `between 1 and 2`, `outside 1 and 2`, or of words,
/// `is behind, stalled`, `is not on-track`.
package struct Band: Hashable, Sendable {
    package enum Comparison: Hashable, Sendable {
        case less(Double)
        case lessOrEqual(Double)
        case greater(Double)
        case greaterOrEqual(Double)
        case equal(Double)
        case notEqual(Double)
        /// From the first to the second, both included.
        case between(Double, Double)
        /// Below the first or above the second, neither included: whatever is not ``between(_:_:)``.
        case outside(Double, Double)
        /// One of these words.
        case words([String])
        /// Any other word.
        case notWords([String])
    }

    package let comparison: Comparison

    /// - Precondition: The limits are finite, and the first of two is not above the second.
    package init(_ comparison: Comparison) {
        self.comparison = comparison
        let limits = self.limits
        precondition(limits.allSatisfy(\.isFinite), "a band needs finite limits")
        precondition(limits.count < 2 || limits[0] <= limits[1], "the lower limit of a band comes first")
    }

    /// Reads a band as a pipeline file has it.
    ///
    /// - Throws: ``BandError`` where `text` is none, or a limit is no finite decimal number.
    package init(parsing text: String) throws(BandError) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init).joined(separator: " ")
        if let list = try Self.words(words, of: text) {
            self.init(list)
            return
        }
        if let range = try Self.range(words, of: text) {
            self.init(range)
            return
        }
        for (sign, make) in Self.signs where words.hasPrefix(sign) {
            guard let limit = Self.number(words.dropFirst(sign.count)) else {
                throw BandError(text: text, expected: "a finite number after \(sign)")
            }
            self.init(make(limit))
            return
        }
        throw BandError(
            text: text,
            expected:
                "a band such as \"< 0.8\", \">= 5\", \"between 1 and 2\" or \"outside 1 and 2\", or of words \"is behind\""
        )
    }

    package func contains(_ value: Double) -> Bool {
        switch comparison {
        case .less(let limit): value < limit
        case .lessOrEqual(let limit): value <= limit
        case .greater(let limit): value > limit
        case .greaterOrEqual(let limit): value >= limit
        case .equal(let limit): value == limit
        case .notEqual(let limit): value != limit
        case .between(let low, let high): low <= value && value <= high
        case .outside(let low, let high): value < low || high < value
        case .words, .notWords: false
        }
    }

    package func contains(_ word: String) -> Bool {
        switch comparison {
        case .words(let words): words.contains(word)
        case .notWords(let words): !words.contains(word)
        default: false
        }
    }

    /// Whether it is about words, not numbers.
    package var isOfWords: Bool {
        switch comparison {
        case .words, .notWords: true
        default: false
        }
    }

    /// The band as `checks.csv` has it, which ``init(parsing:)`` reads back.
    package var text: String {
        let limits = limits.map(Cell.format)
        return switch comparison {
        case .less: "< \(limits[0])"
        case .lessOrEqual: "<= \(limits[0])"
        case .greater: "> \(limits[0])"
        case .greaterOrEqual: ">= \(limits[0])"
        case .equal: "== \(limits[0])"
        case .notEqual: "!= \(limits[0])"
        case .between: "between \(limits[0]) and \(limits[1])"
        case .outside: "outside \(limits[0]) and \(limits[1])"
        case .words(let words): "is \(words.joined(separator: ", "))"
        case .notWords(let words): "is not \(words.joined(separator: ", "))"
        }
    }

    private var limits: [Double] {
        switch comparison {
        case .less(let limit), .lessOrEqual(let limit), .greater(let limit), .greaterOrEqual(let limit),
            .equal(let limit), .notEqual(let limit):
            [limit]
        case .between(let low, let high), .outside(let low, let high): [low, high]
        case .words, .notWords: []
        }
    }

    /// Reads `is a, b` or `is not a, b`; `nil` where the text begins otherwise.
    private static func words(_ words: String, of text: String) throws(BandError) -> Comparison? {
        guard words == "is" || words.hasPrefix("is ") else { return nil }
        let isNegative = words == "is not" || words.hasPrefix("is not ")
        let list = words.dropFirst(isNegative ? 6 : 2).split(separator: ",", omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        guard list.allSatisfy({ !$0.isEmpty }) else {
            throw BandError(
                text: text,
                expected: "a word or several, joined by commas, after \(isNegative ? "is not" : "is")"
            )
        }
        return isNegative ? .notWords(list) : .words(list)
    }

    /// The longer signs first, since `<` begins `<=`.
    private static let signs: [(sign: String, make: @Sendable (Double) -> Comparison)] = [
        ("<=", { .lessOrEqual($0) }), (">=", { .greaterOrEqual($0) }), ("==", { .equal($0) }),
        ("!=", { .notEqual($0) }),
        ("<", { .less($0) }), (">", { .greater($0) }),
    ]

    /// Reads `between 1 and 2` or `outside 1 and 2`; `nil` where the text begins otherwise.
    private static func range(_ words: String, of text: String) throws(BandError) -> Comparison? {
        let parts = words.split(separator: " ")
        guard let first = parts.first, first == "between" || first == "outside" else { return nil }
        guard parts.count == 4, parts[2] == "and", let low = number(parts[1]), let high = number(parts[3]) else {
            throw BandError(text: text, expected: "\"\(first) LOW and HIGH\" with two finite numbers")
        }
        guard low <= high else { throw BandError(text: text, expected: "the lower limit first") }
        return first == "between" ? .between(low, high) : .outside(low, high)
    }

    /// Reads a finite decimal number and nothing else: no `nan`, no `0x1p3`, no `1e400`.
    private static func number(_ text: some StringProtocol) -> Double? {
        let digits = text.drop { $0 == " " }
        guard !digits.isEmpty,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
            let number = Double(String(digits)), number.isFinite
        else { return nil }
        return number
    }
}

/// A text that is no band.
package struct BandError: Error, Hashable, Sendable {
    package var text: String
    /// As words that finish "expected ...".
    package var expected: String
}
