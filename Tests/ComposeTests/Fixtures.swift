import Indicators

@testable import Compose

/// A panel of one year and group from a column for each indicator; `nil` where there is no score. Places are `P0`, `P1`, ...
func panel(_ columns: [String: [Double?]], countries: [String] = [], year: Int = 2020) -> ScorePanel {
    let ids = columns.keys.sorted()
    let count = columns.values.first?.count ?? 0
    return ScorePanel(
        indicators: ids,
        years: [year],
        places: (0..<count).map { "P\($0)" },
        countries: countries,
        values: ids.flatMap { id in (columns[id] ?? []).map { $0 ?? .nan } }
    )
}

/// Six places by three indicators.
let sample: [String: [Double?]] = [
    "a": [62.5, 55, 80.5, 30, 91, 47], "b": [40, 63, 52, 71.5, 18, 47], "c": [71, 20, 44.5, 66, 35, 58],
]

/// An index `I` right above its indicators.
func flat(
    _ indicators: [String],
    _ aggregation: Aggregation = .arithmetic,
    weights: [Double]? = nil,
    weighting: Weighting? = nil,
    coverage: Double? = nil
) -> IndexTree {
    let children = indicators.enumerated().map { IndexChild($1, weight: weights?[$0]) }
    let methods = IndexLevel(aggregation: aggregation, weighting: weighting, minimumCoverage: coverage)
    return IndexTree(nodes: [IndexNode(id: "I", children: children, methods: methods)])
}

extension Composed {
    func table(_ name: String) -> Table? {
        tables.first { $0.schema.name == name }
    }

    /// The scores of a node by place; `nil` where the row or the score is missing.
    func scores(_ node: String = "I", year: Int = 2020) -> [Double?] {
        guard let composition, let table = table("index") else { return [] }
        return composition.panel.places.map { place in
            let row = (0..<table.rowCount).first {
                table[$0, "node"] == .text(node) && table[$0, "place"] == .text(place)
                    && table[$0, "year"] == .integer(year)
            }
            return row.flatMap { table[$0, "score"].numeric }
        }
    }

    /// The cells of a column of a table, by place, of the rows of a node.
    func cells(_ name: String, _ column: String, node: String = "I") -> [Cell] {
        guard let table = table(name) else { return [] }
        let hasNode = table.schema.index(of: "node") != nil
        return (0..<table.rowCount).filter { !hasNode || table[$0, "node"] == .text(node) }.map { table[$0, column] }
    }

    var codes: [String] { findings.map(\.code) }
}

/// Whether both are missing, or within a relative distance of each other (an absolute one of 0).
func near(_ found: Double?, _ expected: Double?, within tolerance: Double = 1e-12) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    return abs(found - expected) <= tolerance * max(abs(expected), 1e-300) || abs(found - expected) <= tolerance * 1e-3
}

/// As ``near`` of one number, of all.
func near(_ found: [Double?], _ expected: [Double?], within tolerance: Double = 1e-12) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { near($0, $1, within: tolerance) }
}
