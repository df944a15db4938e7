internal import Check
internal import Indicators

/// The tables by which checks judge the inputs. They are not published: the summary and the manifest tell the account
/// of each file, `observations.csv` its values.
extension Inputs {
    /// The tables of ``checkTables(asOf:)``, without rows where no check of the pipeline names one of them.
    func judgedTables(asOf: CalendarDate) -> [Table] {
        let isNamed = description.checks.contains { rule in
            Self.checkSchemas.contains { rule.metric.hasPrefix($0.name + ".") }
        }
        return isNamed ? checkTables(asOf: asOf) : Self.checkSchemas.map { Table(schema: $0) }
    }

    /// `inputs`, a row a file, and `series`, a row for each indicator in a file.
    func checkTables(asOf: CalendarDate) -> [Table] {
        var series: [SeriesKey: Series] = [:]
        for observation in observations where observation.value != nil {
            // A value stands where its first cell stands, as observations.csv has it.
            guard let file = observation.firstOrigin?.file else { continue }
            let key = SeriesKey(file: file, indicator: observation.indicator)
            series[key, default: Series()].take(observation, level: gazetteer[observation.place]?.level)
        }
        var rows = Table(schema: Self.series)
        for (key, facts) in series.sorted(by: { ($0.key.file, $0.key.indicator) < ($1.key.file, $1.key.indicator) }) {
            rows.append([.text(key.file), .text(key.indicator)] + cells(of: facts, asOf: asOf))
        }
        var inputs = Table(schema: Self.inputs)
        for file in files {
            let facts = series.filter { $0.key.file == file.file }.values.reduce(into: Series()) { $0.join($1) }
            let tally = file.tally
            let share = { (count: Int) in
                tally.read == 0 ? Cell.missing : Cell(Double(count) / Double(tally.read) * 100)
            }
            inputs.append(
                [
                    .text(file.file), .integer(file.records), .integer(tally.read), .integer(tally.used),
                    .integer(tally.refused), .integer(tally.setAside), share(tally.used), share(tally.refused),
                    .integer(file.duplicates),
                ] + cells(of: facts, asOf: asOf)
            )
        }
        return [inputs.sortedByKey(), rows.sortedByKey()]
    }

    /// Of the tables that ``checkTables(asOf:)`` makes.
    static let checkSchemas = [inputs, series]

    private func cells(of facts: Series, asOf: CalendarDate) -> [Cell] {
        [
            .integer(facts.values), .integer(facts.places.count), .integer(facts.provinces.count),
            Cell(coverage(of: facts)), Cell(facts.years.min()), Cell(facts.years.max()),
            Cell(facts.years.max().map { max(0, (asOf.year - $0 - 1) * 12 + asOf.month - 1) }),
        ]
    }

    /// Of a hundred provinces that existed in the latest year in the countries whose provinces are given, how many have
    /// a value of that year; `nil` where none is given.
    private func coverage(of facts: Series) -> Double? {
        guard let latest = facts.latestProvinceYear else { return nil }
        let countries = Set(facts.provinces.compactMap { gazetteer[$0]?.country })
        let existing = gazetteer.places.filter {
            $0.level == .province && countries.contains($0.country) && $0.exists(in: latest)
        }
        guard !existing.isEmpty else { return nil }
        let given = existing.count { facts.provincesOfYear[latest]?.contains($0.code) == true }
        return Double(given) / Double(existing.count) * 100
    }

    private struct SeriesKey: Hashable {
        var file: String
        var indicator: String
    }

    /// What a file, or an indicator in it, yielded.
    private struct Series {
        var values = 0
        var places: Set<String> = []
        var provincesOfYear: [Int: Set<String>] = [:]
        var years: Set<Int> = []

        var provinces: Set<String> { provincesOfYear.values.reduce(into: []) { $0.formUnion($1) } }
        var latestProvinceYear: Int? { provincesOfYear.keys.max() }

        mutating func take(_ observation: Observation, level: PlaceLevel?) {
            values += 1
            places.insert(observation.place)
            years.insert(observation.year)
            if level == .province { provincesOfYear[observation.year, default: []].insert(observation.place) }
        }

        mutating func join(_ other: Series) {
            values += other.values
            places.formUnion(other.places)
            years.formUnion(other.years)
            provincesOfYear.merge(other.provincesOfYear) { $0.union($1) }
        }
    }

    private static let inputs = TableSchema(
        name: "inputs",
        title: "One row for each input file: what became of its values, and what they are of.",
        columns: [
            Column("file", .text, definition: "The file, from the pipeline's folder.", isKey: true),
            Column("records", .integer, unit: "records", definition: "All records, those of titles and header too."),
            Column("read", .integer, unit: "values", definition: "Cells in which a value was looked for."),
            Column("used", .integer, unit: "values", definition: "Cells that stand behind an observation."),
            Column("refused", .integer, unit: "values", definition: "Cells that could not be read or placed."),
            Column("set_aside", .integer, unit: "values", definition: "Cells recognised and not wanted."),
            Column("used_percent", .number, unit: "%", definition: "Of a hundred cells read, how many are used."),
            Column("refused_percent", .number, unit: "%", definition: "Of a hundred cells read, how many are refused."),
            Column(
                "duplicates",
                .integer,
                unit: "values",
                definition: "Cells of which the same place and year has another."
            ),
        ] + shared
    )

    private static let series = TableSchema(
        name: "series",
        title: "One row for each indicator in an input file: what its values are of.",
        columns: [
            Column("file", .text, definition: "The file, from the pipeline's folder.", isKey: true),
            Column("indicator", .text, definition: "The id of the indicator in the catalogue.", isKey: true),
        ] + shared
    )

    private static let shared = [
        Column("values", .integer, unit: "values", definition: "Observations with a value that come from the file."),
        Column("places", .integer, unit: "places", definition: "Places of any level that have a value in any year."),
        Column("provinces", .integer, unit: "places", definition: "Provinces that have a value in any year."),
        Column(
            "coverage",
            .number,
            unit: "%",
            definition:
                "Of a hundred provinces of the countries concerned that existed in the latest year, those with a value."
        ),
        Column("first_year", .integer, unit: "year", definition: "The first year with a value."),
        Column("latest_year", .integer, unit: "year", definition: "The last year with a value."),
        Column(
            "age_in_months",
            .integer,
            unit: "months",
            definition: "Whole months from the end of the latest year to as_of; 0 where it is not over."
        ),
    ]
}
