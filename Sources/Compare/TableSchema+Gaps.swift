package import Indicators

extension TableSchema {
    /// `gaps.csv`.
    package static let gaps = TableSchema(
        name: "gaps",
        title: "One row for each comparison of the reference (A) with the other country (B).",
        columns: gapKeys + gapMeasures + gapCoverage + gapPlaces + gapSpread
    )

    private static let gapKeys = [
        Column("indicator", .text, definition: "The catalogue's id of what is compared.", isKey: true),
        Column("group", .text, definition: "Whom it counts, the same on both sides.", isKey: true),
        Column(
            "level",
            .text,
            definition:
                "country: the national figures themselves. Else the level of the places over which both means are"
                + " taken; with a slash, the reference's level and the other's, which differ: such means are kept apart.",
            isKey: true
        ),
        Column(
            "weighting",
            .text,
            definition:
                "none for national figures; simple: each place counts the same; else the id of the indicator whose"
                + " values weight the places.",
            isKey: true
        ),
        Column("year_reference", .integer, unit: "year", definition: "The year of A, Common Era.", isKey: true),
        Column(
            "year_other",
            .integer,
            unit: "year",
            definition: "The year of B; it differs from year_reference only where the indicator has no common year.",
            isKey: true
        ),
    ]

    private static let gapMeasures = [
        Column(
            "value_reference",
            .number,
            unit: "indicator",
            definition: "A: the reference's national figure, or the mean over its places that have a value."
        ),
        Column(
            "value_other",
            .number,
            unit: "indicator",
            definition: "B: the other's national figure, or the mean over its places that have a value."
        ),
        Column(
            "absolute_gap",
            .number,
            unit: "indicator",
            definition:
                "d (A - B), with d = 1 where higher is better and -1 where lower is: positive means that the other is"
                + " worse off. Empty for an indicator without a direction."
        ),
        Column(
            "relative_gap",
            .number,
            unit: "1",
            definition: "absolute_gap / A. Empty where A <= 0, and for an indicator without a direction."
        ),
        Column("ratio", .number, unit: "1", definition: "B / A, whichever direction is good. Empty where A <= 0."),
        Column(
            "log_ratio",
            .number,
            unit: "1",
            definition: "The natural logarithm of B / A, whichever direction is good. Empty unless both are positive."
        ),
        Column(
            "parity",
            .number,
            unit: "1",
            definition:
                "The smaller of A and B divided by the greater, from 0 to 1, whichever direction is good. Empty where"
                + " both are 0 or one is negative.",
            range: 0...1
        ),
    ]

    private static let gapCoverage = [
        Column("n_reference", .integer, unit: "places", definition: "How many places stand behind A."),
        Column("n_other", .integer, unit: "places", definition: "How many places stand behind B."),
        Column(
            "coverage_reference",
            .number,
            unit: "1",
            definition: "The share of coverage_basis_reference, from 0 to 1, that the places behind A hold.",
            range: 0...1
        ),
        Column(
            "coverage_other",
            .number,
            unit: "1",
            definition: "The share of coverage_basis_other, from 0 to 1, that the places behind B hold.",
            range: 0...1
        ),
        Column(
            "status",
            .text,
            definition:
                "SDMX CL_OBS_STATUS, the most telling of the values behind A and B (and of the weights, if weighted):"
                + " U I B W E P A in this order; U also where a coverage is below 0.5.",
            words: ObservationStatus.words
        ),
        Column(
            "grade",
            .text,
            definition: "The worst grade of the values behind A and B, and of the weights, if weighted.",
            words: Grade.words
        ),
        Column(
            "places_reference",
            .integer,
            unit: "places",
            definition: "How many places the reference has at that level in that year, with a value or without."
        ),
        Column(
            "places_other",
            .integer,
            unit: "places",
            definition: "How many places the other has at that level in that year, with a value or without."
        ),
        Column(
            "coverage_basis_reference",
            .text,
            definition:
                "What coverage_reference is a share of: an indicator's id (population: of the people), or places where"
                + " that is not known for all; country for a national figure."
        ),
        Column("coverage_basis_other", .text, definition: "What coverage_other is a share of, likewise."),
    ]

    private static let gapPlaces = [
        Column(
            "best_reference",
            .text,
            definition: "The code of the reference's place with the best value, of equals the first code."
        ),
        Column(
            "worst_reference",
            .text,
            definition: "The code of the reference's place with the worst value, of equals the first code."
        ),
        Column("best_other", .text, definition: "The code of the other's place with the best value, likewise."),
        Column("worst_other", .text, definition: "The code of the other's place with the worst value, likewise."),
        Column(
            "weight_year_reference",
            .integer,
            unit: "year",
            definition: "The year of the weights behind A or its coverage; empty where there are none."
        ),
        Column(
            "weight_year_other",
            .integer,
            unit: "year",
            definition: "The year of the weights behind B or its coverage; empty where there are none."
        ),
        Column("unit", .text, definition: "The unit of value_reference, value_other and absolute_gap."),
        Column(
            "direction",
            .text,
            definition: "Whether a higher or a lower value is better, or none.",
            words: Indicator.Direction.words
        ),
        Column("note", .text, definition: "What else a reader should know, in words."),
    ]
}

extension Table {
    /// Adds a row of `gaps.csv`.
    mutating func appendGap(
        _ series: ComparedSeries,
        years: (reference: Int, other: Int),
        level: String,
        weighting: String,
        _ left: Mean,
        _ right: Mean
    ) {
        let gap = Gap(reference: left.value, other: right.value, direction: series.indicator.direction)
        append(
            [
                .text(series.key.indicator), .text(series.key.group), .text(level), .text(weighting),
                .integer(years.reference), .integer(years.other),
                .number(left.value), .number(right.value),
                Cell(gap.absolute), Cell(gap.relative), Cell(gap.ratio), Cell(gap.logRatio), Cell(gap.parity),
                .integer(left.count), .integer(right.count), .number(left.coverage), .number(right.coverage),
                .text(left.status.worse(right.status).rawValue), .text(left.grade.worse(right.grade).rawValue),
                .integer(left.placeCount), .integer(right.placeCount),
                .text(left.coverageBasis), .text(right.coverageBasis),
                Cell(left.best), Cell(left.worst), Cell(right.best), Cell(right.worst),
                Cell(left.weightYear), Cell(right.weightYear),
                .text(series.indicator.unit), .text(series.indicator.direction.rawValue),
                .text(notes(on: series.indicator, years, level, left, right).joined(separator: "; ")),
            ],
            followedBy: TableSchema.gapSpreadCells(gap, series.indicator, left, right)
        )
    }

    private func notes(
        on indicator: Indicator,
        _ years: (reference: Int, other: Int),
        _ level: String,
        _ left: Mean,
        _ right: Mean
    ) -> [String] {
        var notes: [String] = []
        if years.reference != years.other { notes.append("years differ") }
        if level.utf8.contains(UInt8(ascii: "/")) { notes.append("levels differ") }
        let isMean = level != PlaceLevel.country.rawValue
        if isMean, indicator.kind == .count || indicator.kind == .quantity {
            notes.append("means per place of a \(indicator.kind.rawValue), not totals")
        }
        notes += left.notes.map { "A: \($0)" } + right.notes.map { "B: \($0)" }
        return notes
    }
}
