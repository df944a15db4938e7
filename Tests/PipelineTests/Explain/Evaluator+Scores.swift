import Foundation
import Indicators

/// What was imputed, winsorised, transformed, and the scales that came later.
extension Evaluator {
    func treated() -> Outcome {
        switch derivation.rule {
        case "distance":
            let end = sign < 0 ? one("high") : one("low")
            let share = (one("value") - end) / (one("reference") - end)
            return .number(parameter("capped") == "yes" ? min(1, share) : share)
        case "fraction": return .number(sign < 0 ? one("low") / one("value") : one("value") / one("high"))
        case "adjusted":
            return .number(100 + 60 * sign * (one("value") - one("reference")) / (one("high") - one("low")))
        case "borda": return .number(rank(fromWorst: true) - 1)
        case "imputed-status": return inputs.first?.value == .text("imputed") ? .text("I") : .words
        case "median": return .number(quantile(0.5, of: present))
        case "interpolation":
            let share = (number("year") - number("year before")) / (number("year after") - number("year before"))
            return .number(one("before") * (1 - share) + one("after") * share)
        case "row-mean":
            let shares = numbers("share")
            let share =
                parameter("statistic") == "median"
                ? quantile(0.5, of: shares) : shares.reduce(0, +) / Double(shares.count)
            return .number(one("low") + (sign < 0 ? 1 - share : share) * (one("high") - one("low")))
        case "winsorise": return .number(one("limit"))
        case "quantile-limit": return .number(limit())
        case "transform": return .number(transformed())
        default: return marked()
        }
    }

    private func quantile(_ share: Double, of values: [Double]) -> Double {
        let sorted = values.sorted()
        let position = share * Double(sorted.count - 1)
        let below = Int(position.rounded(.down))
        return sorted[below] + (position - Double(below)) * (sorted[min(below + 1, sorted.count - 1)] - sorted[below])
    }

    private func limit() -> Double {
        let words = parameter("rule").split(separator: " ")
        let values = numbers("value")
        var (low, high) = (Double.nan, Double.nan)
        if words.first == "quantiles", let tail = Double(words[1]) {
            (low, high) = (quantile(tail, of: values), quantile(1 - tail, of: values))
        } else if words.count > 2, let multiple = Double(words[2]) {
            let (first, third) = (quantile(0.25, of: values), quantile(0.75, of: values))
            (low, high) = (first - multiple * (third - first), third + multiple * (third - first))
        }
        return one("own") < low ? low : one("own") > high ? high : .nan
    }

    private func transformed() -> Double {
        let ends = numbers("end")
        let (low, high) = (ends.min() ?? .nan, ends.max() ?? .nan)
        if parameter("rule").contains("-ln(max + 0.01 range - x)") {
            return -log(high + 0.01 * (high - low) - one("value"))
        }
        return log(one("value") - low + 0.01 * (high - low))
    }
}
