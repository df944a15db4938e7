internal import Compare
internal import Harmonise
internal import Indicators
internal import Ingest
internal import Normalise

/// What the stages of a run handed on, kept for one who asks where a number comes from.
final class Trace {
    /// One for each source, in the order of the pipeline file.
    private(set) var ingested: [IngestedSource] = []
    /// One for each source, likewise.
    private(set) var harmonised: [HarmonisedSource] = []
    /// All observations that Validate was given, by what they are of.
    private(set) lazy var given = Dictionary(grouping: unjudged, by: ObservationKey.init)
    private var unjudged: [Observation] = []
    private(set) var names: PlaceNames?
    var normalised: Normalised?
    var composed: ComposedIndices?
    /// What Compare was given.
    var comparable: [Observation] = []
    var comparison: ComparisonLineage?
    private var noted: [(findings: [Finding], stage: String)] = []
    private lazy var stages = Dictionary(
        noted.flatMap { noted in noted.findings.map { ($0.withoutSeverity, noted.stage) } }
    ) { _, last in last }

    func keep(
        _ ingested: [IngestedSource],
        _ harmonised: [HarmonisedSource],
        given: [Observation],
        _ names: PlaceNames
    ) {
        self.ingested = ingested
        self.harmonised = harmonised
        self.names = names
        unjudged = given
        for source in ingested { keep(source.findings, of: "ingest") }
        for source in harmonised { keep(source.findings, of: "harmonise") }
    }

    func keep(_ findings: [Finding], of stage: String) {
        noted.append((findings, stage))
    }

    /// The stage that noted a finding, whatever severity the pipeline gave it.
    func stage(of finding: Finding) -> String {
        stages[finding.withoutSeverity] ?? "check"
    }
}

extension Finding {
    fileprivate var withoutSeverity: Finding {
        var finding = self
        finding.severity = .note
        return finding
    }
}
