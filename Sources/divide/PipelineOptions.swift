internal import ArgumentParser
internal import Indicators
internal import Logging
internal import Pipeline

/// What every command on a pipeline takes.
struct PipelineOptions: ParsableArguments {
    @Argument(help: "The pipeline file.", completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String

    @Option(
        help: ArgumentHelp("The day on which freshness is judged; today, UTC, by default.", valueName: "YYYY-MM-DD"),
        transform: { text in
            guard let date = CalendarDate(text) else {
                throw ValidationError("expected a date as YYYY-MM-DD, found \(Printable.quoted(text))")
            }
            return date
        }
    )
    var asOf: CalendarDate?

    @Option(help: ArgumentHelp("Refuse every path outside this folder, links resolved.", valueName: "DIR"))
    var confined: String?

    @OptionGroup
    var messages: MessageOptions

    init() {}

    /// Of a pipeline file that no other option was given for.
    init(_ pipeline: String, isQuiet: Bool) {
        self.pipeline = pipeline
        asOf = nil
        confined = nil
        messages = MessageOptions()
        messages.quiet = isQuiet
        messages.logFormat = .text
    }

    /// What the pipeline is asked to do.
    var order: RunOrder { order(reports: []) }

    /// The same, with the reports that will be written of it.
    func order(reports: [ReportOrder]) -> RunOrder {
        RunOrder(pipeline: pipeline, asOf: asOf, confinement: confined, reports: reports)
    }
}

/// How a command talks.
struct MessageOptions: ParsableArguments {
    enum LogFormat: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Flag(help: "Say nothing but results and what keeps the command from its work.")
    var quiet = false

    @Option(help: "How messages on standard error are written.")
    var logFormat = LogFormat.text

    /// The logger of a command; it writes to standard error.
    func logger() -> Logger {
        let isJSON = logFormat == .json
        var logger = Logger(label: "divide") { _ in StandardErrorLog(isJSON: isJSON) }
        logger.logLevel = quiet ? .error : .info
        return logger
    }
}

extension Logger {
    /// Tells which baseline files were written.
    func tellBaselines(_ files: [String]) {
        for file in files { info("\(Printable.escaped(file)): written, to be compared with") }
    }

    /// Tells what kept a run from going on, all of it, in at most 64 KiB.
    func tell(_ failure: RunFailure) {
        var budget = 60_000
        for (index, problem) in failure.problems.enumerated() {
            let text = problem.description
            budget -= text.utf8.count
            guard budget > 0 else {
                error("... and \(failure.problems.count - index) problems more")
                return
            }
            error("\(text)")
            for line in problem.pointer.split(separator: "\n") { error("  \(Printable.escaped(String(line)))") }
        }
    }
}
