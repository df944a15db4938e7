import Indicators

/// The keys of `compare:` that speak of figures over time, across the border and among peers.
enum DynamicsShape {
    static let fields = [
        Field("time_distance", .record(timeDistance), "How time distances are taken."),
        Field(
            "catch_up",
            .record([
                Field("years", .integer(2...100), "Trends are fitted to this many years up to the last common one.")
            ]),
            "How the year of catching up is found."
        ),
        Field("convergence", .record(convergence), "How convergence is looked at."),
        Field("peers", .record(peers), "By what provinces are held to be alike."),
    ]

    private static let timeDistance = [
        Field("crossing", .choice(["earliest", "last"]), "Which crossing of a level counts; earliest."),
        Field(
            "levels",
            .map(.list(.number(-1e15...1e15))),
            "The levels of an indicator; where absent 5, 10, ... 95 of shares and 1, 2, 5, 10, ... of others."
        ),
    ]

    private static let convergence = [
        Field(
            "scales",
            .list(.choice(["log", "logit", "levels"])),
            "On which scales growth is measured; log, and for shares also logit."
        ),
        Field("from", .integer(1000...2999), "The first year; the first in which most places have a value."),
        Field("to", .integer(1000...2999), "The last year; the last in which most places have a value."),
    ]

    private static let peers = [
        Field("indicators", .oneOrMany(Forms.identifier), required: true, "The context of which the distance is made."),
        Field(
            "scale",
            .choice(["z-score", "log-z-score", "min-max"]),
            "How the indicators are brought to one scale, over the places of both countries; z-score."
        ),
        Field("year", .integer(1000...2999), "The year of the context; the latest that match_years admits."),
        Field("count", .integer(1...100), "How many peers of each place; 3."),
        Field("level", Forms.identifier, "The level of the places; province."),
        Field("outcomes", .oneOrMany(Forms.identifier), "What is compared with the peers; all other indicators."),
    ]
}
