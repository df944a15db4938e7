internal import Compose
internal import Indicators
internal import Normalise

/// The scores that an index is made of: one for each of its indicators, from the scales that it names.
struct IndexScores: Sendable {
    let panel: ScorePanel
    /// The scaled panels that the scores come from, and for each indicator its panel and position there; `nil` where it has
    /// no value at all.
    private let scaled: [ScoredPanel]
    private let sources: [String: (panel: Int, indicator: Int)]

    /// Takes scores for the indicators of an index.
    ///
    /// - Parameters:
    ///   - leaves: Sorted. Those that no panel has are there without scores.
    ///   - scaled: By one scale rule each, all of the same values.
    ///   - places: Of the level of the index, in order of their codes.
    /// - Precondition: No two panels have scores of the same leaf.
    init(_ leaves: [String], of scaled: [ScoredPanel], places: [Place]) {
        let years = scaled.first?.years ?? []
        let groups = Set(scaled.flatMap(\.groups)).sorted()
        var sources: [String: (panel: Int, indicator: Int)] = [:]
        for (position, panel) in scaled.enumerated() {
            for (indicator, id) in panel.indicators.enumerated() where leaves.contains(id) {
                sources[id] = (position, indicator)
            }
        }
        let block = years.count * places.count
        let count = leaves.count * groups.count * block
        var values = [Double](repeating: .nan, count: count)
        var statuses = [ObservationStatus](repeating: .missing, count: count)
        var grades = [Grade](repeating: .official, count: count)
        var treatments = [TreatmentSet](repeating: [], count: count)
        for (leaf, id) in leaves.enumerated() {
            guard let source = sources[id] else { continue }
            let panel = scaled[source.panel]
            for (group, name) in panel.groups.enumerated() {
                guard let position = groups.firstIndex(of: name) else { continue }
                let from = (source.indicator * panel.groups.count + group) * block
                let to = (leaf * groups.count + position) * block
                for row in 0..<block {
                    values[to + row] = panel.values[from + row]
                    statuses[to + row] = panel.statuses[from + row]
                    grades[to + row] = panel.grades[from + row]
                    treatments[to + row] = panel.treatments[from + row]
                }
            }
        }
        self.scaled = scaled
        self.sources = sources
        panel = ScorePanel(
            indicators: leaves,
            groups: groups,
            years: years,
            places: places.map(\.code),
            countries: places.map(\.country),
            values: values,
            statuses: statuses,
            grades: grades,
            treatments: treatments
        )
    }

    /// Where a score stands in `normalised.csv`, `nil` where it has no row.
    func address(of key: ObservationKey) -> CellAddress? {
        guard let source = sources[key.indicator] else { return nil }
        let panel = scaled[source.panel]
        guard let group = panel.groups.firstIndex(of: key.group), let year = panel.years.firstIndex(of: key.year),
            let place = self.panel.index(ofPlace: key.place)
        else { return nil }
        let row = (source.indicator * panel.groups.count + group) * panel.years.count + year
        return panel.address(ofCell: row * panel.places.count + place)
    }
}
