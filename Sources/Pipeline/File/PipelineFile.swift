internal import Check
internal import Compare
internal import Harmonise
internal import Indicators
internal import Ingest
internal import Normalise
internal import Publish
internal import Validate

/// Reads a pipeline file and the small files that it names: its catalogue and the metadata of its sources.
struct PipelineFile {
    let content: Located
    let file: String
    let paths: Paths
    /// As it was read.
    let bytes: [UInt8]
    /// The language that the command line puts first; `nil` for that of the file.
    var language: Language?
    /// Who adds up files of records; `nil` for `divide` itself.
    var engine: RecordEngine?
    private(set) var problems: [Problem] = []
    /// Once it was asked for without a fault.
    private var knownOutline: PipelineOutline?

    /// Reads a pipeline whose figures are wanted without a run.
    ///
    /// - Throws: ``RunFailure`` with every problem of the file.
    static func read(_ path: String, confinement: String?) throws(RunFailure) -> PipelineDescription {
        var file = try open(path, confinement: confinement)
        file.takeLandedEngine()
        return try file.description()
    }

    /// Reads the pipeline file alone, and none of the files that it names.
    ///
    /// - Throws: ``RunFailure`` with every problem of its shape.
    static func open(_ path: String, confinement: String?) throws(RunFailure) -> PipelineFile {
        let paths = try Paths(pipeline: path, confinement: confinement)
        let absolute = Paths.absolute(path, from: Paths.workingDirectory)
        guard paths.isAllowed(absolute) else { throw RunFailure(outside(path, nil, "", confinement)) }
        var bytes: [UInt8] = []
        let content = try YAMLFile.read(path: absolute, file: path, shape: PipelineShape.file) {
            bytes = Array($0.utf8)
        }
        return PipelineFile(content: content, file: path, paths: paths, bytes: bytes)
    }

    init(content: Located, file: String, paths: Paths, bytes: [UInt8]) {
        self.content = content
        self.file = file
        self.paths = paths
        self.bytes = bytes
    }

    /// What a run would read and where it would write, as the pipeline file alone has it.
    ///
    /// - Throws: ``RunFailure`` with every path that is refused.
    mutating func outline() throws(RunFailure) -> PipelineOutline {
        if let knownOutline { return knownOutline }
        let gazetteer = GazetteerFiles(
            places: files(content["gazetteer"]?["places"]).first ?? "",
            names: files(content["gazetteer"]?["names"]).first,
            changes: files(content["gazetteer"]?["changes"]).first,
            aliases: files(content["aliases"])
        )
        let catalogues = files(content["catalogue"])
        let entries = content["sources"]?.items ?? []
        if entries.isEmpty { refuse(content["sources"], "no sources", expected: "at least one file to read") }
        if case .spark = engine, !entries.contains(where: { $0["records"] != nil }) {
            refuse(
                content["sources"],
                "an engine has nothing to add up here",
                expected: "at least one source with `records`"
            )
        }
        for entry in entries {
            _ = files(entry["file"]) + files(entry["metadata"]) + recordFiles(entry)
            refuseHalfDeclared(entry)
            refuseMetadataOutside(entry)
        }
        let targets = files(content["targets"])
        let activities = files(content["activities"])
        let baselines = baselineFiles()
        let publication = publication(inputs: gazetteer, catalogues + targets + activities + baselines, entries)
        guard problems.isEmpty else { throw RunFailure(problems) }
        let metadataFiles = entries.map(metadataFile)
        let outline = PipelineOutline(
            name: content["pipeline"]?.text ?? "",
            file: file,
            bytes: bytes,
            paths: paths,
            asOf: content["as_of"]?.text.flatMap { CalendarDate($0) },
            gazetteer: gazetteer,
            catalogues: catalogues,
            sourceFiles: zip(entries, metadataFiles).flatMap { inputFiles($0, metadata: $1) },
            metadataFiles: metadataFiles,
            targetFiles: targets,
            activityFiles: activities,
            baselineFiles: baselines,
            publication: publication,
            engine: engine?.name,
            sections: content.entries.map { ($0.key, $0.value.digest) }
        )
        knownOutline = outline
        return outline
    }

    mutating func description() throws(RunFailure) -> PipelineDescription {
        let outline = try outline()
        let period = content["period"]?.text.flatMap(Forms.years)
        let entries = content["sources"]?.items ?? []

        let catalogue = try catalogue(outline.catalogues)
        var sources: [PipelineDescription.SourceDescription] = []
        for (entry, metadataFile) in zip(entries, outline.metadataFiles) {
            sources.append(try source(entry, metadata: metadataFile, period: period))
        }
        return try description(outline, catalogue, sources)
    }

    /// What the stages are told, once the files that the pipeline file names are read.
    mutating func description(
        _ outline: PipelineOutline,
        _ catalogue: Catalogue,
        _ sources: [PipelineDescription.SourceDescription]
    ) throws(RunFailure) -> PipelineDescription {
        problems += unknownIndicators(catalogue)
        var stages = StageOptions(content: content, file: file)
        let normalise = stages.normalise()
        let indices = stages.indices(catalogue)
        let checks = stages.checks()
        let compare = stages.compare()
        stages.refuseHalfDeclared()
        problems += stages.problems
        guard problems.isEmpty else { throw RunFailure(problems) }

        return PipelineDescription(
            name: outline.name,
            title: content["title"]?.localised ?? LocalisedText(english: content["pipeline"]?.text ?? ""),
            file: file,
            paths: paths,
            gazetteer: outline.gazetteer,
            catalogue: indices.isEmpty
                ? catalogue
                : Catalogue(catalogue.indicators + indices.flatMap(\.indicators), topics: catalogue.topics),
            period: content["period"]?.text.flatMap(Forms.years),
            asOf: outline.asOf,
            sources: sources,
            validate: stages.validate(sources),
            severities: stages.severities(),
            normalise: normalise,
            indices: indices,
            compare: compare,
            checks: checks,
            targetFiles: outline.targetFiles,
            activityFiles: outline.activityFiles,
            publication: outline.publication,
            inputFiles: outline.inputFiles,
            outline: outline
        )
    }

    /// The baseline files that checks compare with, each once; those and folders of outputs inside the confinement.
    private mutating func baselineFiles() -> [String] {
        var files: [String] = []
        for check in content["checks"]?.items ?? [] {
            guard let baseline = check["baseline"], let written = baseline.text else { continue }
            let source = BaselineSource(written)
            guard source.path != nil else { continue }
            _ = self.files(baseline)
            if let file = source.file, !files.contains(file) { files.append(file) }
        }
        return files
    }

    /// The paths written at a key, each inside the confinement or a problem.
    mutating func files(_ located: Located?) -> [String] {
        guard let located else { return [] }
        guard paths.confinement != nil else { return located.texts }
        for item in located.items {
            guard let written = item.text, !paths.isAllowed(paths.absolute(Paths.local(written))) else { continue }
            problems.append(Self.outside(file, item.place, written, paths.confinement))
        }
        return located.texts
    }

    /// Metadata that stand beside a file and are a link out of the confinement.
    private mutating func refuseMetadataOutside(_ entry: Located) {
        guard paths.confinement != nil, entry["metadata"] == nil, let data = entry["file"]?.text else { return }
        let beside = MetadataFile.path(beside: data)
        guard case .regular = FileKind(of: paths.absolute(beside)), !paths.isAllowed(paths.absolute(beside)) else {
            return
        }
        problems.append(Self.outside(file, entry["file"]?.place, beside, paths.confinement))
    }

    private static func outside(_ file: String, _ place: TextPlace?, _ written: String, _ wall: String?) -> Problem {
        Problem(
            file: file,
            place: place,
            problem: "a path leaves the folder of --confined",
            expected: "a path inside it",
            found: written.isEmpty ? file : written,
            hint: Paths.isAddress(written) ? "an address is in no folder" : "links are resolved first"
        )
    }

    private mutating func publication(
        inputs gazetteer: GazetteerFiles,
        _ catalogues: [String],
        _ sources: [Located]
    ) -> PipelineDescription.Publication {
        let publish = content["publish"]
        let written = files(publish?["to"]).first ?? ""
        let folder = paths.absolute(written)
        let inputs =
            gazetteer.all + catalogues + sources.compactMap { $0["file"]?.text }
            + sources.flatMap { RecordsReader(entry: $0, paths: paths).files }
            + [publish?["boundaries"]?.text].compactMap(\.self)
        let resolvedFolder = Paths.resolved(folder) ?? folder
        let pipeline = Paths.absolute(file, from: Paths.workingDirectory)
        for input in inputs.map(paths.absolute) + [pipeline] {
            let resolved = Paths.resolved(input) ?? input
            guard resolved == resolvedFolder || resolved.hasPrefix(resolvedFolder == "/" ? "/" : resolvedFolder + "/")
            else { continue }
            refuse(
                publish?["to"],
                "the outputs would replace an input",
                expected: "a folder that holds neither an input nor the pipeline file",
                found: "\(written), which holds \(paths.name(of: input))"
            )
            break
        }
        let beside = OutputPlace(folder: folder)
        for path in [beside.lock, beside.history, beside.store] where !paths.isAllowed(path) && problems.isEmpty {
            problems.append(Self.outside(file, publish?["to"]?.place, paths.name(of: path), paths.confinement))
        }
        let formats = publish?["formats"]?.texts ?? ["csv", "json"]
        let isExcel = publish?["excel"]?.boolean ?? false
        for key in ["decimal_comma", "semicolon"] where publish?[key]?.boolean == true && !isExcel {
            refuse(publish?[key], "\(key) without excel", expected: "excel: true beside it")
        }
        return PipelineDescription.Publication(
            folder: folder,
            formats: Set(formats.compactMap(Format.init)),
            dialect: CSVDialect(
                excel: isExcel,
                decimalComma: publish?["decimal_comma"]?.boolean ?? false,
                semicolon: publish?["semicolon"]?.boolean ?? false
            ),
            boundaries: files(publish?["boundaries"]).first,
            languages: languages(publish)
        )
    }

    /// The languages that the file names, each once, the one of the command line first.
    private func languages(_ publish: Located?) -> [Language] {
        let named = (publish?["languages"]?.texts ?? []).compactMap(Language.init)
        var languages: [Language] = []
        for next in [language].compactMap(\.self) + (named.isEmpty ? Language.allCases : named)
        where !languages.contains(next) {
            languages.append(next)
        }
        return languages
    }

    mutating func refuse(_ located: Located?, _ problem: String, expected: String, found: String = "") {
        problems.append(
            Problem(file: file, place: located?.place, problem: problem, expected: expected, found: found)
        )
    }
}
