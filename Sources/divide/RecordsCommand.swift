internal import ArgumentParser
internal import Indicators
internal import Logging
internal import Pipeline
internal import Records

/// `divide records`: from records of persons, households or measurements to figures by group.
struct RecordsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records",
        abstract: "Work out measures by group from files of records, such as survey microdata.",
        discussion: """
            Reads CSV files of one record a row, in UTF-8, of any size, and prints a row for each group and measure. \
            Sums are exact. With a weight, strata or clusters, standard errors are those of the design, by Taylor \
            linearisation. Groups of few records are withheld, and others with them so that a total does not give \
            them away. Memory grows with the number of groups, not with the files.

            EXAMPLE
              divide records households-*.csv --group-by province,year --weight weight --strata stratum \\
                --cluster psu --where 'age >= 6' --measure 'internet=share(internet == "yes")' \\
                --measure 'income=mean(income)' --measure 'per_head=ratio(income, members)'

            MEASURES
              count() weighted_count() sum(V) mean(V) share(C) ratio(V, V) min(V) max(V) median(V) quantile(V, 0.9)
              Behind its arguments each may have a condition on the records that it looks at: mean(income, age >= 15)

            EXPRESSIONS
              columns by name (`in backquotes` where it is no word), numbers, 'texts', + - * /, == != < <= > >=,
              in (...), and, or, not, is_missing(C), if(C, V, V), min(V, V), max(V, V), abs(V)
              An empty field is missing; what is missing is neither true nor false.
            """
    )

    @Argument(help: "CSV files with equal headers, or patterns; - for standard input.", completion: .file())
    var files: [String]

    @Option(help: ArgumentHelp("The columns to group by, commas between.", valueName: "COLUMNS"))
    var groupBy: [String] = []

    @Option(name: .customLong("measure"), help: ArgumentHelp("What to work out.", valueName: "NAME=FORMULA"))
    var measures: [NamedFormula]

    @Option(help: ArgumentHelp("The column of sampling weights.", valueName: "COLUMN"))
    var weight: String?

    @Option(help: ArgumentHelp("The column of strata.", valueName: "COLUMN"))
    var strata: String?

    @Option(help: ArgumentHelp("The column of first-stage clusters.", valueName: "COLUMN"))
    var cluster: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only records for which this holds.", valueName: "CONDITION")
    )
    var filter: String?

    @Option(
        help: ArgumentHelp(
            "A text that stands for a missing value, besides nothing; again for more.",
            valueName: "TEXT"
        )
    )
    var missing: [String] = []

    @Option(help: "Groups of fewer records are withheld, of fewer than twice as many flagged; 0 for no limit.")
    var minimumRecords = 25

    @Option(help: ArgumentHelp("The keys over which totals may be known; all by default.", valueName: "COLUMNS"))
    var totalsOver: [String] = []

    @Option(help: "What becomes of records that cannot be used.")
    var illFormed = RecordOrder.IllFormed.refuse

    @Option(
        help: ArgumentHelp(
            "Count ill-formed records, and list them in this file, as they were written.",
            valueName: "FILE"
        ),
        completion: .file()
    )
    var rejects: String?

    @Option(help: "What a stratum with a single cluster adds to a variance.")
    var loneCluster = RecordOrder.LoneCluster.refuse

    @Option(help: "The confidence of intervals.")
    var confidence = 0.95

    @Option(help: "The most groups, or groups by clusters, that are kept in memory.")
    var limitGroups = 1_000_000

    @Option(help: "What stands between fields.")
    var delimiter = FieldDelimiter.comma

    @Option(help: "How the result is written.")
    var format = RecordRequest.Format.csv

    @OptionGroup
    var engine: EngineOptions

    @OptionGroup
    var messages: MessageOptions

    func validate() throws {
        guard minimumRecords >= 0 else { throw ValidationError("--minimum-records must not be negative") }
        guard confidence > 0, confidence < 1 else { throw ValidationError("--confidence must be between 0 and 1") }
        guard limitGroups > 0 else { throw ValidationError("--limit-groups must be at least 1") }
        guard !measures.isEmpty else { throw ValidationError("there is no --measure") }
        if engine.emitSQL || engine.spark != nil, files.contains("-") {
            throw ValidationError("an engine cannot read standard input")
        }
        if engine.spark != nil, rejects != nil { throw ValidationError("an engine does not list ill-formed records") }
        if files.count > 1, files.contains("-") { throw ValidationError("- stands for the only input") }
    }

    func run() throws {
        if engine.emitSQL { return try printSQL() }
        let logger = messages.logger()
        let progress = Progress(messages)
        progress.begin()
        var bar = ReadingBar()
        let report: RecordReport
        do {
            if let spark = engine.spark {
                report = try aggregateRecords(request, on: spark)
            } else {
                report = try aggregateRecords(request, interruption: Signals.interruption) { reached in
                    progress.say { bar.text(reached) }
                }
            }
        } catch {
            progress.end()
            // An engine fails where it was ended for that.
            if let signal = Signals.interruption.requested { throw ExitCode(128 + signal) }
            logger.tell(error)
            throw ExitCode(2)
        }
        progress.end()
        printResult(bytes: report.bytes)
        for account in report.accounts { logger.info("\(Printable.escaped(account))") }
        if report.rejected > 0 {
            logger.warning(
                "\(report.rejected) records were ill-formed\(rejects.map { "; \(Printable.escaped($0)) lists them" } ?? "")"
            )
        }
        if report.suppressed > 0 {
            logger.info("\(report.suppressed) cells of few records, or that would give them away, are withheld")
        }
    }

    private func printSQL() throws {
        do {
            printResult(bytes: Array(try recordSQL(request, isSplittable: engine.splittable).utf8))
        } catch {
            messages.logger().tell(error)
            throw ExitCode(2)
        }
    }

    private var request: RecordRequest {
        RecordRequest(files: files, order: order, delimiter: delimiter.byte, format: format, rejects: rejects)
    }

    private var order: RecordOrder {
        RecordOrder(
            groupBy: Self.columns(groupBy),
            measures: measures.map(\.measure),
            weight: weight,
            strata: strata,
            cluster: cluster,
            filter: filter,
            missing: missing,
            minimumRecords: minimumRecords,
            totalsOver: totalsOver.isEmpty ? nil : Self.columns(totalsOver),
            illFormed: rejects == nil ? illFormed : .count,
            loneCluster: loneCluster,
            confidence: confidence,
            cellLimit: limitGroups
        )
    }

    private static func columns(_ words: [String]) -> [String] {
        words.flatMap { $0.split(separator: ",").map(String.init) }
    }
}

/// `NAME=FORMULA`.
struct NamedFormula: ExpressibleByArgument {
    var measure: RecordOrder.NamedMeasure

    init?(argument: String) {
        guard let mark = argument.firstIndex(of: "="), mark != argument.startIndex else { return nil }
        measure = RecordOrder.NamedMeasure(
            name: String(argument[..<mark]),
            formula: String(argument[argument.index(after: mark)...])
        )
    }
}

enum FieldDelimiter: String, ExpressibleByArgument, CaseIterable {
    case comma, semicolon, tab, pipe

    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        case .tab: UInt8(ascii: "\t")
        case .pipe: UInt8(ascii: "|")
        }
    }
}

extension RecordOrder.IllFormed: ExpressibleByArgument {}
extension RecordOrder.LoneCluster: ExpressibleByArgument {}
extension RecordRequest.Format: ExpressibleByArgument {}
