internal import Harmonise
internal import Indicators
internal import Ingest
internal import Validate

/// A raw value among those of its source.
struct RawKey: Hashable {
    var origin: Origin
    var indicator: String
    var group: String

    /// Where it stands tells the cells of a source apart.
    func hash(into hasher: inout Hasher) {
        hasher.combine(origin)
    }
}

extension Lineage {
    /// Where a cell of `observations.csv` comes from.
    func observation(row: Int, column: String, of table: Table) -> Derivation? {
        let key = Self.key(row: row, of: table)
        guard let observation = observations[key], let (source, cells) = source(of: observation) else { return nil }
        // A source's description is long: only what is told of it is copied.
        let options = description.sources[source].options
        let entry = Derivation.Source.declaration(
            file: description.file,
            line: description.sources[source].place.line,
            text: "source \(description.sources[source].source.file)"
        )
        let raw = cells.map { Derivation.Input("cell", .raw($0)) }
        func decisions(_ subjects: String...) -> [Decision] {
            observation.decisions.filter { subjects.contains($0.subject) }
        }
        switch column {
        case "indicator", "group":
            return Derivation(
                "key",
                "part of the row's key: what the pipeline says that the file, its column or its row holds",
                inputs: [.init("source", entry)] + raw
            )
        case "place":
            return Derivation(
                "key",
                "part of the row's key: the place of the gazetteer that the name or code in the file means",
                decisions: decisions("place"),
                inputs: [.init("place", .place(observation.place, column: "code"))] + raw
            )
        case "year":
            return Derivation(
                "key",
                "part of the row's key: the year of the Common Era that the period in the file means",
                parameters: [.init("calendar", options.calendar.rawValue)],
                decisions: decisions("calendar", "period"),
                inputs: raw
            )
        case "value", "status", "treatment", "grade":
            guard let aspect = ObservationKey.Aspect(rawValue: column) else { return nil }
            var derivation = Harmonise.derivation(of: aspect, in: observation, from: cells, options: options)
            if aspect == .grade { derivation.inputs.append(.init("source", entry)) }
            if aspect == .value {
                derivation.decisions += duplicateDecisions(
                    on: observation,
                    among: trace.given(key),
                    priorities: description.validate.priorities
                )
            }
            return derivation
        case "unit": return .catalogue(column, of: key.indicator)
        case "standard_error": return standardErrorDerivation(of: observation, from: cells, options: options)
        case "file", "record", "column":
            let isTold = cells.allSatisfy { $0.origin.record > 0 }
            return Derivation(
                "origin",
                isTold
                    ? "where the first cell of the value stands"
                    : "where the value stands: of records that an engine added up none is told as the first, and the column names"
                        + " their group",
                inputs: raw
            )
        default: return nil
        }
    }

    /// The source that an observation is of, and its cells.
    private func source(of observation: Observation) -> (source: Int, cells: [RawValue])? {
        guard let file = observation.file else { return nil }
        var found: [(source: Int, cells: [RawValue])] = []
        for source in sourcesByFile[file] ?? [] {
            let positions = rawPositions(of: source)
            let cells = observation.origins.compactMap { origin in
                positions[RawKey(origin: origin, indicator: observation.indicator, group: observation.group)]
                    .map { trace.ingested[source].values[$0] }
            }
            if cells.count == observation.origins.count { found.append((source, cells)) }
        }
        guard found.count > 1 else { return found.first }
        // The same cell read twice, by two entries of the pipeline.
        return found.first { candidate in
            trace.harmonised[candidate.source].observations.contains {
                $0.origins == observation.origins && $0.value == observation.value && $0.grade == observation.grade
            }
        }
    }

    private func rawPositions(of source: Int) -> [RawKey: Int] {
        if let known = rawPositions[source] { return known }
        var positions = [RawKey: Int](minimumCapacity: trace.ingested[source].values.count)
        for (position, value) in trace.ingested[source].values.enumerated() {
            positions[RawKey(origin: value.origin, indicator: value.indicator, group: value.group)] = position
        }
        rawPositions[source] = positions
        return positions
    }

    /// Where a cell of `findings.csv` comes from.
    func finding(row: Int, column: String) -> Derivation? {
        guard results.findings.indices.contains(row) else { return nil }
        let finding = results.findings[row]
        var parameters: [Derivation.Parameter] = [.init("stage", trace.stage(of: finding))]
        if column == "severity", description.severities[finding.code] != nil {
            parameters.append(.init("severity", "as the pipeline declares it for \(finding.code)"))
        }
        if finding.record > 0 { parameters.append(.init("record", String(finding.record))) }
        if !finding.column.isEmpty { parameters.append(.init("column", finding.column)) }
        let inputs: [Derivation.Input] =
            finding.file.isEmpty
            ? [] : [.init("place", .declaration(file: finding.file, line: finding.line, text: finding.found))]
        return Derivation(
            "finding",
            inputs.isEmpty
                ? "noted by the stage about a whole series, not about one place in a file"
                : "noted by the stage about this place",
            parameters: parameters,
            inputs: inputs
        )
    }
}
