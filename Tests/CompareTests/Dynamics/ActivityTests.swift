import Compare
import Indicators
import Testing

private func activity(
    _ date: String,
    _ form: Activity.Form,
    _ topic: String,
    host: String?,
    _ participants: [String: Int] = [:],
    trained: Int? = nil,
    grade: Grade = .official
) throws -> Activity {
    Activity(
        date: try #require(CalendarDate(date)),
        form: form,
        topic: topic,
        title: "\(date) \(form)",
        host: host,
        hostCountry: host.map { $0.hasPrefix("T") ? "TH" : "LA" },
        participants: participants,
        course: trained == nil ? nil : .spreadsheet,
        trained: trained,
        source: "a report",
        grade: grade,
        origin: Origin(file: "register.csv", record: 2, line: 2, field: 4, column: "title")
    )
}

@Suite struct `Activities counted` {
    private func counted() throws -> Dynamics {
        let all = [
            try activity("2018-03-01", .visit, "inclusion", host: "T1", ["TH": 4, "LA": 10]),
            try activity("2018-05-01", .training, "training", host: "T1", ["LA": 20], trained: 18),
            try activity(
                "2019-05-01",
                .training,
                "training",
                host: "T2",
                ["TH": 1, "LA": 30],
                trained: 25,
                grade: .illustrative
            ),
            try activity("2019-07-01", .workshop, "inclusion", host: "L1", ["TH": 8, "LA": 8]),
            try activity("2016-12-26", .meeting, "general", host: nil),
        ]
        return Dynamics([], .activities, DynamicsOptions(activities: all))
    }

    @Test func `under all, by hand`() throws {
        let found = try counted()
        let all: KeyValuePairs = ["by": "all", "item": "all"]
        for (column, value) in [
            ("activities", 5.0), ("hosted_reference", 3), ("hosted_other", 1), ("hosted_elsewhere", 1),
            ("participants_reference", 13), ("participants_other", 68), ("without_participants", 2), ("trained", 43),
            ("illustrative", 1),
        ] {
            #expect(try found.number("activities", all, column) == value, "\(column)")
        }
        #expect(agree(try found.number("activities", all, "host_balance"), 1.0 / 3))
        #expect(agree(try found.number("activities", all, "participant_balance"), 13.0 / 68))
        #expect(try found.text("activities", all, "first_date") == "2016-12-26")
        #expect(try found.text("activities", all, "grade") == "illustrative")
    }

    @Test func `by topic, form, year, country, province and course, each adding up`() throws {
        let found = try counted()
        func count(_ by: String) throws -> [String: Double] {
            let table = try found.table("activities")
            let rows = try found.rows("activities", ["by": by])
            return Dictionary(
                uniqueKeysWithValues: rows.map { (table[$0, "item"].text, table[$0, "activities"].numeric ?? 0) }
            )
        }
        #expect(try count("topic") == ["general": 1, "inclusion": 2, "training": 2])
        #expect(try count("form") == ["meeting": 1, "training": 2, "visit": 1, "workshop": 1])
        #expect(try count("year") == ["2016": 1, "2018": 2, "2019": 2])
        #expect(try count("country") == ["LA": 1, "TH": 3, "elsewhere": 1])
        #expect(try count("province") == ["L1": 1, "T1": 2, "T2": 1])
        #expect(try count("course") == ["spreadsheet": 2])
        #expect(try found.number("activities", ["by": "year", "item": "2018"], "trained") == 18)
    }

    @Test func `with no balance where nobody hosted or the register is silent`() throws {
        let found = try counted()
        let meeting: KeyValuePairs = ["by": "year", "item": "2016"]
        for column in ["host_balance", "participants_reference", "participant_balance", "trained"] {
            #expect(try found.number("activities", meeting, column) == nil, "\(column)")
        }
        #expect(try found.number("activities", ["by": "country", "item": "LA"], "host_balance") == 0)
        #expect(Dynamics([], .activities).compared.tables.first?.rowCount == 0)
    }

    @Test func `stand beside the latest gaps of their topic`() throws {
        let values =
            line("internet_users", "TH", [2018: 50, 2020: 80]) + line("internet_users", "LA", [2018: 20, 2020: 40])
        let options = CompareOptions(
            metrics: [.gaps, .activities],
            dynamics: DynamicsOptions(
                activities: [try activity("2018-03-01", .visit, "context", host: "T1")]
            )
        )
        let compared = compare(values, catalogue: catalogue, gazetteer: borderland, options: options)
        let table = try #require(compared.tables.first { $0.schema.name == "activity-indicators" })
        #expect(table.rowCount == 1)
        #expect(table[0, "indicator"].text == "internet_users" && table[0, "activities"] == .integer(1))
        #expect(table[0, "year_other"] == .integer(2020) && table[0, "value_other"] == .number(40))
        #expect(table[0, "absolute_gap"] == .number(40) && table[0, "trained"] == .missing)
    }
}

@Suite struct `Targets by topic` {
    @Test func `are counted by their states`() throws {
        func target(_ place: String, _ value: Double, _ year: Int = 2030, grade: Grade = .official) -> Target {
            Target(
                indicator: "internet_users",
                place: place,
                year: year,
                value: value,
                document: "plan",
                grade: grade,
                origin: Origin(file: "targets.csv", record: 2, line: 2, field: 4, column: "target")
            )
        }
        let values =
            line("internet_users", "L1", [2010: 20, 2020: 50]) + line("internet_users", "L2", [2010: 20, 2020: 10])
            + line("internet_users", "T1", [2010: 20, 2020: 50])
        let targets = [
            target("L1", 45), target("L1", 80), target("L1", 95, 2022), target("L2", 60), target("L3", 60),
            target("T1", 50, grade: .illustrative),
        ]
        let found = Dynamics(values, .targets, DynamicsOptions(targets: targets))
        let lao: KeyValuePairs = ["topic": "context", "country": "LA"]
        for (column, count) in [
            ("targets", 5.0), ("met", 1), ("on_track", 1), ("behind", 1), ("moving_away", 1), ("unknown", 1),
        ] {
            #expect(try found.number("target-topics", lao, column) == count, "\(column)")
        }
        #expect(try found.text("target-topics", ["topic": "context", "country": "TH"], "grade") == "illustrative")
    }
}
