internal import ArgumentParser
internal import Indicators
internal import Logging
internal import Pipeline

/// `divide init`: a new pipeline folder with templates.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new pipeline folder: the pipeline file with comments, and a CSV template for each topic.",
        discussion: """
            The templates have the provinces of both countries filled in, with notes above the header on what each column \
            means and may hold. Fill them in with any spreadsheet program; how it saves CSV does not matter.

            EXAMPLE
              divide init my-scorecard --language lo
            """
    )

    @Argument(help: "A folder that is new or empty.", completion: .directory)
    var folder: String

    @Option(help: "The language of headers, notes and comments: en, th or lo.")
    var language = Language.english

    @Option(
        help: ArgumentHelp("The year that stands in the rows, Common Era; last year by default.", valueName: "YEAR")
    )
    var year: Int?

    @OptionGroup
    var messages: MessageOptions

    func validate() throws {
        if let year, !(1900...2300).contains(year) {
            throw ValidationError("--year: expected a Common Era year from 1900 to 2300, found \(year)")
        }
    }

    func run() throws {
        let logger = messages.logger()
        let files: [(path: String, bytes: [UInt8])]
        do {
            files = try Templates(language: language, year: year ?? Templates.lastYear).files
            try writeNewFolder(files, to: folder)
        } catch {
            logger.tell(error)
            throw ExitCode(2)
        }
        printResult(files.map { Printable.escaped(folder + "/" + $0.path) })
        logger.info("fill in the templates, then: divide run \(Printable.escaped(folder))/pipeline.yaml")
    }
}
