/// An expression over the columns of a record, as written: its words understood, its types not yet.
indirect enum Expression: Hashable, Sendable {
    enum Operator: String, Hashable, Sendable {
        case or, and
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
    }

    case number(Decimal, Range<Int>)
    case text(String, Range<Int>)
    case boolean(Bool, Range<Int>)
    case column(String, Range<Int>)
    case unaryMinus(Expression, Range<Int>)
    case not(Expression, Range<Int>)
    case binary(Operator, Expression, Expression, Range<Int>)
    case oneOf(Expression, [Expression], Range<Int>)
    case call(String, [Expression], Range<Int>)

    var place: Range<Int> {
        switch self {
        case .number(_, let place), .text(_, let place), .boolean(_, let place), .column(_, let place),
            .unaryMinus(_, let place), .not(_, let place), .binary(_, _, _, let place), .oneOf(_, _, let place),
            .call(_, _, let place):
            place
        }
    }
}

/// A word, a mark or a literal of an expression.
struct Token {
    enum Kind: Equatable {
        case number(Decimal)
        case text(String)
        /// A bare word: a column, a function, or one of `and or not in true false`.
        case word(String)
        /// A column in backquotes or brackets, whatever its characters.
        case column(String)
        case mark(String)
        case end
    }

    var kind: Kind
    var place: Range<Int>
}

/// Cuts an expression into tokens.
struct Lexer {
    private let source: String
    private let characters: [Character]
    private var index = 0

    init(_ source: String) {
        self.source = source
        characters = Array(source)
    }

    mutating func tokens() throws(ExpressionError) -> [Token] {
        var tokens: [Token] = []
        while true {
            while index < characters.count, characters[index].isWhitespace { index += 1 }
            guard index < characters.count else { break }
            tokens.append(try next())
        }
        tokens.append(Token(kind: .end, place: characters.count..<characters.count))
        return tokens
    }

    private mutating func next() throws(ExpressionError) -> Token {
        let start = index
        let character = characters[index]
        if let closing = ["\"": "\"", "'": "'", "`": "`"][character] as Character? {
            let text = try quoted(closing)
            return Token(kind: character == "`" ? .column(text) : .text(text), place: start..<index)
        }
        if character.isASCII && character.isNumber { return try number() }
        if character == "_" || character.isLetter || character.isNumber {
            while index < characters.count, Self.isOfWord(characters[index]) { index += 1 }
            return Token(kind: .word(String(characters[start..<index])), place: start..<index)
        }
        for mark in ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", ","]
        where characters[index...].starts(with: mark) {
            index += mark.count
            return Token(kind: .mark(mark), place: start..<index)
        }
        let hints = ["=": "== compares", "&": "write `and`", "|": "write `or`", "!": "write `not`"]
        throw ExpressionError(
            source,
            at: start..<start + 1,
            "`\(character)` means nothing here",
            expected: "a column, a number, a text in quotes or an operator",
            hint: hints[String(character)] ?? ""
        )
    }

    private static func isOfWord(_ character: Character) -> Bool {
        character == "_" || character.isLetter || character.isNumber
            || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .nonspacingMark }
    }

    /// The text up to the closing mark, which is doubled where it is meant.
    private mutating func quoted(_ mark: Character) throws(ExpressionError) -> String {
        let start = index
        var text = ""
        index += 1
        while index < characters.count {
            let character = characters[index]
            index += 1
            if character == mark {
                guard index < characters.count, characters[index] == mark else { return text }
                index += 1
            }
            text.append(character)
        }
        throw ExpressionError(
            source,
            at: start..<start + 1,
            "a quote opens here and is never closed",
            expected: "a closing \(mark)"
        )
    }

    private mutating func number() throws(ExpressionError) -> Token {
        let start = index
        while index < characters.count, Self.isOfWord(characters[index]) || characters[index] == "." { index += 1 }
        let text = Array(String(characters[start..<index]).utf8)
        let reading = unsafe text.withUnsafeBufferPointer { unsafe NumberBytes.read($0) }
        guard case .number(let number) = reading else {
            throw ExpressionError(
                source,
                at: start..<index,
                "this is no number",
                expected: "digits with at most one point, at most \(Decimal.digitLimit) of them",
                hint:
                    "a column whose name begins with a digit goes in backquotes: `\(String(characters[start..<index]))`"
            )
        }
        return Token(kind: .number(number), place: start..<index)
    }
}
