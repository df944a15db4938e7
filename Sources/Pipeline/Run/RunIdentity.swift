internal import Glibc
internal import Indicators

/// What a run is made of, by hash, before anything is computed: whether it is the run that stands there already.
struct RunIdentity {
    struct Input {
        /// As the manifest names it, from the pipeline's folder.
        var path: String
        /// Absolute.
        var file: String
        var sha256: String
        var bytes: Int
        fileprivate var stamp: FileStamp?

        /// Whether nobody here can tell what lies there: it has no hash, and may be another each time.
        var isAddress: Bool { Paths.isAddress(path) }
    }

    let pipeline: String
    let tool = toolVersion
    let build: String
    let pipelineHash: String
    let asOf: String
    /// Who adds up files of records; `nil` for `divide` itself.
    let engine: String?
    /// That in which people read the outputs first.
    let language: String
    let sections: [Manifest.Section]
    /// In order of their paths, each once. One that cannot be read has no hash: the run itself will say why.
    let inputs: [Input]
    private let moment = Timestamp.now

    init(_ outline: PipelineOutline, asOf: CalendarDate) {
        pipeline = outline.name
        build = FileStamp(of: "/proc/self/exe")?.word ?? ""
        self.asOf = asOf.description
        engine = outline.engine
        language = outline.publication.languages.first?.rawValue ?? ""
        pipelineHash = digest(of: outline.bytes + Array(asOf.description.utf8))
        sections = outline.sections.map { Manifest.Section(name: $0.name, sha256: $0.digest) }
        var inputs: [String: Input] = [:]
        for written in outline.inputFiles {
            let (path, file) = outline.paths.place(of: written)
            guard inputs[path] == nil else { continue }
            inputs[path] = Self.input(path, file: file)
        }
        self.inputs = inputs.values.sorted { $0.path < $1.path }
    }

    private static func input(_ path: String, file: String) -> Input {
        let stamp = Paths.isAddress(path) ? nil : FileStamp(of: file)
        let digest = stamp == nil ? nil : digest(ofFile: file)
        return Input(path: path, file: file, sha256: digest?.sha256 ?? "", bytes: digest?.bytes ?? 0, stamp: stamp)
    }

    /// The same for two runs that must come to the same outputs.
    var runHash: String {
        var words = ["divide run 2", pipeline, tool, pipelineHash, language]
        for input in inputs { words += [input.path, input.sha256] }
        // Its values are the same, where they come from is told otherwise.
        if let engine { words += ["engine", engine] }
        // No path holds a null byte.
        return digest(of: Array(words.joined(separator: "\0").utf8))
    }

    /// Whether the run with this manifest was made of the same, as far as anybody can tell.
    func isThat(of manifest: Manifest) -> Bool {
        !inputs.contains(where: \.isAddress) && manifest.tool == tool && manifest.build == build
            && manifest.runHash == runHash
            && manifest.inputs.map(\.path) == inputs.map(\.path)
            && manifest.inputs.map(\.sha256) == inputs.map(\.sha256)
    }

    /// Makes sure that what was hashed is what was used.
    ///
    /// - Throws: ``RunFailure`` that names each input that changed since.
    func confirm() throws(RunFailure) {
        var problems: [Problem] = []
        for input in inputs where !input.isAddress {
            let stamp = FileStamp(of: input.file)
            // A file that was touched in the tick in which it was looked at may have changed without a trace.
            if let stamp, stamp == input.stamp, !stamp.isFresh(at: moment) { continue }
            guard let digest = digest(ofFile: input.file), digest.sha256 == input.sha256 else {
                problems.append(
                    Problem(
                        file: input.path,
                        problem: "changed while it was being read",
                        expected: "a file that nobody writes to during the run",
                        hint: "run again"
                    )
                )
                continue
            }
        }
        if !problems.isEmpty { throw RunFailure(problems) }
    }
}
