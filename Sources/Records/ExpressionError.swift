/// What is wrong with an expression, and where in it.
package struct ExpressionError: Error, Hashable, Sendable {
    package var expression: String
    /// Offsets of characters in the expression, counted from 0.
    package var place: Range<Int>
    package var problem: String
    package var expected: String
    package var hint: String

    init(_ expression: String, at place: Range<Int>, _ problem: String, expected: String, hint: String = "") {
        self.expression = expression
        self.place = place
        self.problem = problem
        self.expected = expected
        self.hint = hint
    }

    /// What is wrong, in one line, with the column of the expression.
    package var line: String {
        "character \(place.lowerBound + 1): \(problem); expected \(expected)" + (hint.isEmpty ? "" : "; \(hint)")
    }

    /// The expression, and carets under what is wrong with it.
    package var pointer: String {
        let characters = Array(expression)
        let before = characters.prefix(place.lowerBound).map { $0 == "\t" ? "\t" : " " }.joined()
        return expression + "\n" + before + String(repeating: "^", count: max(1, place.count))
    }
}
