package import Indicators

extension TableSchema {
    /// `neighbours.csv`.
    package static let neighbours = TableSchema(
        name: "neighbours",
        title:
            "One row for each pair of places that touch across the border, and pair of years: A is the reference's place.",
        columns: seriesKeys + [
            Column("place_reference", .text, definition: "The code of the reference's place.", isKey: true),
            Column("place_other", .text, definition: "The code of the other country's place.", isKey: true),
        ] + placeYears + placeGaps
    )

    /// `border.csv`.
    package static let border = TableSchema(
        name: "border",
        title:
            "One row for each indicator and pair of years: the difference across the border beside that away from it.",
        columns: seriesKeys + [
            Column("level", .text, definition: "The level of the places, the same on both sides.", isKey: true)
        ] + placeYears + borderMeasures
    )

    /// `peers.csv`.
    package static let peers = TableSchema(
        name: "peers",
        title: "One row for each of the other country's places and each of the reference's places most like it.",
        columns: [
            Column("place_other", .text, definition: "The code of the other country's place.", isKey: true),
            Column(
                "rank",
                .integer,
                definition: "1: the reference's place nearest to it; of places as near the one whose code comes first.",
                isKey: true
            ),
            Column("place_reference", .text, definition: "The code of the reference's place."),
            Column(
                "distance",
                .number,
                unit: "1",
                definition:
                    "The Euclidean distance of the two places in the declared context indicators, each brought to the"
                    + " declared scale over the places of both countries together."
            ),
            Column("context", .text, definition: "The context indicators, each with its years (reference/other)."),
            Column(
                "scale",
                .text,
                definition:
                    "z-score: (x - mean) / standard deviation (over n); log-z-score: the same of ln x; min-max: (x -"
                    + " minimum) / (maximum - minimum)."
            ),
            Column(
                "status",
                .text,
                definition: "SDMX CL_OBS_STATUS, the most telling of the context values of the two places."
            ),
            Column("grade", .text, definition: "The worst grade of the context values of the two places."),
        ]
    )

    /// `peer-gaps.csv`.
    package static let peerGaps = TableSchema(
        name: "peer-gaps",
        title: "One row for each place, peer, indicator and pair of years: the difference between the two.",
        columns: [
            Column("place_other", .text, definition: "The code of the other country's place.", isKey: true),
            Column("rank", .integer, definition: "Of the peer, as in peers.csv.", isKey: true),
        ] + seriesKeys + placeYears + [
            Column("place_reference", .text, definition: "The code of the reference's place: the peer.")
        ] + placeGaps
    )

    private static let seriesKeys = [
        Column("indicator", .text, definition: "The catalogue's id of what is compared.", isKey: true),
        Column("group", .text, definition: "Whom it counts, the same on both sides.", isKey: true),
    ]

    private static let placeYears = [
        Column("year_reference", .integer, unit: "year", definition: "The year of A, Common Era.", isKey: true),
        Column(
            "year_other",
            .integer,
            unit: "year",
            definition: "The year of B; it differs from year_reference only where the two places have no common year.",
            isKey: true
        ),
    ]

    private static let placeGaps = [
        Column("value_reference", .number, unit: "indicator", definition: "A: the value of the reference's place."),
        Column("value_other", .number, unit: "indicator", definition: "B: the value of the other country's place."),
        Column(
            "absolute_gap",
            .number,
            unit: "indicator",
            definition:
                "d (A - B), with d = 1 where higher is better and -1 where lower is: positive means that the other"
                + " country's place is worse off. Empty for an indicator without a direction."
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
            definition: "The smaller of A and B divided by the greater. Empty where both are 0 or one is negative."
        ),
        Column("status", .text, definition: "SDMX CL_OBS_STATUS, the most telling of the two values."),
        Column("grade", .text, definition: "The worst grade of the two values."),
        Column("unit", .text, definition: "The unit of the values and of absolute_gap."),
        Column("direction", .text, definition: "Whether a higher or a lower value is better, or none."),
        Column("note", .text, definition: "What else a reader should know, in words."),
    ]

    private static let borderMeasures = [
        Column(
            "pairs",
            .integer,
            unit: "pairs",
            definition: "How many pairs across the border have values of the two years."
        ),
        Column(
            "border_places_reference",
            .integer,
            unit: "places",
            definition: "How many of the reference's places are in them."
        ),
        Column(
            "border_places_other",
            .integer,
            unit: "places",
            definition: "How many of the other's places are in them."
        ),
        Column(
            "mean_gap_across",
            .number,
            unit: "indicator",
            definition:
                "The mean of absolute_gap over the pairs, each counted the same: positive where the other's side is worse"
                + " off. Empty for an indicator without a direction."
        ),
        Column(
            "inner_places_reference",
            .integer,
            unit: "places",
            definition: "How many of the reference's places that touch none of the other country have a value."
        ),
        Column(
            "inner_places_other",
            .integer,
            unit: "places",
            definition: "How many of the other's places that touch none of the reference have a value."
        ),
        Column("inner_mean_reference", .number, unit: "indicator", definition: "The mean over those of the reference."),
        Column("inner_mean_other", .number, unit: "indicator", definition: "The mean over those of the other."),
        Column(
            "inner_gap",
            .number,
            unit: "indicator",
            definition: "d (inner_mean_reference - inner_mean_other); empty where either is."
        ),
        Column(
            "across_less_inner",
            .number,
            unit: "indicator",
            definition:
                "mean_gap_across - inner_gap: negative where the countries differ less at their border than away from it."
        ),
        Column("status", .text, definition: "SDMX CL_OBS_STATUS, the most telling of the values of all these places."),
        Column("grade", .text, definition: "The worst grade of the values of all these places."),
        Column("unit", .text, definition: "The unit of the values."),
        Column("direction", .text, definition: "Whether a higher or a lower value is better, or none."),
    ]
}
