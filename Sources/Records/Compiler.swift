import Indicators

/// Holds expressions against a header and adds them to a program.
struct Compiler {
    let source: String
    let header: [String]

    private enum Kind {
        case number, text, boolean, column

        var words: String {
            switch self {
            case .number: "a number"
            case .text: "a text"
            case .boolean: "a condition"
            case .column: "a column"
            }
        }
    }

    /// The register of a condition.
    func condition(_ expression: Expression, in program: inout Program) throws(ExpressionError) -> Int {
        switch expression {
        case .boolean(let value, _): return program.register(.boolean(value))
        case .not(let inner, _): return program.register(.not(try condition(inner, in: &program)))
        case .binary(.and, let left, let right, _):
            return program.register(.and(try condition(left, in: &program), try condition(right, in: &program)))
        case .binary(.or, let left, let right, _):
            return program.register(.or(try condition(left, in: &program), try condition(right, in: &program)))
        case .binary(let comparison, let left, let right, _) where kind(of: expression) == .boolean:
            return try comparing(comparison, left, right, in: &program)
        case .oneOf(let left, let items, _):
            var result: Int?
            for item in items {
                let equals = try comparing(.equal, left, item, in: &program)
                result = result.map { program.register(.or($0, equals)) } ?? equals
            }
            return result ?? program.register(.boolean(false))
        case .call("is_missing", let arguments, let place):
            guard arguments.count == 1, case .column(let name, let place) = arguments[0] else {
                throw error(place, "is_missing takes one column", expected: "is_missing(COLUMN)")
            }
            return program.register(.isMissing(column: try column(name, place, in: &program)))
        case .call("if", let arguments, let place):
            guard arguments.count == 3 else { throw wrongCount("if", place, "if(CONDITION, THEN, ELSE)") }
            return program.register(
                .choice(
                    condition: try condition(arguments[0], in: &program),
                    then: try condition(arguments[1], in: &program),
                    otherwise: try condition(arguments[2], in: &program)
                )
            )
        case .call(let name, _, let place) where !Self.functions.contains(name): throw unknown(name, place)
        default:
            throw error(
                expression.place,
                "this is \(kind(of: expression).words)",
                expected: "a condition, such as `\(kind(of: expression) == .column ? text(of: expression) : "x") == 1`"
            )
        }
    }

    /// The register of a number; a condition counts as 1 where it holds and 0 where not.
    func number(_ expression: Expression, in program: inout Program) throws(ExpressionError) -> Int {
        switch expression {
        case .number(let number, _): return program.register(.constant(number.reduced))
        case .column(let name, let place):
            return program.register(.number(column: try column(name, place, in: &program)))
        case .unaryMinus(let inner, _): return program.register(.negated(try number(inner, in: &program)))
        case .binary(let sign, let left, let right, _) where kind(of: expression) == .number:
            let first = try number(left, in: &program)
            let second = try number(right, in: &program)
            switch sign {
            case .plus: return program.register(.plus(first, second))
            case .minus: return program.register(.minus(first, second))
            case .times: return program.register(.times(first, second))
            default: return program.register(.over(first, second))
            }
        case .call(let name, let arguments, let place): return try call(name, arguments, place, in: &program)
        case .text(_, let place):
            throw error(place, "this is a text", expected: "a number", hint: "numbers stand without quotes")
        default:
            let held = try condition(expression, in: &program)
            let one = program.register(.constant(Decimal(1)))
            let zero = program.register(.constant(Decimal(0)))
            return program.register(.choice(condition: held, then: one, otherwise: zero))
        }
    }

    private static let functions = ["number", "text", "abs", "min", "max", "if", "is_missing"]

    private func call(
        _ name: String,
        _ arguments: [Expression],
        _ place: Range<Int>,
        in program: inout Program
    ) throws(ExpressionError) -> Int {
        switch name {
        case "number":
            guard arguments.count == 1 else { throw wrongCount(name, place, "number(COLUMN)") }
            return try number(arguments[0], in: &program)
        case "abs":
            guard arguments.count == 1 else { throw wrongCount(name, place, "abs(NUMBER)") }
            return program.register(.absolute(try number(arguments[0], in: &program)))
        case "min", "max":
            guard arguments.count == 2 else { throw wrongCount(name, place, "\(name)(NUMBER, NUMBER)") }
            let first = try number(arguments[0], in: &program)
            let second = try number(arguments[1], in: &program)
            return program.register(name == "min" ? .smaller(first, second) : .larger(first, second))
        case "if":
            guard arguments.count == 3 else { throw wrongCount(name, place, "if(CONDITION, THEN, ELSE)") }
            return program.register(
                .choice(
                    condition: try condition(arguments[0], in: &program),
                    then: try number(arguments[1], in: &program),
                    otherwise: try number(arguments[2], in: &program)
                )
            )
        case "is_missing": return try number(.not(.not(.call(name, arguments, place), place), place), in: &program)
        case "text": throw error(place, "this is a text", expected: "a number")
        default: throw unknown(name, place)
        }
    }

    private func comparing(
        _ comparison: Expression.Operator,
        _ left: Expression,
        _ right: Expression,
        in program: inout Program
    ) throws(ExpressionError) -> Int {
        let place = left.place.lowerBound..<right.place.upperBound
        let kinds = (kind(of: left), kind(of: right))
        if kinds.0 == .text || kinds.1 == .text {
            guard comparison == .equal || comparison == .unequal else {
                throw error(place, "texts have no order", expected: "== or != between texts")
            }
            for (kind, side) in [(kinds.0, left), (kinds.1, right)] where kind != .text && kind != .column {
                throw error(side.place, "this is \(kind.words)", expected: "a text", hint: "the other side is a text")
            }
            let held = try sameText(left, right, place, in: &program)
            return comparison == .equal ? held : program.register(.not(held))
        }
        if kinds == (.column, .column), comparison == .equal || comparison == .unequal {
            let (first, second) = (text(of: left), text(of: right))
            throw error(
                place,
                "two columns can be compared as numbers or as texts",
                expected: "which of the two",
                hint: "write number(\(first)) == number(\(second)), or text(\(first)) == text(\(second))"
            )
        }
        let first = try number(left, in: &program)
        let second = try number(right, in: &program)
        switch comparison {
        case .equal: return program.register(.equal(first, second))
        case .unequal: return program.register(.not(program.register(.equal(first, second))))
        case .less: return program.register(.less(first, second))
        case .greater: return program.register(.less(second, first))
        case .lessOrEqual: return program.register(.not(program.register(.less(second, first))))
        default: return program.register(.not(program.register(.less(first, second))))
        }
    }

    private func sameText(
        _ left: Expression,
        _ right: Expression,
        _ place: Range<Int>,
        in program: inout Program
    ) throws(ExpressionError) -> Int {
        func bare(_ side: Expression) throws(ExpressionError) -> Expression {
            guard case .call("text", let arguments, let place) = side else { return side }
            guard arguments.count == 1, case .column = arguments[0] else {
                throw wrongCount("text", place, "text(COLUMN)")
            }
            return arguments[0]
        }
        switch (try bare(left), try bare(right)) {
        case (.column(let name, let place), .text(let text, _)), (.text(let text, _), .column(let name, let place)):
            guard !text.isEmpty else {
                throw error(place, "an empty field is missing, never equal to a text", expected: "is_missing(\(name))")
            }
            return program.register(.holds(column: try column(name, place, in: &program), text: program.text(text)))
        case (.column(let first, let place), .column(let second, let other)):
            return program.register(
                .holdsSame(
                    column: try column(first, place, in: &program),
                    other: try column(second, other, in: &program)
                )
            )
        default: throw error(place, "nothing of this is a column", expected: "a column on one side at least")
        }
    }

    private func kind(of expression: Expression) -> Kind {
        switch expression {
        case .number, .unaryMinus: .number
        case .text: .text
        case .boolean, .not, .oneOf: .boolean
        case .column: .column
        case .binary(let sign, _, _, _):
            switch sign {
            case .plus, .minus, .times, .over: .number
            default: .boolean
            }
        case .call("text", _, _): .text
        case .call("is_missing", _, _): .boolean
        case .call("if", let arguments, _):
            arguments.count == 3 && kind(of: arguments[1]) == .boolean ? .boolean : .number
        case .call: .number
        }
    }

    /// The index among the columns asked for of a column by its name in the header.
    func column(_ name: String, _ place: Range<Int>, in program: inout Program) throws(ExpressionError) -> Int {
        let matches = header.indices.filter { header[$0] == name }
        guard let column = matches.first else {
            let shown = header.prefix(20).joined(separator: ", ") + (header.count > 20 ? ", ..." : "")
            let near = Indicators.hint(for: name, among: header)
            throw error(place, "the header has no column `\(name)`", expected: "one of \(shown)", hint: near)
        }
        guard matches.count == 1 else {
            throw error(
                place,
                "the header has \(matches.count) columns `\(name)`",
                expected: "a column with a name of its own"
            )
        }
        return program.ask(for: column)
    }

    private func text(of expression: Expression) -> String {
        String(Array(source)[expression.place])
    }

    func error(_ place: Range<Int>, _ problem: String, expected: String, hint: String = "") -> ExpressionError {
        ExpressionError(source, at: place, problem, expected: expected, hint: hint)
    }

    private func wrongCount(_ name: String, _ place: Range<Int>, _ form: String) -> ExpressionError {
        error(place, "\(name) has too few or too many arguments", expected: form)
    }

    private func unknown(_ name: String, _ place: Range<Int>) -> ExpressionError {
        error(
            place,
            "there is no function \(name)",
            expected: "one of " + Self.functions.joined(separator: ", "),
            hint: Indicators.hint(for: name, among: Self.functions)
        )
    }
}
