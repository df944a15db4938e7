import Records

/// The shape of `records:` in an entry of `sources:`.
enum RecordsShape {
    static let section = Shape.record([
        Field(
            "files",
            .oneOrMany(Forms.path),
            required: true,
            "Files with equal headers, or patterns with * ? [; with --engine spark also addresses that Spark reads."
        ),
        Field("group_by", .record(keys), required: true, "The columns of the place, the year and whom a value counts."),
        Field(
            "measures",
            .map(.text),
            required: true,
            "Each indicator, and its formula: share(internet == \"yes\", age >= 6)."
        ),
        Field("weight", .text, "The column of sampling weights."),
        Field("strata", .text, "The column of strata."),
        Field("cluster", .text, "The column of first-stage clusters."),
        Field("where", .text, "Only records for which this condition holds."),
        Field("missing", .list(.text), "Texts that stand for a missing value, besides nothing."),
        Field(
            "minimum_records",
            .integer(0...1_000_000),
            "Groups of fewer records are withheld, of fewer than twice as many flagged; 25."
        ),
        Field(
            "totals_over",
            .list(.choice(["place", "place_code", "country", "year", "group"])),
            "The keys over which totals may be known; all but the year."
        ),
        Field(
            "ill_formed",
            .choice(RecordOrder.IllFormed.allCases.map(\.rawValue)),
            "What becomes of records that cannot be used; refuse."
        ),
        Field(
            "lone_cluster",
            .choice(RecordOrder.LoneCluster.allCases.map(\.rawValue)),
            "What a stratum with a single cluster adds to a variance; refuse."
        ),
        Field("limit_groups", .integer(1...100_000_000), "The most groups, or groups by clusters; 1,000,000."),
    ])

    private static let keys = [
        Field("place", .text, "The column of the place's name."),
        Field("place_code", .text, "The column of the place's code."),
        Field("country", .text, "The column of the country."),
        Field("year", .text, "The column of the year; `year` of the source where there is none."),
        Field("group", .text, "The column of whom a value counts; `groups` of the source says what its texts are."),
    ]
}
