internal import ArgumentParser
internal import Indicators
internal import Logging
internal import Pipeline

/// `divide explain`: where a number comes from.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell where a cell of the outputs comes from, down to file, line, column and text.",
        discussion: #"""
            CELL is TABLE:key=value,...:column with the keys that name a row of the table; in a value, \ stands before \ , \
            and : . A row of findings.csv, which has no key, is named by its number: findings:row=12:found. Instead of an \
            address, --metric and what you know of the row.

            The inputs must be those of the run whose outputs stand in the output folder: one that has changed since is an \
            error.

            EXAMPLE
              divide explain Pipelines/thailand-laos.yaml --metric gap --indicator internet_users --year 2022
            """#
    )

    @OptionGroup
    var options: PipelineOptions

    @Argument(help: "The address of the cell.")
    var cell: String?

    @Option(
        help: ArgumentHelp(
            "gap, value, rate, score, or any TABLE.column, instead of an address.",
            valueName: "METRIC"
        )
    )
    var metric: String?

    @Option(help: ArgumentHelp("With --metric: the id of an indicator.", valueName: "ID"))
    var indicator: String?

    @Option(help: ArgumentHelp("With --metric: a year of the Common Era, or latest.", valueName: "YEAR"))
    var year: String?

    @Option(help: ArgumentHelp("With --metric: the code or a name of a place.", valueName: "PLACE"))
    var province: String?

    @Option(help: ArgumentHelp("With --metric: total, women, urban...", valueName: "GROUP"))
    var group: String?

    @Option(help: ArgumentHelp("With --metric: country, region, province...", valueName: "LEVEL"))
    var level: String?

    @Option(help: ArgumentHelp("With --metric: none, simple, or the indicator that weights.", valueName: "WEIGHTING"))
    var weighting: String?

    @Flag(help: "Print JSON, an object for each cell.")
    var json = false

    private var descriptions: [String?] { [indicator, year, province, group, level, weighting] }

    func validate() throws {
        guard (cell == nil) != (metric == nil) else {
            throw ValidationError("expected either the address of a cell or --metric")
        }
        guard metric != nil || descriptions.allSatisfy({ $0 == nil }) else {
            throw ValidationError("an address names its row by itself: expected --metric beside these options")
        }
        _ = try question()
    }

    func run() throws {
        let logger = options.messages.logger()
        let explanation: Explanation
        do {
            explanation = try explain(try question(), options.order)
        } catch let failure as RunFailure {
            logger.tell(failure)
            throw ExitCode(2)
        }
        if !options.messages.quiet {
            for note in explanation.notes { logger.notice("\(note)") }
        }
        printResult(json ? [explanation.json] : explanation.lines)
    }

    private func question() throws -> CellQuestion {
        if let metric {
            return .description(
                CellDescription(
                    metric: metric,
                    indicator: indicator,
                    year: year,
                    province: province,
                    group: group,
                    level: level,
                    weighting: weighting
                )
            )
        }
        do {
            return .address(try CellAddress(parsing: cell ?? ""))
        } catch {
            throw ValidationError(
                "\(error.problem): expected \(error.expected), found \(Printable.quoted(error.found))"
            )
        }
    }
}
