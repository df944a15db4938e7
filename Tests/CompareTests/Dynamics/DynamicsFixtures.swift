import Compare
import Indicators
import Testing

/// Nine Thai provinces (T1 to T9) and four Lao ones (L1 to L4). T1 and T2 touch L1, T3 touches L2, which does not say so.
let borderland: Gazetteer = {
    let neighbours = ["T1": ["L1"], "T2": ["L1"], "T3": ["L2"], "L1": ["T1", "T2"]]
    func place(_ code: String, _ country: String) -> Place {
        Place(code: code, level: .province, country: country, parent: country, neighbours: neighbours[code] ?? [])
    }
    return Gazetteer(
        places: [
            Place(code: "TH", level: .country, country: "TH"), Place(code: "LA", level: .country, country: "LA"),
        ] + (1...9).map { place("T\($0)", "TH") } + (1...4).map { place("L\($0)", "LA") }
    )
}()

/// What came of one metric.
struct Dynamics {
    var compared: Compared

    init(
        _ observations: [Observation],
        _ metric: CompareOptions.Metric,
        _ dynamics: DynamicsOptions = DynamicsOptions(),
        within: Int = 0,
        in gazetteer: Gazetteer = borderland
    ) {
        let options = CompareOptions(matchYearsWithin: within, metrics: [metric], dynamics: dynamics)
        compared = compare(observations, catalogue: catalogue, gazetteer: gazetteer, options: options)
    }

    var codes: [String] { compared.findings.map(\.code) }

    func table(_ name: String) throws -> Table {
        try #require(compared.tables.first { $0.schema.name == name })
    }

    /// The rows of a table in which these columns hold these texts.
    func rows(_ name: String, _ keys: KeyValuePairs<String, String>) throws -> [Int] {
        let table = try table(name)
        return (0..<table.rowCount).filter { row in keys.allSatisfy { table[row, $0.key].text == $0.value } }
    }

    /// A number in the only such row.
    func number(_ name: String, _ keys: KeyValuePairs<String, String>, _ column: String) throws -> Double? {
        let rows = try rows(name, keys)
        try #require(rows.count == 1, "\(rows.count) rows of \(name)")
        return try table(name)[rows[0], column].numeric
    }

    func text(_ name: String, _ keys: KeyValuePairs<String, String>, _ column: String) throws -> String {
        let rows = try rows(name, keys)
        try #require(rows.count == 1, "\(rows.count) rows of \(name)")
        return try table(name)[rows[0], column].text
    }
}

/// Whether two numbers agree to 1e-12 of the greater, or are nearer than that.
func agree(_ one: Double?, _ two: Double, _ tolerance: Double = 1e-12) -> Bool {
    guard let one else { return false }
    return abs(one - two) <= tolerance * max(1, abs(one), abs(two))
}

/// A figure of one place, year by year.
func line(_ indicator: String, _ place: String, _ values: KeyValuePairs<Int, Double>) -> [Observation] {
    values.map { Observation(indicator: indicator, place: place, year: $0.key, value: $0.value) }
}
