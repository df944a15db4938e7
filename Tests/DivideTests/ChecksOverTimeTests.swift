import Foundation
import Testing

/// Two provinces of each country, run after run.
@Suite struct `Checks from run to run` {
    private let house: TemporaryFolder
    private var home: URL { house.url.appending(path: "case") }

    init() throws {
        house = try TemporaryFolder()
        let root = URL(filePath: #filePath).deletingLastPathComponent()
        let datasets = root.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Datasets")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        for (from, to) in [
            (datasets.appending(path: "provinces.csv"), "provinces.csv"),
            (root.appending(path: "Golden/catalogue.yaml"), "catalogue.yaml"),
        ] {
            try FileManager.default.copyItem(at: from, to: home.appending(path: to))
        }
    }

    @Test func `a change is skipped, then judged from the run before, and again the same`() throws {
        try write(checks: ["id: fall, metric: gaps.parity, judge: change-percent, fail_if: \"< -10\""], laos: 50, 20)
        #expect(try run() == 0)
        #expect(try verdicts() == ["skipped"])
        try write(laos: 40, 20)
        #expect(try run() == 1)
        #expect(try verdicts() == ["fail"])
        let landed = try content("out/checks.csv")
        #expect(landed.contains("in the previous run"))
        // The same run again has the same run before it, and `divide check` too.
        #expect(try run("--force") == 1)
        #expect(try content("out/checks.csv") == landed)
        #expect(try run(command: "check") == 1)
        try write(laos: 41, 20)
        #expect(try run() == 0)
        #expect(try verdicts() == ["pass"])
    }

    @Test func `a baseline file is asked for, written, and compared with`() throws {
        try write(
            checks: ["id: fall, metric: gaps.parity, judge: change, baseline: agreed.csv, fail_if: \"< 0\""],
            laos: 50,
            20
        )
        #expect(try run() == 2)
        #expect(!exists("out"))
        #expect(try run("--update-baseline") == 0)
        #expect(try content("agreed.csv").hasPrefix("metric,selection,value\ngaps.parity,\"indicator=internet_users,"))
        #expect(try verdicts() == ["pass"])
        try write(laos: 50, 10)
        #expect(try run() == 1)
        // The same data under a new agreement is another run.
        #expect(try run("--update-baseline") == 0)
        try "metric,selection,value\ngaps.parity,x,1;5\n".write(
            to: home.appending(path: "agreed.csv"),
            atomically: true,
            encoding: .utf8
        )
        #expect(try run() == 2)
    }

    @Test func `a verdict that asks for two runs waits for the second`() throws {
        try write(checks: ["id: low, metric: gaps.parity, for: 2 runs, fail_if: \"< 0.9\""], laos: 50, 20)
        #expect(try run() == 0)
        #expect(try run("--force") == 0)
        try write(laos: 50, 21)
        #expect(try run() == 1)
        try write(laos: 60, 40)
        #expect(try run() == 0)
        try write(laos: 50, 20, 1)
        #expect(try run() == 0)
    }

    @Test func `inputs are judged: records, provinces, coverage, age, duplicates and what changed`() throws {
        try write(
            checks: [
                "id: age, metric: series.age_in_months, fail_if: \"!= 77\"",
                "id: coverage, metric: series.coverage, select: {indicator: internet_users}, warn_if: \"< 90\"",
                "id: duplicates, metric: inputs.duplicates, fail_if: \"!= 0\"",
                "id: provinces, metric: inputs.provinces, fail_if: \"!= 4\"",
                "id: records, metric: inputs.records, judge: change, fail_if: \"< 0\"",
                "id: used, metric: inputs.used_percent, fail_if: \"< 100\"",
            ],
            laos: 50,
            20
        )
        #expect(try run() == 0)
        #expect(try verdicts() == ["pass", "warn", "pass", "pass", "skipped", "pass"])
        try write(laos: 50)
        #expect(try run() == 1)
        #expect(try verdicts() == ["pass", "warn", "pass", "fail", "fail", "pass"])
    }

    @Test func `every cell of the verdicts can be explained`() throws {
        try write(
            checks: [
                "id: count, metric: observations.value, select: {country: LA}, judge: count, count_if: \"< 30\", warn_if: \"> 0\"",
                "id: fall, metric: gaps.parity, judge: change, for: 3 runs, fail_if: \"< -0.1\", owner: me",
                "id: records, metric: inputs.records, warn_if: \"< 0\"",
                "id: word, metric: observations.status, warn_if: is not A",
            ],
            laos: 50,
            20
        )
        #expect(try run() == 0)
        try write(laos: 40, 20)
        #expect(try run() == 0)
        let header =
            "value,warn_if,fail_if,verdict,message,owner,judged,measured,word,baseline,baseline_value,warn_runs,fail_runs"
        for column in header.split(separator: ",") {
            for selection in [
                "check=count,metric=observations.value,selection=country=LA",
                "check=fall,metric=gaps.parity,selection=indicator=internet_users\\,group=total\\,level=province\\,"
                    + "weighting=simple\\,year_reference=2019\\,year_other=2019",
                "check=records,metric=inputs.records,selection=file=users.csv",
                "check=word,metric=observations.status,selection=indicator=internet_users\\,place=LA-CH\\,year=2019\\,group=total",
            ] {
                let ending = try DivideProcess.run(
                    ["explain", "pipeline.yaml", "checks:\(selection):\(column)"],
                    in: home
                )
                #expect(ending.status == 0, "\(selection) \(column): \(ending.messages)")
            }
        }
    }

    // MARK: - Helpers

    private func write(checks: [String]? = nil, laos: Int...) throws {
        if let checks {
            let pipeline = """
                pipeline: over-time
                gazetteer: {places: provinces.csv}
                catalogue: catalogue.yaml
                sources:
                  - file: users.csv
                    grade: survey
                    layout: {form: long, place: Province, year: Year, value: Users}
                    indicator: internet_users
                compare: {reference: TH, other: LA}
                checks:
                \(checks.map { "  - {\($0)}" }.joined(separator: "\n"))
                publish: {to: out, formats: [csv]}

                """
            try pipeline.write(to: home.appending(path: "pipeline.yaml"), atomically: true, encoding: .utf8)
        }
        let names = ["Vientiane Capital", "Champasak", "Attapeu"]
        let rows = zip(names, laos).map { "\($0),2019,\($1)\n" }.joined()
        try ("Province,Year,Users\nNong Khai,2019,60\nNan,2019,40\n" + rows).write(
            to: home.appending(path: "users.csv"),
            atomically: true,
            encoding: .utf8
        )
    }

    private func run(command: String = "run", _ options: String...) throws -> Int32 {
        try DivideProcess.run([command, "pipeline.yaml", "--as-of", "2026-06-30", "--quiet"] + options, in: home).status
    }

    private func content(_ path: String) throws -> String {
        try String(contentsOf: home.appending(path: path), encoding: .utf8)
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: home.appending(path: path).path)
    }

    /// The verdicts of `checks.csv`, each once for each row.
    private func verdicts() throws -> [String] {
        try content("out/checks.csv").split(separator: "\n").dropFirst().compactMap { line in
            ["pass", "warn", "fail", "skipped"].first { line.contains(",\($0),") }
        }
    }
}
