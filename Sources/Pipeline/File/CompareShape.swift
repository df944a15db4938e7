/// The keys of `compare:`.
enum CompareShape {
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
        ] + DynamicsShape.fields

    private static let metrics = [
        "gaps", "time-distance", "convergence", "neighbours", "peers", "targets", "trends",
    ]
}
