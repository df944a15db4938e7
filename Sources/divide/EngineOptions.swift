internal import ArgumentParser
internal import Pipeline

/// Who adds up files of records.
struct EngineOptions: ParsableArguments {
    @Flag(help: "Print the Spark SQL that adds up the records, and do nothing else.")
    var emitSQL = false

    @Option(help: "Let another engine add up the records: Apache Spark, by the user's spark-sql.")
    var engine: Engine?

    @Option(help: ArgumentHelp("With --engine: the program to run.", valueName: "PROGRAM"))
    var sparkSQL = Self.standardProgram

    @Option(help: ArgumentHelp("With --engine: the cluster, such as spark://host:7077.", valueName: "URL"))
    var master: String?

    @Option(help: ArgumentHelp("With --engine: a setting of Spark; again for more.", valueName: "KEY=VALUE"))
    var conf: [String] = []

    @Flag(
        help: """
            With --engine or --emit-sql: no field holds a line break, so that Spark may read a file with several workers. It \
            makes sure of that first, and ends where it is not so.
            """
    )
    var splittable = false

    private static let standardProgram = "spark-sql"

    /// Where no engine is asked for.
    static var none: EngineOptions {
        var options = EngineOptions()
        options.emitSQL = false
        options.engine = nil
        options.sparkSQL = standardProgram
        options.master = nil
        options.conf = []
        options.splittable = false
        return options
    }

    func validate() throws {
        if engine == nil, master != nil || !conf.isEmpty {
            throw ValidationError("--master and --conf go with --engine")
        }
        if splittable, engine == nil, !emitSQL {
            throw ValidationError("--splittable goes with --engine or --emit-sql")
        }
    }

    /// The engine that is asked for; `nil` for none.
    var spark: SparkEngine? {
        guard engine != nil else { return nil }
        var spark = SparkEngine(program: sparkSQL, master: master, settings: conf, isSplittable: splittable)
        spark.interruption = Signals.interruption
        return spark
    }
}

enum Engine: String, ExpressibleByArgument, CaseIterable {
    case spark
}
