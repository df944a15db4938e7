internal import Harmonise
internal import Indicators
internal import Ingest
internal import Shipped
internal import Validate

/// The first half of a run: files to observations that may be built upon.
struct Inputs {
    let description: PipelineDescription
    let gazetteer: Gazetteer
    /// In canonical order, at most one for each indicator, place, year and group.
    let observations: [Observation]
    /// In the order of their files.
    let targets: [Target]
    /// In the order of their registers.
    let activities: [Activity]
    /// In canonical order, severities overridden.
    let findings: [Finding]
    /// One for each file, in the order of the pipeline file.
    let files: [RunReport.Input]

    /// Reads, harmonises and validates the sources of a pipeline.
    ///
    /// - Parameters:
    ///   - description: The pipeline.
    ///   - asOf: The day on which freshness is judged.
    ///   - watch: Notes how long each stage took.
    ///   - trace: Keeps what the stages hand on, where someone asks for it.
    ///   - work: What an earlier run read already.
    /// - Throws: ``RunFailure`` where a file cannot be read at all.
    init(
        _ description: PipelineDescription,
        asOf: CalendarDate,
        watch: inout Stopwatch,
        trace: Trace? = nil,
        work: EarlierWork? = nil
    ) throws(RunFailure) {
        let (gazetteer, names, gazetteerFindings) = try Self.places(of: description)
        watch.note("gazetteer")
        let ingested = try Self.ingest(description, work)
        watch.note("ingest")
        let harmonised = Self.harmonise(ingested, description, names)
        let (given, breaks) = markBreaks(in: Self.observations(of: harmonised), gazetteer: gazetteer)
        trace?.keep(ingested, harmonised, given: given, names)
        watch.note("harmonise")
        let validated = validate(
            consume given,
            catalogue: description.catalogue,
            gazetteer: gazetteer,
            options: description.validate,
            asOf: asOf
        )
        watch.note("validate")
        let aims = try Self.targets(of: description, names, asOf: asOf)
        let done = try Self.activities(of: description, names, asOf: asOf)
        var findings = gazetteerFindings + aims.findings + done.findings + breaks + validated.findings
        findings += ingested.flatMap(\.findings) + harmonised.flatMap(\.findings)
        self.description = description
        self.gazetteer = gazetteer
        observations = validated.observations
        targets = aims.targets
        activities = done.activities
        self.findings = findings.overridden(by: description.severities)
        let duplicates = findings.filter { $0.code.hasPrefix("duplicate-") }
        files = try Self.accounts(ingested, harmonised, validated, description).map { file in
            var file = file
            file.duplicates = duplicates.count { $0.file == file.file }
            return file
        }
        trace?.keep(gazetteerFindings, of: "gazetteer")
        trace?.keep(aims.findings, of: "targets")
        trace?.keep(done.findings, of: "activities")
        trace?.keep(breaks, of: "harmonise")
        trace?.keep(validated.findings, of: "validate")
    }

    /// Those of all sources, one source behind the other.
    private static func observations(of sources: [HarmonisedSource]) -> [Observation] {
        var observations: [Observation] = []
        observations.reserveCapacity(sources.reduce(0) { $0 + $1.observations.count })
        for source in sources { observations += source.observations }
        return observations
    }

    /// Stops a run that has an error among its findings.
    func refuseErrors() throws(RunFailure) {
        let errors = findings.filter { $0.severity == .error }
        if !errors.isEmpty { throw RunFailure(errors.map(Problem.init)) }
    }

    static func places(
        of description: PipelineDescription
    ) throws(RunFailure) -> (gazetteer: Gazetteer, names: PlaceNames, findings: [Finding]) {
        let files = description.gazetteer
        func read(_ written: String) throws(RunFailure) -> TextTable {
            do {
                return try readTextTable(
                    path: description.paths.absolute(written),
                    file: description.paths.name(of: written)
                )
            } catch {
                throw RunFailure(Problem(error))
            }
        }
        let places = try read(files.places)
        let names: TextTable? = if let file = files.names { try read(file) } else { nil }
        var aliases: [TextTable] = []
        for file in files.aliases { aliases.append(try read(file)) }
        let changes: TextTable? = if let file = files.changes { try read(file) } else { nil }
        do {
            let (gazetteer, findings) = try makeGazetteer(places: places, changes: changes)
            let names = try PlaceNames(gazetteer: gazetteer, names: names, aliases: aliases)
            return (gazetteer, names, findings + names.findings)
        } catch {
            throw RunFailure(Problem(error))
        }
    }

    /// What became of the values of each file: nothing vanishes.
    private static func accounts(
        _ ingested: [IngestedSource],
        _ harmonised: [HarmonisedSource],
        _ validated: ValidatedObservations,
        _ description: PipelineDescription
    ) throws(RunFailure) -> [RunReport.Input] {
        var inputs: [RunReport.Input] = []
        for (number, source) in description.sources.enumerated() {
            let (read, placed) = (ingested[number], harmonised[number])
            var tally = placed.tally + Tally(refused: read.refused, setAside: read.setAside)
            tally.read = read.read
            if let index = inputs.firstIndex(where: { $0.file == source.source.file }) {
                inputs[index].tally = inputs[index].tally + tally
                inputs[index].grade = inputs[index].grade.worse(source.options.grade)
                continue
            }
            inputs.append(
                RunReport.Input(
                    file: source.source.file,
                    form: read.facts.form,
                    grade: source.options.grade,
                    tally: tally,
                    records: read.facts.records
                )
            )
        }
        for index in inputs.indices {
            let files = description.files(accountedAt: inputs[index].file)
            let refused = files.reduce(0) { $0 + (validated.refused[$1] ?? 0) }
            let setAside = files.reduce(0) { $0 + (validated.setAside[$1] ?? 0) }
            inputs[index].tally.used -= refused + setAside
            inputs[index].tally.refused += refused
            inputs[index].tally.setAside += setAside
            guard inputs[index].tally.isBalanced else {
                throw RunFailure(
                    Problem(
                        file: inputs[index].file,
                        problem: "the account of its values does not balance",
                        expected: "read = used + refused + set aside",
                        found: "\(inputs[index].tally)",
                        hint: "this is a fault of divide, not of the file"
                    )
                )
            }
        }
        return inputs
    }
}

extension SourceFacts {
    /// In words: `UTF-8 with BOM, tab, 2 title lines, 13 records`.
    fileprivate var form: String {
        let delimiterName =
            switch delimiter {
            case UInt8(ascii: ","): "comma"
            case UInt8(ascii: ";"): "semicolon"
            case UInt8(ascii: "\t"): "tab"
            default: "delimiter " + String(UnicodeScalar(delimiter))
            }
        var parts = [encoding + (encodingIsDetected ? " (detected)" : ""), delimiterName]
        if let sheet { parts = ["workbook", "sheet \(sheet)"] }
        if skippedRecords > 0 { parts.append("\(skippedRecords) records above the header") }
        if headerRecords != 1 { parts.append("\(headerRecords) header records") }
        parts.append("\(records) records")
        return parts.joined(separator: ", ")
    }
}

extension [Finding] {
    /// In canonical order, each with the severity that the pipeline gives its code; without those that it puts off.
    func overridden(by severities: [String: Finding.Severity?]) -> [Finding] {
        compactMap { finding in
            guard let severity = severities[finding.code] else { return finding }
            guard let severity else { return nil }
            var finding = finding
            finding.severity = severity
            return finding
        }
        .inCanonicalOrder
    }
}
