internal import Compose
internal import Indicators
internal import Normalise

/// One index of a pipeline, put together of the scores of a run.
struct ComposedIndex: Sendable {
    let description: IndexDescription
    let scores: IndexScores?
    let composed: Composed
    /// Those of Compose, and those about its scores.
    let findings: [Finding]

    /// - Parameters:
    ///   - description: What the pipeline says.
    ///   - normalised: The observed values and the derived rates.
    ///   - rules: What Normalise was told.
    ///   - catalogue: Knows every indicator.
    ///   - gazetteer: Knows every place.
    ///   - memo: What replications came to in earlier runs.
    init(
        _ description: IndexDescription,
        of normalised: [Observation],
        rules: NormaliseOptions,
        catalogue: Catalogue,
        gazetteer: Gazetteer,
        memo: Memo?
    ) {
        self.description = description
        let scales = rules.scales.filter { rule in
            rule.level == description.level
                && (description.scales.isEmpty || description.scales.contains(rule.id))
        }
        var faults = description.faults(of: scales, catalogue: catalogue)
        let places = gazetteer.places.filter { $0.level == description.level }
        if places.isEmpty {
            faults.append(
                description.finding(
                    "unknown-level",
                    found: description.level.rawValue,
                    expected: "a level of the gazetteer"
                )
            )
        }
        guard faults.isEmpty else {
            scores = nil
            findings = faults
            composed = .nothing
            return
        }
        var maker = ScoreMaker(
            description,
            scales: scales,
            places: places,
            scoring: Scoring(
                ValuePanel(normalised, level: description.level, gazetteer: gazetteer),
                catalogue: catalogue,
                gazetteer: gazetteer,
                options: rules
            )
        )
        let scores = maker.scores()
        let alternatives = maker.alternatives()
        guard maker.errors.isEmpty else {
            self.scores = nil
            findings = maker.errors
            composed = .nothing
            return
        }
        self.scores = scores
        let counted = description.denominators
        composed = compose(
            scores.panel,
            tree: description.tree,
            options: description.options,
            denominators: counted.isEmpty
                ? nil : ScorePanel(normalised.filter { counted.contains($0.indicator) }, places: places),
            alternatives: alternatives,
            memo: memo
        )
        findings = composed.findings + maker.notes
    }
}

/// Makes the scores of an index under the pipeline's choices and under others.
private struct ScoreMaker {
    private let description: IndexDescription
    private let scales: [ScaleRule]
    private let places: [Place]
    private var scoring: Scoring
    /// What other choices make impossible; each stops the run.
    private(set) var errors: [Finding] = []
    /// What other choices bring besides.
    private(set) var notes: [Finding] = []

    init(_ description: IndexDescription, scales: [ScaleRule], places: [Place], scoring: Scoring) {
        self.description = description
        self.scales = scales
        self.places = places
        self.scoring = scoring
    }

    mutating func scores() -> IndexScores {
        IndexScores(description.leaves, of: scales.map { scoring.scores(of: $0) }, places: places)
    }

    /// The scores under every combination of the choices that are uncertain, each worked out once; `nil` where none is.
    mutating func alternatives() -> PanelAlternatives? {
        guard !description.factors.isEmpty else { return nil }
        var combinations: [(words: [String], variant: ScoringVariant)] = [([], ScoringVariant())]
        for factor in description.factors {
            combinations = combinations.flatMap { begun in
                factor.levels.map { (begun.words + ["\(factor.name) \($0.words)"], begun.variant.adding($0.variant)) }
            }
        }
        guard combinations.count <= 10_000 else {
            errors.append(
                description.finding(
                    "robustness-bad-option",
                    found: "\(combinations.count) combinations of choices",
                    expected: "at most 10000"
                )
            )
            return nil
        }
        var panels: [ScorePanel] = []
        for combination in combinations {
            let scaled = scales.map { scoring.scores(of: $0, variant: combination.variant) }
            note(scaled.flatMap(\.findings), under: combination.words.joined(separator: "; "))
            panels.append(IndexScores(description.leaves, of: scaled, places: places).panel)
        }
        return PanelAlternatives(
            factors: description.factors.map { .init(name: $0.name, levels: $0.levels.map(\.words)) },
            panels: panels
        )
    }

    /// Findings about the scores under other choices: errors stop the run as those under the pipeline's own do.
    private mutating func note(_ findings: [Finding], under words: String) {
        for finding in findings where finding.severity == .error {
            var error = finding
            error.found = "\(words): \(finding.found)"
            errors.append(error)
        }
        let others = findings.filter { $0.severity != .error }
        guard let first = others.first, !words.isEmpty else { return }
        notes.append(
            description.finding(
                "scores-under-other-choices",
                .note,
                found: "\(words): \(first.code), \(first.found)"
                    + (others.count > 1 ? ", and \(others.count - 1) more" : ""),
                expected: "scores under each choice that is uncertain"
            )
        )
    }
}

extension ScoringVariant {
    /// What is chosen otherwise here or there.
    fileprivate func adding(_ other: ScoringVariant) -> ScoringVariant {
        ScoringVariant(
            method: other.method ?? method,
            outliers: other.outliers ?? outliers,
            imputation: other.imputation ?? imputation
        )
    }
}
