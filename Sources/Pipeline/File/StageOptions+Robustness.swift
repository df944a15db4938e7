internal import Compose
internal import Normalise

/// The part of an index that speaks of what is uncertain.
extension StageOptions {
    mutating func robustness(_ section: Located) -> (options: RobustnessOptions, factors: [IndexDescription.Factor]) {
        let uncertain = section["uncertain"]
        let factors = factors(uncertain)
        var inputs = factors.map { UncertainInput.panel($0.name) }
        if let noise = uncertain?["weights"]?.number {
            inputs.append(.weights(noise: noise, levels: depths(uncertain?["weights_at"])))
        }
        if let choices = uncertain?["weighting"] {
            let methods = choices.texts.compactMap(Weighting.init)
            inputs.append(.weighting(methods, levels: depths(uncertain?["weighting_at"])))
        }
        if let choices = uncertain?["aggregation"] {
            let methods = choices.items.map { aggregation($0) }
            inputs.append(.aggregation(methods, levels: depths(uncertain?["aggregation_at"])))
        }
        if uncertain?["leave_one_out"]?.boolean == true { inputs.append(.leaveOneOut) }
        for key in ["weights", "weighting", "aggregation"] where uncertain?[key] == nil {
            guard let stray = uncertain?["\(key)_at"] else { continue }
            refuse(stray, "\(key)_at without \(key)", expected: "\(key) beside it")
        }
        if inputs.isEmpty {
            refuse(uncertain ?? section, "nothing is uncertain", expected: "at least one choice to draw")
        }
        let usual = RobustnessOptions(inputs: inputs)
        let options = RobustnessOptions(
            replications: section["replications"]?.integer ?? usual.replications,
            seed: section["seed"]?.integer.map(UInt64.init) ?? usual.seed,
            inputs: inputs,
            years: section["years"].map { $0.items.compactMap(\.integer) },
            groups: section["groups"]?.texts,
            sensitivity: section["sobol"]?.boolean ?? false,
            dominance: section["dominance"]?.boolean ?? true
        )
        return (options, factors)
    }

    private func depths(_ located: Located?) -> Set<Int>? {
        located.map { Set($0.items.compactMap(\.integer)) }
    }

    /// The choices on the way to the scores: each key of `uncertain:` with its levels, in a fixed order.
    private mutating func factors(_ uncertain: Located?) -> [IndexDescription.Factor] {
        var factors: [IndexDescription.Factor] = []
        for name in ["imputation", "outliers", "normalisation"] {
            guard let choices = uncertain?[name] else { continue }
            var levels: [(words: String, variant: ScoringVariant)] = []
            for choice in choices.items {
                guard let variant = variant(choice, of: name) else { continue }
                if levels.contains(where: { $0.variant == variant }) {
                    refuse(choice, "a choice twice", expected: "each once, since each is as likely")
                }
                levels.append((choice.words, variant))
            }
            if levels.isEmpty { refuse(choices, "no choice of \(name)", expected: "at least one") }
            factors.append(IndexDescription.Factor(name: name, levels: levels))
        }
        return factors
    }

    private mutating func variant(_ choice: Located, of factor: String) -> ScoringVariant? {
        if choice.text == "declared" { return ScoringVariant() }
        switch factor {
        case "normalisation":
            guard let method = method(choice) else { return nil }
            if case .rank(_, from: .best) = method {
                refuse(choice, "scores of which less is better", expected: "from: worst")
                return nil
            }
            return ScoringVariant(method: method)
        case "outliers":
            if choice.text == "none" { return ScoringVariant(outliers: []) }
            return outliers(choice).map { ScoringVariant(outliers: [$0]) }
        default:
            return ScoringVariant(imputation: choice.text == "none" ? [] : [imputation(choice)])
        }
    }
}

extension Located {
    /// What a choice says, on one line: `min-max, to 0 100`.
    fileprivate var words: String {
        switch content {
        case .scalar(let text): text
        case .list(let items): items.map(\.words).joined(separator: " ")
        case .map(let entries):
            entries.map { $0.key == "method" ? $0.value.words : "\($0.key) \($0.value.words)" }
                .joined(separator: ", ")
        }
    }
}
