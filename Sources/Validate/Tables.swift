package import Indicators

/// `observations.csv`: every value that is built upon, with where it stands.
package func observationsTable(_ observations: [Observation], catalogue: Catalogue) -> Table {
    let columns = ObservationColumns(observations)
    var values = ValueColumns(reserving: observations.count)
    for position in observations.indices { values.append(position, of: observations, catalogue) }
    var table = Table(schema: observationsSchema)
    // In the order of the schema.
    let blocks = [
        values.indicator.block, columns.places.block, .each(.integers(values.year)), columns.groups.block,
        .each(.numbers(values.value)), values.unit.block, .each(.numbers(values.standardError)), values.status.block,
        values.treatment.block, values.grade.block, columns.files.block, .each(.integers(columns.records)),
        columns.labels.block,
    ]
    table.append([RowBlock(count: observations.count, columns: blocks)])
    return table.sortedByKey()
}

/// What `observations.csv` has of observations beside their texts and their cells.
private struct ValueColumns {
    /// By the number of the indicator.
    private(set) var indicator = WordColumn<Int>()
    private(set) var unit = WordColumn<Int>()
    private(set) var status = WordColumn<ObservationStatus>()
    private(set) var treatment = WordColumn<TreatmentSet>()
    private(set) var grade = WordColumn<Grade>()
    private(set) var year: [Int] = []
    /// NaN for missing.
    private(set) var value: [Double] = []
    private(set) var standardError: [Double] = []
    /// The number of the indicator of the last row: they are counted as they come.
    private var number = 0

    init(reserving count: Int) {
        year.reserveCapacity(count)
        value.reserveCapacity(count)
        standardError.reserveCapacity(count)
    }

    /// Field by field: an observation that is handed over is copied.
    mutating func append(_ position: Int, of observations: [Observation], _ catalogue: Catalogue) {
        let isNew = position == 0 || observations[position - 1].indicator != observations[position].indicator
        if isNew { number += 1 }
        indicator.append(number) { _ in observations[position].indicator }
        unit.append(number) { _ in catalogue.unit(of: observations[position].indicator) ?? "" }
        year.append(observations[position].year)
        value.append(observations[position].value ?? .nan)
        standardError.append(observations[position].standardError ?? .nan)
        status.append(observations[position].status) { $0.rawValue }
        treatment.append(observations[position].treatmentSet) { $0.text }
        grade.append(observations[position].grade) { $0.rawValue }
    }
}

/// `findings.csv`, in canonical order, without a key: a file may have the same fault twice.
package func findingsTable(_ findings: [Finding]) -> Table {
    var table = Table(schema: findingsSchema)
    func text(_ text: String) -> Cell { text.isEmpty ? .missing : .text(text) }
    for finding in findings.inCanonicalOrder {
        table.append([
            .text(finding.code),
            .text(finding.severity.rawValue),
            text(finding.file),
            finding.record > 0 ? .integer(finding.record) : .missing,
            text(finding.column),
            text(finding.found),
            text(finding.expected),
            text(finding.hint),
        ])
    }
    return table
}

/// `provinces.csv`: the gazetteer's places of every level.
package func placesTable(_ gazetteer: Gazetteer) -> Table {
    var table = Table(schema: placesSchema)
    func text(_ text: String) -> Cell { text.isEmpty ? .missing : .text(text) }
    for place in gazetteer.places {
        table.append([
            .text(place.code),
            .text(place.country),
            .text(place.level.rawValue),
            Cell(place.parent),
            text(place.names.english),
            text(place.names.thai),
            text(place.names.lao),
            text(place.region),
            Cell(place.areaSquareKilometres),
            Cell(place.nationalCode),
            Cell(place.pcode),
            Cell(place.labelPoint?.latitude),
            Cell(place.labelPoint?.longitude),
        ])
    }
    return table.sortedByKey()
}

private let observationsSchema = TableSchema(
    name: "observations",
    title: "One value of one indicator for one place, year and group, as the source gives it, in the catalogue's unit.",
    columns: [
        Column("indicator", .text, definition: "The id of the indicator in the catalogue.", isKey: true),
        Column("place", .text, definition: "The code of the place in the gazetteer.", isKey: true),
        Column("year", .integer, unit: "year", definition: "The year of the Common Era.", isKey: true),
        Column("group", .text, definition: "Whom the value counts; total for everyone.", isKey: true),
        Column("value", .number, unit: "indicator", definition: "The value; empty where status is O, M or Q."),
        Column("unit", .text, definition: "The unit of value and standard_error."),
        Column(
            "standard_error",
            .number,
            unit: "indicator",
            definition:
                "The sampling error that the source gives, or the one behind its confidence limits: (high - low) / (2 z), z the"
                + " normal quantile for their confidence (1.96 for 0.95); on a declared logit scale of a share p in percent p"
                + " (100 - p) / 100 (logit(high) - logit(low)) / (2 z), on a log scale value (ln high - ln low) / (2 z).",
            range: 0...Double.greatestFiniteMagnitude
        ),
        Column(
            "status",
            .text,
            definition: "The SDMX observation status of the value.",
            source: "SDMX CL_OBS_STATUS",
            words: ObservationStatus.words
        ),
        Column(
            "treatment",
            .text,
            definition: "What was done to the value here or by re-tabulation, joined by spaces."
        ),
        Column("grade", .text, definition: "How far the source can be trusted.", words: Grade.words),
        Column("file", .text, definition: "The file that holds the value's first cell."),
        Column("record", .integer, definition: "The record of that cell, counted from 1 over all records of the file."),
        Column("column", .text, definition: "The header above that cell."),
    ]
)

private let findingsSchema = TableSchema(
    name: "findings",
    title: "One thing in the input that a person should know of.",
    columns: [
        Column("code", .text, definition: "The stable code of the kind of finding."),
        Column(
            "severity",
            .text,
            definition: "note, warning or error, as the pipeline has it.",
            words: Finding.Severity.words
        ),
        Column("file", .text, definition: "The file that it is about; empty for none."),
        Column("record", .integer, definition: "The record, counted from 1; empty where it is about the whole file."),
        Column("column", .text, definition: "The header or number of the column; empty for none."),
        Column("found", .text, definition: "The text or value found."),
        Column("expected", .text, definition: "What was expected instead."),
        Column("hint", .text, definition: "What a person can do about it."),
    ]
)

private let placesSchema = TableSchema(
    name: "provinces",
    title: "One place of the gazetteer: a country, region or province.",
    columns: [
        Column("code", .text, definition: "The code of the place: ISO 3166-2 for provinces.", isKey: true),
        Column("country", .text, definition: "The code of its country."),
        Column("level", .text, definition: "country, region, province or another word of the gazetteer."),
        Column("parent", .text, definition: "The code of the place directly above; empty at the top."),
        Column("name_en", .text, definition: "Its name in English."),
        Column("name_th", .text, definition: "Its name in Thai."),
        Column("name_lo", .text, definition: "Its name in Lao."),
        Column("region", .text, definition: "The name of its region as the gazetteer gives it."),
        Column(
            "area_km2",
            .number,
            unit: "km2",
            definition: "The published area, which may predate a boundary change."
        ),
        Column("national_code", .text, definition: "The code of the national statistical office."),
        Column("pcode", .text, definition: "The place code of humanitarian data (OCHA COD-AB)."),
        Column(
            "label_lat",
            .number,
            unit: "degrees",
            definition: "Latitude of the point for a label, WGS 84.",
            range: -90...90
        ),
        Column(
            "label_lon",
            .number,
            unit: "degrees",
            definition: "Longitude of the point for a label, WGS 84.",
            range: -180...180
        ),
    ]
)
