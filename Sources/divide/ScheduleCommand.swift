internal import ArgumentParser
internal import Foundation
internal import Indicators
internal import Pipeline

/// `divide schedule`: what a scheduler has to be told.
struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Print what cron, systemd, GitHub or GitLab need to run a pipeline by itself.",
        discussion: """
            Prints a crontab line, a systemd service and timer, a GitHub workflow and a GitLab job, or the one that is \
            asked for. Each begins with the place where it belongs. Nothing is installed.

            What stands behind -- is said to `divide run`, and looked at now. Paths in it are best absolute.

            EXAMPLE
              divide schedule Pipelines/thailand-laos.yaml --form systemd --every month --at 06:00 --zone Asia/Vientiane
              divide schedule survey.yaml --form cron -- --engine spark --master spark://host:7077 --keep 100
            """
    )

    @Argument(help: "The pipeline file.", completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String

    @Option(help: "Which of them; all by default.")
    var form: Schedule.Form?

    @Option(help: "How often.")
    var every = Schedule.Rhythm.day

    @Option(help: ArgumentHelp("When on that day.", valueName: "HH:MM"))
    var at = "06:00"

    @Option(
        help: ArgumentHelp(
            "The time zone meant, such as Asia/Bangkok; else that of the machine, on GitHub UTC.",
            valueName: "ZONE"
        )
    )
    var zone: String?

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Options of `divide run`.", valueName: "run-option")
    )
    var runOptions: [String] = []

    @OptionGroup
    var messages: MessageOptions

    func validate() throws {
        if Schedule(every: every, at: at) == nil {
            throw ValidationError("expected a time as HH:MM, 00:00 to 23:59, found \(Printable.quoted(at))")
        }
        if let zone, Schedule(every: every, at: at, zone: zone) == nil {
            throw ValidationError("expected a time zone such as Asia/Bangkok, found \(Printable.quoted(zone))")
        }
        if !runOptions.isEmpty { try refuseOptions() }
    }

    /// Options that no run would take are refused now, not by the first run at night.
    private func refuseOptions() throws {
        let run: RunCommand
        do {
            run = try RunCommand.parse([pipeline] + runOptions)
        } catch {
            throw ValidationError("behind --: " + RunCommand.message(for: error))
        }
        if run.engine.emitSQL { throw ValidationError("behind --: --emit-sql prints and runs nothing") }
    }

    func run() throws {
        guard let schedule = Schedule(every: every, at: at, zone: zone) else { throw ExitCode.validationFailure }
        let scheduled: ScheduledPipeline
        do {
            scheduled = try ScheduledPipeline(pipeline: pipeline, program: Self.program, options: runOptions)
        } catch {
            messages.logger().tell(error)
            throw ExitCode(2)
        }
        let forms = form.map { [$0] } ?? Schedule.Form.allCases
        let text = forms.map { scheduled.text($0, schedule) }.joined(separator: "\n")
        printResult([String(text.dropLast())])
    }

    /// The path of this binary.
    private static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}

extension Schedule.Form: ExpressibleByArgument {}
extension Schedule.Rhythm: ExpressibleByArgument {}
