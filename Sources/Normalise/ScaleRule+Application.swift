import Indicators

/// Applies scale rules to observations: adds to `rows` one for each observation that a rule covers, those without a value too,
/// and returns what could not be scaled, and why.
func scale(
    _ observations: [Observation],
    by rules: [ScaleRule],
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    into rows: inout NormalisedRows
) -> [Finding] {
    var findings: [Finding] = []
    var panels: [PlaceLevel: Panel] = [:]
    var applied: Set<[String]> = []
    for rule in rules {
        let faults = rule.faults(in: catalogue, gazetteer: gazetteer)
        findings += faults
        guard faults.isEmpty else { continue }
        let places = gazetteer.places.filter { $0.level == rule.level }
        let panel = panels[rule.level] ?? Panel(observations, places: places.map(\.code))
        panels[rule.level] = panel
        let parts = rule.scope.parts(of: places)
        findings += rule.absences(in: panel)
        for (position, key) in panel.series.enumerated() {
            guard let indicator = catalogue[key.indicator], rule.covers(indicator) else { continue }
            if let finding = rule.obstacle(to: indicator) {
                findings.append(finding)
                continue
            }
            let scale = AppliedScale(rule, indicator: indicator, group: key.group)
            guard applied.insert([key.indicator, key.group, rule.level.rawValue] + scale.words).inserted else {
                findings.append(
                    rule.finding(
                        "rule-repeated",
                        .error,
                        found: scale.text,
                        expected: "each scale once for an indicator"
                    )
                )
                continue
            }
            for part in parts {
                for sample in Sample.samples(of: panel, series: position, places: part.positions, by: rule.years) {
                    findings += scale.apply(to: sample, of: observations, among: part.name, into: &rows)
                }
            }
        }
    }
    return findings
}

/// Places among which limits and ranks are found.
struct ScopePart {
    /// The code of the country, or `pooled`.
    var name: String
    /// Positions in the panel.
    var positions: [Int]
}

extension ScaleRule.Scope {
    /// All places, or those of each country, in order of the countries' codes.
    func parts(of places: [Place]) -> [ScopePart] {
        switch self {
        case .pooled:
            return [ScopePart(name: rawValue, positions: Array(places.indices))]
        case .withinCountry:
            return Set(places.map(\.country)).sorted().map { country in
                ScopePart(name: country, positions: places.indices.filter { places[$0].country == country })
            }
        }
    }
}

/// Values that are scaled together, and those that their limits come from. NaN stands for missing.
struct Sample {
    /// Positions of the observations, by place and then by year.
    var sources: [Int]
    var values: [Double]
    /// The values that the limits come from, where they are others.
    var base: [Double]?
    /// The year or years, for findings.
    var period: String

    /// The samples of one series; those without any observation are left out.
    static func samples(
        of panel: Panel,
        series: Int,
        places: [Int],
        by years: ScaleRule.Years
    ) -> [Sample] {
        let all = 0..<panel.years.count
        guard let first = panel.years.first, let last = panel.years.last else { return [] }
        let samples: [Sample] =
            switch years {
            case .eachYear:
                all.map { Sample(panel, series, places, years: $0..<$0 + 1, period: String(panel.years[$0])) }
            case .wholePanel:
                [Sample(panel, series, places, years: all, period: "\(first)..\(last)")]
            case .base(let year):
                [Sample(panel, series, places, years: all, base: year)]
            }
        return samples.filter { !$0.sources.isEmpty }
    }

    private init(_ panel: Panel, _ series: Int, _ places: [Int], years: Range<Int>, period: String) {
        sources = []
        values = []
        self.period = period
        let rows = years.map { panel.sources(series: series, year: $0) }
        let numbers = years.map { panel.values(series: series, year: $0) }
        for place in places {
            for index in rows.indices where rows[index][rows[index].startIndex + place] >= 0 {
                sources.append(Int(rows[index][rows[index].startIndex + place]))
                values.append(numbers[index][numbers[index].startIndex + place])
            }
        }
    }

    private init(_ panel: Panel, _ series: Int, _ places: [Int], years: Range<Int>, base: Int) {
        self.init(panel, series, places, years: years, period: "base year \(base)")
        guard let year = panel.index(ofYear: base) else {
            self.base = []
            return
        }
        let row = panel.values(series: series, year: year)
        self.base = places.map { row[row.startIndex + $0] }
    }
}
