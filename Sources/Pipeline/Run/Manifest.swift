internal import Indicators
internal import Publish

/// `manifest.json`: what went into a run and what came of it, by hash. The only output with times in it.
struct Manifest {
    struct Input: Hashable {
        var path: String
        /// Empty, and `null` in the file, of an address: what lies there is not hashed.
        var sha256: String
        var bytes: Int
        var read: Int
        var used: Int
        var refused: Int
        var setAside: Int
    }

    struct Output: Hashable {
        /// Relative to the output folder.
        var path: String
        var sha256: String
        var bytes: Int
    }

    /// What a stage handed on.
    struct Stage: Hashable {
        var name: String
        var counts: [String: Int]
    }

    /// A part of the pipeline file and a hash of what it says.
    struct Section: Hashable {
        var name: String
        var sha256: String
    }

    var pipeline: String
    var tool: String
    /// A word for the program that ran: two builds of one version are two tools.
    var build: String
    /// Of the pipeline file's bytes and `as_of`.
    var pipelineHash: String
    /// Of pipeline, tool, `as_of` and the inputs: two runs with the same hash have the same outputs.
    var runHash: String
    var asOf: String
    /// Who added up files of records, absent where `divide` itself did.
    var engine: String?
    /// The worst of the checks, absent where there are none: what an unchanged run ends with.
    var verdict: String?
    var sections: [Section]
    var stages: [Stage]
    /// In order of their paths, which begin at the pipeline's folder.
    var inputs: [Input]
    /// In order of their paths.
    var outputs: [Output]
    /// What of the run lies in `.store` beside the output folder.
    var kept: [Kept]
    var started: String
    var ended: String
    /// `total`, and for each stage.
    var seconds: [String: Double]

    /// The file, spelt: keys sorted, indented, `set_aside` as its contract has it.
    var artefact: Artefact {
        var members: JSON.Members = [
            "pipeline": .text(pipeline), "tool": .text(tool), "build": .text(build),
            "pipeline_hash": .text(pipelineHash), "run_hash": .text(runHash), "as_of": .text(asOf),
            "sections": .array(sections.map { .object(["name": .text($0.name), "sha256": .text($0.sha256)]) }),
            "stages": .array(
                stages.map { stage in
                    .object([
                        "name": .text(stage.name), "counts": .object(.init(stage.counts.mapValues(JSON.integer))),
                    ])
                }
            ),
            "inputs": .array(inputs.map(\.json)),
            "outputs": .array(outputs.map(\.json)),
            "kept": .array(kept.map(\.json)),
            "started": .text(started), "ended": .text(ended),
            "seconds": .object(.init(seconds.mapValues(JSON.number))),
        ]
        if let verdict { members["verdict"] = .text(verdict) }
        if let engine { members["engine"] = .text(engine) }
        return Artefact(path: Landing.mark, bytes: JSON.object(members).bytes)
    }

    /// The manifest of a run that is about to land.
    ///
    /// - Parameters:
    ///   - results: What the run came to.
    ///   - identity: What it was made of.
    ///   - outputs: The files as they were written.
    ///   - kept: What of it lies in the store.
    ///   - watch: When it began, and how long each stage took.
    init(_ results: Results, _ identity: RunIdentity, outputs: [Output], kept: [Kept], watch: Stopwatch) {
        pipeline = identity.pipeline
        tool = identity.tool
        build = identity.build
        pipelineHash = identity.pipelineHash
        runHash = identity.runHash
        asOf = identity.asOf
        engine = identity.engine
        verdict = results.verdict?.rawValue
        sections = identity.sections
        stages = results.stageCounts.map { Stage(name: $0.name, counts: $0.counts) }
        let tallies = Dictionary(results.inputs.files.map { ($0.file, $0.tally) }) { first, _ in first }
        inputs = identity.inputs.map { input in
            let tally = tallies[input.path] ?? Tally()
            return Input(
                path: input.path,
                sha256: input.sha256,
                bytes: input.bytes,
                read: tally.read,
                used: tally.used,
                refused: tally.refused,
                setAside: tally.setAside
            )
        }
        self.outputs = outputs.sorted { $0.path < $1.path }
        self.kept = kept
        started = watch.began.text
        ended = Timestamp.now.text
        var seconds = ["total": Self.rounded(watch.total)]
        for stage in watch.stages {
            seconds[String(stage.name.map { $0 == " " ? "_" : $0 })] = Self.rounded(stage.seconds)
        }
        self.seconds = seconds
    }

    private static func rounded(_ seconds: Double) -> Double {
        (seconds * 10_000).rounded() / 10_000
    }
}

extension Manifest.Input {
    fileprivate var json: JSON {
        .object([
            "bytes": isHashed ? .integer(bytes) : .null, "path": .text(path),
            "read": .integer(read), "refused": .integer(refused), "set_aside": .integer(setAside),
            "sha256": isHashed ? .text(sha256) : .null, "used": .integer(used),
        ])
    }

    private var isHashed: Bool { !Paths.isAddress(path) }
}

extension Manifest.Output {
    fileprivate var json: JSON {
        .object(["bytes": .integer(bytes), "path": .text(path), "sha256": .text(sha256)])
    }
}

extension Kept {
    fileprivate var json: JSON {
        .object([
            "bytes": .integer(bytes), "path": .text(path), "role": .text(role.rawValue), "sha256": .text(sha256),
        ])
    }
}
