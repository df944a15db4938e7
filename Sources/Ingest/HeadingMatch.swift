/// What the headings that a source declares say of one column.
struct HeadingMatch {
    var indicator: String?
    var group: String?
    var isFound = false
    /// The parts of the header that are no heading, and what is left of one that holds a heading.
    var rests: [String] = []

    init(_ parts: [String], headings: [Heading]) {
        for part in parts {
            var rest = part
            for heading in headings where !heading.text.isEmpty && rest.holds(heading.text) {
                isFound = true
                indicator = heading.indicator ?? indicator
                group = heading.group ?? group
                rest = rest.removing(heading.text).trimmed
            }
            let isUnit = rest != part && rest.hasPrefix("(") && rest.hasSuffix(")")
            if !rest.isEmpty, !isUnit { rests.append(rest) }
        }
    }
}

extension String {
    /// Whether `heading` is the text, or begins or ends it as words of their own: `ชาย 2561`.
    fileprivate func holds(_ heading: String) -> Bool {
        self == heading || hasPrefix(heading + " ") || hasSuffix(" " + heading)
    }

    fileprivate func removing(_ heading: String) -> String {
        if self == heading { return "" }
        return String(hasPrefix(heading + " ") ? dropFirst(heading.count) : dropLast(heading.count))
    }
}
