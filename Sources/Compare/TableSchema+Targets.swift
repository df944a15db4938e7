package import Indicators

extension TableSchema {
    /// `targets.csv`.
    package static let targets = TableSchema(
        name: "targets",
        title: "One row for each target of a plan: how far the place has come on its way there.",
        columns: [
            Column("indicator", .text, definition: "The catalogue's id of what is aimed at.", isKey: true),
            Column("group", .text, definition: "Whom it counts.", isKey: true),
            Column("place", .text, definition: "The code of the place that the plan is for.", isKey: true),
            Column(
                "year",
                .integer,
                unit: "year",
                definition: "The year by which the target is to be reached.",
                isKey: true
            ),
            Column("document", .text, definition: "The plan that says so.", isKey: true),
        ] + targetValues + targetRates + targetEnds
    )

    /// `trends.csv`.
    package static let trends = TableSchema(
        name: "trends",
        title: "One row for each indicator, group and place: how the values grew.",
        columns: [
            Column("indicator", .text, definition: "The catalogue's id.", isKey: true),
            Column("group", .text, definition: "Whom it counts.", isKey: true),
            Column("place", .text, definition: "The code of the place.", isKey: true),
            Column("year_from", .integer, unit: "year", definition: "The first year that has a value."),
            Column("year_to", .integer, unit: "year", definition: "The last year that has a value."),
            Column("n", .integer, unit: "years", definition: "How many years have a value."),
            Column("first", .number, unit: "indicator", definition: "The value of year_from."),
            Column("last", .number, unit: "indicator", definition: "The value of year_to."),
            Column(
                "cagr",
                .number,
                unit: "1",
                definition:
                    "The compound annual growth rate (last / first)^(1 / (year_to - year_from)) - 1; empty of one year,"
                    + " where first is 0 or less or last negative."
            ),
            Column(
                "slope",
                .number,
                unit: "per year",
                definition: "The slope of the least-squares line through all the values."
            ),
            Column(
                "percent_change",
                .number,
                unit: "%",
                definition:
                    "100 slope / the height of that line in year_from: the yearly change of the trend in percent of its"
                    + " start; empty where that height is 0 or less."
            ),
            Column("status", .text, definition: "SDMX CL_OBS_STATUS, the most telling of the values."),
            Column("grade", .text, definition: "The worst grade of the values."),
            Column("unit", .text, definition: "The unit of the values."),
        ]
    )

    private static let targetValues = [
        Column("target", .number, unit: "indicator", definition: "T: what the plan wants."),
        Column(
            "base_year",
            .integer,
            unit: "year",
            definition: "The base year of the plan, or the first year that has a value; empty where it has none."
        ),
        Column("base_value", .number, unit: "indicator", definition: "x_0: the value of the base year."),
        Column("latest_year", .integer, unit: "year", definition: "The last year that has a value."),
        Column("latest_value", .number, unit: "indicator", definition: "x: the value of latest_year."),
        Column(
            "basis",
            .text,
            definition:
                "own: x_0 and x are the place's own values; else the level of the places whose mean, weighted by the indicator's"
                + " own denominator, stands for a country that has no value of its own in any year: of years in which they hold"
                + " at least minimum_coverage of it, or half; empty without a value."
        ),
        Column(
            "base_coverage",
            .number,
            unit: "1",
            definition:
                "Of a mean, the share of the denominator that its places hold in base_year, from 0 to 1; else 1."
        ),
        Column(
            "latest_coverage",
            .number,
            unit: "1",
            definition:
                "Of a mean, the share of the denominator that its places hold in latest_year, from 0 to 1; else 1."
        ),
        Column(
            "status",
            .text,
            definition:
                "met: x is T or better; else moving-away: x is worse than x_0; else on-track: year is still to come and x"
                + " lies on the straight path from x_0 to T or ahead of it; else behind; unknown: no value, none after the"
                + " base year, or no better end."
        ),
        Column(
            "progress",
            .number,
            unit: "1",
            definition:
                "(x - x_0) / (T - x_0): 0 at the base, 1 at the target; empty unless T is better than x_0."
        ),
    ]

    private static let targetRates = [
        Column(
            "required_rate_from_base",
            .number,
            unit: "indicator per year",
            definition: "(T - x_0) / (year - base_year): the yearly change of the straight path from base to target."
        ),
        Column(
            "actual_rate",
            .number,
            unit: "indicator per year",
            definition: "(x - x_0) / (latest_year - base_year): the yearly change since the base year."
        ),
        Column(
            "required_rate",
            .number,
            unit: "indicator per year",
            definition: "(T - x) / (year - latest_year): the yearly change from now on; empty where the year has come."
        ),
        Column(
            "required_growth_from_base",
            .number,
            unit: "1",
            definition: "(T / x_0)^(1 / (year - base_year)) - 1; empty where x_0 is 0 or less or T negative."
        ),
        Column(
            "actual_growth",
            .number,
            unit: "1",
            definition: "(x / x_0)^(1 / (latest_year - base_year)) - 1; empty where x_0 is 0 or less or x negative."
        ),
        Column(
            "required_growth",
            .number,
            unit: "1",
            definition:
                "(T / x)^(1 / (year - latest_year)) - 1; empty where x is 0 or less, T negative, or the year has come."
        ),
        Column(
            "projected_year",
            .number,
            unit: "year",
            definition:
                "latest_year + (T - x) / actual_rate: when T is reached at the pace so far; empty where it is met or the pace"
                + " does not lead there."
        ),
    ]

    private static let targetEnds = [
        Column(
            "observation_status",
            .text,
            definition:
                "SDMX CL_OBS_STATUS, the most telling of the base value and the latest; empty where there is none."
        ),
        Column(
            "grade",
            .text,
            definition: "The worst grade of the base value, the latest value and the file of targets."
        ),
        Column("unit", .text, definition: "The unit of the values and of the target."),
        Column("direction", .text, definition: "Whether a higher or a lower value is better, or none."),
        Column("file", .text, definition: "The file that the target stands in."),
        Column("record", .integer, definition: "Its record there, the header being 1."),
        Column("note", .text, definition: "What else a reader should know, in words."),
    ]
}
