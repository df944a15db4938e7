import Indicators

extension NormalisedLineage {
    /// The formula of a score, with the cells of its row that went in.
    func score(_ scored: Scored, _ cell: (String) -> Derivation.Source) -> Derivation {
        let rule = scored.rule
        let direction = scored.scale.indicator.direction
        let isReversed = direction == .lowerIsBetter
        let value = Derivation.Input("value", cell("value"))
        let limits: [Derivation.Input] = [.init("low", cell("low")), .init("high", cell("high"))]
        let reference = Derivation.Input("reference", cell("reference"))
        let oriented = Derivation.Parameter("direction", direction.rawValue)
        let declared = Derivation.Input(
            "rule",
            .declaration(file: rule.file, line: rule.line, text: scored.scale.method)
        )
        func ends(_ lower: Double, _ upper: Double) -> [Derivation.Parameter] {
            [.init("lower", Cell.format(lower)), .init("upper", Cell.format(upper)), oriented]
        }
        switch rule.method {
        case .minMax(let lower, let upper):
            return Derivation(
                "min-max",
                minMaxFormula(isReversed),
                parameters: ends(lower, upper),
                inputs: [value] + limits + [declared]
            )
        case .distanceToMaximum:
            return Derivation(
                "min-max",
                minMaxFormula(isReversed),
                parameters: ends(0, 1),
                inputs: [value] + limits + [declared]
            )
        case .zScore(let mean, let deviation):
            return Derivation(
                "z-score",
                "mean of the scale + deviation of the scale × d × (value - mean) / standard deviation, d = -1 where lower is"
                    + " better",
                parameters: [
                    .init("mean of the scale", Cell.format(mean)),
                    .init("deviation of the scale", Cell.format(deviation)), oriented,
                ],
                inputs: [
                    value, .init("mean", cell("mean")), .init("standard deviation", cell("standard_deviation")),
                    declared,
                ]
            )
        case .goalposts(let posts, let lower, let upper):
            return posts[scored.key.indicator].map {
                fixed($0, ends(lower, upper), direction, inputs: [value] + limits + [declared])
            } ?? .empty("")
        case .fixedLimits(let fixedLimits, let size):
            return fixedLimits[scored.key.indicator].map {
                let posts = Goalposts(.range(low: $0.low, high: $0.high), isClipped: false)
                return fixed(posts, ends(0, size), direction, inputs: [value] + limits + [declared])
            } ?? .empty("")
        case .rank(let ties, let origin):
            return ranked(
                "rank",
                "the position among the values compared, the \(origin.rawValue) being 1",
                scored,
                [
                    .init("ties", ties.rawValue), .init("from", origin.rawValue), oriented,
                ],
                value,
                declared
            )
        case .percentileRank(let ties):
            return ranked(
                "percentile-rank",
                "(rank - 1) / (n - 1) among the values compared, the worst being 0",
                scored,
                [
                    .init("ties", ties.rawValue), oriented,
                ],
                value,
                declared
            )
        case .borda(let ties):
            return ranked(
                "borda",
                "the position among the values compared less one, the worst being 0",
                scored,
                [
                    .init("ties", ties.rawValue), oriented,
                ],
                value,
                declared
            )
        case .distanceToReference(_, let isCapped), .distanceToTarget(_, let isCapped):
            return Derivation(
                "distance",
                (isReversed ? "(high - value) / (high - reference)" : "(value - low) / (reference - low)")
                    + (isCapped ? ", at most 1" : ""),
                parameters: [.init("capped", isCapped ? "yes" : "no"), oriented],
                inputs: [value] + limits + [reference, declared]
            )
        case .fractionOfMaximum:
            return Derivation(
                "fraction",
                isReversed ? "low / value" : "value / high",
                parameters: [oriented],
                inputs: [value] + limits + [declared]
            )
        case .adjusted:
            return Derivation(
                "adjusted",
                "100 + 60 × d × (value - reference) / (high - low), d = -1 where lower is better",
                parameters: [oriented],
                inputs: [value] + limits + [reference, declared]
            )
        }
    }

    private func minMaxFormula(_ isReversed: Bool) -> String {
        isReversed
            ? "lower + (high - value) / (high - low) × (upper - lower)"
            : "lower + (value - low) / (high - low) × (upper - lower)"
    }

    private func fixed(
        _ posts: Goalposts,
        _ ends: [Derivation.Parameter],
        _ direction: Indicator.Direction,
        inputs: [Derivation.Input]
    ) -> Derivation {
        Derivation(
            "goalposts",
            "lower + (f(value) - f(worst)) / (f(best) - f(worst)) × (upper - lower), f being the form; worst and best"
                + " are low and high by the direction",
            parameters: ends + [
                .init("form", posts.form.rawValue), .init("clipped", posts.isClipped ? "yes" : "no"),
                .init("worst", Cell.format(posts.ends(direction: direction).worst)),
            ],
            inputs: inputs
        )
    }

    private func ranked(
        _ rule: String,
        _ statement: String,
        _ scored: Scored,
        _ parameters: [Derivation.Parameter],
        _ value: Derivation.Input,
        _ declared: Derivation.Input
    ) -> Derivation {
        Derivation(
            rule,
            statement,
            parameters: parameters + [.init("among", scored.comparison.frame.name)],
            inputs: [.init("own", value.source)] + scored.comparison.inputs + [declared]
        )
    }
}
