/// Why a file cannot be read at all: nothing of it is used.
package struct IngestError: Error, Hashable, CustomStringConvertible {
    /// Stable, in words joined by hyphens: `no-such-column`, `invalid-text`, `unclosed-quote`.
    package var code: String
    package var file: String
    /// The line, counted from 1; 0 where the whole file is meant.
    package var line: Int
    /// The position of the field in its record, counted from 1; 0 where the whole record is meant.
    package var column: Int
    package var problem: String
    package var expected: String
    package var found: String
    package var hint: String

    package init(
        code: String,
        file: String,
        line: Int = 0,
        column: Int = 0,
        problem: String,
        expected: String = "",
        found: String = "",
        hint: String = ""
    ) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
        self.expected = expected
        self.found = found
        self.hint = hint
    }

    /// `FILE:LINE:COLUMN: problem; expected ...; found ...; hint`, without what is not known.
    package var description: String {
        var place = excerpt(file, limit: .max)
        if line > 0 {
            place += ":\(line)"
            if column > 0 { place += ":\(column)" }
        }
        var parts = ["\(place): \(problem)"]
        if !expected.isEmpty { parts.append("expected \(expected)") }
        if !found.isEmpty { parts.append("found \(found)") }
        if !hint.isEmpty { parts.append(hint) }
        return parts.joined(separator: "; ")
    }
}
