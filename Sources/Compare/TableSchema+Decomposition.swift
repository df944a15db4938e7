package import Indicators

extension TableSchema {
    /// `inequality-decomposition.csv`.
    package static let inequalityDecomposition = TableSchema(
        name: "inequality-decomposition",
        title:
            "The inequality among the places of both countries, split into what lies between the countries and what lies"
            + " within each. In the definitions f is a country's share of the weights and s its share of what is spread.",
        columns: inequalityKeys.filter { $0.id != "country" } + decompositionKeys + decompositionParts
            + decompositionShares + inequalityMarks.filter { ["status", "grade", "note"].contains($0.id) }
    )

    private static let decompositionKeys = [
        Column(
            "measure",
            .text,
            definition: "The column of inequality.csv that is split: gini, theil_t, theil_l, ge_ and its a.",
            isKey: true
        ),
        Column("year_other", .integer, unit: "year", definition: "The year of the other country's values."),
    ]

    private static let decompositionParts = [
        Column(
            "total",
            .number,
            unit: "1",
            definition:
                "The measure among the places of both countries: between + within + overlap, where there is one."
        ),
        Column(
            "between",
            .number,
            unit: "1",
            definition:
                "The measure as if every place had its country's mean: sum s ln(s / f) for theil_t, sum f ln(f / s) for"
                + " theil_l, (sum f^(1-a) s^a - 1) / (a (a - 1)) for other a, half of sum |f - s| for gini.",
            source: "Shorrocks (1980), Econometrica 48(3), 613-625."
        ),
        Column("within", .number, unit: "1", definition: "within_reference + within_other."),
        Column(
            "overlap",
            .number,
            unit: "1",
            definition:
                "gini alone: total - between - within, which arises where values of the poorer country lie above values of"
                + " the richer; empty for the others, whose split leaves nothing.",
            source: "Lambert and Aronson (1993), Economic Journal 103, 1221-1227."
        ),
        Column("between_share", .number, unit: "1", definition: "between / total. Empty where total is 0."),
        Column(
            "within_reference",
            .number,
            unit: "1",
            definition:
                "What the reference's own inequality contributes: f s gini, or f^(1-a) s^a ge with a = 1 for theil_t and 0"
                + " for theil_l."
        ),
        Column("within_other", .number, unit: "1", definition: "What the other country's own contributes, likewise."),
    ]

    private static let decompositionShares = [
        Column(
            "inequality_reference",
            .number,
            unit: "1",
            definition: "The measure among the reference's places alone; empty where it has none."
        ),
        Column("inequality_other", .number, unit: "1", definition: "The measure among the other's places, likewise."),
        Column(
            "weight_share_reference",
            .number,
            unit: "1",
            definition: "f: the reference's part of the weights of all places counted (of the places, if simple)."
        ),
        Column("weight_share_other", .number, unit: "1", definition: "f of the other country."),
        Column(
            "value_share_reference",
            .number,
            unit: "1",
            definition: "s: the reference's part of the sum of weight times x; f times its mean over the mean of all."
        ),
        Column("value_share_other", .number, unit: "1", definition: "s of the other country."),
    ]
}

extension InequalityDecomposition.Measure {
    /// The column of `inequality.csv` that holds it.
    var column: String {
        switch self {
        case .gini: "gini"
        case .entropy(1): "theil_t"
        case .entropy(0): "theil_l"
        case .entropy(let a): InequalityOptions.column("ge", a)
        }
    }
}
