import Indicators

/// The cells that have no score since too little around them was observed.
struct Withheld: Sendable {
    /// One for each cell of the panel; empty where none is withheld.
    private(set) var cells: [Bool] = []
    private(set) var findings: [Finding] = []

    var isEmpty: Bool { cells.isEmpty }

    func contains(_ cell: Int) -> Bool { !cells.isEmpty && cells[cell] }

    /// Judges a panel. Linear in its cells.
    init(_ rule: CoverageRule?, of panel: ValuePanel, catalogue: Catalogue, gazetteer: Gazetteer) {
        guard let rule else { return }
        findings = rule.faults(in: catalogue, gazetteer: gazetteer)
        guard findings.isEmpty else { return }
        cells = [Bool](repeating: false, count: panel.values.count)
        let covered = panel.series.indices.filter { position in
            catalogue[panel.series[position].indicator].map { rule.indicators.covers($0) } ?? false
        }
        if let share = rule.place {
            for group in Set(covered.map { panel.series[$0].group }).sorted() {
                withholdPlaces(below: share, covered.filter { panel.series[$0].group == group }, rule, panel)
            }
        }
        if let share = rule.group {
            let groups = rule.grouping.groups(of: panel.places, gazetteer: gazetteer)
            for series in covered { withholdGroups(below: share, series, groups, rule, panel) }
        }
    }

    /// Whether a value not older than the rule allows was observed.
    private static func isObserved(_ cell: Int, in block: Range<Int>, _ rule: CoverageRule, _ panel: ValuePanel) -> Bool
    {
        var cell = cell
        for _ in 0...rule.within {
            if !panel.values[cell].isNaN { return true }
            cell -= panel.places.count
            if cell < block.lowerBound { return false }
        }
        return false
    }

    private mutating func withholdPlaces(
        below share: Double,
        _ covered: [Int],
        _ rule: CoverageRule,
        _ panel: ValuePanel
    ) {
        var counts = [Int](repeating: 0, count: panel.blockSize)
        for series in covered {
            let block = panel.block(series)
            for cell in block where Self.isObserved(cell, in: block, rule, panel) {
                counts[cell - block.lowerBound] += 1
            }
        }
        var reports = [[String]](repeating: [], count: panel.places.count)
        let isReported = panel.isReported(in: covered)
        for (year, number) in panel.years.enumerated() {
            let row = year * panel.places.count..<(year + 1) * panel.places.count
            // A year in which nothing was observed anywhere says nothing about a place.
            let isBlank = counts[row].allSatisfy { $0 == 0 }
            for position in row where Double(counts[position]) / Double(covered.count) < share {
                for series in covered { cells[panel.block(series).lowerBound + position] = true }
                let place = position - row.lowerBound
                if !isBlank, isReported[place], panel.places[place].exists(in: number) {
                    reports[place].append("\(number) (\(counts[position]))")
                }
            }
        }
        let group = covered.first.map { panel.series[$0].group } ?? ""
        for (place, years) in reports.enumerated() where !years.isEmpty {
            report(
                "\(panel.places[place].code), \(group)",
                years,
                rule,
                expected: "\(Cell.format(share)) of \(covered.count) indicators observed"
            )
        }
    }

    private mutating func withholdGroups(
        below share: Double,
        _ series: Int,
        _ groups: [String?],
        _ rule: CoverageRule,
        _ panel: ValuePanel
    ) {
        let block = panel.block(series)
        var reports: [String: [String]] = [:]
        for (year, number) in panel.years.enumerated() {
            var counts: [String: (observed: Int, places: Int)] = [:]
            let start = block.lowerBound + year * panel.places.count
            for (place, group) in groups.enumerated() {
                guard let group, panel.places[place].exists(in: number) else { continue }
                counts[group, default: (0, 0)].places += 1
                if Self.isObserved(start + place, in: block, rule, panel) {
                    counts[group, default: (0, 0)].observed += 1
                }
            }
            let isBlank = counts.values.allSatisfy { $0.observed == 0 }
            let thin = counts.filter { Double($0.value.observed) / Double($0.value.places) < share }
            for (place, group) in groups.enumerated() {
                if let group, thin[group] != nil { cells[start + place] = true }
            }
            if isBlank { continue }
            for (group, count) in thin {
                reports[group, default: []].append("\(number) (\(count.observed) of \(count.places))")
            }
        }
        let key = panel.series[series]
        for (group, years) in reports.sorted(by: { $0.key < $1.key }) {
            report(
                "\(key.indicator), \(key.group), \(rule.grouping.text) \(group)",
                years,
                rule,
                expected: "\(Cell.format(share)) of the places observed"
            )
        }
    }

    private mutating func report(_ subject: String, _ years: [String], _ rule: CoverageRule, expected: String) {
        let named = years.prefix(5).joined(separator: ", ") + (years.count > 5 ? ", \(years.count - 5) more" : "")
        findings.append(
            .about(
                rule.place(in: ""),
                "coverage-too-low",
                .warning,
                found: "\(subject): \(named)",
                expected: expected,
                hint: "no scores there, and nothing is imputed"
            )
        )
    }
}

/// Where a rule stands.
struct RulePlace {
    var file: String
    var line: Int
    var column: String
}

extension CoverageRule {
    func place(in column: String) -> RulePlace { RulePlace(file: file, line: line, column: column) }

    /// What is wrong with the rule itself; each stops the run.
    func faults(in catalogue: Catalogue, gazetteer: Gazetteer) -> [Finding] {
        var faults = unknownIndicators(indicators.named, in: catalogue, at: place(in: "coverage"))
        for share in [place, group].compactMap({ $0 }) where !(share >= 0 && share <= 1) {
            faults.append(
                .about(
                    place(in: "coverage"),
                    "bad-coverage-rule",
                    .error,
                    found: "\(share)",
                    expected: "a share from 0 to 1"
                )
            )
        }
        if within < 0 {
            faults.append(
                .about(
                    place(in: "coverage"),
                    "bad-coverage-rule",
                    .error,
                    found: "within \(within)",
                    expected: "0 years or more"
                )
            )
        }
        return faults + grouping.faults(in: gazetteer, at: place(in: "coverage"))
    }
}

/// A finding for each id that the catalogue does not have.
func unknownIndicators(_ ids: [String], in catalogue: Catalogue, at place: RulePlace) -> [Finding] {
    Set(ids).sorted().filter { catalogue[$0] == nil }.map {
        .about(
            place,
            "unknown-indicator",
            .error,
            found: $0,
            expected: "an indicator of the catalogue",
            hint: hint(for: $0, among: catalogue.indicators.map(\.id))
        )
    }
}

extension Grouping {
    func faults(in gazetteer: Gazetteer, at place: RulePlace) -> [Finding] {
        guard case .named(let groups) = self else { return [] }
        var seen: Set<String> = []
        var faults: [Finding] = []
        for (name, codes) in groups.sorted(by: { $0.key < $1.key }) {
            for code in codes {
                if gazetteer[code] == nil {
                    faults.append(
                        .about(
                            place,
                            "unknown-place",
                            .error,
                            found: "\(code) in group \(name)",
                            expected: "a code of the gazetteer",
                            hint: hint(for: code, among: gazetteer.places.map(\.code))
                        )
                    )
                } else if !seen.insert(code).inserted {
                    faults.append(
                        .about(place, "place-in-two-groups", .error, found: code, expected: "each place in one group")
                    )
                }
            }
        }
        return faults
    }
}

extension Finding {
    /// A finding about a rule, placed where the rule stands.
    static func about(
        _ place: RulePlace,
        _ code: String,
        _ severity: Severity,
        found: String,
        expected: String,
        hint: String = ""
    ) -> Finding {
        Finding(
            code: code,
            severity: severity,
            file: place.file,
            line: place.line,
            column: place.column,
            found: found,
            expected: expected,
            hint: hint
        )
    }
}
