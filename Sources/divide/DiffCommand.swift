internal import ArgumentParser
internal import Logging
internal import Pipeline

/// `divide diff`: what moved between two runs, and why.
struct DiffCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, csv, markdown
    }

    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what moved between two runs, and whether data or method moved it.",
        discussion: """
            OLD and NEW are folders of outputs, wherever they lie, or runs of the history: the number or the hash that \
            divide history lists, previous, latest. A word with a slash is a folder.

            Everything from normalising on is worked out anew from what was kept of the two runs, with one change at a \
            time: revised data (cells that both have), new data (cells with a value in one of them only) and method \
            (pipeline file, catalogue, gazetteer). What a change contributes to the move of a number is the number with \
            only this change made, less the old one; what is left of the move is the interaction. Which cells there are \
            belongs to the data, also where an alias or the period of the pipeline file decided it.

            EXAMPLE
              divide diff previous latest --pipeline Pipelines/thailand-laos.yaml
              divide diff 12 Output/thailand-laos --all --format markdown
              divide diff last-year/thailand-laos Output/thailand-laos --format csv --table metrics
            """
    )

    @Argument(help: "The run to compare with: a folder of outputs, a number or hash of the history, previous.")
    var old: String

    @Argument(help: "The run that is compared: likewise, or latest.")
    var new: String

    @Option(
        help: ArgumentHelp(
            "The pipeline file whose history the runs are of; else the history beside a folder that is given, or in Output.",
            valueName: "FILE"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var pipeline: String?

    @Option(help: "How to print it.")
    var format = Format.text

    @Option(
        help: ArgumentHelp(
            "Which table to print as CSV: \(RunDifference.Part.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "TABLE"
        ),
        transform: { text in
            guard let part = RunDifference.Part(rawValue: text) else {
                let parts = RunDifference.Part.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("expected one of \(parts), found \(Printable.quoted(text))")
            }
            return part
        }
    )
    var table: RunDifference.Part?

    @Flag(help: "Print every row, not the greatest ten of each section. CSV always has all.")
    var all = false

    @Option(help: ArgumentHelp("Refuse every path outside this folder, links resolved.", valueName: "DIR"))
    var confined: String?

    @OptionGroup
    var messages: MessageOptions

    func validate() throws {
        if table != nil && format != .csv { throw ValidationError("--table: expected --format csv beside it") }
    }

    func run() throws {
        let logger = messages.logger()
        let found: RunDifference
        do {
            found = try difference(DiffOrder(old: old, new: new, pipeline: pipeline, confinement: confined))
        } catch {
            logger.tell(error)
            throw ExitCode(2)
        }
        let limit = all ? Int.max : 10
        switch format {
        case .text: printResult(Self.text(of: found, limit: limit))
        case .markdown: printResult(found.markdown(limit: limit))
        case .csv:
            for note in found.notes where !messages.quiet { logger.notice("\(Printable.escaped(note))") }
            printResult(bytes: found.csv(table ?? .metrics))
        }
    }

    private static func text(of found: RunDifference, limit: Int) -> [String] {
        var lines = found.notes.map { "note: " + Printable.escaped($0) }
        for section in found.sections(limit: limit) {
            if !lines.isEmpty { lines.append("") }
            var table = AlignedText()
            table.append(section.header)
            for row in section.rows { table.append(row) }
            lines.append(section.title)
            lines += table.lines.map { "  " + $0 }
            if section.left > 0 { lines.append("  \(section.left) more: --all has them") }
        }
        return lines
    }
}
