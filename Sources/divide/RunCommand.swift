internal import ArgumentParser
internal import Logging
internal import Pipeline

/// `divide run`: inputs to outputs.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a pipeline: read, harmonise, validate, normalise, compare, check, publish.",
        discussion: """
            The outputs replace those of the last run whole, or not at all.

            EXAMPLE
              divide run Pipelines/thailand-laos.yaml --as-of 2026-06-30
            """
    )

    @OptionGroup
    var options: PipelineOptions

    @OptionGroup
    var reports: ReportOptions

    @Flag(help: "End with 1 where a check warns, as where one fails.")
    var warningsAsFailures = false

    func run() throws {
        let logger = options.messages.logger()
        let reporting = reports.reporting(options, warningsAsFailures: warningsAsFailures)
        let report: RunReport
        do {
            report = try runPipeline(options.order(reports: reports.orders))
        } catch {
            logger.tell(error)
            reporting.tell(error, by: logger)
            throw ExitCode(2)
        }
        logger.tell(report.findings, quiet: options.messages.quiet)
        if !options.messages.quiet && !reporting.takesStandardOutput {
            printResult(VerdictText.lines(of: report) + [Self.closingLine(of: report)])
        }
        // The outputs have landed: a report that could not be written is told of, and changes nothing.
        _ = reporting.tell(report, by: logger, level: .warning)
        try Verdicts.exit(report, warningsAsFailures: warningsAsFailures)
    }

    /// One line: how long each stage took, and where the results lie.
    private static func closingLine(of report: RunReport) -> String {
        let total = report.stages.reduce(0) { $0 + $1.seconds }
        let stages = report.stages.map { "\($0.name) \(milliseconds($0.seconds))" }
        let place = report.destination.map { "; results in \($0)" } ?? ""
        return "\(report.pipeline): \(stages.joined(separator: ", ")); \(milliseconds(total)) in all\(place)"
    }

    private static func milliseconds(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10_000).rounded())
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\((tenths + 5) / 10) ms"
    }
}
