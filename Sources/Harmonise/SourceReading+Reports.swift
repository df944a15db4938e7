import Indicators

extension PlaceMatch {
    /// Whether there is nothing to be said of it: what is set aside is told of as a whole.
    var isPlain: Bool {
        switch self {
        case .setAside: true
        case .place(_, .nameAgainstCode): false
        case .place: true
        case .ambiguous, .unknown, .contradictory, .codeOutOfTime, .garbled: false
        }
    }
}

extension SourceReading {
    /// Notes what a person should know about the match of a row.
    ///
    /// - Parameters:
    ///   - match: What it is taken for.
    ///   - row: What it says of its place.
    ///   - value: Any of its cells.
    ///   - isExhausted: Whether too many names were unknown to look for the nearest of all.
    mutating func report(_ match: PlaceMatch, of row: RowName, in value: RawValue, isExhausted: Bool) {
        if match.isPlain { return }
        let origin = value.origin
        let shown = [row.name, row.code].filter { !$0.isEmpty }.joined(separator: ", code ")
        let subject = "\(row.name)\u{1F}\(row.code)\u{1F}\(row.country)"
        func note(_ code: String, expected: String, hint: String = "") {
            ledger.add(code, about: subject, at: origin) {
                Finding(code: code, severity: .warning, at: origin, found: shown, expected: expected, hint: hint)
            }
        }
        switch match {
        case .place(let code, .nameAgainstCode(let others)):
            note(
                "code-name-mismatch",
                expected: "a code that means what the name means, \(code), not \(others.joined(separator: " or "))",
                hint: "the name was taken and the code refused; is it the code of another list or year?"
            )
        case .place, .setAside: break
        case .ambiguous(let codes):
            let lines = codes.map { names.aliasLine(for: row.name, code: $0) }
            note(
                "ambiguous-place",
                expected: "one of \(codes.joined(separator: ", "))",
                hint: "say which by a code, by the word for province or capital, or by a line in the alias file: "
                    + lines.joined(separator: " or ")
            )
        case .unknown(let candidates):
            if row.name.isEmpty, row.code.isEmpty {
                note("place-missing", expected: "the name or code of a place", hint: "is it a total or a blank row?")
            } else {
                note(
                    "unknown-place",
                    expected: "a place of the gazetteer",
                    hint: hint(for: row, candidates, isExhausted)
                )
            }
        case .contradictory(let named, let coded):
            note(
                "code-name-mismatch",
                expected: "a name (\(named.joined(separator: " or "))) and a code (\(coded.joined(separator: " or "))) "
                    + "of the same place",
                hint: "neither was taken"
            )
        case .codeOutOfTime(let place):
            note(
                "code-out-of-time",
                expected: "a code in use in \(value.period); this one was once that of \(place)",
                hint: "if \(place) is meant, add to the alias file: "
                    + names.aliasLine(for: row.name.isEmpty ? row.code : row.name, code: place)
            )
        case .garbled:
            note(
                "replacement-character",
                expected: "a name without U+FFFD",
                hint: "the file was once read in the wrong encoding; get it again, or declare its encoding"
            )
        }
    }

    private func hint(for row: RowName, _ candidates: [PlaceCandidate], _ isExhausted: Bool) -> String {
        let name = row.name.isEmpty ? row.code : row.name
        guard let first = candidates.first else {
            let reason =
                isExhausted
                ? "near spellings are sought for \(RowMatcher.nearestLimit) unknown names, no more"
                : "no spelling is near"
            return "\(reason); add to the alias file: \(names.aliasLine(for: name, code: "CODE")) "
                + "with the code of the place, or * to set it aside"
        }
        let nearest = candidates.map { "\($0.name) (\($0.code))" }.joined(separator: ", ")
        return "nearest: \(nearest); if the first is meant, add to the alias file: "
            + names.aliasLine(for: name, code: first.code)
    }

    /// Notes a period that is no year.
    mutating func report(_ period: PeriodReading, in value: RawValue) {
        let (code, expected): (String, String)
        switch period {
        case .year: return
        case .outOfRange(let words): (code, expected) = ("year-out-of-range", words)
        case .contradictory(let words): (code, expected) = ("calendar-contradiction", words)
        case .unclear(let words): (code, expected) = ("period-unclear", words)
        }
        ledger.add(code, about: value.period, at: value.origin) {
            Finding(code: code, severity: .warning, at: value.origin, found: value.period, expected: expected)
        }
    }
}
