import Indicators

/// A scale rule at work on one indicator and group.
struct AppliedScale {
    let rule: ScaleRule
    let indicator: Indicator
    let group: String
    let method: String
    /// `pooled`, `within-country`.
    let scope: String
    let limits: String

    init(_ rule: ScaleRule, indicator: Indicator, group: String) {
        self.rule = rule
        self.indicator = indicator
        self.group = group
        method = rule.method.text(of: indicator.id)
        if case .goalposts = rule.method {
            // Goalposts do not depend on which places or years there are.
            scope = ScaleRule.Scope.pooled.rawValue
            limits = "goalposts"
        } else {
            scope = rule.scope.rawValue
            limits = rule.years.text
        }
    }

    var words: [String] { [method, scope, limits] }

    var text: String { "\(indicator.id): \(words.joined(separator: "; "))" }

    /// As the column `rule` of `treatments.csv` has it.
    static func clipText(_ method: String, low: Double, high: Double) -> String {
        "\(method) of \(Cell.format(low)) and \(Cell.format(high))"
    }

    /// Scales a sample and adds its rows.
    func apply(
        to sample: Sample,
        of observations: [Observation],
        among scopePart: String,
        into rows: inout NormalisedRows
    ) -> [Finding] {
        let scaled = scaled(sample)
        let clipped = Set(scaled.clipped)
        for (position, source) in sample.sources.enumerated() {
            let score = scaled.scores[position]
            rows.append(
                observations[source],
                scale: self,
                score: score.isNaN ? nil : score,
                limits: scaled.limits,
                isClipped: clipped.contains(position)
            )
        }
        return findings(about: scaled, sample, observations, scopePart)
    }

    private func scaled(_ sample: Sample) -> ScaledValues {
        let direction = indicator.direction
        switch rule.method {
        case .minMax(let lower, let upper):
            return minMax(
                sample.values,
                fittedOn: sample.base ?? sample.values,
                lower: lower,
                upper: upper,
                direction: direction
            )
        case .zScore(let mean, let standardDeviation):
            return zScore(
                sample.values,
                fittedOn: sample.base ?? sample.values,
                mean: mean,
                standardDeviation: standardDeviation,
                direction: direction
            )
        case .goalposts(let posts, let lower, let upper):
            guard let own = posts[indicator.id] else {
                preconditionFailure("a rule covers only what it has goalposts for")
            }
            return goalposts(sample.values, own, lower: lower, upper: upper, direction: direction)
        case .rank(let ties, let origin):
            return rank(sample.values, ties: ties, from: origin, direction: direction)
        case .percentileRank(let ties):
            return percentileRank(sample.values, ties: ties, direction: direction)
        }
    }

    private func findings(
        about scaled: ScaledValues,
        _ sample: Sample,
        _ observations: [Observation],
        _ scopePart: String
    ) -> [Finding] {
        var findings: [Finding] = []
        if let degeneracy = scaled.degeneracy {
            let set = "\(indicator.id), \(group), \(sample.period), \(scopePart)"
            let count = scaled.limits.count
            let common = (scaled.limits.low ?? scaled.limits.mean).map { ", all \(Cell.format($0))" } ?? ""
            let isConstant = degeneracy == .constant
            findings.append(
                rule.finding(
                    degeneracy.rawValue,
                    .warning,
                    found: "\(set): \(count) value\(count == 1 ? "" : "s")\(isConstant ? common : "")",
                    expected: degeneracy.expectation,
                    hint: "no scores by \(method)"
                )
            )
        }
        for position in scaled.outsideDomain {
            let observation = observations[sample.sources[position]]
            findings.append(
                rule.finding(
                    "outside-log-domain",
                    .warning,
                    found: "\(indicator.id), \(observation.place), \(observation.year), \(group): "
                        + Cell(observation.value).text,
                    expected: "a value of which \(method) can be taken"
                )
            )
        }
        return findings
    }
}

extension Degeneracy {
    /// As words that finish "expected ...".
    fileprivate var expectation: String {
        switch self {
        case .allMissing: "values to scale and to take limits from"
        case .constant: "values that differ"
        case .single: "two values or more"
        case .notRepresentable: "a spread that a double can hold"
        }
    }
}
