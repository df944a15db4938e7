import Indicators

extension Composition {
    /// The worst grade of the scores of indicators that count, and where one of that grade stands; official and nowhere where no score
    /// has a grade.
    var worstGrade: (grade: Grade, leaf: Int, row: Int, group: Int) {
        var worst = (grade: Grade.official, leaf: -1, row: 0, group: 0)
        for group in cells.indices where !panel.grades.isEmpty {
            let values = cells[group].values
            for (slot, indicator) in plan.indicators.enumerated() where weights[slot] > 0 {
                let start = panel.start(indicator: indicator, group: group)
                for row in 0..<rows.count where !values[slot * rows.count + row].isNaN {
                    let grade = panel.grades[start + row]
                    guard worst.leaf < 0 || worst.grade.worse(grade) != worst.grade else { continue }
                    worst = (grade, slot, row, group)
                    // Nothing is worse.
                    if grade == .illustrative { return worst }
                }
            }
        }
        return worst
    }

    /// A warning for each node in whose scores real figures stand beside made-up ones: they would pass for more than they are. Told of
    /// the lowest node where the two meet; children of weight 0 do not count.
    func mixedGradeFindings() -> [Finding] {
        let isMade = panel.grades.map { $0 == .illustrative }
        guard isMade.contains(true), isMade.contains(false) else { return [] }
        var meetings: [Int: (count: Int, first: (row: Int, group: Int))] = [:]
        for group in cells.indices {
            let values = cells[group].values
            var kinds = [GradeKinds](repeating: [], count: plan.slotCount * rows.count)
            for (slot, indicator) in plan.indicators.enumerated() {
                let start = panel.start(indicator: indicator, group: group)
                for row in 0..<rows.count where !values[slot * rows.count + row].isNaN {
                    kinds[slot * rows.count + row] = isMade[start + row] ? .made : .real
                }
            }
            for node in plan.nodes {
                for row in 0..<rows.count where !values[node.slot * rows.count + row].isNaN {
                    let below = node.children.filter { weights[$0] > 0 && !values[$0 * rows.count + row].isNaN }
                        .map { kinds[$0 * rows.count + row] }
                    let all = below.reduce(into: GradeKinds()) { $0.formUnion($1) }
                    kinds[node.slot * rows.count + row] = all
                    guard all == [.real, .made], !below.contains([.real, .made]) else { continue }
                    meetings[node.slot, default: (0, (row, group))].count += 1
                }
            }
        }
        return meetings.sorted { $0.key < $1.key }.map { slot, meeting in
            let place = panel.places[meeting.first.row % rows.placeCount]
            let year = panel.years[meeting.first.row / rows.placeCount]
            let others = meeting.count == 1 ? "" : " and \(meeting.count - 1) more"
            return Finding(
                code: "mixed-grades",
                severity: .warning,
                line: plan.lines[slot],
                found:
                    "\(plan.ids[slot]): real and illustrative figures in \(place), \(year), \(panel.groups[meeting.first.group])\(others)",
                expected: "figures that are all real, or all illustrative",
                hint: "these scores bear the grade illustrative"
            )
        }
    }
}

/// Of which kinds the figures behind a score are.
private struct GradeKinds: OptionSet {
    var rawValue: UInt8

    static let real = GradeKinds(rawValue: 1)
    static let made = GradeKinds(rawValue: 2)
}
