internal import ArgumentParser
internal import Glibc
internal import Pipeline

/// `divide check`: inputs to verdicts, without publishing.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Work out the verdicts of a pipeline's checks; its output folder stays as it is.",
        discussion: """
            Prints one line a verdict. A pipeline without checks is an error, so that nothing passes unseen.

            EXAMPLE
              divide check Pipelines/three-indicators.yaml --warnings-as-failures
            """
    )

    @OptionGroup
    var options: PipelineOptions

    @OptionGroup
    var reports: ReportOptions

    @Flag(help: "End with 1 where a check warns, as where one fails.")
    var warningsAsFailures = false

    @Flag(help: "First write the baseline files that checks name: what stands in their cells now.")
    var updateBaseline = false

    func run() throws {
        let logger = options.messages.logger()
        let reporting = reports.reporting(options, warningsAsFailures: warningsAsFailures)
        let report: RunReport
        do {
            var order = options.order(reports: reports.orders)
            if updateBaseline { logger.tellBaselines(try updateBaselines(&order)) }
            report = try checkPipeline(order)
        } catch {
            logger.tell(error)
            reporting.tell(error, by: logger)
            throw ExitCode(2)
        }
        logger.tell(report.findings, list: "divide validate", quiet: options.messages.quiet)
        if !reporting.takesStandardOutput {
            printResult(VerdictText.lines(of: report).map(TerminalStyle(descriptor: STDOUT_FILENO).verdict))
        }
        guard reporting.tell(report, by: logger) else { throw ExitCode(2) }
        try Verdicts.exit(report, warningsAsFailures: warningsAsFailures)
    }
}
