import Foundation
import Indicators
import Testing

@testable import Pipeline

@Suite struct `A pipeline whose records an engine adds up` {
    private let house: EngineHouse

    init() throws {
        house = try EngineHouse()
    }

    @Test func `comes to the same values, and says nothing untrue of where they come from`() throws {
        try house.run(nil)
        let ours = try house.observations()
        #expect(house.calls.isEmpty)
        let report = try house.run(house.engine)
        let theirs = try house.observations()
        #expect(report.verdict == .pass)
        #expect(theirs.map { $0.dropLast(3) } == ours.map { $0.dropLast(3) })
        #expect(ours.dropFirst().map { Array($0.suffix(2)) }.first == ["3", "mean(value)"])
        #expect(
            theirs.dropFirst().map { Array($0.suffix(3)) } == [
                ["../Datasets/persons.csv", "", "mean(value) with country = LA, year = 2020"],
                ["../Datasets/persons.csv", "", "mean(value) with country = LA, year = 2021"],
                ["../Datasets/persons.csv", "", "mean(value) with country = TH, year = 2020"],
            ]
        )
        #expect(try house.house.faults() == [])
        #expect(try house.house.manifest().engine == "spark")
        let input = try #require(try house.house.manifest().inputs.first { $0.path == "../Datasets/persons.csv" })
        #expect(input.read == 3 && input.used == 3)
        let findings = try #require(house.folder.text("Output/small/findings.csv"))
        #expect(findings.contains("records-read,note,../Datasets/persons.csv,,,4 records read = 4 used"))
        #expect(!findings.contains(house.folder.path))
    }

    @Test func `hands the program what it was given, in a folder that is gone afterwards`() throws {
        try house.run(house.engine)
        let words = try #require(house.calls.first)
        #expect(words.hasPrefix("-S --master local[2] --conf spark.a=b --conf spark.c=d e -f /"))
        let script = try #require(house.folder.text("script.sql"))
        #expect(script.contains("path 'file://\(Paths.resolved(house.folder.path) ?? "")/Datasets/persons.csv'"))
        #expect(script.contains("multiLine 'true'"))
        let place = try #require(house.folder.text("where")?.split(separator: "\n").first)
        #expect(!FileManager.default.fileExists(atPath: String(place)))
        var engine = house.engine
        engine.isSplittable = true
        try house.run(engine) { $0.isForced = true }
        #expect(house.folder.text("script.sql")?.contains("multiLine 'false'") == true)
    }

    /// A command that writes baselines first has the engine begin once; what it read then is what the run lands.
    @Test(arguments: ["../Datasets/persons.csv", "hdfs://cluster/persons.csv"])
    func `is begun once for baselines and run`(_ files: String) throws {
        try house.describe(files: files, judged: ", judge: change, baseline: agreed.csv")
        var order = house.house.order
        order.engine = house.engine
        #expect(try updateBaselines(&order).count == 1)
        #expect(house.calls.count == 1)
        try house.answer(Array(EngineHouse.sums.prefix(2)))
        #expect(try runPipeline(order).verdict == .fail)
        #expect(house.calls.count == 1)
        #expect(try house.observations().dropFirst().count == 3)
        // Another command has it begin again where nobody can tell whether an address holds what it held.
        order.done = nil
        let isFar = files.hasPrefix("hdfs:")
        #expect(try (runPipeline(order).unchangedSince == nil) == isFar)
        #expect(house.calls.count == (isFar ? 2 : 1))
        #expect(try house.observations().dropFirst().count == (isFar ? 2 : 3))
    }

    @Test func `is unchanged under the same engine, whatever its program, cluster and settings`() throws {
        try house.run(house.engine)
        let outputs = try house.outputs()
        let other = SparkEngine(program: "/nowhere/spark-sql", master: "spark://x:1", settings: [], isSplittable: true)
        #expect(try house.run(other).unchangedSince != nil)
        // Reports want the verdicts, and begin no engine for them.
        let told = try house.run(other) { $0.needsChecks = true }
        #expect(told.unchangedSince != nil && told.checks?.rowCount == 1)
        #expect(try house.outputs() == outputs)
        #expect(house.calls.count == 1)
    }

    @Test func `is another run than that without an engine, which is as it ever was`() throws {
        try house.run(nil)
        let (plain, outputs) = (try house.house.manifest(), try house.outputs())
        #expect(try house.run(house.engine).unchangedSince == nil)
        #expect(try house.house.manifest().runHash != plain.runHash)
        let report = try house.run(nil)
        #expect(report.unchangedSince == nil)
        let reason = try #require(report.reasons.first { $0.stage == "ingest" })
        #expect(reason.causes == ["the engine is divide itself, was spark"] && reason.takenOver.isEmpty)
        #expect(try house.house.manifest().runHash == plain.runHash)
        #expect(try house.outputs() == outputs)
        #expect(house.folder.text("Output/small/manifest.json")?.contains("engine") == false)
        let back = try house.run(house.engine)
        #expect(back.reasons.first { $0.stage == "ingest" }?.causes == ["the engine is spark, was divide itself"])
    }

    @Test func `takes the sums over where something else changed, and only then`() throws {
        try house.run(house.engine)
        try house.describe(failBelow: "0.4")
        let report = try house.run(house.engine)
        #expect(report.reasons.first { $0.stage == "ingest" }?.takenOver.isEmpty == false)
        #expect(house.calls.count == 1)
        try house.describe(more: ["where: sex == \"men\""], failBelow: "0.4")
        try house.run(house.engine)
        #expect(house.calls.count == 2)
        try house.folder.write("Datasets/persons.csv", "country,year,sex,value\nTH,2020,men,80\n")
        try house.run(house.engine)
        #expect(house.calls.count == 3)
        try house.run(house.engine) { $0.isForced = true }
        #expect(house.calls.count == 4)
    }

    @Test func `is checked, validated and explained without the engine`() throws {
        try house.run(house.engine)
        let outputs = try house.outputs()
        // Each cell is told its own number: no two have one origin.
        for (country, year, value, records) in [("TH", 2020, 75.0, 2), ("LA", 2020, 60.5, 1), ("LA", 2021, 61.0, 1)] {
            let explanation = try house.explained(country, year)
            #expect(explanation.root.value == .number(value))
            #expect(explanation.notes == [])
            let text = explanation.lines.joined(separator: "\n")
            #expect(text.contains("mean(value) over \(records) records of ../Datasets/persons.csv"))
            #expect(text.contains("with country = \(country), year = \(year); added up by Spark, which does not tell"))
            #expect(text.contains("“\(Cell.format(value))” of “\(country), \(year)”"))
            #expect(!text.contains("its first is record") && !text.contains("record 0"))
        }
        #expect(try checkPipeline(house.house.order).verdict == .pass)
        #expect(try validatePipeline(house.house.order).inputs.map(\.tally.used) == [3])
        let shown = try show(["internet_users"], pipeline: house.house.order.pipeline)
        #expect(shown.table.rowCount == 2)
        #expect(house.calls.count == 1)
        #expect(try house.outputs() == outputs)
        // The page, too, holds the numbers of each cell.
        let page = try #require(house.folder.text("Output/small/report.html"))
        #expect(page.contains("with country = TH, year = 2020") && page.contains("with country = LA, year = 2020"))
    }

    @Test func `is worked out here where the sums are no longer kept, and says what is not as it landed`() throws {
        try house.run(house.engine)
        try FileManager.default.removeItem(atPath: house.house.place.store)
        let explanation = try house.explained("TH", 2020)
        #expect(explanation.root.value == .number(75))
        #expect(explanation.notes.contains { $0.contains("observations.csv as it landed") })
        #expect(try checkPipeline(house.house.order).verdict == .pass)
        #expect(house.calls.count == 1)
    }

    @Test func `can be held against the run without`() throws {
        try house.run(nil)
        try house.run(house.engine)
        let compared = try difference(
            DiffOrder(old: "previous", new: "latest", pipeline: house.house.order.pipeline)
        )
        #expect(compared.moves.isEmpty && compared.changes.isEmpty)
        let runs = compared.table(.runs)
        #expect((0..<runs.rowCount).contains { runs[$0, "what"] == .text("engine") })
        #expect(house.calls.count == 1)
    }
}

@Suite struct `An engine` {
    private let house: EngineHouse

    init() throws {
        house = try EngineHouse()
    }

    @Test func `is not asked where no source has records`() throws {
        try house.house.describe()
        let problem = try house.problem(house.engine)
        #expect(problem.place?.line == 5 && problem.problem == "an engine has nothing to add up here")
        #expect(house.calls.isEmpty && !FileManager.default.fileExists(atPath: house.folder.path + "/Output"))
        #expect(throws: RunFailure.self) { try pipelineSQL(house.house.order, isSplittable: false) }
    }

    /// What keeps it from its work is told at the place of the source, and the last good output stands.
    @Test(arguments: [
        ("mean((value / 2) * (value / 3))", [], EngineHouse.sums, 0, "a product of two quotients"),
        (
            "mean(value)", ["missing: [x]"], ["divide,1,not-a-number,3,5448,32,,,0,0:0:0:0,"], 0,
            "records cannot be used"
        ),
        ("mean(value)", ["missing: [x]"], ["divide,1,,two,5448,32303230,,,2,0:0:150:0,"], 0, "result cannot be read"),
        (
            "mean(value)", ["ill_formed: count"], ["divide,1,engine-range,3,5448,32,,,0,0:0:0:0,"], 0,
            "numbers do not fit the engine's decimals"
        ),
        ("mean(value)", ["missing: [x]"], [], 3, "spark-sql ended with exit code 3"),
    ])
    func `that cannot do it leaves what stands there`(
        _ measure: String,
        _ more: [String],
        _ lines: [String],
        _ code: Int,
        _ words: String
    ) throws {
        try house.run(house.engine)
        let outputs = try house.outputs()
        try house.describe(more: more, measure: measure)
        try house.answer(lines, code: code)
        let problem = try house.problem(house.engine)
        #expect(problem.problem.contains(words), "\(problem)")
        #expect(problem.file.hasSuffix("Pipelines/small.yaml") && problem.place == TextPlace(line: 6, column: 14))
        if code != 0 { #expect(problem.found.contains("no such luck")) }
        #expect(try house.outputs() == outputs)
    }

    @Test func `that is not there is named`() throws {
        let problem = try house.problem(SparkEngine(program: "/nowhere/spark-sql"))
        #expect(problem.problem == "/nowhere/spark-sql cannot be run" && problem.found == "No such file or directory")
        #expect(problem.place?.line == 6)
    }

    @Test func `counts ill-formed records and does not tell where they are`() throws {
        try house.describe(more: ["ill_formed: count"])
        try house.answer(EngineHouse.sums + ["divide,1,not-a-number,2,5448,32303230,,,0,0:0:0:0,"])
        let report = try house.run(house.engine)
        let finding = try #require(report.findings.first { $0.code == "ill-formed-records" })
        #expect(finding.severity == .warning && finding.record == 0 && finding.file == "../Datasets/persons.csv")
        #expect(finding.found.hasPrefix("2 records") && finding.hint.contains("does not tell their places"))
    }

    @Test func `is ended with all that it started once the run is to end`() throws {
        try house.run(nil)
        let outputs = try house.outputs()
        let path = house.folder.path
        // Deaf to SIGTERM, and with a child.
        try house.answer([], doing: "trap '' TERM; sleep 600 & echo $$ $! >'\(path)/begun'; wait")
        let interruption = Interruption()
        let asking = Thread {
            while (try? Data(contentsOf: URL(filePath: path + "/begun")))?.isEmpty != false { usleep(1_000) }
            interruption.request(SIGTERM)
        }
        asking.start()
        let began = ContinuousClock.now
        do {
            try house.run(house.engine) { $0.interruption = interruption }
            Issue.record("the run came to its end")
        } catch RunStop.interrupted(let signal) {
            #expect(signal == SIGTERM)
        }
        #expect(ContinuousClock.now - began < .seconds(20))
        let begun = try #require(house.folder.text("begun")?.split(separator: "\n").first).split(separator: " ")
        for process in try begun.map({ try #require(pid_t($0)) }) { #expect(EngineHouse.isGone(process)) }
        let place = try #require(house.folder.text("where")?.split(separator: "\n").first)
        #expect(!FileManager.default.fileExists(atPath: String(place)))
        #expect(!interruption.isBusyWriting)
        #expect(try house.outputs() == outputs)
    }

    @Test func `is told the statements of each source, headed by its place`() throws {
        let sql = try pipelineSQL(house.house.order, isSplittable: true)
        #expect(sql.hasPrefix("-- \(house.house.order.pipeline):6:14: ../Datasets/persons.csv\n-- Made by divide"))
        #expect(sql.contains("multiLine 'false'") && sql.ranges(of: "WITH records").count == 1)
        try house.run(house.engine)
        let given = try #require(house.folder.text("script.sql"))
        #expect(try pipelineSQL(house.house.order, isSplittable: false).hasSuffix("\n" + given))
    }
}

@Suite struct `An address` {
    private let house: EngineHouse
    private static let address = "s3a://bucket/persons-*.csv"

    init() throws {
        house = try EngineHouse()
        try house.describe(files: Self.address)
    }

    @Test func `is read by the engine alone`() throws {
        let problem = try house.problem(nil)
        #expect(problem.file.hasSuffix("Pipelines/small.yaml") && problem.place?.line == 6)
        #expect(problem.expected.contains("--engine spark") && problem.found == Self.address)
        #expect(!FileManager.default.fileExists(atPath: house.house.place.destination))
        try house.run(house.engine)
        #expect(house.folder.text("script.sql")?.contains("path '\(Self.address)'") == true)
        #expect(try house.observations().map { $0[4] } == ["value", "60.5", "61", "75"])
        #expect(try house.observations()[1].suffix(3).first == Self.address)
    }

    @Test func `has no hash, so that a run is never unchanged, and says so`() throws {
        try house.run(house.engine)
        let manifest = try #require(house.folder.text("Output/small/manifest.json"))
        let input = try #require(manifest.split(separator: "{").first { $0.contains(Self.address) })
        #expect(input.contains("\"sha256\" : null") && input.contains("\"bytes\" : null"))
        #expect(input.contains("\"used\" : 3"))
        #expect(try house.house.manifest().inputs.first { $0.path == Self.address }?.sha256 == "")
        let report = try house.run(house.engine)
        #expect(report.unchangedSince == nil && house.calls.count == 2)
        let reason = try #require(report.reasons.first { $0.stage == "ingest" })
        #expect(reason.causes == ["\(Self.address) is an address: nobody here can tell whether it changed"])
        #expect(reason.takenOver.isEmpty)
    }

    @Test func `is explained and checked by what the run read there`() throws {
        try house.run(house.engine)
        try house.answer(["divide,1,,2,5448,32303230,,,2,0:0:2:0,"])
        let explanation = try house.explained("TH", 2020)
        #expect(explanation.root.value == .number(75))
        #expect(explanation.notes.count == 1 && explanation.notes.first?.contains("what the run read there") == true)
        #expect(try checkPipeline(house.house.order).verdict == .pass)
        #expect(house.calls.count == 1)
        // Another declaration is another question, which only the engine could answer.
        try house.describe(files: Self.address, more: ["where: sex == \"men\""])
        let failure = #expect(throws: RunFailure.self) { try checkPipeline(house.house.order) }
        #expect(failure?.problems.first?.problem.contains("is not kept") == true)
        #expect(failure?.problems.first?.place?.line == 6)
    }

    @Test func `is outside every confinement`() throws {
        let failure = #expect(throws: RunStop.self) {
            try house.run(house.engine) { $0.confinement = house.folder.path }
        }
        #expect(failure?.description.contains("leaves the folder of --confined") == true)
        #expect(failure?.description.contains("an address is in no folder") == true)
        #expect(house.calls.isEmpty)
    }

    @Test func `of a file on this machine is its path`() throws {
        try house.describe(files: "file://\(house.folder.path)/Datasets/pers*.csv")
        try house.run(nil)
        #expect(try house.observations().map { $0[4] } == ["value", "60.5", "61", "75"])
        #expect(try house.observations()[1].suffix(3).first == "../Datasets/persons.csv")
        #expect(try house.run(nil).unchangedSince != nil)
        #expect(try house.run(nil) { $0.confinement = house.folder.path }.unchangedSince != nil)
    }

    @Test(arguments: ["a.csv", "file:/a.csv", "C:/a.csv", "a:/b", "://", ""])
    func `is no path`(_ path: String) {
        #expect(!Paths.isAddress(path))
        #expect(Paths.local(path) == path)
    }
}

extension EngineHouse {
    /// Whether a process has ended, be it not yet reaped by whoever has to.
    static func isGone(_ process: pid_t) -> Bool {
        for _ in 0..<200 {
            let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            guard let status, let state = status.split(separator: ")").last?.split(separator: " ").first else {
                return true
            }
            if state == "Z" { return true }
            usleep(10_000)
        }
        return false
    }
}
