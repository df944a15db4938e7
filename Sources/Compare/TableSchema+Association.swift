package import Indicators

extension TableSchema {
    /// `association.csv`.
    package static let association = TableSchema(
        name: "association",
        title:
            "How far the places of a country, or of both, rank alike in two indicators. A correlation of places tells neither"
            + " of persons nor of why.",
        columns: pairKeys("with", "The catalogue's id of the other, y.") + [
            Column(
                "year_with",
                .integer,
                unit: "year",
                definition: "The year of y: the nearest there is, of equals the later."
            )
        ] + yearsOfOther("year_with_other") + counts + [
            Column("coverage", .number, unit: "1", definition: "n / places."),
            Column(
                "spearman",
                .number,
                unit: "1",
                definition:
                    "Spearman's rank correlation: Pearson's of the ranks, ties sharing the mean of theirs; each place counts"
                    + " the same. Empty where one of the two is constant.",
                source: "Spearman (1904), American Journal of Psychology 15(1), 72-101."
            ),
        ] + bounds("spearman", "z = atanh r with variance (1 + r^2 / 2) / (n - 3)", 4, bonettWright) + [
            Column(
                "kendall_tau_b",
                .number,
                unit: "1",
                definition:
                    "Kendall's tau-b: concordant less discordant pairs over the square root of the pairs not tied in x"
                    + " times those not tied in y.",
                source: "Kendall (1945), Biometrika 33(3), 239-251."
            )
        ] + bounds("kendall", "z = atanh tau with variance 0.437 / (n - 4)", 5, fieller) + [
            Column(
                "status",
                .text,
                definition:
                    "SDMX CL_OBS_STATUS, the most telling of the values of both: U I B W E P A in this order; U also where"
                    + " coverage is below 0.5."
            ),
            Column("grade", .text, definition: "The worst grade of the values of both."),
            Column("note", .text, definition: "What else a reader should know, in words."),
        ]
    )

    /// `concentration.csv`.
    package static let concentration = TableSchema(
        name: "concentration",
        title:
            "How far an indicator is concentrated at places where another is high. In the definitions f are the places' shares"
            + " of the weights and mu = sum f x.",
        columns: pairKeys(
            "ranked_by",
            "The catalogue's id of what the places are ranked by, from low to high.",
            "weighting"
        ) + [
            Column(
                "year_ranked_by",
                .integer,
                unit: "year",
                definition: "The year of ranked_by: the nearest there is, of equals the later."
            )
        ] + yearsOfOther("year_ranked_by_other") + counts + [
            Column(
                "coverage",
                .number,
                unit: "1",
                definition: "The share of coverage_basis, from 0 to 1, that the places counted hold."
            ),
            Column(
                "coverage_basis",
                .text,
                definition: "What coverage is a share of: an indicator's id, or places where that is not known for all."
            ),
            Column("mean", .number, unit: "indicator", definition: "mu."),
            Column(
                "concentration",
                .number,
                unit: "1",
                definition:
                    "Concentration index 2 cov(x, r) / mu, weighted by f, with r the middle of a place's part of the weights in"
                    + " ascending order of ranked_by, ties sharing the middle of their block: above 0 where x is concentrated"
                    + " at places where ranked_by is high. Empty where mu <= 0.",
                source: "Kakwani, Wagstaff and van Doorslaer (1997), Journal of Econometrics 77(1), 87-103."
            ),
            Column("gini", .number, unit: "1", definition: "Gini coefficient of x at the same places and weights."),
            Column(
                "gini_ranked_by",
                .number,
                unit: "1",
                definition:
                    "Gini coefficient of ranked_by at the same places and weights. Empty where a value is negative."
            ),
            Column(
                "kakwani",
                .number,
                unit: "1",
                definition: "Kakwani index: concentration - gini_ranked_by.",
                source: "Kakwani (1977), Economic Journal 87(345), 71-80."
            ),
            Column(
                "status",
                .text,
                definition:
                    "SDMX CL_OBS_STATUS, the most telling of the values of both (and of the weights, if weighted):"
                    + " U I B W E P A in this order; U also where coverage is below 0.5."
            ),
            Column(
                "grade",
                .text,
                definition: "The worst grade of the values of both, and of the weights, if weighted."
            ),
            Column(
                "weight_year",
                .integer,
                unit: "year",
                definition:
                    "The year of the weights behind the row or its coverage; empty where there are none. Where pooled, of the"
                    + " reference's."
            ),
            Column(
                "weight_year_other",
                .integer,
                unit: "year",
                definition: "Where pooled, the year of the other country's weights; else empty."
            ),
            Column("unit", .text, definition: "The unit of x."),
            Column("note", .text, definition: "What else a reader should know, in words."),
        ]
    )

    private static let bonettWright = "Bonett and Wright (2000), Psychometrika 65(1), 23-28."
    private static let fieller = "Fieller, Hartley and Pearson (1957), Biometrika 44, 470-481."

    private static func bounds(_ name: String, _ method: String, _ least: Int, _ source: String) -> [Column] {
        ["low", "high"].map { bound in
            Column(
                "\(name)_\(bound)",
                .number,
                unit: "1",
                definition:
                    "The \(bound == "low" ? "lower" : "upper") bound of the 95 percent interval by Fisher's transformation,"
                    + " \(method), the places taken as a sample of independent ones. Empty of fewer than \(least) places, and"
                    + " where the coefficient is 1 or -1.",
                source: source
            )
        }
    }

    private static func pairKeys(_ partner: String, _ definition: String, _ weighting: String? = nil) -> [Column] {
        [
            Column("indicator", .text, definition: "The catalogue's id of x.", isKey: true),
            Column("group", .text, definition: "Whom x counts; the other counts the same, or all.", isKey: true),
            Column(partner, .text, definition: definition, isKey: true),
            Column("level", .text, definition: "The level of the places.", isKey: true),
            Column(
                "country",
                .text,
                definition:
                    "The code of the country whose places they are; pooled: the places of both, ranked as one population, so"
                    + " that the difference between the countries is part of the figure.",
                isKey: true
            ),
        ]
            + (weighting.map {
                [
                    Column(
                        $0,
                        .text,
                        definition:
                            "simple: each place counts the same, f = 1 / n; else the id of the indicator that weights them,"
                            + " the denominator of x.",
                        isKey: true
                    )
                ]
            } ?? [])
            + [
                Column(
                    "year",
                    .integer,
                    unit: "year",
                    definition: "The year of x, Common Era; where pooled, of the reference's.",
                    isKey: true
                )
            ]
    }

    private static func yearsOfOther(_ partner: String) -> [Column] {
        [
            Column(
                "year_other",
                .integer,
                unit: "year",
                definition: "Where pooled, the other country's year of x; else empty."
            ),
            Column(
                partner,
                .integer,
                unit: "year",
                definition: "Where pooled, the other country's year of the indicator beside x; else empty."
            ),
        ]
    }

    private static let counts = [
        Column("n", .integer, unit: "places", definition: "How many places have both, and count."),
        Column(
            "places",
            .integer,
            unit: "places",
            definition: "How many places there are at that level in the year of x, with a value or without."
        ),
    ]
}
