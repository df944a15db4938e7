internal import Check
internal import Compare
internal import Indicators
internal import Normalise
internal import Publish
internal import Validate

/// Works out the verdicts of a pipeline's checks, and writes nothing.
///
/// - Parameter order: Which pipeline, on which day, inside which folder.
/// - Returns: What was read, found and judged.
/// - Throws: ``RunFailure`` where the run cannot go on, or the pipeline has no checks.
package func checkPipeline(_ order: RunOrder) throws(RunFailure) -> RunReport {
    var watch = Stopwatch()
    var file = try PipelineFile.open(order.pipeline, confinement: order.confinement)
    file.takeLandedEngine()
    try order.reports.refuseUnwritable(for: try file.outline())
    let description = try file.description()
    guard !description.checks.isEmpty else {
        throw RunFailure(
            Problem(
                file: description.file,
                problem: "no checks",
                expected: "at least one under checks:",
                hint: "what checks nothing must not pass"
            )
        )
    }
    let asOf = order.asOf ?? description.asOf ?? Timestamp.now.date
    let work = EarlierWork(landedBy: description, asOf: asOf)
    var report = try Results(description, asOf: asOf, watch: &watch, work: work).report
    report.stages = watch.stages
    return report
}

/// Reads the inputs of a pipeline and judges them; computes and writes nothing.
///
/// - Parameter order: Which pipeline, on which day, inside which folder.
/// - Returns: What was read and found, errors among the findings too.
/// - Throws: ``RunFailure`` where a file cannot be read at all.
package func validatePipeline(_ order: RunOrder) throws(RunFailure) -> RunReport {
    var watch = Stopwatch()
    let description = try PipelineFile.read(order.pipeline, confinement: order.confinement)
    let asOf = order.asOf ?? description.asOf ?? Timestamp.now.date
    let work = EarlierWork(landedBy: description, asOf: asOf)
    let inputs = try Inputs(description, asOf: asOf, watch: &watch, work: work)
    var report = RunReport(pipeline: description.name)
    report.inputs = inputs.files
    report.findings = inputs.findings
    report.stages = watch.stages
    return report
}

/// The second half of a run: observations to tables and verdicts.
struct Results {
    let inputs: Inputs
    let asOf: CalendarDate
    /// The tables that the pipeline asked for, in the order of their stages.
    let tables: [Table]
    /// In canonical order, severities overridden.
    let findings: [Finding]
    /// `nil` where the pipeline has no checks.
    let verdict: Verdict?
    let observationCount: Int
    /// What became of each file, as summary and reports tell it.
    private let accounts: [Summary.Input]

    init(
        _ description: PipelineDescription,
        asOf: CalendarDate,
        watch: inout Stopwatch,
        trace: Trace? = nil,
        work: EarlierWork? = nil
    ) throws(RunFailure) {
        let inputs = try Inputs(description, asOf: asOf, watch: &watch, trace: trace, work: work)
        try inputs.refuseErrors()
        try self.init(inputs, asOf: asOf, watch: &watch, trace: trace, work: work)
    }

    /// From Normalise on: what observations come to under the pipeline that they were read for, or under another.
    init(
        _ inputs: Inputs,
        asOf: CalendarDate,
        watch: inout Stopwatch,
        trace: Trace? = nil,
        work: EarlierWork? = nil
    ) throws(RunFailure) {
        let description = inputs.description
        let normalised = normalise(
            inputs.observations,
            catalogue: description.catalogue,
            gazetteer: inputs.gazetteer,
            options: description.normalise
        )
        watch.note("normalise")
        let composed = ComposedIndices(
            description,
            of: normalised.observations,
            gazetteer: inputs.gazetteer,
            memo: work?.memo(of: "compose")
        )
        if !composed.indices.isEmpty { watch.note("compose") }
        // An index is an indicator like any other.
        let comparable =
            composed.observations.isEmpty
            ? normalised.observations : normalised.observations + composed.observations
        let compared: Compared
        if let trace {
            let lineage = ComparisonLineage(
                comparable,
                catalogue: description.catalogue,
                gazetteer: inputs.gazetteer,
                options: inputs.compareOptions
            )
            trace.comparison = lineage
            compared = lineage.compare()
        } else {
            compared = compare(
                comparable,
                catalogue: description.catalogue,
                gazetteer: inputs.gazetteer,
                options: inputs.compareOptions
            )
        }
        watch.note("compare")
        trace?.normalised = normalised
        trace?.composed = composed
        trace?.keep(normalised.findings, of: "normalise")
        trace?.keep(composed.findings, of: "compose")
        trace?.keep(compared.findings, of: "compare")
        var tables = [observationsTable(inputs.observations, catalogue: description.catalogue)]
        // A table that nobody asked for is not written.
        if !description.normalise.isEmpty { tables.append(normalised.table) }
        if !description.normalise.scales.isEmpty { tables.append(normalised.treatments) }
        tables += composed.tables + compared.tables
        var findings = (normalised.findings + composed.findings + compared.findings)
            .overridden(by: description.severities)
        try Self.refuseErrors(findings)
        var verdict: Verdict?
        if !description.checks.isEmpty {
            let judging = Judging(description: description, inputs: inputs, asOf: asOf, tables: tables)
            let verdicts = try judging.verdicts()
            tables.append(verdicts.table)
            findings += verdicts.findings.overridden(by: description.severities)
            verdict = verdicts.worst
        }
        watch.note("check")
        if description.publication.formats.contains(.xlsx) {
            let unfit = BookFit.findings(of: tables + [findingsTable(inputs.findings + findings)])
            trace?.keep(unfit, of: "publish")
            findings += unfit.overridden(by: description.severities)
            try Self.refuseErrors(findings)
        }
        self.inputs = inputs
        self.asOf = asOf
        self.findings = (inputs.findings + findings).inCanonicalOrder
        self.tables = tables + [findingsTable(self.findings)]
        self.verdict = verdict
        observationCount = normalised.observations.count
        accounts = inputs.files.map { Summary.Input($0, among: description.sources) }
    }

    private static func refuseErrors(_ findings: [Finding]) throws(RunFailure) {
        let errors = findings.filter { $0.severity == .error }
        if !errors.isEmpty { throw RunFailure(errors.map(Problem.init)) }
    }

    var report: RunReport {
        var report = RunReport(pipeline: inputs.description.name)
        report.inputs = inputs.files
        report.findings = findings
        report.checks = tables.first { $0.schema.name == "checks" }
        if let gaps = tables.first(where: { $0.schema.name == "gaps" }) {
            report.overview = { [checks = report.checks, description = inputs.description] in
                GapOverview(gaps, checks: checks, description)
            }
        }
        report.verdict = verdict
        report.checkReport = checkReport
        return report
    }

    /// What reports tell of the checks, the pipeline file named by its last part, without times.
    private var checkReport: CheckReport {
        var report = CheckReport(inputs.description, asOf: asOf, table: tables.first { $0.schema.name == "checks" })
        report.findings = findings
        report.inputs = accounts
        return report
    }

    /// The files of the output folder, but for the manifest.
    ///
    /// - Parameters:
    ///   - trace: Of the run, by which the page explains its numbers; `nil` for a run without a page.
    ///   - runHash: By which the workbook says of which run it is; empty for none.
    /// - Returns: One for each file.
    /// - Throws: ``RunFailure`` where two rows of a table have one key.
    func artefacts(trace: Trace? = nil, runHash: String = "") throws(RunFailure) -> [Artefact] {
        let summary = summary
        var artefacts: [Artefact]
        do {
            artefacts = try Publish.artefacts(of: summary, dialect: inputs.description.publication.dialect)
        } catch {
            throw RunFailure(Problem(file: error.path, problem: error.description))
        }
        if verdict != nil { artefacts += checkReport.artefacts }
        return artefacts + (try faces(summary, trace: trace, runHash: runHash))
    }

    /// The workbook and the page, which are made when they are written: both take long where there are many tables.
    private func faces(_ summary: Summary, trace: Trace?, runHash: String) throws(RunFailure) -> [Artefact] {
        var faces: [Artefact] = []
        if summary.formats.contains(.xlsx) {
            faces.append(ReportBook(self, summary, runHash: runHash).artefact)
        }
        if summary.formats.contains(.html), let trace {
            faces.append(try ReportPage(self, summary, trace: trace).artefact)
        }
        return faces
    }

    /// What each stage handed on.
    var stageCounts: [Summary.Stage] {
        [
            Summary.Stage(name: "validate", counts: ["observations": inputs.observations.count]),
            Summary.Stage(name: "normalise", counts: ["observations": observationCount]),
        ]
    }

    private var summary: Summary {
        Summary(
            pipeline: inputs.description.name,
            title: inputs.description.title,
            asOf: asOf,
            period: inputs.description.period,
            inputs: accounts,
            stages: stageCounts,
            findings: findings,
            tables: tables,
            verdict: verdict,
            formats: inputs.description.publication.formats
        )
    }
}

extension NormaliseOptions {
    /// Whether the pipeline asks for nothing.
    fileprivate var isEmpty: Bool { denominators.isEmpty && scales.isEmpty }
}
