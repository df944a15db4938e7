internal import Compare
internal import Compose
internal import Indicators

/// All indices of a pipeline.
struct ComposedIndices: Sendable {
    /// In the order of the pipeline file.
    let indices: [ComposedIndex]
    let findings: [Finding]

    /// - Parameters: As for ``ComposedIndex``.
    init(_ description: PipelineDescription, of normalised: [Observation], gazetteer: Gazetteer, memo: Memo? = nil) {
        let indices = description.indices.map {
            ComposedIndex(
                $0,
                of: normalised,
                rules: description.normalise,
                catalogue: description.catalogue,
                gazetteer: gazetteer,
                memo: memo
            )
        }
        self.indices = indices
        var findings = indices.flatMap(\.findings)
        for index in indices where !description.compare.metrics.isEmpty {
            guard index.description.isWithinCountry(description.normalise) else { continue }
            findings.append(
                index.description.finding(
                    "scores-within-country",
                    .warning,
                    found: "\(index.description.id), of which scores are scaled within each country",
                    expected: "pooled scales where countries are compared",
                    hint: "the gap between the countries is not in such scores"
                )
            )
        }
        self.findings = findings
    }

    /// The scores of the indices and their nodes, to be compared like any others.
    var observations: [Observation] {
        indices.flatMap(\.composed.observations)
    }

    /// One table of each name, with the rows of all indices.
    var tables: [Table] {
        var merged: [String: Table] = [:]
        for table in indices.flatMap(\.composed.tables) {
            guard var whole = merged[table.schema.name] else {
                merged[table.schema.name] = table
                continue
            }
            for row in 0..<table.rowCount { whole.append(table.row(row)) }
            merged[table.schema.name] = whole
        }
        return merged.values.map { $0.sortedByKey() }.sorted { $0.schema.name < $1.schema.name }
    }
}
