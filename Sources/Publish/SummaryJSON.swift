import Indicators

/// `summary.json`: keys sorted, numbers shortest-round-trip, what is missing `null`, no clock and no absolute path.
///
/// - Returns: UTF-8 with a final line feed; it satisfies ``summarySchema``.
package func summaryJSON(_ summary: Summary) -> [UInt8] {
    summary.json.bytes
}

/// The JSON Schema (draft 2020-12) of `summary.json`, as UTF-8.
package var summarySchema: [UInt8] {
    PackageResources.summary_schema_json
}

/// The JSON Schema (draft 2020-12) of the JSON report of the checks, as UTF-8.
package var checkReportSchema: [UInt8] {
    PackageResources.checks_schema_json
}

extension Summary {
    fileprivate var json: JSON {
        .object([
            "$schema": .text("summary.schema.json"),
            "pipeline": .text(pipeline),
            "title": .object(["en": .text(title.english), "lo": .text(title.lao), "th": .text(title.thai)]),
            "as_of": .text(asOf.description),
            "period": period.map { .object(["first": .integer($0.lowerBound), "last": .integer($0.upperBound)]) }
                ?? .null,
            "grade": JSON(grade?.rawValue),
            "verdict": JSON(verdict?.rawValue),
            "values": .object(tally.json),
            "inputs": .array(inputs.map(\.json)),
            "stages": .array(stages.map(\.json)),
            "findings": FindingCounts(findings).json,
            "tables": .array(tables.sorted { $0.schema.name < $1.schema.name }.map(description)),
            "checks": tables.first { $0.schema.name == "checks" }.map(\.verdictCounts) ?? .null,
            "gaps": .array(tables.first { $0.schema.name == "gaps" }.map(\.latestRows) ?? []),
        ])
    }

    /// A published table in words; its file is `null` where no CSV is written.
    private func description(of table: Table) -> JSON {
        .object([
            "columns": .array(table.schema.columns.map { .text($0.id) }),
            "file": formats.contains(.csv) ? .text("\(table.schema.name).csv") : .null,
            "name": .text(table.schema.name),
            "rows": .integer(table.rowCount),
            "title": .text(table.schema.title),
        ])
    }
}

extension Tally {
    fileprivate var json: JSON.Members {
        ["read": .integer(read), "refused": .integer(refused), "set_aside": .integer(setAside), "used": .integer(used)]
    }
}

extension Summary.Input {
    fileprivate var json: JSON {
        var members = tally.json
        members["file"] = .text(file)
        members["grade"] = .text(grade.rawValue)
        return .object(members)
    }
}

extension Summary.Stage {
    fileprivate var json: JSON {
        .object(["counts": .object(.init(counts.mapValues(JSON.integer))), "stage": .text(name)])
    }
}

extension FindingCounts {
    fileprivate var json: JSON {
        let severities = Finding.Severity.allCases.map { ($0.rawValue, JSON.integer(count(of: $0))) }
        let codes = entries.map { entry in
            JSON.object([
                "code": .text(entry.code), "count": .integer(entry.count), "severity": .text(entry.severity.rawValue),
            ])
        }
        return .object([
            "total": .integer(total),
            "line": .text(line),
            "by_severity": .object(.init(severities)),
            "by_code": .array(codes),
        ])
    }
}

extension Table {
    /// How many rows have each verdict.
    fileprivate var verdictCounts: JSON {
        guard let column = schema.index(of: "verdict") else { return .null }
        var counts: [String: Int] = [:]
        for row in 0..<rowCount { counts[self[row, column].text, default: 0] += 1 }
        return .object(.init(counts.mapValues(JSON.integer)))
    }

    /// Of rows whose keys differ in nothing but the years the last, in order of the key, each by column.
    fileprivate var latestRows: [JSON] {
        let table = sortedByKey()
        let years = ["year_other", "year_reference"].compactMap(schema.index)
        let others = schema.keyIndices.filter { !years.contains($0) }
        var latest: [[Cell]: Int] = [:]
        for row in 0..<table.rowCount {
            let key = others.map { table[row, $0] }
            if let rival = latest[key], !table.row(row, isLaterThan: rival, by: years) { continue }
            latest[key] = row
        }
        // Members stand in the order of their keys: in one go for all rows.
        let columns = schema.columns.indices.sorted { schema.columns[$0].id < schema.columns[$1].id }
        return latest.values.sorted().map { row in
            .object(.init(columns.lazy.map { (schema.columns[$0].id, JSON(table[row, $0])) }))
        }
    }

    private func row(_ row: Int, isLaterThan rival: Int, by years: [Int]) -> Bool {
        for year in years {
            let (one, other) = (self[row, year].numeric ?? 0, self[rival, year].numeric ?? 0)
            if one != other { return one > other }
        }
        return true
    }
}
