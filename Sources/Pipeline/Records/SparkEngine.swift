internal import Foundation
internal import Records

/// Apache Spark, by the user's own `spark-sql`.
package struct SparkEngine: Sendable {
    /// As manifests and derivations call it.
    static let name = "spark"

    package var program: String
    /// `local[2]`, `spark://host:7077`; `nil` for what the program is set up for.
    package var master: String?
    /// `KEY=VALUE`, handed on as they are.
    package var settings: [String]
    /// Whether no field holds a line break, so that files may be cut at lines; the engine makes sure of it.
    package var isSplittable: Bool
    /// Who may ask for the end while the program works.
    package var interruption = Interruption()

    package init(
        program: String = "spark-sql",
        master: String? = nil,
        settings: [String] = [],
        isSplittable: Bool = false
    ) {
        self.program = program
        self.master = master
        self.settings = settings
        self.isSplittable = isSplittable
    }

    /// Runs statements and gives the lines that are ours.
    ///
    /// - Throws: ``RunFailure`` where the program cannot be run or fails, with the last that it said, and where the end of the
    ///   run was asked for; then neither the program nor a file of it is left.
    func lines(of sql: String) throws(RunFailure) -> [String] {
        // Whoever asks for the end waits until the program and its folder are gone.
        interruption.beginWriting()
        defer { interruption.endWriting() }
        let folder = FileManager.default.temporaryDirectory.appending(path: "divide-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (script, output) = (folder.appending(path: "records.sql"), folder.appending(path: "output"))
        let errors = folder.appending(path: "errors")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(sql.utf8).write(to: script)
        } catch {
            throw failure("cannot be run", found: (error as NSError).localizedDescription)
        }
        switch try ending(in: folder.path, words(script: script.path), output: output.path, errors: errors.path) {
        case .exit(0): break
        case .exit(let code): throw failure("ended with exit code \(code)", found: Self.reason(in: errors))
        case .signal(let signal): throw failure("was ended by signal \(signal)", found: Self.reason(in: errors))
        case .interrupted: throw failure("was ended", found: "someone asked for the end of the run")
        }
        guard let data = try? Data(contentsOf: output) else { throw failure("left no output", found: "none") }
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix(RecordSQL.mark + ",") }.map(String.init)
    }

    private func words(script: String) -> [String] {
        let known = program.contains("/") ? Paths.absolute(program, from: Paths.workingDirectory) : program
        var words = [known, "-S"]
        if let master { words += ["--master", master] }
        for setting in settings { words += ["--conf", setting] }
        return words + ["-f", script]
    }

    /// Spark leaves a log and a catalogue where it runs: in a folder that is taken away.
    private func ending(
        in folder: String,
        _ words: [String],
        output: String,
        errors: String
    ) throws(RunFailure) -> EngineProgram.Ending {
        let running: EngineProgram
        do throws(SystemError) {
            running = try EngineProgram(words, in: folder, output: output, errors: errors)
        } catch {
            throw failure("cannot be run", found: error.words)
        }
        return running.wait(interruption)
    }

    /// The lines of a log that name an error, or its last.
    private static func reason(in log: URL) -> String {
        let text = (try? Data(contentsOf: log)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let telling = lines.filter { $0.contains("Exception") || $0.contains("Error") || $0.hasPrefix("[") }
        let shown = telling.isEmpty ? lines.suffix(3) : telling.prefix(3)
        return shown.isEmpty ? "no message" : shown.map { String($0.prefix(300)) }.joined(separator: " | ")
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
