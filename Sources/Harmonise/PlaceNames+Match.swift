package import Indicators

extension PlaceNames {
    /// Which place a name means, with the code and the country beside it where there are such.
    ///
    /// - Parameters:
    ///   - name: As found. Folded here.
    ///   - code: ISO 3166-2, p-code or national code, as found; empty for none. A code that means nothing is passed
    ///     over when there is a name.
    ///   - country: A code or name of a country, empty where none is stated.
    ///   - year: Common Era, for names and codes that hold in some years only; `nil` asks for any year.
    ///   - context: What the rest of the file tells, from ``context(of:level:)``.
    ///   - seeksNearest: Whether to look for the spellings nearest to an unknown name, which takes a thousand times as
    ///     long as to look the name up.
    /// - Returns: The place and by which rule it was found, or why there is none.
    package func match(
        _ name: String,
        code: String = "",
        country: String = "",
        year: Int? = nil,
        within context: FileContext = FileContext(),
        seeksNearest: Bool = true
    ) -> PlaceMatch {
        find(
            name,
            known(name),
            code: code,
            country: countryCode(country),
            year: year,
            within: context,
            isSettlingLevels: true,
            seeksNearest: seeksNearest
        )
    }

    /// What the names of a file tell about the ambiguous ones among them.
    ///
    /// - Parameters:
    ///   - rows: The distinct names, codes and countries of the file, in any order.
    ///   - level: The level that the source declares its names to be of.
    /// - Returns: The places that are named beyond doubt, for ``match(_:code:country:year:within:)``.
    package func context(
        of rows: some Sequence<(name: String, code: String, country: String)>,
        level: PlaceLevel? = nil
    ) -> FileContext {
        var context = FileContext(level: level)
        for row in rows {
            let country = countryCode(row.country)
            let place = certainPlace(row.name, known(row.name), code: row.code, country: country, level: level)
            if let place { context.places.insert(place) }
        }
        return context
    }

    /// The place that a row names beyond doubt, whatever stands in the other rows; `nil` where it names none.
    func certainPlace(
        _ name: String,
        _ known: KnownName,
        code: String,
        country: String?,
        level: PlaceLevel?
    ) -> String? {
        let match = find(
            name,
            known,
            code: code,
            country: country,
            year: nil,
            within: FileContext(level: level),
            isSettlingLevels: level != nil,
            seeksNearest: false
        )
        return if case .place(let code, _) = match { code } else { nil }
    }

    /// Whether a row means one place by its name alone: then no other row has a say in it.
    func isUnmistakable(_ known: KnownName, code: String, country: String?) -> Bool {
        guard code.isEmpty, known.isTimeless, known.found.codes.count == 1 else { return false }
        guard let country else { return true }
        return known.found.isSetAside || gazetteer.country(of: known.found.codes[0]) == country
    }

    /// Whether a name with a code beside it means the same in every year.
    func isTimeless(_ known: KnownName, code: String) -> Bool {
        guard known.isTimeless else { return false }
        if code.isEmpty { return true }
        return (index.isTimeless || index.isTimeless(self.known(code).folded)) && codes.isTimeless(code)
    }

    /// What ``match(_:code:country:year:within:seeksNearest:)`` tells of a name that was looked up already, with the code of the
    /// country. Where not `isSettlingLevels`, an area and its part of the same name are not told apart.
    func find(
        _ name: String,
        _ known: KnownName,
        code: String,
        country: String?,
        year: Int?,
        within context: FileContext,
        isSettlingLevels: Bool,
        seeksNearest: Bool
    ) -> PlaceMatch {
        if known.isGarbled { return .garbled }
        let byCode = code.isEmpty ? nil : places(forCode: code, country: country, year: year, within: context)
        if known.folded.isEmpty {
            guard let byCode else {
                return code.isEmpty ? country.map { .place(code: $0, how: .country) } ?? .unknown([]) : .unknown([])
            }
            return matchByCode(byCode)
        }
        var found = known.isTimeless || year == nil ? known.found : lookUp(name, known.folded, year: year)
        if let country, !found.isSetAside, found.codes.contains(where: { gazetteer.country(of: $0) != country }) {
            found.codes.removeAll { gazetteer.country(of: $0) != country }
        }
        if found.codes.isEmpty {
            let asCode = places(forCode: name, country: country, year: year, within: context)
            guard let asCode, Self.looksLikeCode(name, known.folded) else {
                guard seeksNearest else { return .unknown([]) }
                return .unknown(candidates(for: name, country: country, code: byCode?.codes.first))
            }
            if let byCode, Set(byCode.codes).isDisjoint(with: asCode.codes) {
                return .contradictory(names: asCode.codes, code: byCode.codes)
            }
            return matchByCode(asCode)
        }
        if found.isSetAside { return .setAside }
        if found.codes.count > 1 { found.codes.removeAll { $0 == Self.setAsideCode } }
        return reconcile(found, byCode, within: context, isSettlingLevels: isSettlingLevels)
    }

    /// Brings what the name says and what the code says together.
    private func reconcile(
        _ found: Found,
        _ byCode: CodeMatch?,
        within context: FileContext,
        isSettlingLevels: Bool
    ) -> PlaceMatch {
        guard let byCode, !byCode.codes.isEmpty else {
            let settled = settle(found.codes, within: context, isSettlingLevels: isSettlingLevels)
            guard let place = settled.place else { return .ambiguous(found.codes) }
            return .place(code: place, how: settled.reason.map { .context($0) } ?? found.how)
        }
        let common = found.codes.filter { byCode.codes.contains($0) }
        if common.isEmpty || byCode.isOutOfTime {
            guard found.codes.count == 1 else { return .contradictory(names: found.codes, code: byCode.codes) }
            return .place(code: found.codes[0], how: .nameAgainstCode(byCode.codes))
        }
        if common.count == 1 {
            return .place(code: common[0], how: found.codes.count == 1 ? found.how : .nameAndCode)
        }
        let settled = settle(common, within: context, isSettlingLevels: isSettlingLevels)
        guard let place = settled.place else { return .ambiguous(common) }
        return .place(code: place, how: .nameAndCode)
    }

    /// The places that a name may mean, sorted, and by which rule.
    struct Found: Sendable {
        var codes: [String]
        var how: PlaceMatch.How

        /// Whether the name means nothing but a total or an area that is no place of the gazetteer.
        var isSetAside: Bool { codes.count == 1 && codes[0] == PlaceNames.setAsideCode }
    }

    /// The places that a folded name may mean before anything beside it is asked.
    func lookUp(_ name: String, _ folded: FoldedName, year: Int?) -> Found {
        if !aliases.entries.isEmpty {
            var own = aliases.entries(full: folded.full, year: year)
            if own.isEmpty { own = aliases.entries(core: folded.core, year: year).filter { $0.kind == folded.kind } }
            if !own.isEmpty { return Found(codes: Self.codes(of: own), how: .alias) }
        }
        let exact = index.entries(full: folded.full, year: year)
        let isSpelling = exact.contains { $0.name == name }
        switch folded.kind {
        case .plain:
            let how: PlaceMatch.How = isSpelling ? .spelling : exact.isEmpty ? .word : .folding
            // The bare name of a province and of a capital is ambiguous even where a list gives it to one of them.
            return Found(codes: Self.codes(of: exact, index.entries(core: folded.core, year: year)), how: how)
        case .province, .capital, .region:
            if !exact.isEmpty { return Found(codes: Self.codes(of: exact), how: isSpelling ? .spelling : .folding) }
            let core = index.entries(core: folded.core, year: year)
            return Found(codes: codes(of: core, calledA: folded.kind), how: .word)
        }
    }

    /// Those of the entries that the word for the kind of place leaves.
    private func codes(of core: [NameIndex.Entry], calledA kind: NameKind) -> [String] {
        let same = core.filter { $0.kind == kind && $0.code != Self.setAsideCode }
        // What is called a province is no country: `province_th` heads a column, it does not name Thailand.
        let rest = core.filter {
            $0.kind == .plain && $0.code != Self.setAsideCode && gazetteer.level(of: $0.code) != .country
        }
        switch kind {
        case .plain: return Self.codes(of: core)
        case .region:
            let regions = core.filter { gazetteer.level(of: $0.code) == .region }
            return Self.codes(of: regions)
        case .capital:
            return Self.codes(of: same.isEmpty ? rest.filter { index.capitals.contains($0.code) } : same)
        case .province:
            let provinces = (same.isEmpty ? rest : same).filter { gazetteer.level(of: $0.code) != .region }
            let others = provinces.filter { !index.capitals.contains($0.code) }
            return Self.codes(of: others.isEmpty ? provinces : others)
        }
    }

    /// The codes of some entries, each once, sorted.
    private static func codes(of entries: [NameIndex.Entry], _ others: [NameIndex.Entry] = []) -> [String] {
        guard entries.count + others.count <= 8 else { return Set((entries + others).lazy.map(\.code)).sorted() }
        var codes: [String] = []
        // Most names have few meanings: to look through them takes less time than to hash them.
        for entry in entries where !codes.contains(entry.code) { codes.append(entry.code) }
        for entry in others where !codes.contains(entry.code) { codes.append(entry.code) }
        if codes.count > 1 { codes.sort() }
        return codes
    }

    /// Short, of Latin letters and digits, and with a digit or hyphen: what a name hardly ever is.
    private static func looksLikeCode(_ text: String, _ folded: FoldedName) -> Bool {
        let bytes = folded.full.text.utf8
        return bytes.count <= 12 && bytes.allSatisfy { $0 < 0x80 }
            && (bytes.contains { (0x30...0x39).contains($0) } || text.utf8.contains(0x2D))
    }
}
