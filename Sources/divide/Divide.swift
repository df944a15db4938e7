internal import ArgumentParser
internal import CMalloc
internal import Pipeline

/// The command line: words in, results on standard output, messages on standard error, an exit code.
@main
struct Divide: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "divide",
        abstract: "Digital-divide indicators by province: Thailand and Laos, comparable and checked.",
        discussion: """
            Reads the CSV files that a pipeline file names, brings them to provinces and years, compares the two \
            countries and judges the results.

            EXAMPLE
              divide run Pipelines/thailand-laos.yaml

            EXIT CODES
              0    done; every check passed
              1    done; a check failed
              2    not done: pipeline or data unusable; the previous output stands
              64   wrong usage
              75   another run of this pipeline is at work
              130  ended by SIGINT, 143 by SIGTERM; nothing half-written
            """,
        version: toolVersion,
        subcommands: [
            RunCommand.self, CheckCommand.self, ValidateCommand.self, ExplainCommand.self, HistoryCommand.self,
            DiffCommand.self, MatchCommand.self, RecordsCommand.self, ShowCommand.self, IndicatorsCommand.self,
            InitCommand.self, ScheduleCommand.self, SchemaCommand.self,
        ]
    )

    static func main() {
        Self.keepMemory()
        Signals.take()
        let words = Waiting.spelt(in: Array(CommandLine.arguments.dropFirst()))
        guard words.first == "run", let command = RunCommand.read(Array(words.dropFirst())) else { return main(words) }
        do {
            try command.run()
        } catch {
            exit(withError: error)
        }
    }

    /// Keeps memory that was freed for what comes next, rather than to give it back to the kernel and be given other pages,
    /// each to be cleared: the columns of a large panel come and go with every stage.
    private static func keepMemory() {
        _ = mallopt(M_MMAP_MAX, 0)
        _ = mallopt(M_TRIM_THRESHOLD, .max)
        // A run of a few thousand values touches some 7 MB.
        cmalloc_begin_with_large_pages(16 << 20)
    }
}
