internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import Logging
internal import Pipeline

/// Which reports a command writes of the checks.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Write a report of the checks; may be given again. FORMAT: \(ReportOrder.formats.joined(separator: ", ")). "
                + "PATH - is standard output.",
            valueName: "FORMAT=PATH"
        ),
        transform: Self.order
    )
    var orders: [ReportOrder] = []

    private static func order(_ text: String) throws -> ReportOrder {
        do {
            return try ReportOrder(parsing: text)
        } catch {
            throw ValidationError(error.description)
        }
    }

    func reporting(_ options: PipelineOptions, warningsAsFailures: Bool) -> Reporting {
        Reporting(
            orders,
            environment: ProcessInfo.processInfo.environment,
            pipeline: options.pipeline,
            confinement: options.confined,
            warningsAsFailures: warningsAsFailures
        )
    }
}

extension Reporting {
    /// Writes the reports of a run that came to its end.
    ///
    /// - Parameter level: Of the message about a report that could not be written.
    /// - Returns: Whether every report that was asked for stands.
    func tell(_ run: RunReport, by logger: Logger, level: Logger.Level = .error) -> Bool {
        if let hint = hint(for: run) { logger.info("\(hint)") }
        return tell(write(run), by: logger, level: level)
    }

    /// Writes the reports of a run that could not go on.
    func tell(_ failure: RunFailure, by logger: Logger) {
        _ = tell(write(failure), by: logger)
    }

    private func tell(_ outcome: Outcome, by logger: Logger, level: Logger.Level = .error) -> Bool {
        writeAll(String(decoding: outcome.standardOutput, as: UTF8.self), to: STDOUT_FILENO)
        let annotations = String(decoding: outcome.annotations, as: UTF8.self)
        writeAll(annotations, to: takesStandardOutput ? STDERR_FILENO : STDOUT_FILENO)
        for remark in outcome.remarks { logger.notice("\(remark.description)") }
        for problem in outcome.problems { logger.log(level: level, "\(problem.description)") }
        return outcome.problems.isEmpty
    }
}
