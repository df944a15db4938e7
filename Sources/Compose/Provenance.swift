import Indicators

/// The statuses, grades and treatments of what the scores of one group rest on, by slot and row.
///
/// Children of weight 0 do not count, nor those that have no score; but the grade of a node without a score is that of the
/// scores below it, which somebody must be able to judge by.
struct Provenance: Sendable {
    /// Empty where all are normal.
    private var statuses: [ObservationStatus?] = []
    /// Empty where all are official.
    private var grades: [Grade?] = []
    /// Empty where nothing was done to any.
    private var treatments: [TreatmentSet] = []
    private let rowCount: Int

    init(_ composition: Composition, group: Int) {
        let plan = composition.plan
        let panel = composition.panel
        rowCount = composition.rows.count
        let count = plan.slotCount * rowCount
        if !panel.statuses.isEmpty { statuses = [ObservationStatus?](repeating: nil, count: count) }
        if !panel.grades.isEmpty { grades = [Grade?](repeating: nil, count: count) }
        if !panel.treatments.isEmpty { treatments = [TreatmentSet](repeating: [], count: count) }
        let cells = composition.cells[group]
        for (slot, indicator) in plan.indicators.enumerated() {
            let start = panel.start(indicator: indicator, group: group)
            for row in 0..<rowCount where !cells.values[slot * rowCount + row].isNaN {
                if !statuses.isEmpty { statuses[slot * rowCount + row] = panel.statuses[start + row] }
                if !grades.isEmpty { grades[slot * rowCount + row] = panel.grades[start + row] }
                if !treatments.isEmpty { treatments[slot * rowCount + row] = panel.treatments[start + row] }
            }
        }
        guard !statuses.isEmpty || !grades.isEmpty || !treatments.isEmpty else { return }
        for node in plan.nodes {
            for child in node.children where composition.weights[child] > 0 {
                for row in 0..<rowCount {
                    takeGrade(from: child * rowCount + row, to: node.slot * rowCount + row)
                    guard !cells.values[child * rowCount + row].isNaN else { continue }
                    take(from: child * rowCount + row, to: node.slot * rowCount + row)
                }
            }
            if node.weighting == .population { takeCounts(of: node, composition, group: group) }
        }
    }

    /// The marks of the counts that weight the children of a node: they are behind its score like the children's scores.
    private mutating func takeCounts(of node: IndexPlan.Node, _ composition: Composition, group: Int) {
        guard let counts = composition.denominators else { return }
        let panel = composition.panel
        for (child, id) in zip(node.children, node.denominators) {
            for row in 0..<rowCount where !composition.cells[group][child, row].isNaN {
                let place = panel.places[row % composition.rows.placeCount]
                let year = panel.years[row / composition.rows.placeCount]
                guard composition.populations[group][child][row] > 0,
                    let cell = counts.cell(indicator: id, place: place, year: year, group: panel.groups[group])
                else { continue }
                let to = node.slot * rowCount + row
                if !statuses.isEmpty, !counts.statuses.isEmpty {
                    statuses[to] = statuses[to]?.worse(counts.statuses[cell]) ?? counts.statuses[cell]
                }
                if !grades.isEmpty, !counts.grades.isEmpty {
                    grades[to] = grades[to]?.worse(counts.grades[cell]) ?? counts.grades[cell]
                }
                if !treatments.isEmpty, !counts.treatments.isEmpty { treatments[to].formUnion(counts.treatments[cell]) }
            }
        }
    }

    private mutating func take(from child: Int, to node: Int) {
        if !statuses.isEmpty, let status = statuses[child] { statuses[node] = statuses[node]?.worse(status) ?? status }
        if !treatments.isEmpty { treatments[node].formUnion(treatments[child]) }
    }

    private mutating func takeGrade(from child: Int, to node: Int) {
        if !grades.isEmpty, let grade = grades[child] { grades[node] = grades[node]?.worse(grade) ?? grade }
    }

    /// The most telling status of the indicators behind a score.
    func status(slot: Int, row: Int) -> ObservationStatus {
        statuses.isEmpty ? .normal : statuses[slot * rowCount + row] ?? .missing
    }

    /// The worst grade of the indicators behind a score.
    func grade(slot: Int, row: Int) -> Grade {
        grades.isEmpty ? .official : grades[slot * rowCount + row] ?? .official
    }

    /// All that was done to the indicators behind a score.
    func treatments(slot: Int, row: Int) -> TreatmentSet {
        treatments.isEmpty ? [] : treatments[slot * rowCount + row]
    }
}
