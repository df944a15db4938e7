package import Indicators

extension TableSchema {
    private static let sicherl = "Sicherl (2004), European Societies 6(2), 181-203."

    /// `time-distance.csv`.
    package static let timeDistance = TableSchema(
        name: "time-distance",
        title:
            "One row for each year of a country's figure: when the other country's figure stood where it stands then.",
        columns: pairKeys + [
            Column("country", .text, definition: "The country whose figure of the year it is.", isKey: true),
            Column("year", .integer, unit: "year", definition: "The year of that figure, Common Era.", isKey: true),
            Column(
                "value",
                .number,
                unit: "indicator",
                definition: "X: the country's national figure of the year, or the mean over its places."
            ),
            Column("counterpart", .text, definition: "The other of the two countries."),
            Column(
                "counterpart_year",
                .number,
                unit: "year",
                definition:
                    "When the counterpart reached X, on straight lines between its years; for an indicator of which"
                    + " less is better, when it fell to X. Empty where it was before its first year or not by its last.",
                source: sicherl
            ),
            Column(
                "time_distance",
                .number,
                unit: "years",
                definition:
                    "By how many years the other (B) lags behind the reference (A) at X: of the other's figure year -"
                    + " counterpart_year, of the reference's counterpart_year - year; where counterpart_year is empty"
                    + " its first or last year stands for it, and bound tells which way the true distance lies."
                    + " Negative where the other is ahead.",
                source: sicherl
            ),
            boundColumn, crossingColumn,
        ] + endColumns("the value and of those of the counterpart that it is set beside", measured: "value")
    )

    /// `time-distance-levels.csv`.
    package static let timeDistanceLevels = TableSchema(
        name: "time-distance-levels",
        title: "One row for each level of an indicator: when each of the two countries reached it.",
        columns: pairKeys + [
            Column(
                "value",
                .number,
                unit: "indicator",
                definition: "X: the level, in the indicator's unit.",
                isKey: true
            ),
            reachedColumn("reference", "the reference (A)"), reachedColumn("other", "the other (B)"),
            reachedBound("reference"), reachedBound("other"),
            Column(
                "time_distance",
                .number,
                unit: "years",
                definition:
                    "S: year_reached_other - year_reached_reference, positive where the other lags; where one of them is"
                    + " empty the first or last year of that country stands for it, and bound tells which way the true"
                    + " distance lies. Empty where both are.",
                source: sicherl
            ),
            boundColumn,
            stepColumn("reference"), stepColumn("other"), crossingColumn,
        ] + endColumns("the values that the level lies between", measured: "value")
    )

    /// `catch-up.csv`.
    package static let catchUp = TableSchema(
        name: "catch-up",
        title: "One row for each trend of a figure: the year in which the other country would draw level.",
        columns: pairKeys + catchUpColumns
    )

    private static let pairKeys = [
        Column("indicator", .text, definition: "The catalogue's id of what is compared.", isKey: true),
        Column("group", .text, definition: "Whom it counts, the same on both sides.", isKey: true),
        Column(
            "level",
            .text,
            definition:
                "country: the national figures themselves. Else the level of the places over which both means are taken.",
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
    ]

    private static let boundColumn = Column(
        "bound",
        .text,
        definition:
            "exact; left-censored: exact if the level of a country's first year was not reached before it; at-least: the"
            + " true distance is time_distance or more; at-most: it is time_distance or less; undefined: nothing is known."
    )

    private static let crossingColumn = Column(
        "crossing",
        .text,
        definition:
            "Which crossing of the level counts where there are several: earliest or last, as the pipeline declares."
    )

    private static func reachedColumn(_ side: String, _ country: String) -> Column {
        Column(
            "year_reached_\(side)",
            .number,
            unit: "year",
            definition:
                "When \(country) reached X, on straight lines between its years; for an indicator of which less is"
                + " better, when it fell to X. Empty where it was before its first year or not by its last."
        )
    }

    private static func reachedBound(_ side: String) -> Column {
        Column(
            "bound_\(side)",
            .text,
            definition:
                "exact; left-censored: in the first year that there is, perhaps before; before: before the first year;"
                + " not-reached: not by the last year."
        )
    }

    private static func stepColumn(_ side: String) -> Column {
        Column(
            "step_\(side)",
            .number,
            unit: "years",
            definition:
                "S-time-step: year_reached_\(side) less that of the level before it in this table; empty unless both are"
                + " known and this one exactly."
        )
    }

    private static func endColumns(_ what: String, measured: String) -> [Column] {
        [
            Column(
                "status",
                .text,
                definition: "SDMX CL_OBS_STATUS, the most telling of \(what); U also for a mean over less than half."
            ),
            Column("grade", .text, definition: "The worst grade of \(what)."),
            Column("unit", .text, definition: "The unit of \(measured)."),
            Column("direction", .text, definition: "Whether a higher or a lower value is better."),
        ]
    }

    private static let catchUpColumns = [
        Column(
            "trend",
            .text,
            definition: "linear: fitted to the values; log-linear: fitted to their natural logarithms.",
            isKey: true
        ),
        Column("year_from", .integer, unit: "year", definition: "The first of the years fitted."),
        Column("year_to", .integer, unit: "year", definition: "The last of the years fitted: the last that both have."),
        Column(
            "n",
            .integer,
            unit: "years",
            definition: "How many years both have a value in, from year_from to year_to."
        ),
        Column(
            "trend_reference",
            .number,
            definition: "The reference's least-squares trend at year_to: in the indicator's unit, or its logarithm."
        ),
        Column(
            "trend_other",
            .number,
            definition: "The other's least-squares trend at year_to: in the indicator's unit, or its logarithm."
        ),
        Column("slope_reference", .number, definition: "The slope of the reference's trend, per year."),
        Column("slope_other", .number, definition: "The slope of the other's trend, per year."),
        Column(
            "gap",
            .number,
            definition: "d (trend_reference - trend_other), d = 1 where higher is better and -1 where lower is."
        ),
        Column(
            "closing_speed",
            .number,
            definition:
                "d (slope_other - slope_reference): by how much the gap shrinks in a year; negative where it widens,"
                + " 0 where the slopes differ by less than 1e-12 of the steeper."
        ),
        Column(
            "catch_up_year",
            .number,
            unit: "year",
            definition:
                "Where the trends meet: year_to + gap / closing_speed. Empty unless verdict is closing. An extrapolation,"
                + " not a forecast."
        ),
        Column(
            "catch_up_value",
            .number,
            unit: "indicator",
            definition: "The value at which the trends meet, in the indicator's unit."
        ),
        Column(
            "catch_up_year_observed",
            .number,
            unit: "year",
            definition:
                "year_to + the gap between the observed values of year_to (log-linear: their logarithms) / closing_speed;"
                + " empty where that gap or closing_speed is not positive."
        ),
        Column(
            "verdict",
            .text,
            definition:
                "closing; already-level: gap is 0 or less; not-closing: closing_speed is 0 or less; too-few-years: fewer"
                + " than two; not-positive: a value without a logarithm; not-representable: a trend beyond all numbers."
        ),
        Column(
            "status",
            .text,
            definition:
                "SDMX CL_OBS_STATUS, the most telling of the values fitted; U also for a mean over less than half."
        ),
        Column("grade", .text, definition: "The worst grade of the values fitted."),
        Column("unit", .text, definition: "The unit of the values."),
        Column("direction", .text, definition: "Whether a higher or a lower value is better."),
        Column("note", .text, definition: "What else a reader should know, in words."),
    ]
}
