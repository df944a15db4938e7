internal import Check

/// The keys of an entry of `checks:`.
enum CheckShape {
    static let entry = [
        Field("id", Forms.identifier, "What the check is called; its metric and number where absent."),
        Field("metric", .text, required: true, "TABLE.column: gaps.parity."),
        Field(
            "select",
            .map(.oneOrMany(.text)),
            "Key columns and what they must be: a value, a list, or latest; of places country, region, province, level."
        ),
        Field("judge", .choice(CheckRule.Quantity.allCases.map(\.rawValue)), "What the bands are about; value."),
        Field("baseline", .text, "Where changes are measured from: previous, a run, a CSV file, a folder; previous."),
        Field("count_if", .text, "Which cells count and percent count: a band, or missing."),
        Field("warn_if", .text, "A warning where it is: < 0.8, >= 5, outside 0 and 100, is behind."),
        Field("fail_if", .text, "A failure where it is."),
        Field("for", runs, "In how many runs in a row it must be there before the verdict counts; 1 run."),
        Field("owner", .text, "Who answers for it."),
        Field("message", .text, "What to tell them; {value}, {change} and key columns are filled in."),
    ]

    private static let runs = Shape.text(
        matching: "a number of runs such as 2 runs",
        "^[1-9][0-9]{0,3}( runs?)?$",
        integers: 1...9999
    ) { StageOptions.runs($0) != nil }
}
