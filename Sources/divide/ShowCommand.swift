internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import Indicators
internal import Pipeline

/// `divide show`: places and indicators at a glance.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a place, two places side by side, or the ranking of an indicator.",
        discussion: """
            Codes, ids, or names in English, Thai or Lao, hyphens for spaces. Of two places: values, ranks at home, gap \
            (positive where the second is worse off) and time distance in years.

            EXAMPLE
              divide show nong-khai vientiane-capital
              divide show หนองคาย --language th
              divide show internet_users --csv
            """
    )

    @Argument(help: "A place, two places, or an indicator.")
    var words: [String]

    @Option(
        help: ArgumentHelp(
            "Whose figures; Pipelines/memorandum-scorecard.yaml or Pipelines/thailand-laos.yaml where that is there.",
            valueName: "FILE"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var pipeline: String?

    @Option(help: ArgumentHelp("Refuse every path outside this folder, links resolved.", valueName: "DIR"))
    var confined: String?

    @OptionGroup
    var answer: AnswerOptions

    @OptionGroup
    var messages: MessageOptions

    func validate() throws {
        if words.isEmpty || words.count > 2 { throw ValidationError("expected a place, two places, or an indicator") }
    }

    func run() throws {
        let logger = messages.logger()
        let usual = ["Pipelines/memorandum-scorecard.yaml", "Pipelines/thailand-laos.yaml"]
        let file = pipeline ?? usual.first { FileManager.default.fileExists(atPath: $0) } ?? usual[1]
        let showing: Showing
        do {
            showing = try show(words, pipeline: file, confinement: confined)
        } catch {
            logger.tell(error)
            throw ExitCode(2)
        }
        if answer.printForMachines(showing.table) { return }
        printResult(ShowText(showing, answer.language, width: TerminalStyle.width(of: STDOUT_FILENO)).lines)
    }
}
