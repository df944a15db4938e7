/// The keys of `compare:`.
enum CompareShape {
    private static let metrics = [
        "gaps", "gap-contributions", "gap-composition", "inequality", "parity", "concentration", "association",
        "time-distance", "convergence", "neighbours", "peers", "targets", "activities", "topics", "trends",
    ]

    static let section =
        [
            Field("reference", .text, "The country that the other is measured against; TH."),
            Field("other", .text, "The country whose lag is asked for; LA."),
            Field(
                "match_years",
                .record([Field("within", .integer(0...100), required: true, "Years apart at most; 0.")]),
                "Whether different years may be paired where no common year exists."
            ),
            Field(
                "weight_years",
                .record([Field("within", .integer(0...100), required: true, "Years apart at most; 5.")]),
                "How far from a value's year its weights may be."
            ),
            Field("minimum_coverage", .number(0...100), "Means of fewer people than this percentage are not compared."),
            Field("metrics", .list(.choice(metrics)), "Which tables to make; gaps."),
            Field("inequality", .record(inequality), "What inequality.csv measures."),
            Field(
                "parity",
                .list(.record(parity)),
                "Which groups to hold against which; women to men, rural to urban."
            ),
            Field("association", .list(.record(association)), "Which indicators' ranks to hold against each other."),
            Field(
                "concentration",
                .list(.record(concentration)),
                "Which indicators' concentration by which others to find."
            ),
            Field(
                "composition",
                .list(.record(composition)),
                "Which gaps to split by what the countries are composed of."
            ),
        ] + DynamicsShape.fields

    private static let inequality = [
        Field("indicators", .list(Forms.identifier), "Of which indicators; shares, rates, prices and indices."),
        Field(
            "entropy",
            .list(.number(-100...100)),
            "The a of generalised entropy; 2. Theil L and T are always there."
        ),
        Field("atkinson", .list(.number(0...100)), "The inequality aversions of Atkinson's measure; 0.5, 1 and 2."),
    ]

    private static let parity = [
        Field("of", .text, required: true, "The group above the line."),
        Field("to", .text, required: true, "The group below it."),
    ]

    private static let association = [
        Field("of", .oneOrMany(Forms.identifier), required: true, "Indicators."),
        Field("with", .oneOrMany(Forms.identifier), required: true, "Those that each is held against."),
        within,
    ]

    private static let concentration = [
        Field("of", .oneOrMany(Forms.identifier), required: true, "Indicators."),
        Field("by", .oneOrMany(Forms.identifier), required: true, "Those that the places are ranked by."),
        within,
    ]

    private static let within = Field(
        "within",
        .integer(0...100),
        "Years apart at most, where the two share none; as match_years."
    )

    private static let composition = [
        Field("indicator", Forms.identifier, required: true, "The indicator, known for each group."),
        Field("groups", .list(.text), required: true, "The groups that make up a country, none twice: [urban, rural]."),
        Field("counts", Forms.identifier, "The indicator that counts each group."),
        Field("percent", Forms.identifier, "Or the one that gives the first of two groups in percent."),
    ]
}
