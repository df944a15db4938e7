import ArgumentParser
import Indicators
import Testing

@testable import Pipeline
@testable import divide

@Suite
struct `Waiting for another run` {
    @Test(arguments: [
        (["run", "--wait", "p.yaml"], Double.infinity, "p.yaml"),
        (["run", "p.yaml", "--wait"], .infinity, "p.yaml"),
        (["run", "--wait", "2.5", "p.yaml"], 2.5, "p.yaml"),
        (["run", "--wait=30", "p.yaml"], 30, "p.yaml"),
        (["run", "--wait", "--force", "p.yaml"], .infinity, "p.yaml"),
    ])
    func `takes a number of seconds or none`(words: [String], seconds: Double, pipeline: String) throws {
        let command = try #require(try Divide.parseAsRoot(Waiting.spelt(in: words)) as? RunCommand)
        #expect(command.wait?.seconds == seconds)
        #expect(command.options.pipeline == pipeline)
    }

    @Test(arguments: [
        ["run", "--wait=soon", "p.yaml"], ["run", "--wait=-1", "p.yaml"], ["run", "--keep", "0", "p.yaml"],
    ])
    func `refuses what is no number of seconds or runs`(words: [String]) {
        let error = #expect(throws: (any Error).self) { try Divide.parseAsRoot(Waiting.spelt(in: words)) }
        #expect(error.map { Divide.exitCode(for: $0) } == .validationFailure)
    }
}

@Suite
struct `The history on the command line` {
    @Test(arguments: [
        ["--metric", "gaps"], ["--metric", "gaps.parity.x"], ["--metric", ".parity"],
        ["--select", "indicator=a"], ["--metric", "gaps.parity", "--select", "indicator"],
        ["--metric", "gaps.parity", "--select", "=a"], ["--last", "-1"],
    ])
    func `refuses words that mean nothing`(words: [String]) {
        let error = #expect(throws: (any Error).self) { try Divide.parseAsRoot(["history", "p.yaml"] + words) }
        #expect(error.map { Divide.exitCode(for: $0) } == .validationFailure)
    }

    @Test
    func `draws the least as one mark and the greatest as the longest bar`() throws {
        let lines = Chart.lines(of: series([0.25, nil, 0.75, 0.5]))
        #expect(lines.count == 6)
        #expect(lines.map { $0.count { $0 == "#" } } == [0, 1, 0, 32, 17, 2])
        #expect(lines[2].hasSuffix("  -"))
        #expect(lines[3].hasSuffix("# +"))
        #expect(lines[4].hasSuffix("# -"))
    }

    @Test(arguments: [[0.5], [0.5, 0.5], [-3, -3, -3]])
    func `draws equals alike`(values: [Double]) {
        let lines = Chart.lines(of: series(values)).dropFirst()
        #expect(lines.count == values.count)
        #expect(Set(lines.map { $0.count { $0 == "#" } }).count == 1)
    }

    private func series(_ values: [Double?]) -> History.Series {
        let points = values.enumerated().map { index, value in
            History.Point(
                run: History.Run(
                    id: Int64(index + 1),
                    runHash: "",
                    pipelineHash: "",
                    tool: "",
                    asOf: "2026-01-01",
                    verdict: nil,
                    started: "",
                    ended: "2026-01-01T00:00:00Z",
                    seconds: 0,
                    isKept: true
                ),
                key: "",
                value: value
            )
        }
        return History.Series(key: "", points: points)
    }
}
