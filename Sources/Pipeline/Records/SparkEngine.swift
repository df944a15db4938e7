internal import Foundation
internal import Publish
internal import Records

/// Apache Spark, by the user's own `spark-sql`.
package struct SparkEngine: Sendable {
    package var program: String
    /// `local[2]`, `spark://host:7077`; `nil` for what the program is set up for.
    package var master: String?
    /// `KEY=VALUE`, handed on as they are.
    package var settings: [String]

    package init(program: String = "spark-sql", master: String? = nil, settings: [String] = []) {
        self.program = program
        self.master = master
        self.settings = settings
    }

    /// Runs statements and gives the lines that are ours.
    ///
    /// - Throws: ``RunFailure`` where the program cannot be run or fails, with the last that it said.
    func lines(of sql: String) throws(RunFailure) -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "divide-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // Spark leaves a log and a catalogue where it runs.
        process.currentDirectoryURL = folder
        let known = program.contains("/") ? Paths.absolute(program, from: Paths.workingDirectory) : program
        var words = [known, "-S"]
        if let master { words += ["--master", master] }
        for setting in settings { words += ["--conf", setting] }
        let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(sql.utf8).write(to: folder.appending(path: "records.sql"))
            for file in [output, errors] { try Data().write(to: file) }
            process.arguments = words + ["-f", folder.appending(path: "records.sql").path]
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = try FileHandle(forWritingTo: errors)
            process.standardInput = FileHandle.nullDevice
            try process.run()
        } catch {
            throw failure("cannot be run", found: (error as NSError).localizedDescription)
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            throw failure(
                "ended with exit code \(process.terminationStatus)",
                found: Self.reason(in: said).isEmpty ? "no message" : Self.reason(in: said)
            )
        }
        let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix(RecordSQL.mark + ",") }.map(String.init)
    }

    /// The lines of a log that name an error, or its last.
    private static func reason(in log: String) -> String {
        let lines = log.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let telling = lines.filter { $0.contains("Exception") || $0.contains("Error") || $0.hasPrefix("[") }
        return (telling.isEmpty ? lines.suffix(3) : telling.prefix(3)).map { String($0.prefix(300)) }.joined(
            separator: " | "
        )
    }

    private func failure(_ problem: String, found: String) -> RunFailure {
        RunFailure(
            Problem(
                file: program,
                problem: problem,
                expected: "a working spark-sql",
                found: found,
                hint: "name another with --spark-sql; --emit-sql prints what it is given"
            )
        )
    }
}

/// The plan of a request and what Spark is to read for it.
///
/// The header is that of the first file that lies here; addresses are taken to have the columns that are named.
private func enginePlan(_ request: RecordRequest) throws(RunFailure) -> (plan: RecordPlan, inputs: [String]) {
    func isAddress(_ file: String) -> Bool { file.contains("://") }
    func absolute(_ file: String) -> String { Paths.absolute(file, from: Paths.workingDirectory) }
    let local = try RecordFiles.expand(request.files.filter { !isAddress($0) }, absolute: absolute)
    do throws(RecordError) {
        let header: [String]
        if let file = local.first {
            header = try readRecordHeader(RecordFile(path: file, name: file), delimiter: request.delimiter)
        } else {
            header = try request.order.columnsNamed()
        }
        let inputs = request.files.filter(isAddress) + local.map { "file://" + absolute($0) }
        return (try RecordPlan(request.order, header: header), inputs)
    } catch {
        throw RunFailure(Problem(error))
    }
}

/// The Spark SQL of a request.
package func recordSQL(_ request: RecordRequest) throws(RunFailure) -> String {
    let (plan, inputs) = try enginePlan(request)
    do throws(RecordError) {
        return try RecordSQL(
            plan,
            inputs: inputs,
            delimiter: request.delimiter,
            isSplittable: request.isSplittable
        ).text
    } catch {
        throw RunFailure(Problem(error))
    }
}

/// Works out a request with the sums that an engine makes of the records.
package func aggregateRecords(_ request: RecordRequest, on engine: SparkEngine) throws(RunFailure) -> RecordReport {
    let (plan, inputs) = try enginePlan(request)
    let sql = try recordSQL(request)
    let lines = try engine.lines(of: sql)
    do throws(RecordError) {
        var aggregation = RecordAggregation(plan)
        for line in lines { try aggregation.take(engineLine: line) }
        if let failure = aggregation.failure { throw failure }
        let account = aggregation.account
        let reading = RecordReading(
            result: aggregation.result(),
            files: [.init(file: inputs.count == 1 ? inputs[0] : "\(inputs.count) inputs", account: account)],
            header: plan.header
        )
        return RecordReport(
            bytes: request.format == .csv ? csv(reading.result.table) : RecordJSON.bytes(of: reading),
            accounts: reading.files.map { "\($0.file): \($0.account.sentence)" },
            rejected: account.rejected,
            suppressed: reading.result.cells.count { $0.status == .suppressed }
        )
    } catch {
        throw RunFailure(Problem(error))
    }
}
