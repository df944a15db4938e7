import ArgumentParser
import Testing

@testable import divide

/// `divide run FILE` does without the parser: what it says must be what the parser would say.
@Suite struct `The words behind run` {
    @Test(arguments: ["Pipelines/three-indicators.yaml", "a b.yaml", "ไทย.yaml", "help", "="])
    func `of a pipeline file alone are read as the parser reads them`(pipeline: String) throws {
        let read = try #require(RunCommand.read([pipeline]))
        let parsed = try RunCommand.parse([pipeline])
        // A property tells its value, or that it has none yet.
        #expect("\(read)" == "\(parsed)")
        #expect("\(read)".contains(pipeline))
        #expect(!"\(read)".contains("definition"))
    }

    @Test(arguments: [
        ["x.yaml", "--quiet"], ["--quiet", "x.yaml"], ["--force", "x.yaml"], ["--force", "x.yaml", "--quiet"],
        ["--quiet", "x.yaml", "--quiet"], ["x.yaml", "--as-of", "2026-01-01"],
        ["--as-of", "2026-01-01", "--quiet", "x.yaml"], ["--as-of", "2026-01-01", "x.yaml", "--as-of", "2026-01-02"],
        ["x.yaml", "--as-of=2026-01-01"],
    ])
    func `with two flags and a day, too`(words: [String]) throws {
        let read = try #require(RunCommand.read(words))
        #expect("\(read)" == "\(try RunCommand.parse(words))")
        #expect(read.options.messages.quiet == words.contains("--quiet"))
        #expect(read.force == words.contains("--force"))
    }

    @Test func `of more than that are the parser's`() throws {
        let read = try #require(RunCommand.read(["--keep", "3", "x.yaml", "--quiet", "--force"]))
        #expect(read.keep == 3 && read.force && read.options.messages.quiet && read.options.pipeline == "x.yaml")
        #expect("\(read)" != "\(RunCommand(of: "x.yaml", isQuiet: true, isForced: true))")
    }

    @Test(arguments: [
        [], ["--help"], ["-h"], ["x.yaml", "y.yaml"], ["--keep", "0", "x.yaml"], ["--bogus"],
        ["x.yaml", "--as-of"], ["x.yaml", "--as-of", "2026-02-30"], ["--as-of", "2026-01-01"], ["--as-of", "x.yaml"],
    ])
    func `that are none are left to the whole command line`(words: [String]) {
        #expect(RunCommand.read(words) == nil)
    }
}
