/// Reads an expression: `or` binds least, then `and`, `not`, comparisons and `in`, `+ -`, `* /`, the sign.
struct ExpressionParser {
    private let source: String
    private let tokens: [Token]
    private var index = 0
    private var depth = 0

    /// How deep parentheses, signs and `not` may be nested, so that no expression exhausts the stack.
    private static let depthLimit = 64
    private static let reserved: Set<String> = ["and", "or", "not", "in", "true", "false"]

    /// - Throws: ``ExpressionError`` with the place of the first thing that does not fit.
    static func parse(_ source: String) throws(ExpressionError) -> Expression {
        guard source.utf8.count <= 16_384 else {
            throw ExpressionError(source, at: 0..<1, "the expression is too long", expected: "at most 16,384 bytes")
        }
        var lexer = Lexer(source)
        var parser = ExpressionParser(source: source, tokens: try lexer.tokens())
        let expression = try parser.disjunction()
        guard parser.token.kind == .end else { throw parser.unexpected("an operator or the end") }
        return expression
    }

    private init(source: String, tokens: [Token]) {
        self.source = source
        self.tokens = tokens
    }

    private var token: Token { tokens[index] }

    private func unexpected(_ expected: String) -> ExpressionError {
        if token.kind == .end {
            return ExpressionError(source, at: token.place, "the expression ends here", expected: expected)
        }
        let text = String(Array(source)[token.place])
        return ExpressionError(source, at: token.place, "`\(text)` does not fit here", expected: expected)
    }

    private mutating func takes(mark: String) -> Bool {
        guard token.kind == .mark(mark) else { return false }
        index += 1
        return true
    }

    private mutating func takes(word: String) -> Bool {
        guard token.kind == .word(word) else { return false }
        index += 1
        return true
    }

    private mutating func nested(
        _ body: (inout ExpressionParser) throws(ExpressionError) -> Expression
    ) throws(ExpressionError) -> Expression {
        depth += 1
        guard depth <= Self.depthLimit else {
            throw ExpressionError(
                source,
                at: token.place,
                "the expression is nested too deep",
                expected: "at most \(Self.depthLimit) levels"
            )
        }
        let expression = try body(&self)
        depth -= 1
        return expression
    }

    private mutating func disjunction() throws(ExpressionError) -> Expression {
        var left = try conjunction()
        while takes(word: "or") {
            let right = try conjunction()
            left = .binary(.or, left, right, left.place.lowerBound..<right.place.upperBound)
        }
        return left
    }

    private mutating func conjunction() throws(ExpressionError) -> Expression {
        var left = try negation()
        while takes(word: "and") {
            let right = try negation()
            left = .binary(.and, left, right, left.place.lowerBound..<right.place.upperBound)
        }
        return left
    }

    private mutating func negation() throws(ExpressionError) -> Expression {
        let start = token.place.lowerBound
        guard takes(word: "not") else { return try comparison() }
        let inner = try nested { parser throws(ExpressionError) in try parser.negation() }
        return .not(inner, start..<inner.place.upperBound)
    }

    private mutating func comparison() throws(ExpressionError) -> Expression {
        let left = try sum()
        if takes(word: "in") { return try list(of: left, isNegated: false) }
        if token.kind == .word("not"), tokens[index + 1].kind == .word("in") {
            index += 2
            return try list(of: left, isNegated: true)
        }
        guard case .mark(let mark) = token.kind, let comparison = Expression.Operator(rawValue: mark),
            ["==", "!=", "<", "<=", ">", ">="].contains(mark)
        else { return left }
        index += 1
        let right = try sum()
        if case .mark(let mark) = token.kind, ["==", "!=", "<", "<=", ">", ">="].contains(mark) {
            throw ExpressionError(
                source,
                at: token.place,
                "comparisons cannot be chained",
                expected: "`and` between two comparisons"
            )
        }
        return .binary(comparison, left, right, left.place.lowerBound..<right.place.upperBound)
    }

    private mutating func list(of left: Expression, isNegated: Bool) throws(ExpressionError) -> Expression {
        guard takes(mark: "(") else { throw unexpected("a list in parentheses behind `in`") }
        let items = try arguments()
        let place = left.place.lowerBound..<tokens[index - 1].place.upperBound
        guard !items.isEmpty else {
            throw ExpressionError(source, at: place, "the list is empty", expected: "at least one value")
        }
        let isOneOf = Expression.oneOf(left, items, place)
        return isNegated ? .not(isOneOf, place) : isOneOf
    }

    /// What stands between parentheses, the opening one taken, commas between.
    private mutating func arguments() throws(ExpressionError) -> [Expression] {
        var items: [Expression] = []
        if takes(mark: ")") { return items }
        while true {
            items.append(try nested { parser throws(ExpressionError) in try parser.disjunction() })
            if takes(mark: ")") { return items }
            guard takes(mark: ",") else { throw unexpected("a comma or `)`") }
        }
    }

    private mutating func sum() throws(ExpressionError) -> Expression {
        var left = try product()
        while case .mark(let mark) = token.kind, mark == "+" || mark == "-" {
            index += 1
            let right = try product()
            left = .binary(mark == "+" ? .plus : .minus, left, right, left.place.lowerBound..<right.place.upperBound)
        }
        return left
    }

    private mutating func product() throws(ExpressionError) -> Expression {
        var left = try signed()
        while case .mark(let mark) = token.kind, mark == "*" || mark == "/" {
            index += 1
            let right = try signed()
            left = .binary(mark == "*" ? .times : .over, left, right, left.place.lowerBound..<right.place.upperBound)
        }
        return left
    }

    private mutating func signed() throws(ExpressionError) -> Expression {
        let start = token.place.lowerBound
        guard takes(mark: "-") else { return try atom() }
        let inner = try nested { parser throws(ExpressionError) in try parser.signed() }
        return .unaryMinus(inner, start..<inner.place.upperBound)
    }

    private mutating func atom() throws(ExpressionError) -> Expression {
        let place = token.place
        switch token.kind {
        case .number(let number):
            index += 1
            return .number(number, place)
        case .text(let text):
            index += 1
            return .text(text, place)
        case .column(let name):
            index += 1
            return .column(name, place)
        case .word("true"), .word("false"):
            let isTrue = token.kind == .word("true")
            index += 1
            return .boolean(isTrue, place)
        case .word(let word) where !Self.reserved.contains(word):
            index += 1
            guard takes(mark: "(") else { return .column(word, place) }
            let items = try arguments()
            return .call(word, items, place.lowerBound..<tokens[index - 1].place.upperBound)
        case .mark("("):
            index += 1
            let inner = try nested { parser throws(ExpressionError) in try parser.disjunction() }
            guard takes(mark: ")") else { throw unexpected("`)`") }
            return inner
        default:
            throw unexpected("a column, a number, a text in quotes, a function or `(`")
        }
    }
}
