package import Indicators

extension TableSchema {
    private static let placeColumn = Column(
        "place",
        .text,
        definition: "The gazetteer's code of the place.",
        isKey: true
    )
    private static let yearColumn = Column(
        "year",
        .integer,
        unit: "year",
        definition: "The year of the scores, Common Era.",
        isKey: true
    )
    private static let groupColumn = Column("group", .text, definition: "Whom the indicators count.", isKey: true)
    private static let saisana =
        "Saisana, Saltelli and Tarantola (2005), Journal of the Royal Statistical Society A 168:307-323"

    /// `robustness.csv`.
    package static let robustness = TableSchema(
        name: "robustness",
        title:
            "One row for each place, year and group assessed: its rank in the index when the uncertain inputs are"
            + " drawn.",
        columns: [
            indexColumn, placeColumn, yearColumn, groupColumn,
            Column(
                "rank",
                .integer,
                unit: "1",
                definition: "The rank as in index.csv, with no input drawn; 1 is the best."
            ),
            Column(
                "rank_median",
                .number,
                unit: "1",
                definition: "The median of the place's ranks over the replications; 1 is the best.",
                source: saisana
            ),
            Column(
                "rank_p5",
                .number,
                unit: "1",
                definition:
                    "The 5 % quantile (type 7) of these ranks: the better end of the interval that holds the"
                    + " middle 90 %"
                    + " of them. It tells of the choices declared uncertain, not of sampling error.",
                source: "Hyndman and Fan (1996), The American Statistician 50:361-365"
            ),
            Column(
                "rank_p95",
                .number,
                unit: "1",
                definition: "The 95 % quantile (type 7) of these ranks: the worse end."
            ),
            Column("rank_mean", .number, unit: "1", definition: "The mean of these ranks."),
            Column(
                "replications_ranked",
                .integer,
                unit: "1",
                definition: "In how many replications the place had a score, and so a rank."
            ),
            Column(
                "replications",
                .integer,
                unit: "1",
                definition: "How many times the index was worked out with inputs drawn."
            ),
            Column("seed", .text, definition: "What the random numbers follow from: the same seed, the same draws."),
            Column("inputs", .text, definition: "The inputs drawn in each replication, all at once and independently."),
            wholeGradeColumn,
        ]
    )

    /// `dominance.csv`.
    package static let dominance = TableSchema(
        name: "dominance",
        title:
            "One row for each ordered pair of places, year and group assessed: how often the first is ahead of"
            + " the other.",
        columns: [
            indexColumn, placeColumn,
            Column("other", .text, definition: "The gazetteer's code of the place it is held against.", isKey: true),
            yearColumn, groupColumn,
            Column(
                "share_ahead",
                .number,
                unit: "1",
                definition:
                    "The share, from 0 to 1, of the replications in which the place has the better (lower) rank"
                    + " of the two."
                    + " That of the pair the other way round and share_level make it 1.",
                source: saisana
            ),
            Column(
                "share_level",
                .number,
                unit: "1",
                definition: "The share of the replications in which both have the same rank."
            ),
            Column(
                "replications_ranked",
                .integer,
                unit: "1",
                definition: "In how many replications both have a rank."
            ),
            wholeGradeColumn,
        ]
    )

    /// `sensitivity.csv`.
    package static let sensitivity = TableSchema(
        name: "sensitivity",
        title:
            "One row for each quantity, place, year, group and uncertain input: the input's part in the"
            + " quantity's variance.",
        columns: [
            indexColumn,
            Column(
                "quantity",
                .text,
                definition:
                    "rank: the place's rank. mean rank shift: the mean over all places of the absolute difference"
                    + " between the rank and that in index.csv.",
                isKey: true
            ),
            Column(
                "place",
                .text,
                definition: "The gazetteer's code of the place; all for the mean rank shift.",
                isKey: true
            ),
            yearColumn, groupColumn,
            Column("input", .text, definition: "The uncertain input.", isKey: true),
            Column(
                "first_order",
                .number,
                unit: "1",
                definition:
                    "Sobol's first-order index: the share of the variance that would go if the input alone were"
                    + " known. An"
                    + " estimate: near 0 it may come out negative. Empty where the quantity does not vary.",
                source: "Saltelli et al. (2010), Computer Physics Communications 181:259-270"
            ),
            Column(
                "total",
                .number,
                unit: "1",
                definition:
                    "Sobol's total index: the share of the variance that would be left if all other inputs were"
                    + " known; what"
                    + " it has beyond first_order comes from interactions.",
                source: "Jansen (1999), Computer Physics Communications 117:35-43"
            ),
            Column(
                "variance",
                .number,
                unit: "1",
                definition: "The variance (n-1) of the quantity over both samples of draws."
            ),
            Column(
                "rows",
                .integer,
                unit: "1",
                definition:
                    "How many rows of the sample count: those in which the place has a rank in every run, or for"
                    + " the shift"
                    + " the same places as in index.csv. Each row is (inputs + 2) runs."
            ),
            wholeGradeColumn,
        ]
    )
}
