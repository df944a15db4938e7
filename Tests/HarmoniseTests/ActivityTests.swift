import Harmonise
import Indicators
import Testing

@Suite struct `A register of activities` {
    private static let header = "date,form,topic,title,host,participants_TH,participants_LA,course,trained,grade,source"
    private static let catalogue = Catalogue(
        [],
        topics: [Topic(id: "post", basis: .memorandum, names: LocalisedText(english: "Post"))]
    )

    private func read(_ rows: String) throws -> (activities: [Activity], findings: [Finding]) {
        try readActivities(
            [textTable("register.csv", Self.header + "\n" + rows)],
            names: Small.placeNames(),
            catalogue: Self.catalogue,
            asOf: try #require(CalendarDate("2024-06-30"))
        )
    }

    @Test(arguments: [
        ("2018-02-07", "2018-02-07"), ("7/2/2018", "2018-02-07"), ("07.02.2561", "2018-02-07"),
        ("2561-02-07", "2018-02-07"), ("๗/๒/๒๕๖๑", "2018-02-07"), ("໗/໒/໒໕໖໑", "2018-02-07"),
        ("29/2/2563", "2020-02-29"),
    ])
    func `takes a day in either calendar and any digits`(written: String, day: String) throws {
        let found = try read("\(written),visit,post,A visit,TH-43,,,,,,A report")
        #expect(found.activities.map(\.date.description) == [day])
        #expect(found.findings.isEmpty)
    }

    @Test(arguments: [
        "", "2018", "2018-02", "2018-13-01", "30/2/2018", "7/2/18", "7-2-2018", "2018/02-07", "7/2/2400", "๗/2/2561๒",
        "2019-02-29", "-1/2/2018",
    ])
    func `refuses what is no day`(written: String) throws {
        let found = try read("\(written),visit,post,A visit,TH-43,,,,,,A report")
        #expect(found.activities.isEmpty)
        #expect(found.findings.map(\.code) == ["activity-bad-date"])
        #expect(found.findings.first?.found == written && found.findings.first?.line == 2)
    }

    @Test(arguments: [
        ("2018-02-07,vist,post,A,TH-43,,,,,,R", "activity-unknown-form"),
        ("2018-02-07,visit,pots,A,TH-43,,,,,,R", "activity-unknown-topic"),
        ("2018-02-07,visit,post,,TH-43,,,,,,R", "activity-without-title"),
        ("2018-02-07,visit,post,A,TH-43,,,,,,", "activity-without-source"),
        ("2018-02-07,visit,post,A,Atlantis,,,,,,R", "activity-unknown-place"),
        ("2018-02-07,visit,post,A,Viangchan,,,,,,R", "activity-ambiguous-place"),
        ("2018-02-07,visit,post,A,TH-43,-3,,,,,R", "activity-bad-count"),
        ("2018-02-07,visit,post,A,TH-43,,1.5,,,,R", "activity-bad-count"),
        ("2018-02-07,training,post,A,TH-43,,,cooking,3,,R", "activity-unknown-course"),
        ("2018-02-07,visit,post,A,TH-43,,,,,great,R", "activity-bad-grade"),
    ])
    func `refuses a row that cannot be counted, and says where`(row: String, code: String) throws {
        let found = try read(row + "\n2018-02-08,visit,post,Another,TH-43,2,3,,,,R")
        #expect(found.activities.map(\.title) == ["Another"])
        #expect(found.findings.map(\.code) == [code])
        #expect(found.findings.allSatisfy { $0.severity == .warning && $0.file == "register.csv" && $0.record == 2 })
    }

    @Test func `counts one that stands twice once, and notes what lies ahead`() throws {
        let found = try read(
            """
            2018-02-07,visit,post,A visit,Nong Khai,4,5,,,,R
            7/2/2561,visit,post,A visit,TH-43,4,5,,,,R
            2030-01-01,visit,,A plan,,,,,,,R
            """
        )
        #expect(found.activities.map(\.title) == ["A visit", "A plan"])
        #expect(found.findings.map(\.code) == ["activity-duplicate", "activity-in-future"])
        #expect(found.activities[0].host == "TH-43" && found.activities[0].hostCountry == "TH")
        #expect(found.activities[0].participants == ["TH": 4, "LA": 5])
        #expect(found.activities[1].host == nil && found.activities[1].topic == Activity.generalTopic)
    }

    @Test func `needs its columns`() throws {
        #expect(throws: HarmoniseError.self) {
            try readActivities(
                [textTable("r.csv", "date,form,title\n2018-02-07,visit,A")],
                names: Small.placeNames(),
                catalogue: Self.catalogue,
                asOf: try #require(CalendarDate("2024-06-30"))
            )
        }
    }
}
