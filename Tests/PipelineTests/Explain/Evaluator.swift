import Foundation
import Indicators

/// Works a cell out again from what its derivation says it comes from: plain formulas, written without a look at ours.
struct Evaluator {
    struct Input {
        var role: String
        var subject: String
        var value: Cell
        /// The year in the address of the cell, `nil` where it has none.
        var year: Int?
        /// The text in the file, of a raw cell.
        var text: String?
    }

    enum Outcome: Equatable {
        case number(Double)
        case text(String)
        case missing
        /// The rule is words, not a formula.
        case words
    }

    var derivation: Derivation
    var inputs: [Input]

    func parameter(_ name: String) -> String {
        derivation.parameters.first { $0.name == name }?.value ?? ""
    }

    func number(_ name: String) -> Double { Double(parameter(name)) ?? .nan }

    func numbers(_ role: String) -> [Double] {
        inputs.filter { $0.role == role }.map { $0.value.numeric ?? .nan }
    }

    func one(_ role: String) -> Double { numbers(role).first ?? .nan }

    var present: [Double] { inputs.compactMap(\.value.numeric) }

    var sign: Double {
        switch parameter("direction") {
        case "higher": 1
        case "lower": -1
        default: 0
        }
    }

    func outcome() -> Outcome {
        switch derivation.rule {
        case "empty": return .missing
        case "same": return inputs.count == 1 ? Self.outcome(inputs[0].value) : .words
        case "read":
            guard let text = inputs.first?.text, let number = Self.parse(text) else { return .words }
            return .number(parameter("factor").isEmpty ? number : number * self.number("factor"))
        case "error-of-limits", "error-of-logit-limits", "error-of-log-limits": return .number(errorOfLimits())
        case "sum": return .number(present.reduce(0, +))
        case "mean": return .number(present.reduce(0, +) / Double(present.count))
        case "last": return present.last.map(Outcome.number) ?? .missing
        case "weighted-mean": return .number(weightedMean())
        case "difference": return .number(sign * (one("A") - one("B")))
        case "relative-gap": return .number(one("gap") / one("A"))
        case "ratio": return .number(one("B") / one("A"))
        case "log-ratio": return .number(log(one("B") / one("A")))
        case "parity": return .number(min(one("A"), one("B")) / max(one("A"), one("B")))
        case "rate": return .number(one("numerator") / one("denominator") * number("per"))
        case "share": return .number(min(1, numbers("part").reduce(0, +) / numbers("whole").reduce(0, +)))
        case "whole": return .number(1)
        case "count": return .number(Double(inputs.count))
        case "tally": return .number(Double(inputs.count { $0.role == "counted" }))
        case "balance": return .number((present.min() ?? .nan) / (present.max() ?? .nan))
        case "earliest": return inputs.map(\.value.text).min().map(Outcome.text) ?? .words
        case "latest": return inputs.map(\.value.text).max().map(Outcome.text) ?? .words
        case "minimum": return .number(present.min() ?? .nan)
        case "maximum": return .number(present.max() ?? .nan)
        default: return followed()
        }
    }

    /// The error of which limits were made; 1.96 written out, as all limits of the cases hold with 0.95.
    private func errorOfLimits() -> Double {
        let factor = parameter("factor").isEmpty ? 1 : number("factor")
        let (x, low, high) = (one("value") * factor, one("low") * factor, one("high") * factor)
        let z = parameter("confidence") == "0.95" ? 1.959963984540054 : .nan
        func odds(_ percent: Double) -> Double { percent / (100 - percent) }
        switch derivation.rule {
        case "error-of-logit-limits": return x * (100 - x) / 100 * log(odds(high) / odds(low)) / (2 * z)
        case "error-of-log-limits": return x * log(high / low) / (2 * z)
        default: return (high - low) / (2 * z)
        }
    }

    /// Measures of figures over time, across the border and on their way to a target.
    private func followed() -> Outcome {
        switch derivation.rule {
        case "discontinuity": return .number(one("mean_gap_across") - one("inner_gap"))
        case "lambda": return .number(-log1p(one("slope") * number("years")) / number("years"))
        case "half-life": return .number(log(2) / one("lambda"))
        case "progress":
            return .number(
                (one("latest_value") - one("base_value")) / (one("target") - one("base_value"))
            )
        case "required_rate": return .number((one("target") - one("latest_value")) / (one("year") - one("latest_year")))
        case "required_rate_from_base":
            return .number((one("target") - one("base_value")) / (one("year") - one("base_year")))
        case "actual_rate":
            return .number((one("latest_value") - one("base_value")) / (one("latest_year") - one("base_year")))
        case "required_growth": return growth("latest_value", "target", "latest_year", "year")
        case "required_growth_from_base": return growth("base_value", "target", "base_year", "year")
        case "actual_growth": return growth("base_value", "latest_value", "base_year", "latest_year")
        case "growth": return growth("first", "last", "year_from", "year_to")
        case "projection":
            return .number(one("latest_year") + (one("target") - one("latest_value")) / one("actual_rate"))
        case "sd_log_population", "sd_log_sample":
            let logs = present.map { log($0) }
            let mean = logs.reduce(0, +) / Double(logs.count)
            let squares = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let count = Double(logs.count) - (derivation.rule == "sd_log_sample" ? 1 : 0)
            return .number((squares / count).squareRoot())
        default: return scored()
        }
    }

    private func growth(_ from: String, _ to: String, _ first: String, _ last: String) -> Outcome {
        .number(pow(one(to) / one(from), 1 / (one(last) - one(first))) - 1)
    }

    private func scored() -> Outcome {
        switch derivation.rule {
        case "standard-deviation":
            let mean = present.reduce(0, +) / Double(present.count)
            let squares = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return .number((squares / Double(present.count - 1)).squareRoot())
        case "min-max":
            let share = (one("value") - one("low")) / (one("high") - one("low"))
            return .number(scale(sign < 0 ? 1 - share : share))
        case "z-score":
            let distance = (one("value") - one("mean")) / one("standard deviation")
            return .number(number("mean of the scale") + number("deviation of the scale") * sign * distance)
        case "goalposts":
            let form: (Double) -> Double =
                switch parameter("form") {
                case "ln x": { log($0) }
                case "ln(x+1)": { log($0 + 1) }
                default: { $0 }
                }
            let share = (form(one("value")) - form(one("low"))) / (form(one("high")) - form(one("low")))
            let oriented = number("worst") == one("high") ? 1 - share : share
            return .number(scale(parameter("clipped") == "yes" ? max(0, min(1, oriented)) : oriented))
        case "clip": return .number(max(one("low"), min(one("high"), one("value"))))
        case "rank": return .number(rank(fromWorst: parameter("from") == "worst"))
        case "percentile-rank": return .number((rank(fromWorst: true) - 1) / Double(numbers("value").count - 1))
        default: return treated()
        }
    }

    private func scale(_ share: Double) -> Double {
        number("lower") + share * (number("upper") - number("lower"))
    }

    private func weightedMean() -> Double {
        let weights = Dictionary(uniqueKeysWithValues: inputs.filter { $0.role == "weight" }.map { ($0.subject, $0) })
        let values = inputs.filter { $0.role == "value" }
        let weighted = values.map { ($0.value.numeric ?? .nan, weights[$0.subject]?.value.numeric ?? .nan) }
        return weighted.reduce(0) { $0 + $1.0 * $1.1 } / weighted.reduce(0) { $0 + $1.1 }
    }

    /// The rank of equal values by the tie rule; ordinal ties cannot be told from values alone.
    func rank(fromWorst: Bool) -> Double {
        let own = one("own") * sign
        let others = numbers("value").map { $0 * sign }
        let better = others.count { fromWorst ? $0 < own : $0 > own }
        let equal = others.count { $0 == own }
        switch parameter("ties") {
        case "average": return Double(better) + Double(equal + 1) / 2
        case "maximum": return Double(better + equal)
        case "dense": return Double(Set(others.filter { fromWorst ? $0 < own : $0 > own }).count + 1)
        default: return Double(better + 1)
        }
    }

    func marked() -> Outcome {
        switch derivation.rule {
        case "worst-status":
            let order = Array("APEWBIUQMO")
            let isThin = numbers("coverage").contains { $0 < 0.5 }
            let marks = inputs.filter { $0.role != "coverage" }.map(\.value.text) + (isThin ? ["U"] : [])
            let worst = marks.max {
                (order.firstIndex(of: Character($0)) ?? 0) < (order.firstIndex(of: Character($1)) ?? 0)
            }
            return worst.map(Outcome.text) ?? .words
        case "worst-grade":
            let order = ["official": 0, "survey": 1, "secondary": 2, "illustrative": 3]
            return inputs.map(\.value.text).max { order[$0] ?? 0 < order[$1] ?? 0 }.map(Outcome.text) ?? .words
        case "union":
            return .text(Set(inputs.flatMap { $0.value.text.split(separator: " ") }).sorted().joined(separator: " "))
        case "best-place", "worst-place":
            let merit = derivation.rule == "best-place" ? sign : -sign
            let values = inputs.sorted { $0.subject < $1.subject }.map {
                ($0.subject, merit * ($0.value.numeric ?? .nan))
            }
            let best = values.map(\.1).max()
            return values.first { $0.1 == best }.map { .text($0.0) } ?? .words
        case "threshold": return .text(verdict())
        case "weight-year", "denominator-year":
            let years = Set(inputs.filter { $0.role != "rule" }.compactMap(\.year))
            return years.count == 1 ? .number(Double(years.first ?? 0)) : .words
        default: return ofIndex()
        }
    }

    private func verdict() -> String {
        func lies(in band: String) -> Bool {
            if band.hasPrefix("is "), let word = inputs.first(where: { $0.role == "word" })?.value.text {
                return band.dropFirst(3).split(separator: ",").contains { $0.drop { $0 == " " } == word[...] }
            }
            let words = band.split(separator: " ")
            guard words.count == 2, let limit = Double(words[1]) else { return false }
            switch words[0] {
            case "<": return one("value") < limit
            case "<=": return one("value") <= limit
            case ">": return one("value") > limit
            default: return one("value") >= limit
            }
        }
        let isOfWords = inputs.contains { $0.role == "word" }
        if !isOfWords && one("value").isNaN || lies(in: parameter("fail_if")) { return "fail" }
        return lies(in: parameter("warn_if")) ? "warn" : "pass"
    }

    static func outcome(_ cell: Cell) -> Outcome {
        if let number = cell.numeric { return .number(number) }
        return cell == .missing ? .missing : .text(cell.text)
    }

    /// The number in a cell of our own files: commas between groups, a footnote's asterisk behind.
    static func parse(_ text: String) -> Double? {
        Double(text.filter { $0 != "," && $0 != "*" && $0 != " " && $0 != "%" })
    }

    /// Whether an outcome is what stands in the cell, up to the rounding of sums made in another order.
    static func agrees(_ outcome: Outcome, _ cell: Cell) -> Bool {
        switch (outcome, Self.outcome(cell)) {
        case (.words, _): true
        case (.number(let expected), .number(let found)):
            abs(expected - found) <= 1e-11 * max(abs(expected), abs(found)) + 1e-12
        case (let expected, let found): expected == found
        }
    }
}
