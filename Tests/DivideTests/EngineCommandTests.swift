import Foundation
import Testing

/// A source of records, and a program that stands in for `spark-sql`.
@Suite struct `What an engine is asked on the command line` {
    private let folder: TemporaryFolder
    private let scratch: TemporaryFolder
    private var home: URL { folder.url }

    init() throws {
        folder = try TemporaryFolder()
        scratch = try TemporaryFolder()
        let datasets = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Datasets")
            .standardizedFileURL.path(percentEncoded: false)
        try write("country,year,value\nTH,2020,80\nTH,2020,70\n", to: "persons.csv")
        try write("code,year,value\nTH,2020,80\n", to: "figures.csv")
        for (name, source) in [
            (
                "records.yaml",
                """
                records:
                      files: persons.csv
                      group_by: {place_code: country, year: year}
                      measures: {internet_users: mean(value)}
                      minimum_records: 0
                """
            ),
            (
                "figures.yaml",
                """
                file: figures.csv
                    layout: {form: long, place_code: code, year: year, value: value}
                    indicator: internet_users
                """
            ),
        ] {
            try write(
                """
                pipeline: engine
                gazetteer: {places: \(datasets)/provinces.csv}
                catalogue: \(datasets)/indicators.yaml
                sources:
                  - \(source)
                    grade: survey
                publish: {to: out}

                """,
                to: name
            )
        }
        try answer(doing: "echo 'divide,1,,2,5448,32303230,,,2,0:0:150:0,'")
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: home.appending(path: name))
    }

    private func answer(doing words: String) throws {
        try write("#!/bin/sh\n\(words)\n", to: "spark-sql")
        let path = home.appending(path: "spark-sql").path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    private func run(_ words: String...) throws -> DivideProcess.Ending {
        try DivideProcess.run(words, in: home, environment: environment)
    }

    private var environment: [String: String] {
        ["PATH": "/usr/bin:/bin", "TMPDIR": scratch.url.path(percentEncoded: false)]
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: home.path(percentEncoded: false)).sorted() }
    }

    @Test func `goes with an engine, which goes with records`() throws {
        let before = try names
        for words in [["--master", "x"], ["--conf", "a=b"], ["--splittable"], ["--engine", "flink"]] {
            let ending = try DivideProcess.run(["run", "records.yaml"] + words, in: home)
            #expect(ending.status == 64, "\(words): \(ending.messages)")
        }
        for words in [["--engine", "spark"], ["--emit-sql"]] {
            let ending = try DivideProcess.run(["run", "figures.yaml"] + words, in: home)
            #expect(ending.status == 2 && ending.output.isEmpty)
            #expect(ending.messages.hasPrefix("error: figures.yaml:5:3: an engine has nothing to add up here"))
        }
        #expect(try names == before)
    }

    @Test func `is printed and nothing else is done`() throws {
        let before = try names
        let ending = try run("run", "records.yaml", "--emit-sql", "--splittable")
        #expect(ending.status == 0 && ending.messages.isEmpty)
        #expect(ending.output.hasPrefix("-- records.yaml:6:14: persons.csv\n"))
        #expect(ending.output.contains("multiLine 'false'") && ending.output.hasSuffix(";\n"))
        #expect(try names == before)
    }

    @Test func `is done, and again nothing where nothing changed`() throws {
        let engine = ["--engine", "spark", "--spark-sql", "./spark-sql"]
        let first = try DivideProcess.run(["run", "records.yaml"] + engine, in: home, environment: environment)
        #expect(first.status == 0, "\(first.messages)")
        let cells = try String(contentsOf: home.appending(path: "out/observations.csv"), encoding: .utf8)
        #expect(cells.contains("internet_users,TH,2020,total,75,%,"))
        try answer(doing: "exit 9")
        let again = try DivideProcess.run(["run", "records.yaml"] + engine, in: home, environment: environment)
        #expect(again.status == 0 && again.output.contains("unchanged since"))
        let other = try run("run", "records.yaml", "--why")
        #expect(other.output.contains("the engine is divide itself, was spark"))
        let failed = try DivideProcess.run(["run", "records.yaml"] + engine, in: home, environment: environment)
        #expect(failed.status == 2 && failed.messages.contains("records.yaml:6:14: ./spark-sql ended with exit code 9"))
    }

    /// A run and `divide records` end within the second that a scheduler gives them, and so does what they began; and what
    /// they began ends even where they are killed.
    @Test(
        arguments: [
            ["run", "records.yaml"],
            ["records", "persons.csv", "--group-by", "country", "--measure", "m=mean(value)"],
        ],
        [SIGTERM, SIGKILL]
    )
    func `ends with its program where someone asks for the end`(_ words: [String], _ signal: Int32) throws {
        let begun = home.appending(path: "begun")
        try answer(doing: "sleep 600 &\necho $$ $! >begun.new\nmv begun.new '\(begun.path)'\nwait")
        let process = Process()
        process.executableURL = DivideProcess.executable
        process.arguments = words + ["--engine", "spark", "--spark-sql", "./spark-sql"]
        process.currentDirectoryURL = home
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        let messages = try scratch.emptyFile("messages")
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
        for _ in 0..<6_000 where !FileManager.default.fileExists(atPath: begun.path) { usleep(10_000) }
        let children = try String(contentsOf: begun, encoding: .utf8).split { $0 == " " || $0 == "\n" }
        #expect(children.count == 2)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect((process.terminationReason == .exit) == (signal == SIGTERM))
        #expect(process.terminationStatus == (signal == SIGTERM ? 143 : signal))
        for child in children { #expect(Self.isGone(try #require(pid_t(child)))) }
        #expect(try String(contentsOf: messages, encoding: .utf8) == "")
        try FileManager.default.removeItem(at: messages)
        for _ in 0..<500 where try !FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty {
            usleep(10_000)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
        #expect(try !names.contains("out") && !names.contains { $0.hasPrefix(".out.new") })
    }

    /// Whether a process has ended, be it not yet reaped by whoever has to.
    private static func isGone(_ process: pid_t) -> Bool {
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
