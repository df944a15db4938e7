import Cores
import Indicators

extension Composition {
    /// `index.csv`: node by node, in the order of the table's key where there is one group.
    func indexTable() -> Table {
        var table = Table(schema: .index, expecting: plan.nodes.count * rows.count * cells.count)
        let order = plan.nodes.indices.sorted { left, right in
            let (left, right) = (plan.ids[plan.nodes[left].slot], plan.ids[plan.nodes[right].slot])
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        for group in cells.indices {
            let coverage = Coverage(self, group: group)
            let provenance = Provenance(self, group: group)
            // Two at a time: all of them together would hold the table twice.
            for start in stride(from: 0, to: order.count, by: 2) {
                let pair = order[start..<min(start + 2, order.count)]
                let made = onAllCores(pair.count, isWorthIt: rows.count > 50_000) {
                    IndexColumns(self, node: order[start + $0], group: group, coverage, provenance)
                }
                table.append(made.map { RowBlock(count: $0.count, columns: $0.blocks) })
            }
        }
        return table.sortedByKey()
    }

    /// The rank of each place among those of its country.
    fileprivate func ranksInCountry(_ scores: ArraySlice<Double>) -> [Int?] {
        guard !panel.countries.isEmpty else { return scores.map { _ in nil } }
        var ranks = [Int?](repeating: nil, count: scores.count)
        for country in Set(panel.countries) {
            let places = panel.countries.indices.filter { panel.countries[$0] == country }
            let own = ranksFromBest(places.map { scores[scores.startIndex + $0] }[...])
            for (place, rank) in zip(places, own) { ranks[place] = rank }
        }
        return ranks
    }
}

/// The rows of one node in one group in `index.csv`, column by column: by place, then year.
private struct IndexColumns: Sendable {
    private let composition: Composition
    private let index: Int
    private let group: Int
    /// Positions in the panel's places.
    private var places: [UInt32] = []
    private var years: [Int] = []
    private var names = WordColumn<String>()
    /// NaN for missing.
    private var scores: [Double] = []
    /// `Int.min` for missing.
    private var ranks: [Int] = []
    private var ranked: [Int] = []
    private var ranksInCountry: [Int] = []
    private var children: [Int] = []
    private var coverage: [Double] = []
    private var shadows: [Double] = []
    private var statuses = WordColumn<ObservationStatus>()
    private var treatments = WordColumn<TreatmentSet>()
    private var grades = WordColumn<Grade>()

    init(_ composition: Composition, node index: Int, group: Int, _ coverage: Coverage, _ provenance: Provenance) {
        self.composition = composition
        self.index = index
        self.group = group
        let rows = composition.rows
        let slot = composition.plan.nodes[index].slot
        let column = composition.cells[group].column(slot)
        let byYear = (0..<rows.yearCount).map { year -> YearRanks in
            let range = rows.year(year)
            let scores = column[column.startIndex + range.lowerBound..<column.startIndex + range.upperBound]
            return YearRanks(ranksFromBest(scores), inCountry: composition.ranksInCountry(scores))
        }
        for place in 0..<rows.placeCount {
            for year in 0..<rows.yearCount {
                let row = year * rows.placeCount + place
                let found = coverage.children(ofNode: index, row: row)
                let shadow = coverage.shadowShare(slot: slot, row: row)
                guard found.present > 0 || shadow < 1 else { continue }
                let score = column[column.startIndex + row]
                places.append(UInt32(place))
                years.append(composition.panel.years[year])
                names.append(composition.name(ofNode: index, row: row, group: group)) { $0 }
                scores.append(score)
                ranks.append(byYear[year].ranks[place] ?? .min)
                ranked.append(byYear[year].ranked)
                ranksInCountry.append(byYear[year].inCountry[place] ?? .min)
                children.append(found.counted)
                self.coverage.append(Double(found.present) / Double(found.counted))
                shadows.append(shadow)
                statuses.append(score.isNaN ? .missing : provenance.status(slot: slot, row: row)) { $0.rawValue }
                treatments.append(provenance.treatments(slot: slot, row: row)) { $0.text }
                grades.append(provenance.grade(slot: slot, row: row)) { $0.rawValue }
            }
        }
    }

    private struct YearRanks {
        let ranks: [Int?]
        let ranked: Int
        let inCountry: [Int?]

        init(_ ranks: [Int?], inCountry: [Int?]) {
            self.ranks = ranks
            self.inCountry = inCountry
            ranked = ranks.count { $0 != nil }
        }
    }

    var count: Int { places.count }

    /// In the order of the schema's columns.
    var blocks: [ColumnBlock] {
        let (plan, panel) = (composition.plan, composition.panel)
        let node = plan.nodes[index]
        return [
            .same(.text(plan.id)), .same(.text(plan.ids[node.slot])), .each(.texts(codes: places, pool: panel.places)),
            .each(.integers(years)), .same(.text(panel.groups[group])), names.block, .same(.integer(node.level)),
            .each(.numbers(scores)), .each(.integers(ranks)), .each(.integers(ranked)),
            .each(.integers(ranksInCountry)), .each(.integers(children)), .each(.numbers(coverage)),
            .each(.numbers(shadows)), statuses.block, treatments.block, grades.block,
        ]
    }
}
