internal import Compose

/// The keys of an entry of `index:`.
enum IndexShape {
    static let index =
        [
            Field("id", Forms.identifier, required: true, "The id of the index, unlike that of any indicator."),
            Field("topic", Forms.identifier, "The topic of the framework that it belongs to; context."),
            Field("definition", .localised, "One sentence on what it measures."),
            Field("denominator", Forms.identifier, "The indicator that weights the means of its scores over places."),
            Field("level", Forms.identifier, "The level of the places that have one; province where absent."),
            Field(
                "scale",
                .oneOrMany(Forms.identifier),
                "The ids of the scales whose scores it takes; all of its level where absent."
            ),
            Field(
                "name_requires",
                .oneOrMany(Forms.identifier),
                "The indicators without which it is called NAME-style, row by row."
            ),
            Field(
                "levels",
                .list(.record(methods)),
                "What holds for the index, for its children, for theirs, ..., unless a node says otherwise."
            ),
            Field("tree", children, required: true, "What the index is made of, to any depth."),
            Field(
                "nodes",
                .list(.record(node)),
                "Nodes that stand in the tree by their ids, for those who rather write them one below the other."
            ),
            Field("fit_year", year, "The year that fitted weights and correlations come from; all years where absent."),
            Field("leave_one_out", .boolean, "Whether each indicator is left out in turn: leave-one-out.csv; false."),
            Field("robustness", .record(RobustnessShape.section), "How far the ranks depend on choices."),
        ] + named + methods

    private static let named = [Field("names", .localised, "What people call it, in three languages.")]

    private static let methods = [
        Field("aggregate", aggregation, "How the scores of the children become its own; arithmetic."),
        Field(
            "weights",
            .choice(Weighting.allCases.map(\.rawValue)),
            "Where the children's weights come from; given where one has a weight, else equal."
        ),
        Field(
            "minimum_coverage",
            .number(0...1),
            "The least share of children that must have a score; 1. Less puts the mean of the others in their place."
        ),
    ]

    private static let children: Shape = .list(
        .either(scalar: Forms.identifier, other: .recursive(name: "index-child") { .record(child) })
    )

    private static let node: [Field] = nodeFields + [Field("children", children, required: true, "What it is made of.")]

    private static let nodeFields: [Field] =
        [Field("id", Forms.identifier, "The id of a node of several children.")] + named + methods

    /// An indicator or a node, with what it counts.
    private static let child: [Field] =
        [
            Field("indicator", Forms.identifier, "An indicator, or a node of nodes, that has a weight."),
            Field("weight", .number(-1e300...1e300), "What it counts among its siblings, in any unit."),
            Field("denominator", Forms.identifier, "With weights: population, the count of those it tells about."),
        ] + nodeFields + [Field("children", children, "What the node is made of.")]

    private static let year = Shape.integer(1000...2999)
    private static let penalty = Field("penalty", .choice(["lowers", "raises"]), "What unevenness does; lowers.")
    private static let floor = Field("floor", .number(-1e300...1e300), "Scores below are raised to it; above 0.")

    /// A word, or a method with its parameters.
    static let aggregation = Shape.either(
        scalar: .choice([
            "arithmetic", "geometric", "harmonic", "mpi", "ampi", "mazziotta-pareto", "copeland",
            "benefit-of-the-doubt",
        ]),
        other: .variant(
            key: "method",
            choices: [
                ("arithmetic", []),
                ("geometric", [floor]),
                ("harmonic", [floor]),
                ("power", [Field("exponent", .number(-1e6...1e6), required: true, "Other than 0.")]),
                (
                    "mpi",
                    [Field("standardise", .choice(["sample", "population"]), "By n-1 or by n; sample."), penalty]
                ),
                (
                    "ampi",
                    [
                        Field(
                            "reference",
                            .text(matching: "mean or a number", "^(mean|-?[0-9.eE+-]+)$") {
                                $0 == "mean" || Double($0)?.isFinite == true
                            },
                            "What is 100; mean."
                        ), penalty,
                    ]
                ),
                ("mazziotta-pareto", [penalty]),
                ("copeland", []),
                (
                    "benefit-of-the-doubt",
                    [
                        Field("minimum_share", .number(0...1), "The least part that each child has in the score."),
                        Field("maximum_share", .number(0...1), "The greatest part."),
                    ]
                ),
            ]
        )
    )
}

/// The keys of `robustness:` in an entry of `index:`.
enum RobustnessShape {
    static let section = [
        Field("replications", .integer(1...Int(Int32.max)), "How many times the index is worked out anew; 1000."),
        Field("seed", .integer(0...Int.max), "What the random numbers follow from; 1."),
        Field("uncertain", .record(uncertain), required: true, "What is drawn in each replication."),
        Field("years", .oneOrMany(.integer(1000...2999)), "Which years; the latest with two ranked places."),
        Field("groups", .oneOrMany(Forms.identifier), "Which groups; total, or all where there is none."),
        Field("sobol", .boolean, "Whether each input's part in the variance is estimated: sensitivity.csv; false."),
        Field("dominance", .boolean, "Whether places are held against each other: dominance.csv; true."),
    ]

    private static let declared = "declared"

    private static let uncertain = [
        Field(
            "normalisation",
            .list(.either(scalar: .choice([declared]), other: NormaliseShape.choice)),
            "Methods of scaling, each as likely; declared for that of the pipeline."
        ),
        Field(
            "outliers",
            .list(.either(scalar: .choice([declared, "none"]), other: OutlierShape.rule)),
            "Rules for outliers, each as likely; declared for those of the pipeline."
        ),
        Field(
            "imputation",
            .list(.either(scalar: .choice([declared, "none"]), other: ImputationShape.rule)),
            "Rules of imputation, each as likely; declared for those of the pipeline."
        ),
        Field("weights", .number(0...1), "Every weight becomes w(1 + U), U uniform between minus and plus this."),
        Field("weights_at", depths, "How deep the children lie whose weights are drawn; at any depth where absent."),
        Field(
            "weighting",
            .list(.choice(Weighting.allCases.map(\.rawValue))),
            "Where weights come from, each as likely."
        ),
        Field("weighting_at", depths, "How deep the nodes lie, 0 for the index itself; at any depth where absent."),
        Field("aggregation", .list(IndexShape.aggregation), "Methods of aggregation, each as likely."),
        Field("aggregation_at", depths, "How deep the nodes lie, 0 for the index itself; at any depth where absent."),
        Field("leave_one_out", .boolean, "Whether none or one of the indicators is left out, each as likely."),
    ]

    private static let depths = Shape.oneOrMany(.integer(0...64))
}
