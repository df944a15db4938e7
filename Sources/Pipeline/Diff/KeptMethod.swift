internal import Compare
internal import Harmonise
internal import Indicators
internal import Ingest

/// How a run went on from its observations: its pipeline file, its catalogue, its gazetteer, as they were kept.
struct KeptMethod {
    let description: PipelineDescription
    let gazetteer: Gazetteer
    let targets: [Target]
    let activities: [Activity]
    let asOf: CalendarDate

    /// - Parameters:
    ///   - manifest: Of the run.
    ///   - path: Where the bytes with a hash lie, `nil` where they are not kept.
    /// - Throws: ``RunFailure`` that names what is not kept, or what this version of `divide` cannot read.
    init(_ manifest: Manifest, path: (Kept) -> String?) throws(RunFailure) {
        guard let pipeline = manifest.kept.first(where: { $0.role == .pipeline }) else {
            throw Self.missing("the pipeline file")
        }
        guard let file = path(pipeline) else { throw Self.missing(pipeline.path) }
        // Far enough below the root for every `..` of the file: the names of what it refers to come out as they were.
        let depth = String(repeating: "/kept", count: 64)
        let paths = try Paths(pipeline: depth + "/" + pipeline.path, confinement: nil)
        var bytes: [UInt8] = []
        let content = try YAMLFile.read(path: file, file: pipeline.path, shape: PipelineShape.file) {
            bytes = Array($0.utf8)
        }
        var kept = PipelineFile(content: content, file: pipeline.path, paths: paths, bytes: bytes)
        let outline = try kept.outline()
        func reference(_ written: String) throws(RunFailure) -> (path: String, name: String) {
            let name = paths.name(of: written)
            let references = manifest.kept.filter { $0.role == .reference }
            // An absolute path is named by the way to it, which the store does not know.
            let last = written.split(separator: "/").last
            let found =
                references.first { $0.path == name }
                ?? (written.hasPrefix("/") ? references.first { $0.path.split(separator: "/").last == last } : nil)
            guard let found, let path = path(found) else { throw Self.missing(name) }
            return (path, found.path)
        }
        var indicators: [Indicator] = []
        var topics: [Topic] = []
        for written in outline.catalogues {
            let (path, name) = try reference(written)
            let catalogue = try CatalogueFile.read(path: path, file: name)
            indicators += catalogue.indicators
            topics += catalogue.topics
        }
        description = try kept.description(outline, Catalogue(indicators, topics: topics), [])
        func table(_ written: String) throws(RunFailure) -> TextTable {
            let (path, name) = try reference(written)
            do {
                return try readTextTable(path: path, file: name)
            } catch {
                throw RunFailure(Problem(error))
            }
        }
        guard let asOf = CalendarDate(manifest.asOf) else {
            throw RunFailure(Problem(file: Landing.mark, problem: "as_of is no date", found: manifest.asOf))
        }
        self.asOf = asOf
        let files = outline.gazetteer
        let places = try table(files.places)
        let changes: TextTable? = if let file = files.changes { try table(file) } else { nil }
        // Names are looked up for the places of targets and activities alone: observations were matched when they were kept.
        let isAimed = !outline.targetFiles.isEmpty || !outline.activityFiles.isEmpty
        let spellings: TextTable? = if isAimed, let file = files.names { try table(file) } else { nil }
        var aliases: [TextTable] = []
        for file in isAimed ? files.aliases : [] { aliases.append(try table(file)) }
        var aims: [TextTable] = []
        for file in outline.targetFiles { aims.append(try table(file)) }
        var registers: [TextTable] = []
        for file in outline.activityFiles { registers.append(try table(file)) }
        do {
            let made = try makeGazetteer(places: places, changes: changes).0
            let names = try PlaceNames(gazetteer: made, names: spellings, aliases: aliases)
            gazetteer = made
            targets = try readTargets(aims, names: names, catalogue: description.catalogue, asOf: asOf).targets
            activities = try readActivities(registers, names: names, catalogue: description.catalogue, asOf: asOf)
                .activities
        } catch {
            throw RunFailure(Problem(error))
        }
    }

    private static func missing(_ name: String) -> RunFailure {
        RunFailure(Problem(file: name, problem: "is no longer kept"))
    }
}

extension Inputs {
    /// Observations that were kept, and a method that they may not have been read for.
    ///
    /// Without checks: they are judged from the inputs and the runs before as well, which are not kept.
    init(_ observations: [Observation], under method: KeptMethod) {
        var description = method.description
        description.checks = []
        self.description = description
        gazetteer = method.gazetteer
        self.observations = observations
        targets = method.targets
        activities = method.activities
        findings = []
        files = []
    }
}
