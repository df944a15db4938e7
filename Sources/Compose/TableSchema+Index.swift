package import Indicators

private let handbook = "OECD/JRC (2008), Handbook on Constructing Composite Indicators"

extension TableSchema {
    static let indexColumn = Column(
        "index",
        .text,
        definition: "The id of the index: of the node that is below no other.",
        isKey: true
    )

    /// Of a row that rests on the scores of all places, or of all years.
    static let wholeGradeColumn = Column(
        "grade",
        .text,
        definition: "The worst grade of the indicators' scores that the index is made of.",
        words: Grade.words
    )

    /// `index.csv`.
    package static let index = TableSchema(
        name: "index",
        title:
            "One row for each node of an index, place, year and group in which at least one of its indicators has"
            + " a score.",
        columns: [
            indexColumn,
            Column(
                "node",
                .text,
                definition: "The id of the node; that of the index in the rows of the whole.",
                isKey: true
            ),
            Column("place", .text, definition: "The gazetteer's code of the place.", isKey: true),
            Column("year", .integer, unit: "year", definition: "The year of the scores, Common Era.", isKey: true),
            Column("group", .text, definition: "Whom the indicators count; ranks are within it.", isKey: true),
            Column(
                "name",
                .text,
                definition:
                    "What the node is called. That of the index has -style behind it in the rows in which an"
                    + " indicator that the name requires has no score."
            ),
            Column(
                "depth",
                .integer,
                unit: "1",
                definition: "How many nodes of the tree are above this one: 0 for the index itself."
            ),
            Column(
                "score",
                .number,
                unit: "1",
                definition:
                    "The node's score by the aggregation and weights in weights.csv, on the scale that these make"
                    + " of the normalised scores; more is better. Empty where coverage is below the node's"
                    + " minimum_coverage or a finding says why.",
                source: "\(handbook), step 6"
            ),
            Column(
                "rank",
                .integer,
                unit: "1",
                definition:
                    "The place's rank by score among all places of all countries with a score in the year and"
                    + " group;"
                    + " 1 is the best, equal scores share the lower number."
            ),
            Column("ranked", .integer, unit: "1", definition: "How many places are ranked, over all countries."),
            Column(
                "rank_in_country",
                .integer,
                unit: "1",
                definition:
                    "The rank by the same score among the places of its own country; empty where countries are"
                    + " unknown."
            ),
            Column("children", .integer, unit: "1", definition: "How many children of the node have a weight above 0."),
            Column(
                "coverage",
                .number,
                unit: "1",
                definition:
                    "The share, from 0 to 1, of those children that have a score; each counts the same whatever"
                    + " its weight."
            ),
            Column(
                "shadow_share",
                .number,
                unit: "1",
                definition:
                    "The share, from 0 to 1, of the node's weight down to the indicators for which there is no"
                    + " score: the others' weights are scaled up, which puts their mean in its place. Values imputed"
                    + " beforehand are not in it.",
                source: "\(handbook), step 3"
            ),
            Column(
                "status",
                .text,
                definition: "SDMX CL_OBS_STATUS: the most telling of the scores of positive weight behind the row's."
            ),
            Column(
                "treatment",
                .text,
                definition:
                    "What we did to values behind the row's score: all of imputed, winsorised, transformed, clipped,"
                    + " retabulated that hold for one of positive weight."
            ),
            Column(
                "grade",
                .text,
                definition:
                    "The worst grade of the scores of positive weight behind the row's, and of counts that weight them."
            ),
        ]
    )

    /// `weights.csv`.
    package static let weights = TableSchema(
        name: "weights",
        title: "One row for each child of each node of an index: what it counts, and how it goes with the others.",
        columns: [
            indexColumn,
            Column("node", .text, definition: "The id of the node that is made of the child.", isKey: true),
            Column("child", .text, definition: "The id of the child, an indicator or a node.", isKey: true),
            Column("child_kind", .text, definition: "indicator or node."),
            Column(
                "child_depth",
                .integer,
                unit: "1",
                definition: "How many nodes of the tree are above the child: 1 right below the index."
            ),
            Column(
                "aggregation",
                .text,
                definition: "How the node's children become its score.",
                source: "\(handbook), step 6"
            ),
            Column(
                "weighting",
                .text,
                definition:
                    "Where the weights of the node's children come from: equal, given, population,"
                    + " principal-component,"
                    + " squared-loadings or equal-correlations.",
                source: "\(handbook), step 6"
            ),
            Column(
                "minimum_coverage",
                .number,
                unit: "1",
                definition:
                    "The least share, from 0 to 1, of children of positive weight that must have a score for the"
                    + " node to."
            ),
            Column(
                "weight",
                .number,
                unit: "1",
                definition:
                    "The child's weight over the sum of its node's weights: those of a node add up to 1. Empty"
                    + " where it"
                    + " differs by place (population) or is chosen for each place (benefit of the doubt)."
            ),
            Column(
                "effective_weight",
                .number,
                unit: "1",
                definition:
                    "The product of the weights from the index down to the child: those of all indicators add up"
                    + " to 1. What the child really moves depends on aggregation and correlations too. Empty where"
                    + " a weight is."
            ),
            Column(
                "loading",
                .number,
                unit: "1",
                definition:
                    "The child's loading on the first principal component of the correlations of the node's"
                    + " children, of"
                    + " length 1, signed so that a node's add up to 0 or more; empty for other weightings."
            ),
            Column(
                "variance_share",
                .number,
                unit: "1",
                definition: "The share, from 0 to 1, of the children's variance that this component stands for."
            ),
            Column(
                "criterion",
                .number,
                unit: "1",
                definition:
                    "With equal-correlations: the variance (with n) of the correlations of the node's children"
                    + " with it"
                    + " that was reached; 0 is perfect."
            ),
            Column(
                "correlation_with_node",
                .number,
                unit: "1",
                definition:
                    "Pearson correlation of the child's scores with the node's, which contain them, over"
                    + " fit_scope."
            ),
            Column(
                "correlation_with_index",
                .number,
                unit: "1",
                definition: "Pearson correlation of the child's scores with those of the whole index, over fit_scope."
            ),
            Column(
                "node_alpha",
                .number,
                unit: "1",
                definition:
                    "Cronbach's alpha (raw, variances with n-1) of the node's children over the places and years"
                    + " of"
                    + " fit_scope in which all have a score; the same in all rows of a node.",
                source: "Cronbach (1951), Psychometrika 16:297-334"
            ),
            Column(
                "fit_scope",
                .text,
                definition:
                    "The scores that fitted weights, correlations and alpha come from: a year or all years, and a"
                    + " group."
            ),
            wholeGradeColumn,
        ]
    )

    /// `correlations.csv`.
    package static let correlations = TableSchema(
        name: "correlations",
        title: "One row for each pair of children of the same node.",
        columns: [
            indexColumn,
            Column("node", .text, definition: "The id of the node.", isKey: true),
            Column("child", .text, definition: "The id of a child; of the two the one that comes first.", isKey: true),
            Column("other", .text, definition: "The id of the other child.", isKey: true),
            Column(
                "correlation",
                .number,
                unit: "1",
                definition:
                    "Pearson correlation of their scores; empty with fewer than three rows or where one does not"
                    + " vary."
            ),
            Column(
                "rows",
                .integer,
                unit: "1",
                definition: "How many pairs of place and year have both scores."
            ),
            Column("fit_scope", .text, definition: "The scores it comes from: a year or all years, and a group."),
            wholeGradeColumn,
        ]
    )

    /// `leave-one-out.csv`.
    package static let leaveOneOut = TableSchema(
        name: "leave-one-out",
        title: "One row for each indicator left out of the index, place, year and group.",
        columns: [
            indexColumn,
            Column(
                "left_out",
                .text,
                definition:
                    "The id of the indicator without which the index is worked out; the weights of the others in"
                    + " its node"
                    + " keep their proportions and are not fitted anew.",
                isKey: true
            ),
            Column("place", .text, definition: "The gazetteer's code of the place.", isKey: true),
            Column("year", .integer, unit: "year", definition: "The year of the scores, Common Era.", isKey: true),
            Column("group", .text, definition: "Whom the indicators count.", isKey: true),
            Column(
                "score",
                .number,
                unit: "1",
                definition: "The score of the whole index with all indicators, as in index.csv."
            ),
            Column(
                "score_without",
                .number,
                unit: "1",
                definition: "The score of the whole index without the indicator."
            ),
            Column(
                "rank",
                .integer,
                unit: "1",
                definition: "The rank with all indicators, as in index.csv; 1 is the best."
            ),
            Column("rank_without", .integer, unit: "1", definition: "The rank without the indicator; 1 is the best."),
            Column(
                "rank_shift",
                .integer,
                unit: "1",
                definition: "rank_without - rank: positive where the place stands worse without the indicator."
            ),
            wholeGradeColumn,
        ]
    )
}
