internal import ArgumentParser
internal import Glibc
internal import Indicators
internal import Logging
internal import Pipeline
internal import Synchronization

/// The run that was done last. It stays until the process ends: the system takes thousands of values back faster than we do.
private let last = Mutex<RunReport?>(nil)

/// `divide run`: inputs to outputs.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        _superCommandName: "divide",
        abstract: "Run a pipeline: read, harmonise, validate, normalise, compare, check, publish.",
        discussion: """
            The outputs replace those of the last run whole, or not at all. Where inputs, pipeline, tool and as_of are \
            what they were, nothing runs and the command ends as the last run did. One run of a pipeline works at a \
            time: a second one ends with 75 and says who is at work.

            With --engine spark the sources with `records` are added up by Spark, and may be addresses that Spark \
            reads (s3a://, hdfs://); whatever else a run does, it does here.

            EXAMPLE
              divide run Pipelines/thailand-laos.yaml --as-of 2026-06-30
              divide run Pipelines/thailand-laos.yaml --wait 60 --keep 100
              divide run survey.yaml --engine spark --master spark://host:7077 --splittable
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

    @Flag(help: "Run even where nothing changed.")
    var force = false

    @Flag(help: "Say why each stage ran.")
    var why = false

    @Option(
        help:
            "The language of the workbook, and the page's first; else the first that the pipeline file names.",
        transform: { text in
            guard let language = Language(rawValue: text) else {
                let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--language: expected \(known), found \(Printable.quoted(text))")
            }
            return language
        }
    )
    var language: Language?

    @Option(
        help: ArgumentHelp(
            "Wait for another run of this pipeline to end, for SECONDS or, without a number, as long as it takes.",
            valueName: "seconds"
        )
    )
    var wait: Waiting?

    @Option(
        help: ArgumentHelp(
            "Keep the observations and pipelines of the last N runs only; all by default.",
            valueName: "N"
        )
    )
    var keep: Int?

    @OptionGroup
    var engine: EngineOptions

    func validate() throws {
        if let keep, keep < 1 { throw ValidationError("--keep: expected at least 1, found \(keep)") }
    }

    /// The command that these words say, those behind `run`; nil where they say none, or ask for help.
    ///
    /// A scheduler starts `run` again and again, mostly to hear that nothing changed. That all words are looked at for other
    /// commands and for a completion script takes longer than these words themselves, so they are parsed as those of the
    /// only command there is; and the name of a file, with `--quiet`, `--force` and a day or without, needs no parser.
    static func read(_ words: [String]) -> RunCommand? {
        var rest = words
        var day: CalendarDate?
        if let position = rest.firstIndex(of: "--as-of"), position + 1 < rest.count {
            day = CalendarDate(rest[position + 1])
            if day != nil { rest.removeSubrange(position...position + 1) }
        }
        let files = rest.filter { !["--quiet", "--force"].contains($0) }
        if files.count == 1, !files[0].isEmpty, !files[0].hasPrefix("-"), Set(rest).count == rest.count {
            let (isQuiet, isForced) = (rest.contains("--quiet"), rest.contains("--force"))
            var command = RunCommand(of: files[0], isQuiet: isQuiet, isForced: isForced)
            command.options.asOf = day
            return command
        }
        return try? parseAsRoot(words) as? RunCommand
    }

    /// The command of a pipeline file and hardly more, as the parser would give it.
    ///
    /// It is what a scheduler starts, and most often to hear that nothing changed: then the parser, which first has to learn
    /// of every option that there is, would take a quarter of the time.
    init(of pipeline: String, isQuiet: Bool, isForced: Bool) {
        options = PipelineOptions(pipeline, isQuiet: isQuiet)
        reports = ReportOptions()
        reports.orders = []
        warningsAsFailures = false
        updateBaseline = false
        force = isForced
        why = false
        language = nil
        wait = nil
        keep = nil
        engine = .none
    }

    init() {}

    func run() throws {
        let logger = options.messages.logger()
        if engine.emitSQL { return try printSQL(logger) }
        let reporting = reports.reporting(options, warningsAsFailures: warningsAsFailures)
        let progress = Progress(options.messages)
        let report: RunReport
        do {
            var order = order(logger, progress)
            order.needsChecks = reporting.isWanted
            if updateBaseline {
                let files = try RunStop.failing { () throws(RunFailure) in try updateBaselines(&order) }
                logger.tellBaselines(files)
            }
            progress.begin()
            report = try runPipeline(order)
            last.withLock { [report] in $0 = report }
            progress.end()
        } catch {
            progress.end()
            if let signal = Signals.interruption.requested { throw ExitCode(128 + signal) }
            let code = logger.tell(error)
            if case .failed(let failure) = error { reporting.tell(failure, by: logger) }
            throw code
        }
        logger.tell(report.findings + report.troubles, quiet: options.messages.quiet)
        if !options.messages.quiet && !reporting.takesStandardOutput {
            let style = TerminalStyle(descriptor: STDOUT_FILENO)
            printResult(
                VerdictText.lines(of: report).map(style.verdict) + (why ? Self.reasons(of: report) : [])
                    + GapText.lines(of: report, style) + [Self.closingLine(report)]
            )
        }
        // The outputs have landed: a report that could not be written is told of, and changes nothing.
        _ = reporting.tell(report, by: logger, level: .warning)
        if let signal = Signals.interruption.requested { throw ExitCode(128 + signal) }
        try Verdicts.exit(report, warningsAsFailures: warningsAsFailures)
    }

    private func printSQL(_ logger: Logger) throws {
        do {
            let sql = try pipelineSQL(options.order, isSplittable: engine.splittable)
            printResult(bytes: Array(sql.utf8))
        } catch {
            logger.tell(error)
            throw ExitCode(2)
        }
    }

    private func order(_ logger: Logger, _ progress: Progress) -> RunOrder {
        var order = options.order(reports: reports.orders)
        order.isForced = force
        order.engine = engine.spark
        order.language = language
        order.patience = wait?.seconds ?? 0
        order.keep = keep
        order.interruption = Signals.interruption
        order.onStage = { progress.tell($0) }
        order.onWaiting = { holder in
            progress.clear()
            logger.notice("waiting: \(holder)")
        }
        return order
    }

    /// One line: how long each stage took, and where the results lie.
    private static func closingLine(_ report: RunReport) -> String {
        let place = report.destination.map { "; results in \($0)" } ?? ""
        if let since = report.unchangedSince {
            return "\(report.pipeline): unchanged since \(since): inputs, pipeline, tool and as_of are what they were"
                + place
        }
        let total = report.stages.reduce(0) { $0 + $1.seconds }
        let stages = report.stages.map { "\($0.name) \(milliseconds($0.seconds))" }
        return "\(report.pipeline): \(stages.joined(separator: ", ")); \(milliseconds(total)) in all\(place)"
    }

    private static func milliseconds(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10_000).rounded())
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\((tenths + 5) / 10) ms"
    }

    /// One line a stage: what it reads that changed.
    private static func reasons(of report: RunReport) -> [String] {
        if report.unchangedSince != nil { return ["no stage ran: nothing that one reads changed"] }
        var table = AlignedText()
        for reason in report.reasons {
            let shown = reason.causes.prefix(4).joined(separator: "; ")
            let more = reason.causes.count > 4 ? "; and \(reason.causes.count - 4) changes more" : ""
            let why =
                reason.causes.isEmpty ? "nothing that it reads changed: its results are what they were" : shown + more
            table.append([reason.stage, reason.takenOver.isEmpty ? why : "\(why); \(reason.takenOver)"])
        }
        return table.lines
    }
}

extension Logger {
    /// Tells why a run stopped, and with which code the command ends.
    func tell(_ stop: RunStop) -> ExitCode {
        switch stop {
        case .failed(let failure):
            tell(failure)
            return ExitCode(2)
        case .busy(let holder):
            error("\(holder)")
            return ExitCode(75)
        case .interrupted(let signal):
            return ExitCode(128 + signal)
        }
    }
}
