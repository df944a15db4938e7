package import Indicators

extension TableSchema {
    /// `normalised.csv`.
    package static let normalised = TableSchema(
        name: "normalised",
        title: "One row for each derived rate, and one for each value brought to a scale by one rule.",
        columns: normalisedKeys + normalisedScores + normalisedRates + [
            Column(
                "status",
                .text,
                definition: "SDMX CL_OBS_STATUS of the value; of a rate the most telling of numerator and denominator.",
                words: ObservationStatus.words
            ),
            Column(
                "treatment",
                .text,
                definition: "What we did to the value: imputed, winsorised, transformed, clipped, retabulated."
            ),
            Column(
                "grade",
                .text,
                definition: "The worst grade of the sources that the row comes from.",
                words: Grade.words
            ),
        ]
    )

    private static let normalisedKeys = [
        Column("indicator", .text, definition: "The catalogue's id of what was scaled or derived.", isKey: true),
        Column("place", .text, definition: "The gazetteer's code of the place.", isKey: true),
        Column("year", .integer, unit: "year", definition: "The year of the value, Common Era.", isKey: true),
        Column("group", .text, definition: "Whom it counts; limits are found within the group.", isKey: true),
        Column(
            "method",
            .text,
            definition: "The rate or the scale with its parameters; ranks say whether the worst or the best is 1.",
            source: "OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5",
            isKey: true
        ),
        Column(
            "scope",
            .text,
            definition:
                "Whether limits and ranks are found over all countries pooled or within-country, which makes scores"
                + " of different countries incomparable; empty for a rate.",
            isKey: true
        ),
        Column(
            "limits",
            .text,
            definition: "Which years the limits and ranks come from: each year (scores of different years are"
                + " incomparable), whole panel, base year, or goalposts or fixed limits given beforehand; empty for a rate.",
            isKey: true
        ),
    ]

    private static let normalisedScores = [
        Column(
            "value",
            .number,
            unit: "indicator",
            definition:
                "The value that was scaled, imputed or treated where treatment says so, or the derived rate itself."
        ),
        Column("unit", .text, definition: "The unit of value, low, high, mean, standard_deviation and reference."),
        Column(
            "score",
            .number,
            unit: "1",
            definition:
                "The value on the scale of the method. More is better whichever direction is good, except for rank"
                + " from best, where 1 is the best; empty for a rate and where there is none.",
            source: "OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5"
        ),
        Column(
            "direction",
            .text,
            definition: "Whether a higher or a lower value is better, or none.",
            words: Indicator.Direction.words
        ),
        Column(
            "low",
            .number,
            unit: "indicator",
            definition: "The least value of those compared, or the lower goalpost."
        ),
        Column(
            "high",
            .number,
            unit: "indicator",
            definition: "The greatest of those compared, or the upper goalpost."
        ),
        Column(
            "mean",
            .number,
            unit: "indicator",
            definition: "The unweighted mean of the values compared (z-score only)."
        ),
        Column(
            "standard_deviation",
            .number,
            unit: "indicator",
            definition: "The sample's standard deviation (n - 1) of the values compared (z-score only)."
        ),
        Column(
            "reference",
            .number,
            unit: "indicator",
            definition:
                "The value that has the score 1 by a distance, or 100 on the adjusted scale: of a place, a target, a mean."
        ),
        Column("n", .integer, unit: "values", definition: "How many values were compared; missing ones do not count."),
    ]

    private static let normalisedRates = [
        Column("numerator", .text, definition: "The id of the indicator that was divided (rates only)."),
        Column("numerator_value", .number, unit: "numerator", definition: "Its value in this place, year and group."),
        Column(
            "denominator",
            .text,
            definition: "What it was divided by: an indicator's id, area_km2, or the sum over a country or region."
        ),
        Column("denominator_value", .number, unit: "denominator", definition: "The number that it was divided by."),
        Column(
            "denominator_year",
            .integer,
            unit: "year",
            definition: "The year of that number, which the rule may take from another year; empty for an area."
        ),
    ]

    /// `treatments.csv`.
    package static let treatments = TableSchema(
        name: "treatments",
        title: "One row for each value that a rule of ours changed on its way to a score.",
        columns: [
            Column("indicator", .text, definition: "The catalogue's id.", isKey: true),
            Column("place", .text, definition: "The gazetteer's code of the place.", isKey: true),
            Column("year", .integer, unit: "year", definition: "The year of the value, Common Era.", isKey: true),
            Column("group", .text, definition: "Whom it counts.", isKey: true),
            Column(
                "treatment",
                .text,
                definition: "What was done: imputed, winsorised, transformed, or clipped by the scale.",
                isKey: true
            ),
            Column("rule", .text, definition: "The rule that did it, with its parameters.", isKey: true),
            Column("old", .number, unit: "indicator", definition: "The value before; empty where there was none."),
            Column("new", .number, unit: "indicator", definition: "The value that the score was worked out from."),
            Column("unit", .text, definition: "The unit of old and, but for a transform, of new."),
            Column(
                "donors",
                .text,
                definition:
                    "Where an imputed value comes from: the year or the two years of the same place, the group of places"
                    + " and how many of them had a value, or how many other indicators of the place."
            ),
            Column("grade", .text, definition: "The grade of the value before, or of what was put in its place."),
        ]
    )
}
