/// The keys of `normalise.coverage` and `normalise.impute`.
enum ImputationShape {
    static let coverage = [
        Field(
            "place",
            .number(0...1),
            "The share of indicators that a place must have observed in a year for any score."
        ),
        Field("group", .number(0...1), "The share of a group's places that must have an indicator observed in a year."),
        Field("by", grouping, "Which places are a group; country."),
        Field("within", .integer(0...100), "How many years old an observed value may be to count; 0."),
        Field("indicators", .oneOrMany(Forms.identifier), "Which indicators count; absent for all with a direction."),
    ]

    static let rule = Shape.variant(
        key: "method",
        choices: [
            ("none", common), ("group-mean", common + groups), ("group-median", common + groups),
            ("latest", common + [age]), ("constant", common + [age]),
            (
                "linear",
                common + [
                    Field(
                        "maximum_gap",
                        .integer(1...1000),
                        "How many years apart the two values may be, and how many away a held end; no limit where absent."
                    )
                ]
            ),
            ("row-mean", common + [years]), ("row-median", common + [years]),
        ]
    )

    private static let common = [
        Field(
            "indicators",
            .oneOrMany(Forms.identifier),
            "Which indicators, before the rules for all; absent for all that have a direction."
        ),
        Field("level", Forms.identifier, "Which places; every level that is scaled where absent."),
    ]

    private static let groups = [
        Field("by", grouping, required: true, "Which places a missing one is filled from."),
        Field("else", .oneOrMany(grouping), "Which places instead, where none of those has a value."),
    ]

    /// Groups by the gazetteer, or by the author: names with codes of places.
    private static let grouping = Shape.either(
        scalar: .choice(["country", "region", "parent", "level"]),
        other: .map(.oneOrMany(.text))
    )

    private static let age = Field(
        "maximum_age",
        .integer(1...1000),
        "How many years away the value may be; no limit where absent."
    )

    private static let years = Field(
        "limits",
        .choice(["each-year", "whole-panel"]),
        "Which years the indicators are brought to a common scale over; each-year."
    )
}
