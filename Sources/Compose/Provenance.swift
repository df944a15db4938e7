import Cores
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
    private var treatments: [TreatmentSet?] = []
    private let rowCount: Int

    init(_ composition: Composition, group: Int) {
        let panel = composition.panel
        rowCount = composition.rows.count
        let marks = Marks(composition: composition, group: group)
        // Each takes a pass of its own, all of them at once.
        let made = onAllCores(3, isWorthIt: rowCount > 50_000) { kind in
            switch kind {
            case 0:
                Kind.statuses(
                    marks.column(of: panel.statuses, counts: { $0.statuses }, isOfAnything: false) { $0.worse($1) }
                )
            case 1:
                Kind.grades(
                    marks.column(of: panel.grades, counts: { $0.grades }, isOfAnything: true) { $0.worse($1) }
                )
            default:
                Kind.treatments(
                    marks.column(of: panel.treatments, counts: { $0.treatments }, isOfAnything: false) { $0.union($1) }
                )
            }
        }
        for kind in made {
            switch kind {
            case .statuses(let column): statuses = column
            case .grades(let column): grades = column
            case .treatments(let column): treatments = column
            }
        }
    }

    private enum Kind: Sendable {
        case statuses([ObservationStatus?])
        case grades([Grade?])
        case treatments([TreatmentSet?])
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
        treatments.isEmpty ? [] : treatments[slot * rowCount + row] ?? []
    }
}

/// How the marks of indicators, of one kind, come to the nodes above them.
private struct Marks: Sendable {
    let composition: Composition
    let group: Int

    /// - Parameters:
    ///   - own: The marks of the panel's scores; none for none.
    ///   - counts: Those of the counts that weight children.
    ///   - isOfAnything: Whether a child without a score hands its mark on too.
    ///   - joined: Two marks together.
    /// - Returns: By slot and row; nothing where there are no marks.
    func column<Mark>(
        of own: [Mark],
        counts: (ScorePanel) -> [Mark],
        isOfAnything: Bool,
        joined: (Mark, Mark) -> Mark
    ) -> [Mark?] {
        guard !own.isEmpty else { return [] }
        let plan = composition.plan
        let rowCount = composition.rows.count
        let cells = composition.cells[group]
        var column = [Mark?](repeating: nil, count: plan.slotCount * rowCount)
        for (slot, indicator) in plan.indicators.enumerated() {
            let start = composition.panel.start(indicator: indicator, group: group)
            for row in 0..<rowCount where !cells.values[slot * rowCount + row].isNaN {
                column[slot * rowCount + row] = own[start + row]
            }
        }
        for node in plan.nodes {
            let to = node.slot * rowCount
            for child in node.children where composition.weights[child] > 0 {
                let from = child * rowCount
                for row in 0..<rowCount where isOfAnything || !cells.values[from + row].isNaN {
                    guard let mark = column[from + row] else { continue }
                    column[to + row] = column[to + row].map { joined($0, mark) } ?? mark
                }
            }
            if node.weighting == .population { take(counts, of: node, to: &column, joined: joined) }
        }
        return column
    }

    /// The marks of the counts that weight the children of a node: they are behind its score like the children's scores.
    private func take<Mark>(
        _ marks: (ScorePanel) -> [Mark],
        of node: IndexPlan.Node,
        to column: inout [Mark?],
        joined: (Mark, Mark) -> Mark
    ) {
        guard let counts = composition.denominators else { return }
        let marks = marks(counts)
        guard !marks.isEmpty else { return }
        let panel = composition.panel
        let rowCount = composition.rows.count
        for (child, id) in zip(node.children, node.denominators) {
            for row in 0..<rowCount where !composition.cells[group][child, row].isNaN {
                let place = panel.places[row % composition.rows.placeCount]
                let year = panel.years[row / composition.rows.placeCount]
                guard composition.populations[group][child][row] > 0,
                    let cell = counts.cell(indicator: id, place: place, year: year, group: panel.groups[group])
                else { continue }
                let to = node.slot * rowCount + row
                column[to] = column[to].map { joined($0, marks[cell]) } ?? marks[cell]
            }
        }
    }
}
