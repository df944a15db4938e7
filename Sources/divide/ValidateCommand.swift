internal import ArgumentParser
internal import Indicators
internal import Pipeline

/// `divide validate`: read and judge the inputs, compute nothing.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Read the inputs of a pipeline and judge them; compute and write nothing.",
        discussion: """
            Prints every finding as FILE:LINE: and what became of the values of each file.
            Ends with 2 where a finding is an error.

            EXAMPLE
              divide validate Pipelines/thailand-laos.yaml
            """
    )

    @OptionGroup
    var options: PipelineOptions

    func run() throws {
        let logger = options.messages.logger()
        let report: RunReport
        do {
            report = try validatePipeline(options.order)
        } catch {
            logger.tell(error)
            throw ExitCode(2)
        }
        printResult(report.findings.map(FindingText.line))
        if !options.messages.quiet {
            printResult(report.inputs.map(Self.account) + [Self.closingLine(of: report)])
        }
        if report.findings.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
    }

    private static func account(of input: RunReport.Input) -> String {
        let tally = input.tally
        return "\(input.file): \(tally.read) values read = \(tally.used) used + \(tally.refused) refused "
            + "+ \(tally.setAside) set aside; \(input.form); \(input.grade.rawValue)"
    }

    private static func closingLine(of report: RunReport) -> String {
        let counts = Finding.Severity.allCases.reversed().map { severity in
            "\(report.findings.count { $0.severity == severity }) \(severity.rawValue)s"
        }
        return "\(report.pipeline): \(report.inputs.count) files, " + counts.joined(separator: ", ")
    }
}
