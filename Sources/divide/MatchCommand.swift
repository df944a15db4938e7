internal import ArgumentParser
internal import Indicators
internal import Logging
internal import Pipeline

/// `divide match`: which province does each name of a file mean.
struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Find the place names in a file and what each means.",
        discussion: """
            Finds the column of names by itself, prints each distinct name with its place and how it matched, and for \
            those that do not match the nearest places with the line to add to the alias file. A near match is never \
            taken by itself.

            EXAMPLE
              divide match ministry-2567.csv --pipeline Pipelines/thailand-laos.yaml
            """
    )

    @Argument(help: "A CSV file, of any encoding and delimiter that divide reads.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The header of the column of names.", valueName: "HEADER"))
    var column: String?

    @Option(
        help: ArgumentHelp("Use this pipeline's gazetteer and aliases, not those in the binary.", valueName: "FILE")
    )
    var pipeline: String?

    @OptionGroup
    var messages: MessageOptions

    func run() throws {
        let logger = messages.logger()
        let matching: NameMatching
        do {
            matching = try matchNames(in: file, column: column, pipeline: pipeline)
        } catch {
            logger.tell(error)
            throw ExitCode(2)
        }
        printResult(Self.lines(of: matching))
        logger.info("\(Self.closingLine(of: matching))")
    }

    private static func lines(of matching: NameMatching) -> [String] {
        var table = AlignedText()
        for row in matching.rows {
            let place = row.place.map { "\($0.code)  \($0.names.english)" } ?? "-"
            let name = row.code.isEmpty ? row.name : "\(row.name) [\(row.code)]"
            table.append([name, row.outcome.rawValue, place, row.reason])
        }
        let aliases = matching.rows.flatMap(\.aliasLines)
        let advice =
            aliases.isEmpty
            ? [] : ["", "To the alias file (name,code,language,valid_from,valid_to,note), choose from:"]
        return table.lines + advice + aliases.map { Printable.escaped($0) }
    }

    private static func closingLine(of matching: NameMatching) -> String {
        func count(_ outcome: NameMatching.Row.Outcome) -> Int { matching.rows.count { $0.outcome == outcome } }
        return "\(matching.file), \(matching.column): \(matching.rows.count) names, \(count(.matched)) matched, "
            + "\(count(.setAside)) set aside, \(count(.ambiguous)) ambiguous, \(count(.unmatched)) unmatched"
    }
}
