import Indicators
import Normalise

/// The section that speaks of rates and scales.
extension StageOptions {
    mutating func normalise() -> NormaliseOptions {
        let section = content["normalise"]
        var denominators: [DenominatorRule] = []
        for rule in section?["denominator"]?.items ?? [] {
            guard let id = rule["id"]?.text, let numerator = rule["of"]?.text, let denominator = denominator(rule)
            else { continue }
            denominators.append(
                DenominatorRule(
                    id: id,
                    numerator: numerator,
                    denominator: denominator,
                    file: file,
                    line: rule.place.line
                )
            )
        }
        var scales: [ScaleRule] = []
        for scale in section?["scale"]?.items ?? [] {
            guard let method = method(scale) else { continue }
            scales.append(
                ScaleRule(
                    id: scale["id"]?.text ?? "",
                    indicators: selection(scale),
                    method: method,
                    own: own(scale["own"]),
                    scope: scope(scale) ?? .pooled,
                    years: years(scale["limits"]?.text ?? ""),
                    level: scale["level"]?.text.map(PlaceLevel.init(rawValue:)) ?? .province,
                    file: file,
                    line: scale.place.line
                )
            )
        }
        return NormaliseOptions(
            denominators: denominators,
            coverage: section?["coverage"].map { coverage($0) },
            imputation: (section?["impute"]?.items ?? []).map { imputation($0) },
            outliers: (section?["outliers"]?.items ?? []).compactMap { outliers($0) },
            scales: scales
        )
    }

    func selection(_ rule: Located) -> IndicatorSelection {
        rule["indicators"].map { .only($0.texts) } ?? .allDirected
    }

    func scope(_ rule: Located) -> ScaleRule.Scope? {
        rule["within"]?.text.map { $0 == "country" ? .withinCountry : .pooled }
    }

    /// The indicators with a method of their own.
    private mutating func own(_ map: Located?) -> [String: ScaleRule.Own] {
        var own: [String: ScaleRule.Own] = [:]
        for (indicator, _, scale) in map?.entries ?? [] {
            guard let method = method(scale) else { continue }
            own[indicator] = ScaleRule.Own(
                method: method,
                scope: scope(scale),
                years: scale["limits"]?.text.map { years($0) }
            )
        }
        return own
    }

    private mutating func denominator(_ rule: Located) -> DenominatorRule.Denominator? {
        let per = rule["per"]?.number ?? 1
        switch (rule["by"]?.text, rule["share_of"]?.text) {
        case ("area", nil): return .area(per: per)
        case (let by?, nil): return .indicator(by, years: yearRule(rule), per: per)
        case (nil, let whole?): return .total(of: DenominatorRule.Whole(rawValue: whole) ?? .country)
        default:
            refuse(rule, "a denominator that is none or two", expected: "either by or share_of")
            return nil
        }
    }

    private mutating func yearRule(_ rule: Located) -> DenominatorRule.YearRule {
        let within = rule["within"]?.integer
        switch (rule["years"]?.text, rule["year"]?.integer) {
        case (nil, let year?): return .fixed(year)
        case ("nearest", nil): return .nearest(within: within ?? 5)
        case ("latest-before", nil): return .latestBefore(within: within ?? 5)
        case (_?, _?):
            refuse(rule["year"], "two rules for the denominator's year", expected: "either years or year")
            return .same
        default: return .same
        }
    }

    mutating func method(_ scale: Located) -> ScaleRule.Method? {
        switch scale["method"]?.text {
        case "min-max":
            guard let ends = ends(scale) else { return nil }
            return .minMax(lower: ends.lower, upper: ends.upper)
        case "z-score":
            let deviation = scale["deviation"]?.number ?? 1
            return .zScore(mean: scale["mean"]?.number ?? 0, standardDeviation: deviation)
        case "goalposts":
            guard let ends = ends(scale) else { return nil }
            var goalposts: [String: Goalposts] = [:]
            for (key, _, value) in scale["goalposts"]?.entries ?? [] { goalposts[key] = self.goalposts(value) }
            return .goalposts(goalposts, lower: ends.lower, upper: ends.upper)
        case "fixed-limits":
            var limits: [String: ScaleRule.FixedLimits] = [:]
            for (key, _, value) in scale["between"]?.entries ?? [] {
                limits[key] = ScaleRule.FixedLimits(
                    low: value["low"]?.number ?? .nan,
                    high: value["high"]?.number ?? .nan
                )
            }
            return .fixedLimits(limits, size: scale["size"]?.number ?? 100)
        case "distance-to-maximum": return .distanceToMaximum
        case "distance-to-reference":
            return .distanceToReference(
                place: scale["reference"]?.text ?? "",
                isCapped: scale["cap"]?.boolean ?? false
            )
        case "distance-to-target":
            return .distanceToTarget(numbers(scale["targets"]), isCapped: scale["cap"]?.boolean ?? false)
        case "fraction-of-maximum": return .fractionOfMaximum
        case "adjusted":
            guard let references = scale["references"], references.text == nil else { return .adjusted(.mean) }
            return .adjusted(.values(numbers(references)))
        case "borda": return .borda(ties: ties(scale))
        case "rank":
            return .rank(ties: ties(scale), from: scale["from"]?.text == "best" ? .best : .worst)
        default:
            return .percentileRank(ties: ties(scale))
        }
    }

    private func numbers(_ map: Located?) -> [String: Double] {
        Dictionary((map?.entries ?? []).compactMap { key, _, value in value.number.map { (key, $0) } }) { first, _ in
            first
        }
    }

    private func ties(_ scale: Located) -> TieRule {
        scale["ties"]?.text.flatMap(TieRule.init) ?? .competition
    }

    private mutating func ends(_ scale: Located) -> (lower: Double, upper: Double)? {
        guard let to = scale["to"] else { return (0, 1) }
        let ends = to.items.compactMap(\.number)
        guard ends.count == 2, ends[0] < ends[1] else {
            refuse(to, "a scale without two ends", expected: "two numbers, worst and best, the worst less")
            return nil
        }
        return (ends[0], ends[1])
    }

    private mutating func goalposts(_ located: Located) -> Goalposts? {
        let posts: Goalposts.Posts
        switch (
            located["low"]?.number, located["high"]?.number, located["threshold"]?.number, located["goalpost"]?.number
        ) {
        case (let low?, let high?, nil, nil): posts = .range(low: low, high: high)
        case (nil, nil, let threshold?, let goalpost?): posts = .course(threshold: threshold, goalpost: goalpost)
        default:
            refuse(located, "goalposts that are not two", expected: "low and high, or threshold and goalpost")
            return nil
        }
        let goalposts = Goalposts(
            posts,
            form: located["form"]?.text.flatMap(Goalposts.Form.init) ?? .linear,
            isClipped: located["clip"]?.boolean ?? true
        )
        if let fault = goalposts.fault {
            refuse(located, "goalposts that cannot be", expected: "two different limits, the lower first", found: fault)
            return nil
        }
        return goalposts
    }

    func years(_ limits: String) -> ScaleRule.Years {
        switch limits {
        case "each-year": .eachYear
        case "whole-panel": .wholePanel
        default: .base(Int(limits) ?? 0)
        }
    }
}
