import Indicators

extension SourceReading {
    /// One column of a file: what its places have in common.
    private struct Column: Hashable {
        var indicator: String
        var group: String
        var year: Int
    }

    /// Marks, keeps or refuses what stands for a place in a year in which it did not exist.
    ///
    /// Missing: status `M`. Zero: it did not exist, so no value and status `M`. Another number: kept and marked
    /// `retabulated` where the pipeline declares it, or where it is evident, because the same file has a value of the
    /// same indicator, group and year for a place that it was made of; else refused.
    mutating func judgeLifetimes(_ observations: inout [Observation]) {
        // Asked once for each place: most files know of none that was not there.
        let places = names.gazetteer.places
        let mortal = hasValues.indices.filter { hasValues[$0] && !places[$0].lifespans.isEmpty }.map { places[$0] }
        if mortal.isEmpty { return }
        // A place's observations stand together.
        var last = (place: "", mortal: Place?.none)
        let untimely = observations.indices.filter { position in
            if last.place != observations[position].place {
                let place = observations[position].place
                last = (place, Self.place(place, among: mortal))
            }
            return last.mortal?.exists(in: observations[position].year) == false
        }
        if untimely.isEmpty { return }
        let numbers = changedPlacesWithNumbers(observations, in: Set(untimely.map { observations[$0].year }))
        var refused: Set<Int> = []
        for position in untimely {
            guard let place = Self.place(observations[position].place, among: mortal) else { continue }
            let isKept = judge(
                &observations[position],
                place,
                alongside: numbers[column(of: observations[position])] ?? []
            )
            if !isKept { refused.insert(position) }
        }
        if refused.isEmpty { return }
        observations = observations.indices.filter { !refused.contains($0) }.map { observations[$0] }
    }

    /// The place of a code among some in the order of their codes, `nil` where it is none of them.
    private static func place(_ code: String, among places: [Place]) -> Place? {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].code < code { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low].code == code ? places[low] : nil
    }

    /// The places that were made of others, or of which others were made, and that have a number other than 0 in one of the years.
    private func changedPlacesWithNumbers(_ observations: [Observation], in years: Set<Int>) -> [Column: Set<String>] {
        let changed = Set(gazetteer.changes.flatMap { $0.predecessors + $0.successors })
        var numbers: [Column: Set<String>] = [:]
        var last = (place: "", isChanged: false)
        // By position: those that are left as they are need not be copied.
        for position in observations.indices {
            if last.place != observations[position].place {
                last = (observations[position].place, changed.contains(observations[position].place))
            }
            guard last.isChanged, years.contains(observations[position].year),
                observations[position].value ?? 0 != 0
            else { continue }
            numbers[column(of: observations[position]), default: []].insert(observations[position].place)
        }
        return numbers
    }

    private func column(of observation: Observation) -> Column {
        Column(indicator: observation.indicator, group: observation.group, year: observation.year)
    }

    /// - Returns: Whether the observation is kept.
    private mutating func judge(
        _ observation: inout Observation,
        _ place: Place,
        alongside others: Set<String>
    ) -> Bool {
        let year = observation.year
        guard let value = observation.value else {
            observation.status = .impossible
            return true
        }
        if value == 0 {
            report(observation, place, .note, "no value: the place did not exist, and 0 is taken to say so")
            observation.value = nil
            observation.standardError = nil
            observation.status = .impossible
            observation.decisions.append(
                Decision(subject: "status", statement: "0 is no value: \(place.code) did not exist in \(year)")
            )
            return true
        }
        let kin = kin(of: place, in: year)
        let reason: String
        switch options.retabulated {
        case .all: reason = "the source declares that it re-tabulated"
        case .places(let codes) where codes.contains(place.code): reason = "the source declares that it re-tabulated"
        case .evident, .places:
            let evidence = kin.filter(others.contains)
            guard !evidence.isEmpty else {
                report(observation, place, .warning, "no value; it is refused", hint: refusalHint(kin))
                tally(refusing: observation.originCount)
                return false
            }
            reason = "the file has \(evidence.joined(separator: ", ")) of that year beside it"
        }
        report(observation, place, .note, "no value; it is kept as re-tabulated: \(reason)")
        observation.treatments.insert(.retabulated)
        observation.decisions.append(
            Decision(
                subject: "status",
                statement: "\(place.code) did not exist in \(year); re-tabulated by the source: \(reason)"
            )
        )
        return true
    }

    private func refusalHint(_ kin: [String]) -> String {
        let names = kin.isEmpty ? "its predecessors" : kin.joined(separator: ", ")
        return "if the source re-tabulated it, declare `retabulated`; the file has no value of \(names) beside it"
    }

    private mutating func tally(refusing count: Int) {
        use(-count)
        refuse(count)
    }

    /// The places that hold the land of one that does not exist in `year`: those it will be made of, else those that
    /// got it.
    private func kin(of place: Place, in year: Int) -> [String] {
        let own = gazetteer.changes.filter { $0.place == place.code }
        let births = own.filter { $0.kind == .split || $0.kind == .recreation }
        if let next = births.first(where: { $0.date.year > year }) { return next.predecessors.sorted() }
        return own.last { $0.kind == .merger && $0.date.year < year }?.successors.sorted() ?? []
    }

    private mutating func report(
        _ observation: Observation,
        _ place: Place,
        _ severity: Finding.Severity,
        _ expected: String,
        hint: String = ""
    ) {
        guard let origin = observation.origins.first else { return }
        let isToCome = place.lifespans.contains { ($0.from?.year ?? .min) > observation.year }
        let code = isToCome ? "province-not-yet" : "province-no-more"
        let found = "\(place.code), \(observation.indicator), \(observation.year): \(observation.texts.first ?? "")"
        ledger.add(code, about: "\(place.code)\u{1F}\(observation.indicator)\u{1F}\(expected)", at: origin) {
            Finding(code: code, severity: severity, at: origin, found: found, expected: expected, hint: hint)
        }
    }
}
