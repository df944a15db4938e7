import Crypto
import Foundation
import Testing

/// A folder under `Golden/`: the words of a command, its inputs, and what came of it.
struct GoldenCase: CustomTestStringConvertible, Sendable {
    let name: String

    var testDescription: String { name }

    static let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

    static var all: [GoldenCase] {
        get throws {
            let entries = try FileManager.default.contentsOfDirectory(
                at: folder,
                includingPropertiesForKeys: [.isDirectoryKey]
            )
            return try entries.filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
                .map(\.lastPathComponent).sorted().map(GoldenCase.init)
        }
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    private static let datasets = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Datasets").standardizedFileURL

    private var folder: URL { Self.folder.appending(path: name) }
    private var expected: URL { folder.appending(path: "expected") }

    /// What was recorded, by path below `expected/`.
    func recorded() throws -> [String: [UInt8]] {
        try Files.all(below: expected)
    }

    func record(_ outcome: Outcome) throws {
        try? FileManager.default.removeItem(at: expected)
        for (path, bytes) in outcome.files {
            let file = expected.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: file)
        }
    }
}

extension GoldenCase {
    /// What a case came to.
    struct Outcome {
        /// As under `expected/`.
        var files: [String: [UInt8]]
        /// The output folder before and after, by path.
        var outputBefore: [String: [UInt8]]
        var outputAfter: [String: [UInt8]]
        /// What the command left beside the output.
        var leftovers: [String]

        /// Whether a new output took the place of the old one.
        var hasLanded: Bool { files.keys.contains { $0.hasPrefix("out/") } }
    }

    /// What stands in `out/` before a case begins, as if a run had left it.
    private static let lastGoodOutput = [
        "manifest.json": Array("{\"outputs\": []}\n".utf8),
        "observations.csv": Array("indicator,place,year\ninternet_users,TH,2001\n".utf8),
    ]

    /// What runs keep beside the output folder: the lock, the output before, what is kept of runs, and their history.
    private static let neighbours = [
        ".mine.lock", ".out.lock", ".out.previous", ".store", "history.sqlite",
    ]

    /// Copies the case into a folder of its own and runs its command there.
    func run() throws -> Outcome {
        let house = try TemporaryFolder()
        let home = try furnish(house.url)
        let output = home.appending(path: "out")
        let words = try String(contentsOf: folder.appending(path: "cmd"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let inputs = try Files.names(in: home).union(["out"])
        let before = try Files.all(below: output)
        let ending = try DivideProcess.run(words, in: home)
        let after = try Files.all(below: output)
        func told(_ text: String) -> [UInt8] {
            Array(
                Self.withoutTimes(text).replacing(Self.moment, with: "YYYY-MM-DDTHH:MM:SSZ").replacing(
                    house.url.path(percentEncoded: false),
                    with: "/HOUSE/"
                ).utf8
            )
        }
        var files = [
            "exit": Array((ending.isHung ? "hangs\n" : "\(ending.status)\n").utf8),
            "stdout": told(ending.output),
            "stderr": told(ending.messages),
        ]
        if after != before {
            // What is the same in each case, or recorded elsewhere for the schemas that it comes from.
            let others = ["csv-metadata.json", "datapackage.json", "manifest.json", "summary.schema.json"]
            for (path, bytes) in after where !others.contains(path) { files["out/" + path] = bytes }
            files["accounts"] = try Manifest(after).accounts
        }
        return Outcome(
            files: files.filter { !$0.value.isEmpty },
            outputBefore: before,
            outputAfter: after,
            leftovers: try Files.names(in: home).subtracting(inputs).subtracting(Self.neighbours).sorted()
        )
    }

    /// `HOUSE/Datasets`, `HOUSE/catalogue.yaml` and `HOUSE/case`, which is the working directory.
    private func furnish(_ house: URL) throws -> URL {
        let files = FileManager.default
        try files.createDirectory(at: house.appending(path: "Datasets"), withIntermediateDirectories: true)
        for file in ["provinces.csv", "province-names.csv", "province-changes.csv"] {
            try files.copyItem(
                at: Self.datasets.appending(path: file),
                to: house.appending(path: "Datasets").appending(path: file)
            )
        }
        try files.copyItem(
            at: Self.folder.appending(path: "catalogue.yaml"),
            to: house.appending(path: "catalogue.yaml")
        )
        let home = house.appending(path: "case")
        try files.copyItem(at: folder, to: home)
        for file in ["expected", "cmd", "setup"] {
            try? files.removeItem(at: home.appending(path: file))
        }
        let output = home.appending(path: "out")
        try files.createDirectory(at: output, withIntermediateDirectories: true)
        for (path, bytes) in Self.lastGoodOutput { try Data(bytes).write(to: output.appending(path: path)) }
        if let setup = try? String(contentsOf: folder.appending(path: "setup"), encoding: .utf8) {
            for line in setup.split(separator: "\n") { try prepare(line.split(separator: " ").map(String.init), home) }
        }
        return home
    }

    /// What cannot lie in a repository is made by a line of the file `setup`.
    private func prepare(_ words: [String], _ home: URL) throws {
        let place = home.appending(path: words[1]).path(percentEncoded: false)
        switch words[0] {
        case "pipe":
            guard unsafe mkfifo(place, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
        case "folder":
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        case "link":
            try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: words[2])
        case "remove":
            try FileManager.default.removeItem(atPath: place)
        case "run":
            let ending = try DivideProcess.run(words + ["--as-of", "2026-06-30", "--quiet"], in: home)
            guard ending.status < 2 else { throw CocoaError(.fileReadUnknown) }
        case "copy":
            try FileManager.default.copyItem(atPath: place, toPath: home.appending(path: words[2]).path())
        case "long-field":
            var data = Data("Province,Year,Internet users (%)\nNan,2019,".utf8)
            data.append(Data(repeating: UInt8(ascii: "7"), count: Int(words[2]) ?? 0))
            try data.write(to: URL(filePath: place))
        default:
            throw CocoaError(.featureUnsupported)
        }
    }

    /// A moment as manifests spell it.
    private static var moment: Regex<Substring> { /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z/ }

    /// The text with `STAGES` for the stages that ran and their times.
    private static func withoutTimes(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let start = line.range(of: ": read pipeline "), let end = line.range(of: " in all") else {
                return String(line)
            }
            return line[..<start.lowerBound] + ": STAGES" + line[end.lowerBound...]
        }
        .joined(separator: "\n")
    }
}

extension GoldenCase.Outcome {
    /// What is wrong with the manifest: a file that it does not know, or knows otherwise.
    func faultsOfManifest() throws -> [String] {
        let manifest = try Manifest(outputAfter)
        let listed = Dictionary(manifest.outputs.map { ($0.path, $0) }) { first, _ in first }
        let written = outputAfter.keys.filter { $0 != "manifest.json" }
        var faults = Set(written).symmetricDifference(listed.keys).sorted().map { "\($0) is listed or there, not both" }
        for (path, bytes) in outputAfter {
            guard let output = listed[path] else { continue }
            let hash = SHA256.hash(data: bytes).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            if output.sha256 != hash.joined() || output.bytes != bytes.count {
                faults.append("\(path) is another file")
            }
        }
        faults += manifest.inputs.filter { $0.read != $0.used + $0.refused + $0.setAside }
            .map { "\($0.path) does not balance" }
        return faults
    }
}

/// What the tests read of a manifest.
private struct Manifest: Decodable {
    struct Output: Decodable {
        var path: String
        var sha256: String
        var bytes: Int
    }

    struct Input: Decodable {
        var path: String
        var read: Int
        var used: Int
        var refused: Int
        var setAside: Int
    }

    var inputs: [Input]
    var outputs: [Output]

    init(_ files: [String: [UInt8]]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Manifest.self, from: Data(files["manifest.json"] ?? []))
    }

    /// A line for each file that values were read from.
    var accounts: [UInt8] {
        let lines = inputs.filter { $0.read > 0 }.map {
            "\($0.path): \($0.read) read = \($0.used) used + \($0.refused) refused + \($0.setAside) set aside\n"
        }
        return Array(lines.joined().utf8)
    }
}

/// Files as values.
private enum Files {
    /// The names in a folder, hidden ones too.
    static func names(in folder: URL) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)))
    }

    /// The bytes of every file below a folder, by path; nothing where there is no folder.
    static func all(below folder: URL) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in (try? FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? [] {
            let file = folder.appending(path: path)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            files[path] = Array(try Data(contentsOf: file))
        }
        return files
    }
}
