internal import Crypto
internal import Foundation
internal import Indicators
internal import Publish

/// The run whose outputs stand in a pipeline's output folder, as its manifest tells of it.
struct LandedRun {
    private struct Manifest: Decodable {
        struct File: Decodable {
            var path: String
            /// `nil` of an address.
            var sha256: String?
        }

        var tool: String
        var pipelineHash: String
        var asOf: String
        var inputs: [File]
        var outputs: [File]
    }

    private let manifest: Manifest
    private let folder: String

    /// The day on which freshness was judged.
    var asOf: CalendarDate? { CalendarDate(manifest.asOf) }

    /// - Returns: `nil` where no run has landed.
    /// - Throws: ``RunFailure`` where there is a manifest that cannot be read.
    init?(of description: PipelineDescription) throws(RunFailure) {
        folder = description.publication.folder
        let path = folder + "/manifest.json"
        guard case .regular = FileKind(of: path) else { return nil }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let bytes = try? Data(contentsOf: URL(filePath: path)),
            let manifest = try? decoder.decode(Manifest.self, from: bytes)
        else {
            throw RunFailure(
                Problem(
                    file: description.paths.name(of: path),
                    problem: "cannot be read as the manifest of a run",
                    expected: "the manifest that the last run wrote",
                    hint: "run the pipeline again"
                )
            )
        }
        self.manifest = manifest
    }

    /// Makes sure that the inputs are still those of the run.
    ///
    /// - Throws: ``RunFailure`` that names each that has changed, gone or come since.
    func refuseChanges(in description: PipelineDescription) throws(RunFailure) {
        var problems: [Problem] = []
        func refuse(_ file: String, _ problem: String) {
            problems.append(
                Problem(
                    file: file,
                    problem: "\(problem) since the run whose outputs stand in \(description.paths.name(of: folder))",
                    expected: "the inputs of that run, or its numbers cannot be explained",
                    hint: "run the pipeline again"
                )
            )
        }
        let pipeline = Paths.absolute(description.file, from: Paths.workingDirectory)
        if Self.hash(of: pipeline, followedBy: manifest.asOf) != manifest.pipelineHash {
            refuse(description.file, "has changed")
        }
        for input in manifest.inputs where !Paths.isAddress(input.path) {
            switch Self.hash(of: description.paths.absolute(input.path)) {
            case nil: refuse(input.path, "is gone")
            case input.sha256: break
            default: refuse(input.path, "has changed")
            }
        }
        let known = Set(manifest.inputs.map(\.path))
        for name in Set(description.inputFiles.map(description.paths.name)).subtracting(known).sorted() {
            refuse(name, "has become an input")
        }
        if !problems.isEmpty { throw RunFailure(problems) }
    }

    /// What a reader must know of the inputs of which nobody can tell whether they are still those of the run.
    var unknown: [String] {
        manifest.inputs.map(\.path).filter(Paths.isAddress).map { address in
            "\(address) is an address: what is explained is what the run read there, whatever lies there now"
        }
    }

    /// What a reader must know where a table is not worked out as it landed; `nil` where it is.
    func difference(from table: Table, dialect: CSVDialect) -> String? {
        let artefact = Artefact(table, dialect: dialect)
        guard let landed = manifest.outputs.first(where: { $0.path == artefact.path }) else { return nil }
        var hash = SHA256()
        artefact.stream { hash.update(data: $0) }
        guard Self.hexadecimal(hash.finalize()) != landed.sha256 else { return nil }
        return
            "\(artefact.path) as it landed, written by divide \(manifest.tool) as of \(manifest.asOf), differs from what"
            + " divide \(toolVersion) works out now"
    }

    private static func hash(of path: String, followedBy text: String = "") -> String? {
        guard case .regular = FileKind(of: path), let data = try? Data(contentsOf: URL(filePath: path)) else {
            return nil
        }
        return hexadecimal(SHA256.hash(data: data + Data(text.utf8)))
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
