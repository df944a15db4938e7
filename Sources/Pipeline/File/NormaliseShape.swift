/// The keys of `normalise:`.
enum NormaliseShape {
    static let section = [
        Field("denominator", .list(.record(denominator)), "New indicators: one divided by another."),
        Field("scale", .oneOrMany(scale), "Scores of the indicators."),
    ]

    private static let denominator = [
        Field("id", Forms.identifier, required: true, "The catalogue's indicator that comes of it."),
        Field("of", Forms.identifier, required: true, "The indicator to divide."),
        Field("by", Forms.identifier, "The indicator to divide by, or area; absent for a share of the total."),
        Field("per", .number(1e-9...1e12), "How many of the denominator: 1, 100, 1000, 100000; 1."),
        Field(
            "share_of",
            .choice(["country", "region"]),
            "Instead of by: the percentage of the total of the country or region."
        ),
        Field("years", .choice(["same", "nearest", "latest-before"]), "Which year of the denominator may serve."),
        Field("within", .integer(0...100), "How many years away it may be."),
        Field("year", .integer(1000...2999), "The one year of the denominator for all."),
    ]

    private static let scaleCommon = [
        Field("indicators", .oneOrMany(Forms.identifier), "Which indicators; absent for all that have a direction."),
        Field("within", .choice(["pooled", "country"]), "Whether both countries share one scale."),
        Field(
            "limits",
            .either(
                scalar: .text(
                    matching: "each-year, whole-panel or a year",
                    "^(each-year|whole-panel|[0-9]{4})$",
                    integers: 1000...9999
                ) {
                    $0 == "each-year" || $0 == "whole-panel" || ($0.utf8.count == 4 && Int($0) != nil)
                },
                other: .text
            ),
            required: true,
            "Which years give the limits; scores of different years can be compared unless it is each-year."
        ),
        Field("level", Forms.identifier, "The level of the places that are scaled; province where absent."),
    ]

    private static let scale = Shape.variant(
        key: "method",
        choices: [
            (
                "min-max",
                scaleCommon + [Field("to", .list(.number(-1e9...1e9)), "The scores of worst and best; [0, 1].")]
            ),
            (
                "z-score",
                scaleCommon + [
                    Field("mean", .number(-1e9...1e9), "The mean of the scores; 0."),
                    Field("deviation", .number(0...1e9), "Their standard deviation; 1."),
                ]
            ),
            (
                "goalposts",
                scaleCommon + [
                    Field("goalposts", .map(.record(goalpost)), required: true, "The goalposts of each indicator."),
                    Field("to", .list(.number(-1e9...1e9)), "The scores of worst and best; [0, 1]."),
                ]
            ),
            (
                "rank",
                scaleCommon + [
                    Field(
                        "ties",
                        .choice(["competition", "average", "maximum", "dense", "ordinal"]),
                        "What equal values get; competition."
                    ),
                    Field("from", .choice(["worst", "best"]), "Which end has the rank 1; worst."),
                ]
            ),
            (
                "percentile-rank",
                scaleCommon + [
                    Field(
                        "ties",
                        .choice(["competition", "average", "maximum", "dense", "ordinal"]),
                        "What equal values get; competition."
                    )
                ]
            ),
        ]
    )

    /// Either low and high, and the indicator's direction says which is best; or threshold and goalpost.
    private static let goalpost = [
        Field("low", .number(-1e15...1e15), "The lower of two limits."),
        Field("high", .number(-1e15...1e15), "The higher of two limits."),
        Field("threshold", .number(-1e15...1e15), "The value that scores worst."),
        Field("goalpost", .number(-1e15...1e15), "The value that scores best."),
        Field("form", .choice(["linear", "ln x", "ln(x+1)"]), "On the value or on a logarithm; linear."),
        Field("clip", .boolean, "Whether scores outside the scale are brought to its end; true."),
    ]
}
