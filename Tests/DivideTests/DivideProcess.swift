import Foundation

/// The `divide` that was built with these tests.
enum DivideProcess {
    struct Ending {
        var status: Int32
        var output: String
        var messages: String
        /// Whether it had to be killed.
        var isHung: Bool
    }

    /// Beside the bundle of the tests.
    static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "divide")

    /// Runs it to its end, with nothing of this environment but what is given.
    ///
    /// - Parameters:
    ///   - arguments: Its words.
    ///   - folder: Its working directory.
    ///   - environment: All of its environment.
    ///   - seconds: After this long it hangs, and is killed.
    /// - Returns: What it printed and how it ended.
    /// - Throws: What Foundation throws where it cannot be started.
    static func run(
        _ arguments: [String],
        in folder: URL,
        environment: [String: String] = [:],
        within seconds: Double = 120
    ) throws -> Ending {
        let scratch = try TemporaryFolder()
        let output = try scratch.emptyFile("output")
        let messages = try scratch.emptyFile("messages")
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
        let deadline = Date.now + seconds
        while process.isRunning, Date.now < deadline { usleep(2_000) }
        let isHung = process.isRunning
        if isHung { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return Ending(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            messages: try String(contentsOf: messages, encoding: .utf8),
            isHung: isHung
        )
    }
}

/// A folder that is gone with its owner.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "divide-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func emptyFile(_ name: String) throws -> URL {
        let file = url.appending(path: name)
        try Data().write(to: file)
        return file
    }
}
