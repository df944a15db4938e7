internal import Crypto
internal import Foundation
internal import Indicators
internal import Publish

/// `manifest.json`: what went into a run and what came of it, by hash. The only output with times in it.
struct Manifest: Encodable {
    struct Input: Encodable {
        var path: String
        var sha256: String
        var bytes: Int
        var read: Int
        var used: Int
        var refused: Int
        var setAside: Int
    }

    struct Output: Encodable {
        var path: String
        var sha256: String
        var bytes: Int
    }

    var pipeline: String
    var tool: String
    /// Of the pipeline file's bytes and `as_of`.
    var pipelineHash: String
    var asOf: String
    var inputs: [Input]
    var outputs: [Output]
    var started: String
    var ended: String
    var seconds: Double

    /// - Throws: ``RunFailure`` where an input is gone since it was read.
    init(_ results: Results, outputs: [Output], start: Timestamp, seconds: Double) throws(RunFailure) {
        let description = results.inputs.description
        pipeline = description.name
        tool = toolVersion
        asOf = results.asOf.description
        let pipelinePath = Paths.absolute(description.file, from: Paths.workingDirectory)
        let pipelineBytes = try Self.contents(of: pipelinePath, file: description.file)
        pipelineHash = Self.hash(pipelineBytes + Data(asOf.utf8))
        var inputs: [Input] = []
        for written in description.inputFiles {
            let name = description.paths.name(of: written)
            guard !inputs.contains(where: { $0.path == name }) else { continue }
            let bytes = try Self.contents(of: description.paths.absolute(written), file: name)
            let tally = results.inputs.files.first { $0.file == name }?.tally ?? Tally()
            inputs.append(
                Input(
                    path: name,
                    sha256: Self.hash(bytes),
                    bytes: bytes.count,
                    read: tally.read,
                    used: tally.used,
                    refused: tally.refused,
                    setAside: tally.setAside
                )
            )
        }
        self.inputs = inputs.sorted { $0.path < $1.path }
        self.outputs = outputs.sorted { $0.path < $1.path }
        started = start.text
        ended = Timestamp.now.text
        self.seconds = (seconds * 1_000).rounded() / 1_000
    }

    /// The file, spelt: keys sorted, indented, `set_aside` as its contract has it.
    var artefact: Artefact {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let bytes = (try? encoder.encode(self)) ?? Data()
        return Artefact(path: Landing.mark, bytes: Array(bytes) + [0x0A])
    }

    static func hash(_ data: some DataProtocol) -> String {
        hexadecimal(SHA256.hash(data: data))
    }

    static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func contents(of path: String, file: String) throws(RunFailure) -> Data {
        guard case .regular = FileKind(of: path), let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw RunFailure(Problem(file: file, problem: "gone since it was read"))
        }
        return data
    }
}
