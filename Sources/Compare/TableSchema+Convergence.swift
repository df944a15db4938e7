package import Indicators

extension TableSchema {
    private static let barro =
        "Barro and Sala-i-Martin (1992), Convergence, Journal of Political Economy 100(2)"

    /// `convergence.csv`.
    package static let convergence = TableSchema(
        name: "convergence",
        title: "One row for each set of places and span of years: beta and gamma convergence.",
        columns: setKeys + [
            Column(
                "scale",
                .text,
                definition:
                    "f, on which growth is measured: log, the natural logarithm; logit, of the share clipped to 0.1 and"
                    + " 99.9 %; levels, the value itself.",
                isKey: true
            ),
            Column("year_from", .integer, unit: "year", definition: "0: the first year, Common Era.", isKey: true),
            Column("year_to", .integer, unit: "year", definition: "T: the last year, Common Era.", isKey: true),
            Column(
                "places",
                .integer,
                unit: "places",
                definition: "How many places have a value in both years; only they are counted in this row."
            ),
            Column("intercept", .number, definition: "a of (f(x_T) - f(x_0)) / T = a + b f(x_0), by least squares."),
            Column(
                "slope",
                .number,
                definition:
                    "b of (f(x_T) - f(x_0)) / T = a + b f(x_0): negative where those that began low grew faster.",
                source: barro
            ),
            Column(
                "slope_standard_error",
                .number,
                definition: "The standard error of b, with places - 2 degrees of freedom."
            ),
            Column(
                "r_squared",
                .number,
                unit: "1",
                definition:
                    "The part of the variance of growth that the regression accounts for; empty where growth is equal."
            ),
            Column(
                "lambda",
                .number,
                unit: "per year",
                definition: "The speed of convergence, -ln(1 + bT) / T; empty unless -1 / T < b < 0.",
                source: barro
            ),
            Column(
                "half_life",
                .number,
                unit: "years",
                definition: "ln 2 / lambda: in how many years half of the differences (on the scale) would be gone.",
                source: barro
            ),
            Column(
                "verdict",
                .text,
                definition:
                    "converging: -1 / T < b < 0; diverging: b > 0; unchanged: |bT| < 1e-12; overshooting: b <= -1 / T; else"
                    + " why there is no b: too-few-places (under 3), constant-start, not-positive (a value of 0 or less on"
                    + " the scale log), not-a-share (on the scale logit), not-representable."
            ),
            Column(
                "clipped",
                .integer,
                unit: "values",
                definition: "How many values the scale logit clipped; 0 on the others."
            ),
            Column(
                "kendall_tau_b",
                .number,
                unit: "1",
                definition: "Kendall's tau-b between the values of both years: 1 where all places kept their ranks."
            ),
            Column(
                "spearman",
                .number,
                unit: "1",
                definition: "Spearman's rank correlation between the values of both years, ties with average ranks."
            ),
            Column(
                "kendall_w",
                .number,
                unit: "1",
                definition:
                    "Kendall's W of the rankings of all years from year_from to year_to in which each of the places has a"
                    + " value, corrected for ties: 1 where no rank ever changed.",
                source: "Kendall (1948), Rank Correlation Methods"
            ),
            Column("kendall_w_years", .integer, unit: "years", definition: "How many years kendall_w is made of."),
        ] + setEnds
    )

    /// `sigma.csv`.
    package static let sigma = TableSchema(
        name: "sigma",
        title: "One row for each set of places and year: how far the places lay apart (sigma).",
        columns: setKeys + [
            Column("year", .integer, unit: "year", definition: "Common Era.", isKey: true),
            Column("places", .integer, unit: "places", definition: "How many places have a value."),
            Column(
                "mean",
                .number,
                unit: "indicator",
                definition: "The mean of the values, each place counted the same."
            ),
            Column(
                "sd_log_population",
                .number,
                unit: "1",
                definition:
                    "The standard deviation of ln x over the places, divided by n; empty where a value is 0 or less."
            ),
            Column(
                "sd_log_sample",
                .number,
                unit: "1",
                definition:
                    "The standard deviation of ln x over the places, divided by n - 1; empty where a value is 0 or less."
            ),
            Column(
                "cv_population",
                .number,
                unit: "1",
                definition:
                    "The standard deviation of x, divided by n, over the mean; empty where the mean is 0 or less."
            ),
            Column(
                "cv_sample",
                .number,
                unit: "1",
                definition:
                    "The standard deviation of x, divided by n - 1, over the mean; empty where the mean is 0 or less."
            ),
        ] + setEnds
    )

    /// `sigma-trend.csv`.
    package static let sigmaTrend = TableSchema(
        name: "sigma-trend",
        title: "One row for each set of places and measure of spread: whether the spread falls over the years.",
        columns: setKeys + [
            Column("measure", .text, definition: "The column of sigma.csv that is followed.", isKey: true),
            Column("year_from", .integer, unit: "year", definition: "The first year that has the measure."),
            Column("year_to", .integer, unit: "year", definition: "The last year that has the measure."),
            Column("years", .integer, unit: "years", definition: "How many years have the measure."),
            Column(
                "places_least",
                .integer,
                unit: "places",
                definition:
                    "The smallest number of places behind a year; where it differs from places_most the set changed."
            ),
            Column("places_most", .integer, unit: "places", definition: "The greatest number of places behind a year."),
            Column("intercept", .number, definition: "The height of the least-squares trend in the year 0."),
            Column(
                "slope",
                .number,
                unit: "per year",
                definition: "The slope of the least-squares trend of the measure on the year."
            ),
            Column("slope_standard_error", .number, definition: "The standard error of the slope; empty of two years."),
            Column(
                "r_squared",
                .number,
                unit: "1",
                definition: "The part of the measure's variance that the trend accounts for."
            ),
            Column(
                "verdict",
                .text,
                definition:
                    "converging: the slope is negative; diverging: positive; unchanged: over all years it makes less than"
                    + " 1e-12 of the measure; too-few-years: only one."
            ),
        ] + setEnds
    )

    private static let setKeys = [
        Column("indicator", .text, definition: "The catalogue's id of what is compared.", isKey: true),
        Column("group", .text, definition: "Whom it counts.", isKey: true),
        Column("level", .text, definition: "The level of the places.", isKey: true),
        Column(
            "country",
            .text,
            definition: "The country whose places they are; pooled: the places of both, in the years that both have.",
            isKey: true
        ),
    ]

    private static let setEnds = [
        Column("status", .text, definition: "SDMX CL_OBS_STATUS, the most telling of the values."),
        Column("grade", .text, definition: "The worst grade of the values."),
        Column("unit", .text, definition: "The unit of the indicator."),
    ]
}
