import Indicators
import Testing
import Validate

enum Small {
    static let today = CalendarDate("2026-06-15")

    static let catalogue = Catalogue([
        indicator("population", .count, "persons"),
        indicator("internet_users", .share, "%"),
        indicator("mobile", .rate, "per 100 inhabitants"),
        indicator("post_offices", .rate, "per 100,000 inhabitants"),
        indicator("income", .price, "baht per month"),
        indicator("area", .quantity, "km2"),
        indicator("balance", .index, "points"),
    ])

    static let gazetteer = Gazetteer(
        places: [Place(code: "TH", level: .country, country: "TH")]
            + (10...60).map { Place(code: "TH-\($0)", level: .province, country: "TH", parent: "TH") }
    )

    private static func indicator(_ id: String, _ kind: Indicator.Kind, _ unit: String) -> Indicator {
        Indicator(
            id: id,
            topic: "context",
            basis: .context,
            names: LocalisedText(english: id),
            unit: unit,
            kind: kind,
            direction: .neutral
        )
    }
}

func observation(
    _ indicator: String,
    _ place: String,
    _ year: Int,
    _ value: Double?,
    file: String = "a.csv",
    record: Int = 2,
    grade: Grade = .official,
    status: ObservationStatus = .normal,
    group: String = Group.total
) -> Observation {
    Observation(
        indicator: indicator,
        place: place,
        year: year,
        group: group,
        value: value,
        status: value == nil ? .missing : status,
        grade: grade,
        origins: [Origin(file: file, record: record, line: record, field: 2, column: String(year))],
        texts: [value.map { Cell.format($0) } ?? "-"]
    )
}

/// A series of one place, a value a year.
func series(_ indicator: String, _ values: [Double?], of place: String = "TH-10", from year: Int = 2010)
    -> [Observation]
{
    values.enumerated().map { observation(indicator, place, year + $0, $1, record: $0 + 2) }
}

func validated(
    _ observations: [Observation],
    _ options: ValidateOptions = ValidateOptions(),
    asOf: CalendarDate? = nil
) throws -> ValidatedObservations {
    validate(
        observations,
        catalogue: Small.catalogue,
        gazetteer: Small.gazetteer,
        options: options,
        asOf: try #require(asOf ?? Small.today)
    )
}

extension ValidatedObservations {
    var codes: [String] { findings.map(\.code).sorted() }
}
