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
    /// What Validate was given, and where what is of one key begins in it and goes on.
    private var unjudged: [Observation] = []
    private lazy var firstGiven = chainGiven()
    private var nextGiven: [Int: Int] = [:]
    private(set) var names: PlaceNames?
    var normalised: Normalised?
    var composed: ComposedIndices?
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

    /// The observations of a key that Validate was given, in their order.
    func given(_ key: ObservationKey) -> [Observation] {
        var found: [Observation] = []
        var next = firstGiven[key]
        while let position = next {
            found.append(unjudged[position])
            next = nextGiven[position]
        }
        return found
    }

    /// Most keys have one observation: a list for each would be a list too many.
    private func chainGiven() -> [ObservationKey: Int] {
        var first = [ObservationKey: Int](minimumCapacity: unjudged.count)
        for position in unjudged.indices.reversed() {
            if let later = first.updateValue(position, forKey: ObservationKey(unjudged[position])) {
                nextGiven[position] = later
            }
        }
        return first
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
