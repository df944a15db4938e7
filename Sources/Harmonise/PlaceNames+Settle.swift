import Indicators

extension PlaceNames {
    /// What a code means.
    struct CodeMatch {
        /// Sorted.
        var codes: [String]
        var isOutOfTime: Bool
    }

    /// The places that `code` may mean; `nil` where it means nothing.
    func places(forCode code: String, country: String?, year: Int?, within context: FileContext) -> CodeMatch? {
        var entries = codes.places(for: code)
        if entries.isEmpty {
            let named = index.entries(full: known(code).folded.full, year: year)
            entries = named.filter { $0.code != Self.setAsideCode }.map { PlaceCodes.Entry(place: $0.code) }
        }
        if entries.count > 1, let country = country ?? onlyCountry(of: context) {
            let there = entries.filter { gazetteer.country(of: $0.place) == country }
            if !there.isEmpty { entries = there }
        }
        guard !entries.isEmpty else { return nil }
        if entries.count == 1, entries[0].years == nil {
            return CodeMatch(codes: [entries[0].place], isOutOfTime: false)
        }
        let timely = entries.filter { entry in
            guard let years = entry.years, let year else { return true }
            return years.contains(year)
        }
        return CodeMatch(
            codes: Set((timely.isEmpty ? entries : timely).map(\.place)).sorted(),
            isOutOfTime: timely.isEmpty
        )
    }

    func matchByCode(_ match: CodeMatch) -> PlaceMatch {
        if match.isOutOfTime { return .codeOutOfTime(place: match.codes[0]) }
        return match.codes.count == 1 ? .place(code: match.codes[0], how: .code) : .ambiguous(match.codes)
    }

    /// The gazetteer's code of a country that a row states by code or name; `nil` where it is empty or unknown.
    package func countryCode(_ text: String) -> String? {
        if text.isEmpty { return nil }
        if let place = gazetteer[text], place.code == place.country { return place.code }
        let entries = index.entries(full: known(text).folded.full, year: nil)
        return entries.lazy.compactMap { gazetteer[$0.code] }.filter { $0.code == $0.country }.map(\.code).min()
    }

    /// The one place among several that share a name which the rest of the file points to.
    ///
    /// - Returns: The place and, in words, why; no place where they stay ambiguous.
    func settle(
        _ candidates: [String],
        within context: FileContext,
        isSettlingLevels: Bool
    ) -> (place: String?, reason: String?) {
        if candidates.count == 1 { return (candidates[0], nil) }
        var left = candidates
        var reasons: [String] = []
        if !areOfOneCountry(left), let country = onlyCountry(of: context) {
            let there = left.filter { gazetteer.country(of: $0) == country }
            if !there.isEmpty, there.count < left.count {
                left = there
                reasons.append("the file's other places are all in \(country)")
            }
        }
        if left.count > 1, isSettlingLevels, let (place, reason) = settleLevels(left, within: context) {
            left = [place]
            reasons.append(reason)
        }
        if left.count > 1 {
            let unnamed = left.filter { !context.places.contains($0) }
            if !unnamed.isEmpty, unnamed.count < left.count {
                let named = left.filter(context.places.contains)
                left = unnamed
                reasons.append("the file names \(named.joined(separator: ", ")) otherwise")
            }
        }
        return (left.count == 1 ? left[0] : nil, reasons.joined(separator: "; "))
    }

    /// Decides between an area and its part of the same name: by declaration, by the levels of the file's other places
    /// in that country, else for the finest.
    private func settleLevels(_ candidates: [String], within context: FileContext) -> (String, String)? {
        guard let finest = candidates.first(where: { isPart($0, ofAll: candidates) }),
            let country = gazetteer.country(of: finest)
        else { return nil }
        func only(_ level: PlaceLevel) -> String? {
            let there = candidates.filter { gazetteer.level(of: $0) == level }
            return there.count == 1 ? there[0] : nil
        }
        if let level = context.level, let place = only(level) {
            return (place, "the source declares its level: \(level.rawValue)")
        }
        if let level = onlyLevel(of: context, in: country), let place = only(level) {
            return (place, "the file's other places are all of level \(level.rawValue)")
        }
        return (finest, "the finest level is meant unless declared")
    }

    /// The level of all places of the context that lie in a country; `nil` where they are of several or there are none.
    private func onlyLevel(of context: FileContext, in country: String) -> PlaceLevel? {
        var only: PlaceLevel?
        for code in context.places {
            guard let place = gazetteer[code], place.country == country, place.code != country, place.level != only
            else { continue }
            if only != nil { return nil }
            only = place.level
        }
        return only
    }

    /// Whether the place lies in all others of the list.
    private func isPart(_ code: String, ofAll candidates: [String]) -> Bool {
        var above: Set<String> = [code]
        var next = gazetteer[code]?.parent
        while let parent = next, above.insert(parent).inserted { next = gazetteer[parent]?.parent }
        return above.isSuperset(of: candidates)
    }

    private func areOfOneCountry(_ codes: [String]) -> Bool {
        let country = codes.first.flatMap { gazetteer.country(of: $0) }
        return codes.dropFirst().allSatisfy { gazetteer.country(of: $0) == country }
    }

    /// The country that all places of the context lie in; `nil` where they lie in several or there are none.
    private func onlyCountry(of context: FileContext) -> String? {
        var only: String?
        for place in context.places {
            guard let country = gazetteer.country(of: place), country != only else { continue }
            if only != nil { return nil }
            only = country
        }
        return only
    }
}
