package import Indicators

/// `observations.csv`: every value that is built upon, with where it stands.
package func observationsTable(_ observations: [Observation], catalogue: Catalogue) -> Table {
    var columns = ObservationColumns(reserving: observations.count)
    for position in observations.indices { columns.append(position, of: observations, catalogue) }
    var table = Table(schema: observationsSchema)
    table.append([RowBlock(count: observations.count, columns: columns.blocks)])
    return table.sortedByKey()
}

/// The columns of `observations.csv`: a table of thousands of rows is made faster column by column.
private struct ObservationColumns {
    private var place, file, column: TextBlock
    /// By the number of the indicator.
    private var indicator = WordColumn<Int>()
    private var unit = WordColumn<Int>()
    private var group = WordColumn<Spelling>()
    private var status = WordColumn<ObservationStatus>()
    private var treatment = WordColumn<TreatmentSet>()
    private var grade = WordColumn<Grade>()
    private var year: [Int] = []
    private var record: [Int] = []
    private var value: [Double] = []
    private var standardError: [Double] = []
    /// The indicator of the last row, and its number: they are counted as they come.
    private var last = (indicator: "", number: 0)

    init(reserving count: Int) {
        let texts = TextBlock(reserving: count)
        (place, file, column) = (texts, texts, texts)
        year.reserveCapacity(count)
        record.reserveCapacity(count)
        value.reserveCapacity(count)
        standardError.reserveCapacity(count)
    }

    /// Field by field: an observation that is handed over is copied.
    mutating func append(_ position: Int, of observations: [Observation], _ catalogue: Catalogue) {
        if last.indicator != observations[position].indicator {
            last = (observations[position].indicator, last.number + 1)
        }
        indicator.append(last.number) { _ in observations[position].indicator }
        place.append(observations[position].place)
        year.append(observations[position].year)
        group.append(Spelling(observations[position].group)) { $0.text }
        value.append(observations[position].value ?? .nan)
        unit.append(last.number) { _ in catalogue.unit(of: observations[position].indicator) ?? "" }
        standardError.append(observations[position].standardError ?? .nan)
        status.append(observations[position].status) { $0.rawValue }
        treatment.append(observations[position].treatmentSet) { $0.text }
        grade.append(observations[position].grade) { $0.rawValue }
        guard let origin = observations[position].past.firstOrigin else {
            file.appendMissing()
            record.append(.min)
            column.appendMissing()
            return
        }
        file.append(origin.file)
        // 0 where an engine added up records and does not tell the first.
        record.append(origin.record > 0 ? origin.record : .min)
        column.append(origin.column)
    }

    /// In the order of the schema.
    var blocks: [ColumnBlock] {
        [
            indicator.block, place.block, .each(.integers(year)), group.block, .each(.numbers(value)), unit.block,
            .each(.numbers(standardError)), status.block, treatment.block, grade.block, file.block,
            .each(.integers(record)), column.block,
        ]
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
