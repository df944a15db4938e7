package import Indicators

extension Composed {
    /// The scores of the index and of its nodes as observations, so that they can be compared as any indicator is.
    ///
    /// The index goes by its own id, a node by that of the index and its own: `digital_opportunity.access`.
    ///
    /// - Returns: One for each score, in canonical order; places without a score have none.
    package var observations: [Observation] {
        guard let composition else { return [] }
        let plan = composition.plan
        let panel = composition.panel
        var observations: [Observation] = []
        for group in panel.groups.indices {
            let provenance = Provenance(composition, group: group)
            for node in plan.nodes {
                let id = Self.indicator(ofNode: plan.ids[node.slot], in: plan.id)
                for row in 0..<composition.rows.count {
                    let score = composition.cells[group][node.slot, row]
                    if score.isNaN { continue }
                    observations.append(
                        Observation(
                            indicator: id,
                            place: panel.places[row % composition.rows.placeCount],
                            year: panel.years[row / composition.rows.placeCount],
                            group: panel.groups[group],
                            value: score,
                            status: provenance.status(slot: node.slot, row: row),
                            treatments: provenance.treatments(slot: node.slot, row: row).treatments,
                            grade: provenance.grade(slot: node.slot, row: row)
                        )
                    )
                }
            }
        }
        return observations.sorted(by: Observation.canonicallyPrecedes)
    }

    /// What a node of an index is called as an indicator.
    package static func indicator(ofNode node: String, in index: String) -> String {
        node == index ? index : "\(index).\(node)"
    }
}
