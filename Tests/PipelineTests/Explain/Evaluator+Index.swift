import Foundation
import Indicators

/// The formulas of composite indices, written without a look at ours.
extension Evaluator {
    private func values(_ role: String) -> [String: Double] {
        Dictionary(inputs.filter { $0.role == role }.map { ($0.subject, $0.value.numeric ?? .nan) }) { first, _ in first
        }
    }

    /// What a child has, raised to a floor where there is one, with its weight.
    private var children: [(id: String, score: Double, weight: Double)] {
        let weights = values("weight")
        let floor = Double(parameter("floor")) ?? -.infinity
        return values("value").sorted { $0.key < $1.key }.map {
            ($0.key, max(floor, $0.value), weights[$0.key] ?? .nan)
        }
    }

    private func mean(_ form: (Double) -> Double) -> Double {
        children.reduce(0) { $0 + $1.weight * form($1.score) } / children.reduce(0) { $0 + $1.weight }
    }

    func ofIndex() -> Outcome {
        switch derivation.rule {
        case "geometric-mean": return .number(exp(mean { log($0) }))
        case "harmonic-mean": return .number(1 / mean { 1 / $0 })
        case "power-mean":
            let exponent = Double(parameter("exponent")) ?? .nan
            return .number(pow(mean { pow($0, exponent) }, 1 / exponent))
        case "benefit-of-the-doubt": return .number(children.reduce(0) { $0 + $1.weight * $1.score })
        case "mazziotta-pareto": return .number(penalised())
        case "shadow-share":
            let (weights, present, shadows) = (values("weight"), values("value"), values("shadow"))
            let covered = weights.reduce(0) { sum, child in
                sum + child.value * (present[child.key] != nil ? 1 : 1 - (shadows[child.key] ?? 1))
            }
            return .number(1 - covered / weights.values.reduce(0, +))
        case "share-of-sum":
            return .number((Double(parameter("own")) ?? .nan) / (Double(parameter("sum")) ?? .nan))
        case "product": return .number(numbers("factor").reduce(1, *))
        case "shift": return .number(numbers("after")[0] - numbers("before")[0])
        case "pearson": return .number(Self.pearson(numbers("x"), numbers("y")))
        case "cronbach-alpha": return .number(alpha())
        default: return ofReplications()
        }
    }

    private func penalised() -> Double {
        let scaled = children.map { child -> (z: Double, weight: Double) in
            guard let origin = Double(parameter("100 for \(child.id)")),
                let factor = Double(parameter("points per unit of \(child.id)"))
            else { return (child.score, child.weight) }
            return (100 + (child.score - origin) * factor, child.weight)
        }
        let total = scaled.reduce(0) { $0 + $1.weight }
        let mean = scaled.reduce(0) { $0 + $1.weight * $1.z } / total
        let variance = scaled.reduce(0) { $0 + $1.weight * ($1.z - mean) * ($1.z - mean) } / total
        return parameter("penalty") == "lowers" ? mean - variance / mean : mean + variance / mean
    }

    private static func pearson(_ xs: [Double], _ ys: [Double]) -> Double {
        let count = Double(xs.count)
        let (x, y) = (xs.reduce(0, +) / count, ys.reduce(0, +) / count)
        let product = zip(xs, ys).reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
        let squares = xs.reduce(0) { $0 + ($1 - x) * ($1 - x) } * ys.reduce(0) { $0 + ($1 - y) * ($1 - y) }
        return product / squares.squareRoot()
    }

    private func alpha() -> Double {
        let roles = Set(inputs.map(\.role)).sorted()
        let columns = roles.map(numbers)
        let sums = columns[0].indices.map { row in columns.reduce(0) { $0 + $1[row] } }
        func variance(_ values: [Double]) -> Double {
            let mean = values.reduce(0, +) / Double(values.count)
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        let count = Double(columns.count)
        return count / (count - 1) * (1 - columns.reduce(0) { $0 + variance($1) } / variance(sums))
    }

    /// What comes of counts of ranks and pairs, which are parameters.
    private func ofReplications() -> Outcome {
        let ranks = parameter("ranks").split(separator: " ").flatMap { entry -> [Double] in
            let parts = entry.split(separator: "×")
            guard parts.count == 2, let rank = Double(parts[0]), let count = Int(parts[1]) else { return [] }
            return [Double](repeating: rank, count: count)
        }
        func count(_ name: String) -> Double { Double(parameter(name)) ?? .nan }
        switch derivation.rule {
        case "quantile-of-ranks":
            let position = Double(ranks.count - 1) * count("share")
            let below = Int(position.rounded(.down))
            let above = min(below + 1, ranks.count - 1)
            return .number(ranks[below] + (position - Double(below)) * (ranks[above] - ranks[below]))
        case "mean-of-ranks": return .number(ranks.reduce(0, +) / Double(ranks.count))
        case "count-of-ranks": return .number(Double(ranks.count))
        case "share-ahead": return .number(count("ahead") / count("both"))
        case "share-level": return .number(count("level") / count("both"))
        case "pairs": return .number(count("both"))
        default: return distributed()
        }
    }
}
