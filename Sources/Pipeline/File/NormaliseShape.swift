/// The keys of `normalise:`.
enum NormaliseShape {
    static let section = [
        Field("denominator", .list(.record(denominator)), "New indicators: one divided by another."),
        Field("coverage", .record(ImputationShape.coverage), "How much must be observed for a score."),
        Field("impute", .oneOrMany(ImputationShape.rule), "How missing values are filled, for scores alone."),
        Field(
            "outliers",
            .oneOrMany(OutlierShape.rule),
            "How values far from the others are treated, for scores alone."
        ),
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

    /// Which years are looked at together.
    static let limits = Shape.either(
        scalar: .text(
            matching: "each-year, whole-panel or a year",
            "^(each-year|whole-panel|[0-9]{4})$",
            integers: 1000...9999
        ) {
            $0 == "each-year" || $0 == "whole-panel" || ($0.utf8.count == 4 && Int($0) != nil)
        },
        other: .text
    )

    private static let scaleCommon = [
        Field("id", Forms.identifier, "By which an index names the scale."),
        Field("indicators", .oneOrMany(Forms.identifier), "Which indicators; absent for all that have a direction."),
        Field("within", .choice(["pooled", "country"]), "Whether both countries share one scale."),
        Field(
            "limits",
            limits,
            required: true,
            "Which years give the limits; scores of different years can be compared unless it is each-year."
        ),
        Field("level", Forms.identifier, "The level of the places that are scaled; province where absent."),
        Field(
            "own",
            .map(.variant(key: "method", choices: methods(ownCommon))),
            "Indicators with a method of their own."
        ),
    ]

    private static let ownCommon = [
        Field("within", .choice(["pooled", "country"]), "As the rule has it where absent."),
        Field("limits", limits, "As the rule has it where absent."),
    ]

    private static let scale = Shape.variant(key: "method", choices: methods(scaleCommon))

    /// A method without a rule around it: what a robustness analysis draws.
    static let choice = Shape.variant(key: "method", choices: methods([]))

    private static let ties = Field(
        "ties",
        .choice(["competition", "average", "maximum", "dense", "ordinal"]),
        "What equal values get; competition."
    )
    private static let ends = Field("to", .list(.number(-1e9...1e9)), "The scores of worst and best; [0, 1].")
    private static let cap = Field("cap", .boolean, "Whether values beyond the goal score 1; false.")
    private static let number = Shape.number(-1e15...1e15)

    private static func methods(_ common: [Field]) -> [(word: String, fields: [Field])] {
        [
            ("min-max", common + [ends]),
            (
                "z-score",
                common + [
                    Field("mean", .number(-1e9...1e9), "The mean of the scores; 0."),
                    Field("deviation", .number(0...1e9), "Their standard deviation; 1."),
                ]
            ),
            (
                "goalposts",
                common + [
                    Field("goalposts", .map(.record(goalpost)), required: true, "The goalposts of each indicator."),
                    ends,
                ]
            ),
            (
                "fixed-limits",
                common + [
                    Field("between", .map(.record(between)), required: true, "The limits of each indicator."),
                    Field("size", .number(0...1e9), "The score at the good end; 100."),
                ]
            ),
            ("distance-to-maximum", common),
            (
                "distance-to-reference",
                common + [Field("reference", .text, required: true, "The code of the place that scores 1."), cap]
            ),
            (
                "distance-to-target",
                common + [Field("targets", .map(number), required: true, "The target of each indicator."), cap]
            ),
            ("fraction-of-maximum", common),
            (
                "adjusted",
                common + [
                    Field(
                        "references",
                        .either(scalar: .choice(["mean"]), other: .map(number)),
                        "What scores 100: mean, or a number for each indicator; mean."
                    )
                ]
            ),
            ("rank", common + [ties, Field("from", .choice(["worst", "best"]), "Which end has the rank 1; worst.")]),
            ("percentile-rank", common + [ties]),
            ("borda", common + [ties]),
        ]
    }

    private static let between = [
        Field("low", number, required: true, "The lower limit."),
        Field("high", number, required: true, "The higher limit; scores beyond are not clipped."),
    ]

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
