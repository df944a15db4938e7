import Foundation
import Indicators

/// Inequality, concentration, parity and errors: the textbook's formulas over all pairs, written without a look at ours.
extension Evaluator {
    /// The values, taken from a bound where the row is of shortfalls, and the weights of the same places, 1 where there are none.
    private func population(_ role: String = "value", _ weight: String = "weight") -> [(x: Double, w: Double)] {
        let bound = Double(parameter("shortfall from"))
        let weights = inputs.filter { $0.role == weight }.map { ($0.subject, $0.value.numeric ?? .nan) }
        let bySubject = Dictionary(weights) { first, _ in first }
        return inputs.filter { $0.role == role }.map { input in
            let value = input.value.numeric ?? .nan
            return (bound.map { $0 - value } ?? value, weights.isEmpty ? 1 : bySubject[input.subject] ?? .nan)
        }
    }

    private func mean(_ people: [(x: Double, w: Double)]) -> Double {
        people.reduce(0) { $0 + $1.x * $1.w } / people.reduce(0) { $0 + $1.w }
    }

    func distributed() -> Outcome {
        let people = population()
        let total = people.reduce(0) { $0 + $1.w }
        let mean = mean(people)
        func average(_ form: (Double) -> Double) -> Double {
            people.reduce(0) { $0 + $1.w / total * form($1.x) }
        }
        let sorted = people.sorted { $0.x < $1.x }
        switch derivation.rule {
        case "mean-of-places": return .number(mean)
        case "gini":
            let sum = people.reduce(0) { sum, one in
                sum + people.reduce(0) { $0 + one.w * $1.w * abs(one.x - $1.x) }
            }
            return .number(sum / total / total / (2 * mean))
        case "hoover": return .number(average { abs($0 / mean - 1) } / 2)
        case "entropy":
            switch number("a") {
            case 0: return .number(-average { log($0 / mean) })
            case 1: return .number(average { $0 == 0 ? 0 : $0 / mean * log($0 / mean) })
            case let a: return .number((average { pow($0 / mean, a) } - 1) / (a * (a - 1)))
            }
        case "atkinson":
            let e = number("e")
            if e >= 1, people.contains(where: { $0.x == 0 }) { return .number(1) }
            if e == 1 { return .number(1 - exp(average { log($0) }) / mean) }
            return .number(1 - pow(average { pow($0 / mean, 1 - e) }, 1 / (1 - e)))
        case "cov-population": return .number(average { ($0 - mean) * ($0 - mean) }.squareRoot() / mean)
        case "weighted-quantile":
            let target = number("percent") / 100 * total
            var below = 0.0
            for one in sorted {
                below += one.w
                if below >= target - 1e-9 * total { return .number(one.x) }
            }
            return .words
        case "s80-s20": return .number(held(sorted.reversed(), 0.2 * total) / held(sorted, 0.2 * total))
        case "palma": return .number(held(sorted.reversed(), 0.1 * total) / held(sorted, 0.4 * total))
        case "lowest-fifth": return .number(held(sorted, 0.2 * total) / (0.2 * total))
        case "highest-fifth": return .number(held(sorted.reversed(), 0.2 * total) / (0.2 * total))
        case "concentration":
            let ranking = population("ranking")
            let pairs = zip(people, ranking)
            let covariance = pairs.reduce(0.0) { (sum: Double, pair) -> Double in
                let below = ranking.filter { $0.x < pair.1.x }.reduce(0) { $0 + $1.w }
                let tied = ranking.filter { $0.x == pair.1.x }.reduce(0) { $0 + $1.w }
                let rank: Double = (below + tied / 2) / total - 0.5
                let deviation: Double = pair.0.x - mean
                return sum + pair.0.w / total * deviation * rank
            }
            return .number(2 * covariance / mean)
        case "error-of-mean":
            let errors = population("error")
            let weight = errors.reduce(0) { $0 + $1.w }
            return .number(errors.reduce(0) { $0 + $1.w * $1.w * $1.x * $1.x }.squareRoot() / weight)
        default: return split()
        }
    }

    private func held(_ people: [(x: Double, w: Double)], _ weight: Double) -> Double {
        var left = weight
        return people.reduce(0) { sum, one in
            let taken = max(0, min(left, one.w))
            left -= taken
            return sum + taken * one.x
        }
    }

    private func split() -> Outcome {
        let cells = inputs.compactMap(\.value.numeric)
        switch derivation.rule {
        case "place": return Self.outcome(inputs[0].value)
        case "quotient": return .number(cells[0] / cells[1])
        case "less": return .number(cells[0] - cells[1])
        case "corrected": return .number(cells[0] * cells[1] / (cells[1] - 1))
        case "corrected-root": return .number(cells[0] * (cells[1] / (cells[1] - 1)).squareRoot())
        case "overlap": return .number(max(0, cells[0] - cells[1] - cells[2]))
        case "kakwani": return .number(cells[0] - cells[1])
        case "one-of": return .number(1 / cells[0])
        case "between":
            let shares = [(cells[0], cells[2]), (cells[1], cells[3])]
            switch Double(parameter("a")) {
            case nil: return .number(abs(cells[0] - cells[2]) / 2 + abs(cells[1] - cells[3]) / 2)
            case 0: return .number(shares.reduce(0) { $0 + $1.0 * log($1.0 / $1.1) })
            case 1: return .number(shares.reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.1 * log($1.1 / $1.0)) })
            case let a?:
                let sum = shares.reduce(0) { $0 + pow($1.0, 1 - a) * pow($1.1, a) }
                return .number((sum - 1) / (a * (a - 1)))
            }
        case "within":
            let (f, s) = (one("weight share"), one("value share"))
            let own = inputs.first { $0.role == "inequality" }?.value.numeric ?? 0
            return .number(Double(parameter("a")).map { pow(f, 1 - $0) * pow(s, $0) * own } ?? f * s * own)
        case "weight-share", "value-share":
            let isValue = derivation.rule == "value-share"
            let sums = [population(), population("other value", "other weight")].map { people in
                people.reduce(0) { $0 + $1.w * (isValue ? $1.x : 1) }
            }
            return .number(sums[0] / (sums[0] + sums[1]))
        case "contribution":
            let distance = one("value") - one("mean_of_other_side")
            return .number(sign * one("weight_share") * (parameter("side") == "reference" ? distance : -distance))
        default: return uncertain()
        }
    }

    /// Two figures of each place: of two indicators, or of one in two years.
    private func paired() -> (x: [Double], y: [Double]) {
        let years = Set(inputs.compactMap(\.year)).sorted()
        guard !inputs.contains(where: { $0.role == "x" }), years.count == 2 else { return (numbers("x"), numbers("y")) }
        let sides = years.map { year in
            inputs.filter { $0.year == year }.sorted { $0.subject < $1.subject }.map { $0.value.numeric ?? .nan }
        }
        return (sides[0], sides[1])
    }

    private func uncertain() -> Outcome {
        let cells = inputs.compactMap(\.value.numeric)
        let half = 1.959963984540054 * (parameter("bound") == "low" ? -1.0 : 1)
        switch derivation.rule {
        case "spearman":
            let (x, y) = (ranks(paired().x), ranks(paired().y))
            let (mx, my) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
            let both = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
            let squares = x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) } * y.reduce(0) { $0 + ($1 - my) * ($1 - my) }
            return .number(both / squares.squareRoot())
        case "kendall-tau-b":
            let (x, y) = paired()
            var (balance, inX, inY) = (0.0, 0.0, 0.0)
            for i in x.indices {
                for j in x.indices where j < i {
                    let (a, b) = (x[i] - x[j], y[i] - y[j])
                    if a * b != 0 { balance += a * b > 0 ? 1 : -1 }
                    inX += a == 0 ? 0 : 1
                    inY += b == 0 ? 0 : 1
                }
            }
            return .number(balance / (inX * inY).squareRoot())
        case "fisher-interval":
            let isSpearman = inputs[0].role == "spearman"
            let (r, n) = (cells[0], cells[1])
            let variance = isSpearman ? (1 + r * r / 2) / (n - 3) : 0.437 / (n - 4)
            return .number(tanh(atanh(r) + half * variance.squareRoot()))
        case "normal-interval": return .number(cells[0] + half * cells[1])
        case "ratio-interval": return .number(cells[0] * exp(half * cells[1]))
        case "root-of-squares": return .number((cells[0] * cells[0] + cells[1] * cells[1]).squareRoot())
        case "error-of-log-ratio":
            let (a, b) = (cells[2] / cells[0], cells[3] / cells[1])
            return .number((a * a + b * b).squareRoot())
        case "log-interval":
            let (a, b) = (cells[3] / cells[1], cells[4] / cells[2])
            return .number(cells[0] * exp(half * (a * a + b * b).squareRoot()))
        case "adjusted-parity": return .number(cells[0] <= 1 ? cells[0] : 2 - 1 / cells[0])
        case "band":
            let names = ["limited", "satisfactory", "advanced", "target met"]
            return .text(names[[50.0, 75, 95].count { cells[0] >= $0 }])
        case "percentage": return .number(cells[0] / 100)
        case "rest-of-percentage": return .number(1 - cells[0] / 100)
        case "composition-effect": return .number(sign * (cells[0] - cells[1]) * (cells[2] + cells[3]) / 2)
        case "rate-effect": return .number(sign * (cells[2] - cells[3]) * (cells[0] + cells[1]) / 2)
        case "weighted-sum": return .number(zip(numbers("share"), numbers("rate")).reduce(0) { $0 + $1.0 * $1.1 })
        default: return .words
        }
    }

    private func ranks(_ values: [Double]) -> [Double] {
        values.map { value in
            Double(values.count { $0 < value }) + Double(values.count { $0 == value } + 1) / 2
        }
    }
}
