import Indicators

extension SourceReading {
    /// Sets the rows of countries and regions aside, unless they are wanted: see ``HarmoniseOptions/levels``.
    mutating func setLevelsAside() {
        var found: Set<String> = Set(totals.map { values[$0.value].place })
        var cells = totals.count
        let isUnwanted = unwantedPlaces()
        if isUnwanted.contains(true) {
            let places = names.gazetteer.places
            for position in placed.indices where isUnwanted[placed[position].place] {
                let name = values[placed[position].value].place
                found.insert(name.isEmpty ? places[placed[position].place].code : name)
            }
            let before = placed.count
            removePlaced(where: isUnwanted)
            cells += before - placed.count
            setAside(before - placed.count)
        }
        guard !found.isEmpty else { return }
        ledger.add(
            Finding(
                code: "rows-set-aside",
                severity: .note,
                file: values.first?.origin.file ?? "",
                found: "\(found.sorted().joined(separator: ", ")) (\(cells) cells)",
                expected: "rows of the finest level, or of those that `levels` lists",
                hint: "these are totals and areas of the others; list their level under `levels` to use them too"
            ),
            about: ""
        )
    }

    /// By position among the places of the gazetteer: whether the file has values of it that do not become observations. Asked
    /// once for each place, not for each value.
    private func unwantedPlaces() -> [Bool] {
        let (places, isFinest, hasValues) = (names.gazetteer.places, names.isFinest, hasValues)
        if let declared = options.levels {
            return hasValues.indices.map { hasValues[$0] && !declared.contains(places[$0].level) }
        }
        // The countries of which the file has places of the finest level.
        var refined: [String] = []
        for position in hasValues.indices where hasValues[position] && isFinest[position] {
            let country = places[position].country
            if refined.last != country, !refined.contains(country) { refined.append(country) }
        }
        return hasValues.indices.map { hasValues[$0] && !isFinest[$0] && refined.contains(places[$0].country) }
    }
}
