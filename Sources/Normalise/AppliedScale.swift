import Indicators

/// A scale rule at work on one indicator and group.
struct AppliedScale {
    /// With the indicator's own method, where it has one.
    let rule: ScaleRule
    let indicator: Indicator
    let group: String
    let method: String
    /// `pooled`, `within-country`.
    let scope: String
    let limits: String

    init(_ rule: ScaleRule, indicator: Indicator, group: String) {
        let rule = rule.resolved(for: indicator.id)
        self.rule = rule
        self.indicator = indicator
        self.group = group
        method = rule.method.text(of: indicator.id)
        // Limits fixed beforehand do not depend on which places or years there are.
        scope = rule.method.areLimitsFixed ? ScaleRule.Scope.pooled.rawValue : rule.scope.rawValue
        limits = rule.method.fixedLimitsText ?? rule.years.text
    }

    var words: [String] { [method, scope, limits] }

    var text: String { "\(indicator.id): \(words.joined(separator: "; "))" }

    /// Scales values, which are in order of the places' codes; NaN stands for missing. Limits come from `base` where that is not
    /// `nil`; `reference` is the value of the place of reference.
    func scale(_ values: [Double], base: [Double]?, reference: Double) -> ScaledValues {
        let direction = indicator.direction
        let sample = base ?? values
        switch rule.method {
        case .minMax(let lower, let upper):
            return minMax(values, fittedOn: sample, lower: lower, upper: upper, direction: direction)
        case .zScore(let mean, let deviation):
            return zScore(values, fittedOn: sample, mean: mean, standardDeviation: deviation, direction: direction)
        case .goalposts(let posts, let lower, let upper):
            return goalposts(values, parameter(posts), lower: lower, upper: upper, direction: direction)
        case .fixedLimits(let limits, let size):
            let own = parameter(limits)
            let posts = Goalposts(.range(low: own.low, high: own.high), isClipped: false)
            return goalposts(values, posts, lower: 0, upper: size, direction: direction)
        case .rank(let ties, let origin):
            return rank(values, ties: ties, from: origin, direction: direction)
        case .percentileRank(let ties):
            return percentileRank(values, ties: ties, direction: direction)
        case .borda(let ties):
            return borda(values, ties: ties, direction: direction)
        case .distanceToMaximum:
            return distance(values, fittedOn: sample, to: .maximum, isCapped: false, direction: direction)
        case .distanceToReference(_, let isCapped):
            return distance(
                values,
                fittedOn: sample,
                to: .reference(reference),
                isCapped: isCapped,
                direction: direction
            )
        case .distanceToTarget(let targets, let isCapped):
            let target = DistanceGoal.target(parameter(targets))
            return distance(values, fittedOn: sample, to: target, isCapped: isCapped, direction: direction)
        case .fractionOfMaximum:
            return fractionOfMaximum(values, fittedOn: sample, direction: direction)
        case .adjusted(.mean):
            return adjusted(values, fittedOn: sample, reference: nil, direction: direction)
        case .adjusted(.values(let references)):
            return adjusted(values, fittedOn: sample, reference: parameter(references), direction: direction)
        }
    }

    private func parameter<Value>(_ parameters: [String: Value]) -> Value {
        guard let own = parameters[indicator.id] else {
            preconditionFailure("a rule covers only what it has parameters for")
        }
        return own
    }

    func finding(
        _ degeneracy: Degeneracy,
        of scaled: ScaledValues,
        in frame: Frame
    ) -> Finding {
        let set = "\(indicator.id), \(group), \(frame.period), \(frame.part)"
        let count = scaled.limits.count
        var found = "\(count) value\(count == 1 ? "" : "s")"
        switch degeneracy {
        case .constant:
            found += (scaled.limits.low ?? scaled.limits.mean).map { ", all \(Cell.format($0))" } ?? ""
        case .referenceIsWorst, .targetNotBetter:
            found += scaled.limits.reference.map { ", goal \(Cell.format($0))" } ?? ""
        case .notPositive: found += scaled.limits.low.map { ", least \(Cell.format($0))" } ?? ""
        case .allMissing, .single, .notRepresentable, .referenceMissing: break
        }
        return rule.finding(
            degeneracy.rawValue,
            .warning,
            found: "\(set): \(found)",
            expected: degeneracy.expectation,
            hint: "no scores by \(method)"
        )
    }

    func domainFinding(_ key: ObservationKey, value: Double) -> Finding {
        rule.finding(
            "outside-log-domain",
            .warning,
            found: "\(indicator.id), \(key.place), \(key.year), \(group): \(Cell.format(value))",
            expected: "a value of which \(method) can be taken"
        )
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
        case .referenceMissing: "a value of the place of reference"
        case .referenceIsWorst: "a place of reference that is better than the worst"
        case .targetNotBetter: "a target that is better than the worst value"
        case .notPositive: "positive values"
        }
    }
}

extension ScaleRule {
    /// The rule as it holds for one indicator.
    func resolved(for indicator: String) -> ScaleRule {
        guard let own = own[indicator] else { return self }
        var rule = self
        rule.method = own.method
        rule.scope = own.scope ?? scope
        rule.years = own.years ?? years
        rule.own = [:]
        return rule
    }
}

extension ScaleRule.Method {
    /// Whether an indicator's score depends on no other value.
    var areLimitsFixed: Bool {
        switch self {
        case .goalposts, .fixedLimits: true
        default: false
        }
    }

    /// Whether values are held against numbers on the indicator's own scale.
    var takesOwnNumbers: Bool {
        switch self {
        case .goalposts, .fixedLimits, .distanceToTarget, .adjusted(.values): true
        default: false
        }
    }

    fileprivate var fixedLimitsText: String? {
        switch self {
        case .goalposts: "goalposts"
        case .fixedLimits: "fixed limits"
        default: nil
        }
    }
}
