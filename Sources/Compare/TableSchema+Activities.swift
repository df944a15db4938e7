package import Indicators

extension TableSchema {
    /// `activities.csv`.
    package static let activities = TableSchema(
        name: "activities",
        title: "One row for each heading under which activities of the register were counted.",
        columns: [
            Column(
                "by",
                .text,
                definition: "By what is counted: all, topic, form, year, country or province of the host, course.",
                isKey: true,
                words: ActivityRow.Heading.words
            ),
            Column("item", .text, definition: "Which topic, form, year, country, province or course.", isKey: true),
            count("activities", "How many activities"),
            count("hosted_reference", "How many of them the reference country hosted"),
            count("hosted_other", "How many of them the other country hosted"),
            count("hosted_elsewhere", "How many of them were in neither country, or nobody says where"),
            balance("host_balance", "hosted_reference and hosted_other"),
            sum("participants_reference", "Persons of the reference country who took part"),
            sum("participants_other", "Persons of the other country who took part"),
            balance("participant_balance", "participants_reference and participants_other"),
            count("without_participants", "Of how many the register does not say how many took part from each country"),
            sum("trained", "Persons who finished a course"),
            Column("first_date", .text, definition: "The day of the earliest, Common Era."),
            Column("last_date", .text, definition: "The day of the latest, Common Era."),
            count("illustrative", "How many of them are made up"),
            Column("grade", .text, definition: "The worst grade of the activities.", words: Grade.words),
        ]
    )

    private static func count(_ id: String, _ definition: String) -> Column {
        Column(id, .integer, unit: "activities", definition: definition + ".", range: 0...1e9)
    }

    private static func sum(_ id: String, _ definition: String) -> Column {
        let rest = ", over the activities of which the register says so; empty where it says so of none."
        return Column(id, .integer, unit: "persons", definition: definition + rest)
    }

    private static func balance(_ id: String, _ what: String) -> Column {
        Column(
            id,
            .number,
            unit: "1",
            definition: "The smaller of \(what) divided by the larger; empty where both are 0 or one is empty.",
            range: 0...1
        )
    }

    /// `activity-indicators.csv`.
    package static let activityIndicators = TableSchema(
        name: "activity-indicators",
        title:
            "One row for each indicator of a topic with activities: where it stands in the latest years of gaps.csv.",
        columns: [
            Column("topic", .text, definition: "The topic of the activities and of the indicator.", isKey: true),
            Column("indicator", .text, definition: "The catalogue's id.", isKey: true),
            Column("level", .text, definition: "The level of the figures, as in gaps.csv.", isKey: true),
            Column("weighting", .text, definition: "How their mean is weighted, as in gaps.csv.", isKey: true),
            Column("activities", .integer, unit: "activities", definition: "How many activities the topic has."),
            Column("trained", .integer, unit: "persons", definition: "Persons who finished a course of the topic."),
            Column("year_reference", .integer, unit: "year", definition: "The year of the reference country's figure."),
            Column("year_other", .integer, unit: "year", definition: "The year of the other country's figure."),
            Column("value_reference", .number, unit: "indicator", definition: "The reference country's figure."),
            Column("value_other", .number, unit: "indicator", definition: "The other country's figure."),
            Column(
                "absolute_gap",
                .number,
                unit: "indicator",
                definition: "The gap, positive where the other country is worse off."
            ),
            Column("parity", .number, unit: "1", definition: "The smaller figure divided by the larger."),
            Column("status", .text, definition: "SDMX CL_OBS_STATUS of the figures."),
            Column("grade", .text, definition: "The worst grade of the figures."),
            Column("unit", .text, definition: "The unit of the figures."),
            Column("direction", .text, definition: "Which end is better: higher, lower or none."),
        ]
    )

    /// `topics.csv`.
    package static let topics = TableSchema(
        name: "topics",
        title: "One row for each topic of the catalogue: what figures there are.",
        columns: [
            Column("topic", .text, definition: "The topic.", isKey: true),
            Column(
                "basis",
                .text,
                definition: "Where it stands in the announcement of 2018.",
                words: Indicator.Basis.words
            ),
            Column(
                "indicators",
                .integer,
                unit: "indicators",
                definition: "How many indicators the catalogue has of it.",
                range: 0...1e9
            ),
            Column(
                "with_data",
                .integer,
                unit: "indicators",
                definition: "How many of them have a value of any place and year.",
                range: 0...1e9
            ),
            Column(
                "latest_year",
                .integer,
                unit: "year",
                definition: "The latest year with a value; empty without data."
            ),
            Column(
                "state",
                .text,
                definition: "real, illustrative or mixed, as its values are; no data where there is none.",
                words: TopicRow.State.words
            ),
            Column(
                "grade",
                .text,
                definition: "The worst grade of the values; empty without data.",
                words: Grade.words
            ),
            Column("template", .text, definition: "Without data, the template that divide init makes to be filled in."),
        ]
    )

    /// `target-topics.csv`.
    package static let targetTopics = TableSchema(
        name: "target-topics",
        title: "One row for each topic and country with targets: how many of them are in which state.",
        columns: [
            Column("topic", .text, definition: "The topic of the indicators aimed at.", isKey: true),
            Column("country", .text, definition: "The country of the places aimed for.", isKey: true),
            Column("targets", .integer, unit: "targets", definition: "How many targets.", range: 0...1e9),
        ]
            + TargetRow.Status.allCases.map { status in
                Column(
                    status.column,
                    .integer,
                    unit: "targets",
                    definition: "How many of them are \(status.rawValue) in targets.csv.",
                    range: 0...1e9
                )
            } + [Column("grade", .text, definition: "The worst grade of the targets' rows.", words: Grade.words)]
    )
}
