package import Indicators

extension TableSchema {
    /// `inequality.csv`, with a column for each parameter that is asked for.
    package static func inequality(_ options: InequalityOptions) -> TableSchema {
        let orders = options.entropies.map { a in
            let text = Cell.format(a)
            return Column(
                InequalityOptions.column("ge", a),
                .number,
                unit: "1",
                definition: "Generalised entropy of a = \(text): (sum f r^a - 1) / (a (a - 1))."
                    + (a < 0 ? " Empty where a value is 0." : ""),
                source: shorrocks
            )
        }
        let aversions = options.aversions.map { e in
            let text = Cell.format(e)
            return Column(
                InequalityOptions.column("atkinson", e),
                .number,
                unit: "1",
                definition: e == 1
                    ? "Atkinson's measure of inequality aversion e = 1: 1 - exp(sum f ln r). 1 where a value is 0."
                    : "Atkinson's measure of inequality aversion e = \(text):"
                        + " 1 - (sum f r^(1 - e))^(1 / (1 - e))." + (e > 1 ? " 1 where a value is 0." : ""),
                source: "Atkinson (1970), Journal of Economic Theory 2, 244-263."
            )
        }
        return TableSchema(
            name: "inequality",
            title:
                "How unequally an indicator is spread among the places of a country, or of both. In the definitions x are the"
                + " places' values (or shortfalls), f their shares of the weights, mu = sum f x, r = x / mu.",
            columns: inequalityKeys + inequalityBacking + inequalityMeasures + orders + aversions + inequalitySpread
                + inequalityMarks
        )
    }

    private static let shorrocks = "Shorrocks (1980), Econometrica 48(3), 613-625."

    static let inequalityKeys = [
        Column("indicator", .text, definition: "The catalogue's id of what is spread.", isKey: true),
        Column("group", .text, definition: "Whom it counts.", isKey: true),
        Column("level", .text, definition: "The level of the places among which it is spread.", isKey: true),
        Column(
            "country",
            .text,
            definition: "The code of the country whose places they are; pooled: the places of both, as one population.",
            isKey: true
        ),
        Column(
            "weighting",
            .text,
            definition:
                "simple: each place counts the same, f = 1 / n; else the id of the indicator that weights them.",
            isKey: true
        ),
        Column(
            "orientation",
            .text,
            definition:
                "attainment: x is the indicator's value; shortfall: x is 100 less the value, for shares in percent.",
            isKey: true
        ),
        Column(
            "year",
            .integer,
            unit: "year",
            definition: "The year of the values, Common Era; where pooled, the year of the reference's.",
            isKey: true
        ),
    ]

    private static let inequalityBacking = [
        Column(
            "year_other",
            .integer,
            unit: "year",
            definition: "Where pooled, the year of the other country's values; else empty."
        ),
        Column("n", .integer, unit: "places", definition: "How many places the measures count."),
        Column(
            "places",
            .integer,
            unit: "places",
            definition: "How many places there are at that level in that year, with a value or without."
        ),
        Column(
            "coverage",
            .number,
            unit: "1",
            definition: "The share of coverage_basis, from 0 to 1, that the places counted hold."
        ),
        Column(
            "coverage_basis",
            .text,
            definition:
                "What coverage is a share of: an indicator's id (population: of the people), or places where that is not"
                + " known for all."
        ),
        Column("mean", .number, unit: "indicator", definition: "mu: the mean of x, weighted where the row is."),
    ]

    private static let inequalityMeasures = [
        Column(
            "gini",
            .number,
            unit: "1",
            definition:
                "Gini coefficient of the population: sum over i, j of f_i f_j |x_i - x_j| / (2 mu). No correction for n.",
            source: "Gini (1914); Cowell (2011), Measuring Inequality, 3rd ed."
        ),
        Column(
            "gini_corrected",
            .number,
            unit: "1",
            definition: "gini x n / (n - 1): reaches 1 where one of n equally weighted places holds all.",
            source: "Deltas (2003), Review of Economics and Statistics 85(1), 226-234."
        ),
        Column(
            "hoover",
            .number,
            unit: "1",
            definition: "Hoover index: half of sum f |r - 1|, the part that would have to move for all to be equal.",
            source: "Hoover (1936), Review of Economics and Statistics 18(4), 162-171."
        ),
        Column(
            "theil_t",
            .number,
            unit: "1",
            definition: "Theil T, generalised entropy of a = 1: sum f r ln r, with 0 ln 0 = 0.",
            source: shorrocks
        ),
        Column(
            "theil_l",
            .number,
            unit: "1",
            definition:
                "Theil L or mean logarithmic deviation, generalised entropy of a = 0: - sum f ln r. Empty where a value is 0.",
            source: shorrocks
        ),
    ]

    private static let inequalitySpread = [
        Column(
            "cov_population",
            .number,
            unit: "1",
            definition:
                "Coefficient of variation of the population: sqrt(sum f (x - mu)^2) / mu; weighted by population it is"
                + " Williamson's coefficient.",
            source: "Williamson (1965), Economic Development and Cultural Change 13(4), Part II."
        ),
        Column(
            "cov_sample",
            .number,
            unit: "1",
            definition:
                "cov_population x sqrt(n / (n - 1)): with n - 1 in the variance where the places count the same."
        ),
        Column(
            "p90",
            .number,
            unit: "indicator",
            definition: "The least x up to which the places hold at least 90 percent of the weight."
        ),
        Column(
            "p10",
            .number,
            unit: "indicator",
            definition: "The least x up to which the places hold at least 10 percent of the weight."
        ),
        Column("p90_p10", .number, unit: "1", definition: "p90 / p10. Empty where p10 is 0 or below."),
        Column(
            "s80_s20",
            .number,
            unit: "1",
            definition:
                "What the highest fifth of the weight holds of x over what the lowest fifth holds, a place at the boundary"
                + " split in proportion. Empty where the lowest fifth holds nothing."
        ),
        Column(
            "palma",
            .number,
            unit: "1",
            definition:
                "What the highest tenth of the weight holds of x over what the lowest four tenths hold, likewise: like the"
                + " Palma ratio, among places instead of households.",
            source: "Cobham and Sumner (2013), CGD Working Paper 343."
        ),
    ]

    static let inequalityMarks = [
        Column(
            "status",
            .text,
            definition:
                "SDMX CL_OBS_STATUS, the most telling of the values (and of the weights, if weighted): U I B W E P A in this"
                + " order; U also where coverage is below 0.5."
        ),
        Column("grade", .text, definition: "The worst grade of the values, and of the weights, if weighted."),
        Column(
            "weight_year",
            .integer,
            unit: "year",
            definition:
                "The year of the weights behind the measures or coverage, where pooled of the reference's; empty where there"
                + " are none."
        ),
        Column(
            "weight_year_other",
            .integer,
            unit: "year",
            definition: "Where pooled, the year of the other country's weights; empty where there are none."
        ),
        Column("unit", .text, definition: "The unit of the values."),
        Column("note", .text, definition: "What else a reader should know, in words."),
    ]
}
