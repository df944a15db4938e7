internal import ArgumentParser
internal import FoundationEssentials
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
        printResult(ShowText(showing, answer.language).lines)
    }
}

/// What `divide show` prints for people.
struct ShowText {
    private let showing: Showing
    private let language: Language

    init(_ showing: Showing, _ language: Language) {
        self.showing = showing
        self.language = language
    }

    var lines: [String] {
        let sorted = showing.table.sortedByKey()
        let body: [String] =
            switch showing.question {
            case .ranking: ranking(sorted)
            case .profile: profile(sorted)
            case .sideBySide(let one, let two): sideBySide(sorted, one, two)
            }
        let warning = showing.isIllustrative ? ["* illustrative: made up, not measured"] : []
        return [title, ""] + body + (warning.isEmpty ? [] : [""] + warning)
    }

    private var title: String {
        switch showing.question {
        case .ranking(let id):
            "\(name(ofIndicator: id)), \(showing.catalogue[id]?.unit ?? "") (\(showing.pipeline))"
        case .profile(let place): "\(name(ofPlace: place)), \(place) (\(showing.pipeline))"
        case .sideBySide(let one, let two):
            "A: \(name(ofPlace: one)), \(one); B: \(name(ofPlace: two)), \(two) (\(showing.pipeline))"
        }
    }

    /// By country and level, the best first.
    private func ranking(_ table: Table) -> [String] {
        let rows = (0..<table.rowCount).sorted { left, right in
            let (a, b) = (sortKey(table, left), sortKey(table, right))
            return a != b
                ? a.lexicographicallyPrecedes(b)
                : (table[left, "rank"].numeric ?? 0, left) < (table[right, "rank"].numeric ?? 0, right)
        }
        var text = AlignedText(endAligned: [0, 2, 3])
        text.append(["rank", "place", "year", "value"])
        for row in rows {
            let rank = table[row, "level"].text == "country" ? "" : table[row, "rank"].text
            text.append([
                rank, name(ofPlace: table[row, "place"].text) + ", " + table[row, "country"].text,
                table[row, "year"].text, value(table, row),
            ])
        }
        return text.lines
    }

    private func sortKey(_ table: Table, _ row: Int) -> [String] {
        [table[row, "country"].text, table[row, "level"].text]
    }

    private func profile(_ table: Table) -> [String] {
        var text = AlignedText(endAligned: [1, 2, 4])
        text.append(["indicator", "year", "value", "unit", "rank at home"])
        for row in 0..<table.rowCount {
            text.append([
                name(ofIndicator: table[row, "indicator"].text), table[row, "year"].text, value(table, row),
                table[row, "unit"].text, rank(table, row),
            ])
        }
        return text.lines
    }

    private func sideBySide(_ table: Table, _ one: String, _ two: String) -> [String] {
        var text = AlignedText(endAligned: [1, 2, 3, 4, 5, 6])
        text.append(["indicator", "A", "rank", "B", "rank", "gap", "years", "unit"])
        for row in 0..<table.rowCount {
            let mark = table[row, "grade"].text == Grade.illustrative.rawValue ? "*" : ""
            text.append(
                [
                    name(ofIndicator: table[row, "indicator"].text), figure(table, row, "_a") + mark,
                    rank(table, row, "_a"),
                    figure(table, row, "_b") + mark, rank(table, row, "_b"), short(table[row, "gap"]),
                    table[row, "time_distance"].numeric.map { GapText.short(($0 * 10).rounded() / 10) } ?? "",
                    table[row, "unit"].text,
                ]
            )
        }
        return text.lines
    }

    private func figure(_ table: Table, _ row: Int, _ suffix: String) -> String {
        let value = short(table[row, "value" + suffix])
        return value.isEmpty ? "" : "\(value) (\(table[row, "year" + suffix].text))"
    }

    private func value(_ table: Table, _ row: Int) -> String {
        short(table[row, "value"]) + (table[row, "grade"].text == Grade.illustrative.rawValue ? "*" : "")
    }

    private func rank(_ table: Table, _ row: Int, _ suffix: String = "") -> String {
        let rank = table[row, "rank" + suffix].text
        return rank.isEmpty ? "" : "\(rank)/\(table[row, "of" + suffix].text)"
    }

    private func short(_ cell: Cell) -> String { cell.numeric.map(GapText.short) ?? "" }

    /// Cut so that a table of Thai or Lao names fits a terminal.
    private func name(ofIndicator id: String) -> String {
        let name = showing.catalogue[id]?.names[language] ?? ""
        return AlignedText.shortened(name.isEmpty ? id : name, to: 34)
    }

    private func name(ofPlace code: String) -> String {
        let name = showing.gazetteer[code]?.names[language] ?? ""
        return name.isEmpty ? code : name
    }
}
