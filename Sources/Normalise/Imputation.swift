import Indicators

/// Works out what the rules for imputation give for the holes of a panel.
struct Imputation: Sendable {
    let observed: ValuePanel
    private let withheld: Withheld
    let rules: [ImputationRule]
    let catalogue: Catalogue
    private let gazetteer: Gazetteer
    /// By year and place: whether the place existed.
    private let exists: [Bool]
    /// For each grouping in use the places' groups.
    private var groups: [Grouping: PlaceGroups] = [:]
    /// For each rule that fills in rows and each group of persons.
    private var rows: [RowKey: RowMeans] = [:]
    /// By group of persons: the places that the sources speak of. Of others nobody asked for figures.
    private var reported: [String: [Bool]] = [:]

    private struct GroupStatistic {
        var value: Double
        var donors: Change.Donors
        var grade: Grade
    }

    private struct RowKey: Hashable {
        var rule: Int
        var group: String
    }

    init(
        _ observed: ValuePanel,
        withheld: Withheld,
        rules: [ImputationRule],
        catalogue: Catalogue,
        gazetteer: Gazetteer
    ) {
        self.observed = observed
        self.withheld = withheld
        self.rules = rules
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        exists = observed.years.flatMap { year in observed.places.map { $0.exists(in: year) } }
        for rule in rules {
            guard case .group(_, let grouping, let fallbacks) = rule.method else { continue }
            for grouping in [grouping] + fallbacks where groups[grouping] == nil {
                groups[grouping] = PlaceGroups(grouping.groups(of: observed.places, gazetteer: gazetteer))
            }
        }
        let covered = observed.series.indices.filter { !self.rules(for: observed.series[$0].indicator).isEmpty }
        for (group, series) in Dictionary(grouping: covered, by: { observed.series[$0].group }) {
            reported[group] = observed.isReported(in: series)
            for (position, rule) in rules.enumerated() {
                guard case .row = rule.method else { continue }
                let members = series.filter { self.rules(for: observed.series[$0].indicator).contains(position) }
                rows[RowKey(rule: position, group: group)] =
                    RowMeans(of: members, in: observed, by: rule, catalogue: catalogue)
            }
        }
    }

    /// The rules for an indicator, in order; none where imputation was declined by name.
    func rules(for indicator: String) -> [Int] {
        guard let indicator = catalogue[indicator] else { return [] }
        return rules.positions(for: indicator, at: observed.level).filter { rules[$0].method != .none }
    }

    /// What the holes of a series are filled with, in order of the cells, and how many stay.
    func fill(_ series: Int) -> (changes: [Change], left: Int) {
        let positions = rules(for: observed.series[series].indicator)
        guard !positions.isEmpty else { return ([], 0) }
        let block = observed.block(series)
        let reported = reported[observed.series[series].group] ?? []
        var holes = block.filter { cell in
            let within = cell - block.lowerBound
            return observed.values[cell].isNaN && observed.statuses[cell] != .impossible && !withheld.contains(cell)
                && exists[within] && reported[within % observed.places.count]
        }
        var changes: [Change] = []
        var isFilled = [Bool](repeating: false, count: block.count)
        for position in positions where !holes.isEmpty {
            let found: [Change] =
                switch rules[position].method {
                case .none: []
                case .group(let statistic, let grouping, let fallbacks):
                    fill(holes, of: series, by: rules[position], statistic, [grouping] + fallbacks)
                case .latest, .constant, .linear: fillInTime(holes, of: series, by: rules[position])
                case .row: fillInRow(holes, of: series, by: position)
                }
            for change in found { isFilled[change.cell - block.lowerBound] = true }
            holes.removeAll { isFilled[$0 - block.lowerBound] }
            changes += found
        }
        return (changes.sorted { $0.cell < $1.cell }, holes.count)
    }

    // MARK: Over time

    private func fillInTime(_ holes: [Int], of series: Int, by rule: ImputationRule) -> [Change] {
        let block = observed.block(series)
        let width = observed.places.count
        var holesOfPlace = [[Int]](repeating: [], count: width)
        for hole in holes { holesOfPlace[(hole - block.lowerBound) % width].append(hole) }
        let text = rule.text
        var changes: [Change] = []
        for (place, holes) in holesOfPlace.enumerated() where !holes.isEmpty {
            let cells = observed.years.indices.map { block.lowerBound + $0 * width + place }
            let fill = TimeFill(cells.map { observed.values[$0] }, statuses: cells.map { observed.statuses[$0] })
            for hole in holes {
                guard let found = fill.value(at: (hole - block.lowerBound) / width, by: rule.method),
                    found.value.isFinite
                else { continue }
                let (from, to) = (observed.years[found.from], observed.years[found.to])
                let donors = from == to ? Change.Donors.year(from) : .years(from, to)
                let grade = observed.grades[cells[found.from]].worse(observed.grades[cells[found.to]])
                changes.append(change(hole, text, found.value, donors, grade))
            }
        }
        return changes
    }

    // MARK: By groups of places

    private func fill(
        _ holes: [Int],
        of series: Int,
        by rule: ImputationRule,
        _ statistic: ImputationRule.Statistic,
        _ groupings: [Grouping]
    ) -> [Change] {
        let block = observed.block(series)
        let width = observed.places.count
        let text = rule.text
        var known: [SIMD3<Int>: GroupStatistic?] = [:]
        var changes: [Change] = []
        for hole in holes {
            let place = (hole - block.lowerBound) % width
            for (rank, grouping) in groupings.enumerated() {
                guard let groups = groups[grouping], let group = groups.group(of: place) else { continue }
                let key = SIMD3((hole - block.lowerBound) / width, rank, group)
                let found: GroupStatistic?
                if let stored = known[key] {
                    found = stored
                } else {
                    let start = block.lowerBound + key.x * width
                    let cells = groups.members[group].map { start + $0 }.filter { !observed.values[$0].isNaN }
                    found = statistic(cells.map { observed.values[$0] }).map {
                        GroupStatistic(
                            value: $0,
                            donors: .group("\(grouping.text) \(groups.names[group])", count: cells.count),
                            grade: grade(of: cells)
                        )
                    }
                    known[key] = .some(found)
                }
                guard let found else { continue }
                changes.append(change(hole, text, found.value, found.donors, found.grade))
                break
            }
        }
        return changes
    }

    // MARK: By the other indicators of the place

    private func fillInRow(_ holes: [Int], of series: Int, by position: Int) -> [Change] {
        guard let means = rowMeans(position, group: observed.series[series].group) else { return [] }
        let text = rules[position].text
        let block = observed.block(series)
        return holes.compactMap { hole in
            let within = hole - block.lowerBound
            return means.value(at: within, of: series).map {
                let givers = means.givers(at: within).map { observed.block($0).lowerBound + within }
                return change(hole, text, $0.value, .indicators(count: $0.count), grade(of: givers))
            }
        }
    }

    /// What a rule that fills in rows knows of a group of persons; `nil` where the rule is for none of its series.
    func rowMeans(_ position: Int, group: String) -> RowMeans? {
        rows[RowKey(rule: position, group: group)]
    }

    private func change(
        _ cell: Int,
        _ rule: String,
        _ value: Double,
        _ donors: Change.Donors,
        _ grade: Grade
    ) -> Change {
        Change(cell: cell, treatment: .imputed, rule: rule, old: nil, new: value, donors: donors, grade: grade)
    }

    // MARK: Donors and reports

    /// The cells that an imputed value comes from, in order.
    func donors(of change: Change) -> [Int] {
        let series = change.cell / observed.blockSize
        let width = observed.places.count
        let within = change.cell % observed.blockSize
        let start = change.cell - within
        switch change.donors {
        case .none: return []
        case .year(let year): return [start + (year - observed.years[0]) * width + within % width]
        case .years(let before, let after):
            return [before, after].map { start + ($0 - observed.years[0]) * width + within % width }
        case .group(let name, _): return groupDonors(of: change, name)
        case .indicators:
            let position = rules(for: observed.series[series].indicator).first { rules[$0].text == change.rule }
            guard let position, let means = rowMeans(position, group: observed.series[series].group) else { return [] }
            return means.givers(at: within).map {
                observed.block($0).lowerBound + within
            }
        }
    }

    /// The places of the group that a rule took. Of groups with one name it is the one whose statistic the value is.
    private func groupDonors(of change: Change, _ name: String) -> [Int] {
        let place = change.cell % observed.places.count
        for position in rules(for: observed.series[change.cell / observed.blockSize].indicator) {
            guard case .group(let statistic, let grouping, let fallbacks) = rules[position].method else { continue }
            for grouping in [grouping] + fallbacks {
                guard let groups = groups[grouping], let group = groups.group(of: place),
                    name == "\(grouping.text) \(groups.names[group])"
                else { continue }
                let cells = groups.members[group].map { change.cell - place + $0 }.filter { !observed.values[$0].isNaN }
                if statistic(cells.map { observed.values[$0] }) == change.new { return cells }
            }
        }
        return []
    }

    private func grade(of cells: [Int]) -> Grade {
        Grade.worst(of: cells.lazy.map { observed.grades[$0] }) ?? .official
    }

    func report(_ series: Int, filled: Int, left: Int) -> [Finding] {
        guard let position = rules(for: observed.series[series].indicator).first else { return [] }
        let name = "\(observed.series[series].indicator), \(observed.series[series].group)"
        var findings: [Finding] = []
        if filled > 0 {
            findings.append(
                .about(
                    rules[position].place,
                    "values-imputed",
                    .note,
                    found: "\(name): \(filled) value\(filled == 1 ? "" : "s")",
                    expected: "observed values",
                    hint: "each stands in treatments.csv; they serve scores alone"
                )
            )
        }
        if left > 0 {
            findings.append(
                .about(
                    rules[position].place,
                    "imputation-incomplete",
                    .warning,
                    found: "\(name): \(left) value\(left == 1 ? "" : "s") without donors",
                    expected: "donors by one of the rules",
                    hint: "they stay missing; declare a fallback, or a rule that follows"
                )
            )
        }
        return findings
    }
}

/// The groups of a grouping, with positions of places.
struct PlaceGroups {
    let names: [String]
    let members: [[Int]]
    private let groupOfPlace: [Int]

    init(_ groups: [String?]) {
        let names = Set(groups.compactMap { $0 }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        groupOfPlace = groups.map { $0.flatMap { numbers[$0] } ?? -1 }
        var members = [[Int]](repeating: [], count: names.count)
        for (place, group) in groupOfPlace.enumerated() where group >= 0 { members[group].append(place) }
        self.names = names
        self.members = members
    }

    func group(of place: Int) -> Int? {
        groupOfPlace[place] < 0 ? nil : groupOfPlace[place]
    }
}
