import Compare
import Indicators
import Testing

let catalogue = Catalogue([
    indicator("internet_users", "%", .share, .higherIsBetter, denominator: "population"),
    indicator("mpi", "index 0-1", .index, .lowerIsBetter, denominator: "population"),
    indicator("centres", "centres", .count, .higherIsBetter),
    indicator("income", "baht", .price, .neutral),
    indicator("population", "persons", .count, .neutral),
])

/// Thailand of two regions, one of which is Bangkok and nothing else; Laos without regions, its last province from 2013 on.
let gazetteer = Gazetteer(places: [
    Place(code: "TH", level: .country, country: "TH"),
    Place(code: "TH-B", level: .region, country: "TH", parent: "TH"),
    Place(code: "TH-N", level: .region, country: "TH", parent: "TH"),
    Place(code: "TH-S", level: .region, country: "TH", parent: "TH"),
    Place(code: "TH-10", level: .province, country: "TH", parent: "TH-B"),
    Place(code: "TH-50", level: .province, country: "TH", parent: "TH-N"),
    Place(code: "TH-51", level: .province, country: "TH", parent: "TH-N"),
    Place(code: "TH-90", level: .province, country: "TH", parent: "TH-S"),
    Place(code: "TH-91", level: .province, country: "TH", parent: "TH-S"),
    Place(code: "LA", level: .country, country: "LA"),
    Place(code: "LA-LP", level: .province, country: "LA", parent: "LA"),
    Place(code: "LA-VT", level: .province, country: "LA", parent: "LA"),
    Place(
        code: "LA-XS",
        level: .province,
        country: "LA",
        parent: "LA",
        lifespans: [
            Lifespan(
                code: "LA-XN",
                from: CalendarDate(year: 1994, month: 1, day: 1),
                until: CalendarDate(year: 2006, month: 1, day: 13)
            ),
            Lifespan(code: "LA-XS", from: CalendarDate(year: 2013, month: 12, day: 31), until: nil),
        ]
    ),
])

private func indicator(
    _ id: String,
    _ unit: String,
    _ kind: Indicator.Kind,
    _ direction: Indicator.Direction,
    denominator: String? = nil
) -> Indicator {
    Indicator(
        id: id,
        topic: "context",
        basis: .context,
        names: LocalisedText(english: id),
        unit: unit,
        kind: kind,
        direction: direction,
        denominator: denominator
    )
}

func observed(
    _ indicator: String,
    _ year: Int,
    _ values: KeyValuePairs<String, Double?>,
    group: String = Group.total,
    status: ObservationStatus = .normal,
    grade: Grade = .official
) -> [Observation] {
    values.map { place, value in
        Observation(
            indicator: indicator,
            place: place,
            year: year,
            group: group,
            value: value,
            status: value == nil ? .missing : status,
            grade: grade
        )
    }
}

func compared(_ observations: [Observation], _ options: CompareOptions = CompareOptions()) throws -> GapTable {
    let compared = compare(observations, catalogue: catalogue, gazetteer: gazetteer, options: options)
    return GapTable(table: try #require(compared.tables.first), findings: compared.findings)
}

/// `gaps.csv` and its findings, easy to ask.
struct GapTable {
    var table: Table
    var findings: [Finding]

    var codes: [String] { findings.map(\.code) }

    /// The rows, but for those of the weights themselves.
    private var rows: [Int] {
        (0..<table.rowCount).filter { table[$0, "indicator"].text != "population" }
    }

    /// For each row the cells of some columns, as CSV has them.
    func cells(_ columns: String...) -> [[String]] {
        rows.map { row in columns.map { table[row, $0].text } }
    }

    /// The cells of some columns in the only row of a weighting.
    func row(_ weighting: String, _ columns: String...) throws -> [String] {
        let row = try row(of: weighting)
        return columns.map { table[row, $0].text }
    }

    func number(_ weighting: String, _ column: String) throws -> Double {
        try #require(table[row(of: weighting), column].numeric)
    }

    private func row(of weighting: String) throws -> Int {
        let rows = rows.filter { table[$0, "weighting"].text == weighting }
        try #require(rows.count == 1)
        return rows[0]
    }
}
