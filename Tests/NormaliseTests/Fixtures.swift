import Indicators
import Normalise
import Testing

/// Expects as many numbers, missing at the same positions, that agree to a relative error of 1e-12, or near zero to 1e-12 of
/// the greatest, or of `scale` where that is greater.
func expectClose(
    _ found: [Double?],
    _ expected: [Double?],
    scale least: Double = 0,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.map { $0 == nil } == expected.map { $0 == nil }, sourceLocation: sourceLocation)
    let scale = max(least, expected.compactMap { $0 }.map(abs).max() ?? 0)
    for (found, expected) in zip(found, expected) {
        guard let found, let expected else { continue }
        #expect(abs(found - expected) <= 1e-12 * max(scale, abs(expected)), sourceLocation: sourceLocation)
    }
}

let catalogue = Catalogue([
    indicator("centres", "centres", .count, .higherIsBetter),
    indicator("centres_per_100k", "per 100,000", .rate, .higherIsBetter),
    indicator("centres_per_capita", "per person", .rate, .higherIsBetter),
    indicator("centres_per_km2", "per km2", .rate, .higherIsBetter),
    indicator("centres_share", "%", .share, .neutral),
    indicator("population", "persons", .count, .neutral),
    indicator("users", "%", .share, .higherIsBetter),
    indicator("poverty", "%", .share, .lowerIsBetter),
])

/// Three Thai provinces, one of them split off in 2011, and two Lao ones.
let gazetteer = Gazetteer(places: [
    Place(code: "TH", level: .country, country: "TH"),
    Place(code: "TH-NE", level: .region, country: "TH", parent: "TH"),
    Place(
        code: "TH-38",
        level: .province,
        country: "TH",
        parent: "TH-NE",
        areaSquareKilometres: 4000,
        lifespans: [
            Lifespan(code: "TH-38", from: CalendarDate(year: 2011, month: 3, day: 23), until: nil)
        ]
    ),
    Place(code: "TH-41", level: .province, country: "TH", parent: "TH-NE", areaSquareKilometres: 10_000),
    Place(code: "TH-43", level: .province, country: "TH", parent: "TH-NE", areaSquareKilometres: 3000),
    Place(code: "LA", level: .country, country: "LA"),
    Place(code: "LA-VI", level: .province, country: "LA", parent: "LA"),
    Place(code: "LA-VT", level: .province, country: "LA", parent: "LA", areaSquareKilometres: 4000),
])

private func indicator(
    _ id: String,
    _ unit: String,
    _ kind: Indicator.Kind,
    _ direction: Indicator.Direction
) -> Indicator {
    Indicator(
        id: id,
        topic: "context",
        basis: .context,
        names: LocalisedText(english: id),
        unit: unit,
        kind: kind,
        direction: direction
    )
}

func observed(
    _ indicator: String,
    _ place: String,
    _ year: Int,
    _ value: Double?,
    group: String = Group.total,
    error: Double? = nil,
    status: ObservationStatus = .normal,
    grade: Grade = .official
) -> Observation {
    Observation(
        indicator: indicator,
        place: place,
        year: year,
        group: group,
        value: value,
        standardError: error,
        status: value == nil && status == .normal ? .missing : status,
        grade: grade,
        origins: [Origin(file: "\(indicator).csv", record: 2, line: 2, field: 3, column: "value")],
        texts: [value.map { "\($0)" } ?? "-"]
    )
}

func normalised(
    _ observations: [Observation],
    deriving denominators: [DenominatorRule] = [],
    scaling scales: [ScaleRule] = []
) -> Normalised {
    normalise(
        observations,
        catalogue: catalogue,
        gazetteer: gazetteer,
        options: NormaliseOptions(denominators: denominators, scales: scales)
    )
}

extension Normalised {
    var codes: [String] { findings.map(\.code) }

    /// The only observation of an indicator.
    func derived(_ indicator: String) throws -> Observation {
        let found = observations.filter { $0.indicator == indicator }
        try #require(found.count == 1)
        return found[0]
    }

    /// The cells of a column by place and year, for the rows of one method.
    func cells(_ column: String, method: String) -> [String: String] {
        var cells: [String: String] = [:]
        for row in 0..<table.rowCount where table[row, "method"].text == method {
            cells["\(table[row, "place"].text) \(table[row, "year"].text)"] = table[row, column].text
        }
        return cells
    }
}
