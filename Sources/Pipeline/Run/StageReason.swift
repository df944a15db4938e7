/// Why a stage ran, for `--why`.
package struct StageReason: Hashable, Sendable {
    /// As the closing line calls it.
    package var stage: String
    /// What it reads that changed; empty where it gives what it gave before.
    package var causes: [String]
    /// What of it did not have to run again, in words; empty where nothing was taken over.
    package var takenOver: String
}

/// What changed since the run whose outputs stand there, and which stages that concerns.
struct Changes {
    /// Changes that concern every stage.
    private var general: [String] = []
    /// By section of the pipeline file.
    private var sections: [String: String] = [:]
    /// By input.
    private var inputs: [String: String] = [:]
    private var asOf: String?
    private var outputs: [String] = []
    private var engine: String?
    private var isFileChanged = false
    private let outline: PipelineOutline

    /// - Parameters:
    ///   - identity: What the run is made of.
    ///   - outline: Which input belongs to which stage.
    ///   - manifest: Of the outputs that stand there, `nil` where none do.
    ///   - damage: What is wrong with those outputs.
    ///   - isForced: Whether the run was asked for in any case.
    init(
        of identity: RunIdentity,
        _ outline: PipelineOutline,
        since manifest: Manifest?,
        damage: [String],
        isForced: Bool
    ) {
        self.outline = outline
        guard let manifest else {
            general = [damage.first ?? "there is no earlier run"]
            return
        }
        if isForced { general.append("--force") }
        if manifest.tool != identity.tool {
            general.append("divide is \(identity.tool), was \(manifest.tool)")
        } else if manifest.build != identity.build {
            general.append("divide \(identity.tool) was built anew")
        }
        outputs = damage
        isFileChanged = manifest.pipelineHash != identity.pipelineHash && manifest.asOf == identity.asOf
        if manifest.asOf != identity.asOf { asOf = "as_of is \(identity.asOf), was \(manifest.asOf)" }
        let oldSections = Dictionary(manifest.sections.map { ($0.name, $0.sha256) }) { first, _ in first }
        let newSections = Dictionary(identity.sections.map { ($0.name, $0.sha256) }) { first, _ in first }
        sections = Self.compare(oldSections, newSections) { "\($0): \($1)" }
        let oldInputs = Dictionary(manifest.inputs.map { ($0.path, $0.sha256) }) { first, _ in first }
        let newInputs = Dictionary(identity.inputs.map { ($0.path, $0.sha256) }) { first, _ in first }
        inputs = Self.compare(oldInputs, newInputs) { "\($0) \($1)" }
        for input in identity.inputs where input.isAddress && inputs[input.path] == nil {
            inputs[input.path] = "\(input.path) is an address: nobody here can tell whether it changed"
        }
        if manifest.engine != identity.engine {
            engine = "the engine is \(identity.engine ?? "divide itself"), was \(manifest.engine ?? "divide itself")"
        }
    }

    private static func compare(
        _ old: [String: String],
        _ new: [String: String],
        words: (String, String) -> String
    ) -> [String: String] {
        var changes: [String: String] = [:]
        for (name, hash) in new where old[name] != hash {
            changes[name] = words(name, old[name] == nil ? "is new" : "changed")
        }
        for name in old.keys where new[name] == nil { changes[name] = words(name, "is gone") }
        return changes
    }

    /// For each stage that ran, what concerns it, and what it took over from the run before.
    func reasons(for stages: [String], takenOver: [String: Int] = [:]) -> [StageReason] {
        var reasons: [StageReason] = []
        for stage in stages {
            var causes = general
            if stage == Self.reading {
                if isFileChanged { causes.append("the pipeline file changed") }
            } else if general.isEmpty {
                causes += ownCauses(of: stage)
                let sources = reasons.filter { $0.stage != Self.reading && !$0.causes.isEmpty }
                if Self.readsOthers(stage), causes.isEmpty, let source = sources.last {
                    causes.append("\(source.stage) ran on changes")
                }
            }
            let count = takenOver[stage] ?? 0
            let words = count == 0 ? "" : "took over \(Self.words(count, of: stage)) from the run before"
            reasons.append(StageReason(stage: stage, causes: causes, takenOver: words))
        }
        return reasons
    }

    private static func words(_ count: Int, of stage: String) -> String {
        switch stage {
        case "ingest": count == 1 ? "what a large source came to" : "what \(count) large sources came to"
        default: count == 1 ? "the replications of an index" : "\(count) sets of replications"
        }
    }

    private func ownCauses(of stage: String) -> [String] {
        var causes: [String] = []
        let names = Self.sections(of: stage) ?? sections.keys.filter { $0 == stage }
        causes += names.compactMap { sections[$0] }
        let files = Set(inputFiles(of: stage).map(outline.paths.name))
        let known = Set(outline.inputFiles.map(outline.paths.name))
        for (path, words) in inputs.sorted(by: { $0.key < $1.key })
        where files.contains(path) || (stage == "ingest" && !known.contains(path)) {
            causes.append(words)
        }
        if stage == "ingest", let engine { causes.append(engine) }
        if stage == "validate", let asOf { causes.append(asOf) }
        if stage == "publish" { causes += outputs }
        return causes
    }

    /// The sections of the pipeline file that a stage reads, `nil` for a stage whose section bears its name.
    private static func sections(of stage: String) -> [String]? {
        switch stage {
        case "gazetteer": ["gazetteer", "aliases"]
        case "ingest": ["sources", "catalogue"]
        case "harmonise": ["period"]
        case "compare": ["compare", "targets", "activities"]
        case "compose": ["index"]
        case "check": ["checks"]
        case "publish": ["pipeline", "title", "as_of", "publish"]
        default: nil
        }
    }

    private func inputFiles(of stage: String) -> [String] {
        switch stage {
        case "gazetteer": outline.gazetteer.all
        case "ingest": outline.catalogues + outline.sourceFiles
        case "publish": [outline.publication.boundaries].compactMap(\.self)
        case "compare": outline.targetFiles + outline.activityFiles
        default: []
        }
    }

    /// Reading the pipeline file is no stage that others depend on: what it says concerns each by its sections.
    private static let reading = "read pipeline"

    /// Whether a stage reads what those before it return.
    private static func readsOthers(_ stage: String) -> Bool {
        stage != "gazetteer" && stage != "ingest"
    }
}
