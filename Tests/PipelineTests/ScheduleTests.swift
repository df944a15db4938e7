import Testing

@testable import Pipeline

/// `Tests/readers.py` hands what is printed to cron's rules, a shell, systemd, and the schemas of GitHub and GitLab.
@Suite struct `A schedule` {
    @Test(arguments: [
        (Schedule.Rhythm.day, "5 6 * * *", "*-*-* 06:05:00"),
        (.week, "5 6 * * 1", "Mon *-*-* 06:05:00"),
        (.month, "5 6 1 * *", "*-*-01 06:05:00"),
        (.quarter, "5 6 1 1,4,7,10 *", "*-01,04,07,10-01 06:05:00"),
    ])
    func `is the same time to cron and to systemd`(rhythm: Schedule.Rhythm, cron: String, calendar: String) throws {
        let schedule = try #require(Schedule(every: rhythm, at: "06:05"))
        #expect(schedule.cronFields == cron)
        #expect(schedule.calendarExpression == calendar)
    }

    @Test(arguments: ["24:00", "6", "06:60", "06:5", "-1:00", "06:00:00", "๐๖:๐๐", "", ":", "+6:00"])
    func `knows no such time`(text: String) {
        #expect(Schedule(every: .day, at: text) == nil)
    }

    @Test(arguments: ["", "Asia/Bang kok", "Asia/Bangkok\n", "$(id)", "7"])
    func `knows no such zone`(text: String) {
        #expect(Schedule(every: .day, at: "06:00", zone: text) == nil)
    }

    @Test(arguments: ["/a\nb.yaml", "/a\\b.yaml", "/a\u{7}.yaml"])
    func `is not made of a path that schedulers read differently`(path: String) {
        #expect(throws: RunFailure.self) { try pipeline(file: path) }
    }

    @Test func `begins every text with the place where it belongs`() throws {
        let schedule = try #require(Schedule(every: .day, at: "06:00", zone: "Asia/Vientiane"))
        for form in Schedule.Form.allCases {
            #expect(try pipeline(file: "/r/Pipelines/a.yaml").text(form, schedule).hasPrefix("# "))
        }
    }

    @Test func `leaves GitHub no expression to fill in`() throws {
        let schedule = try #require(Schedule(every: .day, at: "06:00"))
        let workflow = try pipeline(file: "/r/${{ secrets.x }}.yaml").text(.github, schedule)
        #expect(workflow.contains(#"run: "Pipelines/run '${{ '${{' }} secrets.x }}.yaml'""#))
    }

    @Test func `uses the repository's own script where there is one`() throws {
        let schedule = try #require(Schedule(every: .day, at: "06:00"))
        let job = try pipeline(file: "/r/Pipelines/a b.yaml").text(.gitlab, schedule)
        #expect(job.contains(#"- "Pipelines/run 'Pipelines/a b.yaml' --report gitlab="#))
        #expect(job.contains(#"junit: "Output/a/checks.junit.xml""#))
    }

    @Test func `says to the run what stands behind the terminator`() throws {
        let schedule = try #require(Schedule(every: .day, at: "06:00"))
        let options = ["--engine", "spark", "--conf", "spark.app.name=a b 100%"]
        let scheduled = try pipeline(file: "/r/a.yaml", options)
        let spelt = "--engine spark --conf 'spark.app.name=a b 100"
        #expect(scheduled.text(.cron, schedule).hasSuffix("/usr/bin/divide run /r/a.yaml --quiet \(spelt)\\%'\n"))
        let service = scheduled.text(.systemd, schedule)
        #expect(service.contains(#"a.yaml --quiet --engine spark --conf "spark.app.name=a b 100%%""#))
        #expect(scheduled.text(.github, schedule).contains("Pipelines/run a.yaml \(spelt)%'\""))
        #expect(scheduled.text(.gitlab, schedule).contains("Pipelines/run a.yaml \(spelt)%' --report gitlab="))
        #expect(try !pipeline(file: "/r/a.yaml", ["--quiet"]).text(.cron, schedule).contains("--quiet --quiet"))
        #expect(throws: RunFailure.self) { try pipeline(file: "/r/a.yaml", ["--conf", "a=\\n"]) }
    }

    private func pipeline(file: String, _ options: [String] = []) throws -> ScheduledPipeline {
        try ScheduledPipeline(
            name: "a",
            file: file,
            outputs: "/r/Output/a",
            program: "/usr/bin/divide",
            options: options,
            root: "/r",
            hasScript: true
        )
    }
}
