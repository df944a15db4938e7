/// Something that keeps a run from going on: where, what, and what to do about it.
package struct Problem: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// `nil` where the file as a whole is to blame.
    package var place: TextPlace?
    package var problem: String
    /// Finishes "expected ..."; empty where there is nothing to expect.
    package var expected: String
    package var found: String
    package var hint: String
    /// Lines to show below: an expression, and what points into it; empty where there is none.
    package var pointer = ""

    package init(
        file: String,
        place: TextPlace? = nil,
        problem: String,
        expected: String = "",
        found: String = "",
        hint: String = ""
    ) {
        self.file = file
        self.place = place
        self.problem = problem
        self.expected = expected
        self.found = found
        self.hint = hint
    }

    /// `FILE:LINE:COLUMN: problem; expected ...; found ...; hint`, on one line, control characters escaped.
    package var description: String {
        var text = Printable.escaped(file)
        if let place { text += ":\(place.line):\(place.column)" }
        text += ": " + Printable.escaped(problem)
        if !expected.isEmpty { text += "; expected " + Printable.escaped(expected) }
        if !found.isEmpty { text += "; found " + Printable.escaped(found) }
        if !hint.isEmpty { text += "; " + Printable.escaped(hint) }
        return text
    }
}

/// The run cannot go on. Exit 2; the last good output stands.
package struct RunFailure: Error, Sendable, CustomStringConvertible {
    package var problems: [Problem]

    package init(_ problems: [Problem]) {
        precondition(!problems.isEmpty, "a failure without a problem tells nobody anything")
        self.problems = problems
    }

    package init(_ problem: Problem) {
        self.init([problem])
    }

    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// Text that is safe to show: what a terminal would obey is escaped.
package enum Printable {
    /// The text in quotation marks, shortened when long.
    package static func quoted(_ text: String, limit: Int = 80) -> String {
        let shown = text.unicodeScalars.count > limit ? String(text.unicodeScalars.prefix(limit)) + "..." : text
        return "\"" + escaped(shown) + "\""
    }

    /// The text with control characters, line separators and directional overrides written as `\u{...}`.
    package static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar) {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
