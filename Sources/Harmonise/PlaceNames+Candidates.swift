import Indicators

extension PlaceNames {
    /// The nearest spellings of places, for a person to choose from.
    ///
    /// - Parameters:
    ///   - name: As found.
    ///   - country: Only places of this country, where given.
    ///   - code: The place that a code beside the name means; it comes first, whatever its names.
    /// - Returns: At most three places, each by its nearest spelling; near is what differs in at most a third of the
    ///   longer name's scalars, and always in two.
    package func candidates(for name: String, country: String? = nil, code: String? = nil) -> [PlaceCandidate] {
        let folded = Array(NameFolding.fold(name).core.text.unicodeScalars)
        guard !folded.isEmpty else { return [] }
        var nearest: [String: PlaceCandidate] = [:]
        for index in [index, aliases] {
            index.forEachCore { core, entries in
                let scalars = Array(core.unicodeScalars)
                let limit = max(2, max(scalars.count, folded.count) / 3)
                guard let distance = editDistance(folded, scalars, limit: limit), distance < folded.count else {
                    return
                }
                for entry in entries where !entry.isAbbreviation && entry.code != Self.setAsideCode {
                    guard country == nil || gazetteer.country(of: entry.code) == country else { continue }
                    let candidate = PlaceCandidate(name: entry.name, code: entry.code, distance: distance)
                    if let other = nearest[entry.code], !candidate.precedes(other) { continue }
                    nearest[entry.code] = candidate
                }
            }
        }
        var ordered = nearest.values.sorted { $0.precedes($1) }
        if let code, let place = gazetteer[code] {
            let first = nearest[code] ?? PlaceCandidate(name: place.names.english, code: code, distance: folded.count)
            ordered.removeAll { $0.code == code }
            ordered.insert(first, at: 0)
        }
        return Array(ordered.prefix(3))
    }

    /// The line for the alias file that makes `name` mean `code`.
    package func aliasLine(for name: String, code: String) -> String {
        let isPlain = name.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A && $0 != 0x0D }
        let quoted =
            isPlain
            ? name : "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
        return "\(quoted),\(code),\(Self.language(of: name)),,,"
    }

    /// By the first letter that tells: Thai, Lao, else English.
    private static func language(of name: String) -> String {
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x0E00...0x0E7F: return Language.thai.rawValue
            case 0x0E80...0x0EFF: return Language.lao.rawValue
            default: continue
            }
        }
        return Language.english.rawValue
    }
}

extension PlaceCandidate {
    /// Nearer first, of one place the shorter spelling (without the word for province), then by code and spelling, so
    /// that no order of a list decides.
    fileprivate func precedes(_ other: PlaceCandidate) -> Bool {
        if distance != other.distance { return distance < other.distance }
        if code != other.code { return code < other.code }
        let (length, otherLength) = (name.unicodeScalars.count, other.name.unicodeScalars.count)
        return length != otherLength ? length < otherLength : name < other.name
    }
}
