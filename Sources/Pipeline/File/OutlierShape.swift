/// The keys of `normalise.outliers`.
enum OutlierShape {
    static let rule = Shape.variant(
        key: "method",
        choices: [
            ("none", selection),
            (
                "shape",
                common + [
                    Field("skewness", .number(0...1e9), "Treated where skewness is beyond this, and kurtosis too; 2."),
                    Field("kurtosis", .number(-10...1e9), "Treated where excess kurtosis is beyond this too; 3.5."),
                    Field("most", .integer(0...1_000_000), "How many values may be winsorised; 5."),
                    Field(
                        "then",
                        .choice(["log", "log-upper", "log-of-one-plus", "box-cox"]),
                        "The transform of the original values where winsorising is not enough; none where absent."
                    ),
                    Field("lambda", .number(-10...10), "The parameter of box-cox."),
                ]
            ),
            (
                "percentiles",
                common + [
                    Field(
                        "tail",
                        .number(0...0.5),
                        required: true,
                        "Winsorised to the quantiles here and as far from 1."
                    )
                ]
            ),
            (
                "fences",
                common + [
                    Field("multiple", .number(0...1e9), "How many interquartile ranges beyond the quartiles; 1.5.")
                ]
            ),
        ]
    )

    private static let selection = [
        Field(
            "indicators",
            .oneOrMany(Forms.identifier),
            "Which indicators, before the rule for all; absent for all that have a direction."
        ),
        Field("level", Forms.identifier, "Which places; every level that is scaled where absent."),
    ]

    private static let common =
        selection + [
            Field("within", .choice(["pooled", "country"]), "Whether both countries are looked at together."),
            Field(
                "limits",
                .choice(["each-year", "whole-panel"]),
                required: true,
                "Which years are looked at together."
            ),
        ]
}
