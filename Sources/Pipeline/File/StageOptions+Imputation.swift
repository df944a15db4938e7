import Indicators
import Normalise

/// The sections that speak of what serves scores alone: coverage, imputation, outliers.
extension StageOptions {
    func coverage(_ section: Located) -> CoverageRule {
        CoverageRule(
            place: section["place"]?.number,
            group: section["group"]?.number,
            grouping: section["by"].map { grouping($0) } ?? .country,
            within: section["within"]?.integer ?? 0,
            indicators: selection(section),
            file: file,
            line: section.place.line
        )
    }

    func imputation(_ rule: Located) -> ImputationRule {
        let age = rule["maximum_age"]?.integer
        let method: ImputationRule.Method =
            switch rule["method"]?.text {
            case "group-mean": group(rule, .mean)
            case "group-median": group(rule, .median)
            case "latest": .latest(maximumAge: age)
            case "constant": .constant(maximumAge: age)
            case "linear": .linear(maximumGap: rule["maximum_gap"]?.integer)
            case "row-mean": .row(.mean, years: years(rule["limits"]?.text ?? "each-year"))
            case "row-median": .row(.median, years: years(rule["limits"]?.text ?? "each-year"))
            default: .none
            }
        return ImputationRule(
            indicators: selection(rule),
            method: method,
            level: rule["level"]?.text.map(PlaceLevel.init(rawValue:)),
            file: file,
            line: rule.place.line
        )
    }

    private func group(_ rule: Located, _ statistic: ImputationRule.Statistic) -> ImputationRule.Method {
        .group(
            statistic,
            rule["by"].map { grouping($0) } ?? .country,
            fallbacks: (rule["else"]?.items ?? []).map { grouping($0) }
        )
    }

    private func grouping(_ located: Located) -> Grouping {
        switch located.text {
        case "country": .country
        case "region": .region
        case "parent": .parent
        case "level": .all
        default: .named(Dictionary(located.entries.map { ($0.key, $0.value.texts) }) { first, _ in first })
        }
    }

    mutating func outliers(_ rule: Located) -> OutlierRule? {
        let method: OutlierRule.Method
        switch rule["method"]?.text {
        case "shape":
            guard (rule["then"]?.text == "box-cox") == (rule["lambda"] != nil) else {
                refuse(
                    rule,
                    "box-cox without lambda, or lambda without box-cox",
                    expected: "then: box-cox and lambda together"
                )
                return nil
            }
            method = .shape(
                skewness: rule["skewness"]?.number ?? 2,
                kurtosis: rule["kurtosis"]?.number ?? 3.5,
                most: rule["most"]?.integer ?? 5,
                fallback: transform(rule)
            )
        case "percentiles": method = .percentiles(tail: rule["tail"]?.number ?? 0)
        case "fences": method = .fences(multiple: rule["multiple"]?.number ?? 1.5)
        default: method = .none
        }
        return OutlierRule(
            indicators: selection(rule),
            method: method,
            scope: scope(rule) ?? .pooled,
            years: years(rule["limits"]?.text ?? "whole-panel"),
            level: rule["level"]?.text.map(PlaceLevel.init(rawValue:)),
            file: file,
            line: rule.place.line
        )
    }

    private func transform(_ rule: Located) -> OutlierRule.Transform? {
        switch rule["then"]?.text {
        case "log": .log
        case "log-upper": .logUpper
        case "log-of-one-plus": .logOfOnePlus
        case "box-cox": .boxCox(lambda: rule["lambda"]?.number ?? 0)
        default: nil
        }
    }
}
