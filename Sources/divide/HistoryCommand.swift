internal import ArgumentParser
internal import Indicators
internal import Logging
internal import Pipeline

/// `divide history`: the runs of a pipeline, or one of its numbers over time.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List the runs of a pipeline, or one of its numbers over time.",
        discussion: """
            The history lies in history.sqlite beside the output folder, and any SQLite tool reads it: the views metrics \
            and verdicts hold a number a row.

            EXAMPLE
              divide history Pipelines/thailand-laos.yaml
              divide history Pipelines/thailand-laos.yaml --metric gaps.parity --select indicator=internet_users \
            --select year=latest
            """
    )

    @Argument(help: "The pipeline file.", completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String

    @Option(
        help: ArgumentHelp("A number of a result table.", valueName: "TABLE.COLUMN"),
        transform: { text in
            guard let metric = Metric(text) else {
                throw ValidationError("expected TABLE.column, such as gaps.parity, found \(Printable.quoted(text))")
            }
            return metric
        }
    )
    var metric: Metric?

    @Option(
        help: ArgumentHelp(
            "Which rows of the table: a key column and a value, or latest. May be repeated, also for one column.",
            valueName: "COLUMN=VALUE"
        )
    )
    var select: [String] = []

    @Option(help: ArgumentHelp("How many runs to go back; 0 for all.", valueName: "N"))
    var last = 50

    @Option(help: ArgumentHelp("Refuse every path outside this folder, links resolved.", valueName: "DIR"))
    var confined: String?

    @OptionGroup
    var messages: MessageOptions

    func validate() throws {
        if last < 0 { throw ValidationError("--last: expected 0 or more, found \(last)") }
        if metric == nil && !select.isEmpty { throw ValidationError("--select: expected --metric beside it") }
        for word in select where word.firstIndex(of: "=") == nil || word.first == "=" {
            throw ValidationError("--select: expected COLUMN=VALUE, found \(Printable.quoted(word))")
        }
    }

    func run() throws {
        let logger = messages.logger()
        do {
            let history = try History(of: pipeline, confinement: confined)
            if let metric {
                try printSeries(of: metric, history, logger)
            } else {
                let runs = try history.runs(last: count)
                printResult(Self.table(of: runs))
                if runs.isEmpty { logger.info("\(history.pipeline): no run has landed yet") }
            }
        } catch let failure as RunFailure {
            logger.tell(failure)
            throw ExitCode(2)
        }
    }

    private var count: Int { last == 0 ? .max : last }

    private var selection: [String: [String]] {
        var selection: [String: [String]] = [:]
        for word in select {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            selection[String(parts[0]), default: []].append(parts.count > 1 ? String(parts[1]) : "")
        }
        return selection
    }

    private func printSeries(of metric: Metric, _ history: History, _ logger: Logger) throws {
        let series = try history.series(of: metric, select: selection, last: count)
        guard !series.isEmpty else {
            let name = "\(metric.table).\(metric.column)"
            let metrics = try history.metrics()
            let near = nearestWord(to: name, among: metrics).map { "did you mean \($0)?" } ?? ""
            throw RunFailure(
                Problem(
                    file: pipeline,
                    problem: metrics.contains(name) ? "no run has such a row" : "no run has such a metric",
                    expected: metrics.contains(name) ? "--select that finds one" : "one of the numbers of its tables",
                    found: name + (select.isEmpty ? "" : " where " + select.joined(separator: ", ")),
                    hint: metrics.contains(name) ? "" : near
                )
            )
        }
        let shown = series.prefix(Self.shownSeries)
        for (index, one) in shown.enumerated() {
            printResult(
                (index > 0 ? [""] : []) + ["\(metric.table).\(metric.column)  \(one.key)"] + Chart.lines(of: one)
            )
        }
        if series.count > shown.count {
            logger.info("\(series.count - shown.count) rows more; choose with --select \(Self.open(series))=...")
        }
    }

    private static let shownSeries = 8

    /// A key column in which the series differ.
    private static func open(_ series: [History.Series]) -> String {
        let keys = series.map { $0.key.split(separator: ",") }
        for part in keys[0].indices {
            let values = Set(keys.compactMap { $0.indices.contains(part) ? $0[part] : nil })
            if values.count > 1 { return String(keys[0][part].prefix { $0 != "=" }) }
        }
        return "COLUMN"
    }

    private static func table(of runs: [History.Run]) -> [String] {
        guard !runs.isEmpty else { return [] }
        var table = AlignedText()
        table.append(["run", "hash", "ended", "as_of", "verdict", "seconds", "tool", "kept"])
        for run in runs {
            table.append([
                String(run.id), String(run.runHash.prefix(12)), run.ended, run.asOf, run.verdict ?? "-",
                Cell.format(run.seconds), run.tool, run.isKept ? "yes" : "no",
            ])
        }
        return table.lines
    }
}
