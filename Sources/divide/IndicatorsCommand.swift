internal import ArgumentParser
internal import Indicators
internal import Pipeline

/// `divide indicators`: the catalogue, listed, searched and explained.
struct IndicatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators",
        abstract: "List, search and explain the indicators of the catalogue, in three languages.",
        discussion: """
            Without words, all of them by topic. With words, those in which every word stands somewhere: id, name, \
            definition, topic, code, in any language. An id or a whole name explains that indicator.

            EXAMPLE
              divide indicators broadband
              divide indicators internet_users --language lo
            """
    )

    @Argument(help: "Words to look for, an id, or a name.")
    var words: [String] = []

    @Option(help: ArgumentHelp("Only the indicators of this topic.", valueName: "TOPIC"))
    var topic: String?

    @Option(
        help: ArgumentHelp("The catalogue of this pipeline, not the one in the binary.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var pipeline: String?

    @OptionGroup
    var answer: AnswerOptions

    @OptionGroup
    var messages: MessageOptions

    func run() throws {
        let logger = messages.logger()
        let listing: CatalogueListing
        do {
            listing = try CatalogueListing(pipeline: pipeline)
        } catch {
            logger.tell(error)
            throw ExitCode(2)
        }
        if let topic, !listing.catalogue.topics.contains(where: { $0.id == topic }) {
            logger.tell(Self.unknownTopic(topic, listing.catalogue.topics.map(\.id)))
            throw ExitCode(2)
        }
        let named = listing.named(words.joined(separator: " "))
        let found = named.map { [$0] } ?? listing.found(by: words, topic: topic)
        guard !found.isEmpty else {
            logger.tell(Self.nothing(words, listing))
            throw ExitCode(2)
        }
        if answer.printForMachines(listing.table(of: found)) { return }
        if let named {
            printResult(IndicatorText.explained(named, listing.catalogue, answer.language))
        } else {
            printResult(IndicatorText.listed(found, listing.catalogue, answer.language))
        }
    }

    private static func unknownTopic(_ topic: String, _ topics: [String]) -> RunFailure {
        RunFailure(
            Problem(
                file: "--topic",
                problem: "no such topic",
                expected: "one of " + topics.joined(separator: ", "),
                found: topic,
                hint: Indicators.hint(for: topic, among: topics)
            )
        )
    }

    private static func nothing(_ words: [String], _ listing: CatalogueListing) -> RunFailure {
        RunFailure(
            Problem(
                file: "indicators",
                problem: "no indicator has these words",
                expected: "words of an id, a name, a definition, a topic or a code",
                found: words.joined(separator: " "),
                hint: listing.hint(for: words)
            )
        )
    }
}

/// What `divide indicators` prints for people.
enum IndicatorText {
    /// A heading for each topic, then its indicators: id, name, unit, codes.
    static func listed(_ indicators: [Indicator], _ catalogue: Catalogue, _ language: Language) -> [String] {
        var lines: [String] = []
        for topic in catalogue.topics {
            let own = indicators.filter { $0.topic == topic.id }
            guard !own.isEmpty else { continue }
            if !lines.isEmpty { lines.append("") }
            lines.append(Printable.escaped("\(topic.names[language]) (\(topic.id), \(topic.basis.rawValue))"))
            var table = AlignedText()
            for indicator in own {
                let codes = indicator.codes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                table.append([
                    "", indicator.id, indicator.names[language], indicator.unit, codes.joined(separator: ", "),
                ])
            }
            lines += table.lines
        }
        return lines
    }

    /// All that the catalogue says of one.
    static func explained(_ indicator: Indicator, _ catalogue: Catalogue, _ language: Language) -> [String] {
        let topic = catalogue.topics.first { $0.id == indicator.topic }
        let others = Language.allCases.filter { $0 != language }.map { indicator.names[$0] }
        let direction =
            switch indicator.direction {
            case .higherIsBetter: "higher is better"
            case .lowerIsBetter: "lower is better"
            case .neutral: "neither end is better"
            }
        var table = AlignedText()
        table.append(["id", indicator.id])
        table.append(["name", indicator.names[language]])
        table.append(["also", others.joined(separator: " · ")])
        table.append(["topic", "\(topic?.names[language] ?? indicator.topic) (\(indicator.basis.rawValue))"])
        table.append(["definition", indicator.definition[language]])
        table.append(["unit", "\(indicator.unit) (\(indicator.kind.rawValue))"])
        table.append(["direction", direction])
        if let denominator = indicator.denominator {
            table.append(["weighted by", "\(denominator): \(catalogue[denominator]?.names[language] ?? "")"])
        }
        for (scheme, code) in indicator.codes.sorted(by: { $0.key < $1.key }) { table.append([scheme, code]) }
        return table.lines
    }
}
