import Foundation
import Indicators
import Publish
import Testing

@testable import Pipeline

@Suite struct `An order for a report` {
    @Test(arguments: ["junit=a.xml", "github-summary=-", "openmetrics=/var/lib/a=b.prom"])
    func `is a format and a path`(text: String) throws {
        let order = try ReportOrder(parsing: text)
        #expect("\(order.format.rawValue)=\(order.path)" == text)
    }

    @Test(arguments: [
        ("junit", "expected FORMAT=PATH"), ("junit=", "expected FORMAT=PATH"), ("jsn=a", "did you mean json?"),
        ("=a", "expected one of junit"), ("", "expected FORMAT=PATH"),
    ])
    func `says what is wrong with it`(text: String, words: String) throws {
        let error = try #require(throws: ReportOrderError.self) { try ReportOrder(parsing: text) }
        #expect(error.description.contains(words))
    }
}

@Suite struct `Reports of a run that could not go on` {
    let folder = FileManager.default.temporaryDirectory.appending(path: "reporting-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    @Test func `say why, and replace an earlier report`() throws {
        let outcome = try reporting("junit=\(folder)/a.xml").write(failure)
        #expect(outcome.problems.isEmpty)
        #expect(try content("a.xml").contains("<error type=\"not-done\""))
        let first = try content("a.xml")
        _ = try reporting("junit=\(folder)/a.xml").write(RunFailure(Problem(file: "b.yaml", problem: "other")))
        #expect(try content("a.xml") != first)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.xml"])
    }

    /// A pipeline that cannot be read cannot say what its inputs are.
    @Test(arguments: ["junit", "github", "github-summary", "gitlab", "markdown", "json", "openmetrics"])
    func `leave every other file as it was`(format: String) throws {
        let precious = "จังหวัด,ปี\nหนองคาย,2560\n"
        try precious.write(toFile: folder + "/input.csv", atomically: true, encoding: .utf8)
        _ = try reporting("\(format)=\(folder)/input.csv").write(failure)
        #expect(try content("input.csv") == precious)
    }

    @Test func `do not leave the folder of --confined`() throws {
        let inside = folder + "/inside"
        try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: inside + "/link.xml", withDestinationPath: "../out.xml")
        for path in ["\(folder)/out.xml", "\(inside)/../out.xml"] {
            _ = try reporting("junit=\(path)", confinement: inside).write(failure)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["inside"])
    }

    @Test func `tell GitHub where the fault stands, from the root of the repository`() throws {
        var problem = Problem(file: "nested/a.yaml", place: TextPlace(line: 3, column: 5), problem: "unknown key")
        problem.found = "100%"
        let root = Paths.workingDirectory
        let reporting = Reporting(
            [],
            environment: [
                "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": root, "GITHUB_STEP_SUMMARY": folder + "/summary",
            ],
            pipeline: "nested/a.yaml",
            confinement: nil,
            warningsAsFailures: false
        )
        try "before\n".write(toFile: folder + "/summary", atomically: true, encoding: .utf8)
        let outcome = reporting.write(RunFailure(problem))
        let annotations = String(decoding: outcome.annotations, as: UTF8.self)
        #expect(annotations.hasPrefix("::error file=nested/a.yaml,line=3,title=a%3A not done::"))
        #expect(annotations.contains("found 100%25"))
        #expect(try content("summary").hasPrefix("before\n# a: not done\n"))
        #expect(outcome.remarks.isEmpty)
    }

    // MARK: - Helpers

    private let failure = RunFailure(Problem(file: "b.yaml", problem: "there is no such file"))

    private func reporting(_ order: String, confinement: String? = nil) throws -> Reporting {
        Reporting(
            [try ReportOrder(parsing: order)],
            environment: [:],
            pipeline: folder + "/b.yaml",
            confinement: confinement,
            warningsAsFailures: false
        )
    }

    private func content(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
}
