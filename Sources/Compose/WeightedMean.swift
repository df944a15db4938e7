import Glibc
import Indicators

/// A mean of the form f⁻¹(Σw f(x) / Σw).
protocol MeanForm {
    /// Scores below are raised to it; -infinity for none.
    var floor: Double { get }
    /// Why a score has no place in this mean, `nil` where it has one.
    func refusal(of score: Double) -> Mishap.Kind?
    func transformed(_ score: Double) -> Double
    func restored(_ mean: Double) -> Double
    /// The mean anew with scores divided by their largest (or smallest) first, where powers left the range of doubles.
    func rescued(_ scores: [Double], _ weights: [Double]) -> Double?
}

extension MeanForm {
    var floor: Double { -.infinity }

    func rescued(_ scores: [Double], _ weights: [Double]) -> Double? { nil }
}

struct ArithmeticForm: MeanForm {
    func refusal(of score: Double) -> Mishap.Kind? { nil }
    func transformed(_ score: Double) -> Double { score }
    func restored(_ mean: Double) -> Double { mean }
}

struct GeometricForm: MeanForm {
    let floor: Double
    func refusal(of score: Double) -> Mishap.Kind? { score > 0 ? nil : .notPositive }
    func transformed(_ score: Double) -> Double { log(score) }
    func restored(_ mean: Double) -> Double { exp(mean) }
}

struct HarmonicForm: MeanForm {
    let floor: Double
    func refusal(of score: Double) -> Mishap.Kind? { score > 0 ? nil : .notPositive }
    func transformed(_ score: Double) -> Double { 1 / score }
    func restored(_ mean: Double) -> Double { 1 / mean }
}

struct PowerForm: MeanForm {
    let exponent: Double

    func refusal(of score: Double) -> Mishap.Kind? {
        if exponent > 0 { return score >= 0 ? nil : .negative }
        return score > 0 ? nil : .notPositive
    }

    func transformed(_ score: Double) -> Double { pow(score, exponent) }
    func restored(_ mean: Double) -> Double { pow(mean, 1 / exponent) }

    func rescued(_ scores: [Double], _ weights: [Double]) -> Double? {
        let unit = exponent > 0 ? scores.max() : scores.min()
        guard let unit else { return nil }
        guard unit > 0 else { return 0 }
        var sum = CompensatedSum()
        var weightSum = CompensatedSum()
        for (score, weight) in zip(scores, weights) {
            sum.add(weight * pow(score / unit, exponent))
            weightSum.add(weight)
        }
        return unit * restored(sum.value / weightSum.value)
    }
}

extension Aggregator {
    /// The weighted mean of the children of `node` in one year, where enough of them are there and all of those have a
    /// place in it.
    ///
    /// Sums keep what rounding loses, so that places with the same scores under other children get the same mean and tie.
    mutating func fillMean<Form: MeanForm>(
        _ node: IndexPlan.Node,
        _ weights: [Double],
        _ form: Form,
        _ year: Int,
        _ cells: inout Cells
    ) {
        let range = rows.year(year)
        resetSums()
        for child in node.children where weights[child] > 0 {
            if node.weighting == .population {
                addByPlace(child, node, weights, form, range, cells)
            } else {
                add(child, node, weights[child], form, range, cells)
            }
        }
        let start = node.slot * cells.rowCount + range.lowerBound
        for place in 0..<rows.placeCount {
            let isCovered = isCovered(present: Int(present[place]), of: Int(counted[place]), node)
            guard isCovered, !isFaulty[place] else {
                if counted[place] == 0 { log.add(.zeroWeights, node: node.slot, row: range.lowerBound + place) }
                cells.values[start + place] = .nan
                continue
            }
            let mean = (sum[place] + lost[place]) / weightSum[place]
            var result = form.restored(mean)
            // Powers may have left the range of doubles, or come so near to its end that digits are lost.
            if !result.isFinite || !(1e-280..<1e280).contains(abs(mean)) {
                result = settle(result, node, weights, form, row: range.lowerBound + place, cells)
            }
            cells.values[start + place] = result
        }
    }

    private mutating func resetSums() {
        for place in 0..<rows.placeCount {
            sum[place] = 0
            lost[place] = 0
            weightSum[place] = 0
            present[place] = 0
            counted[place] = 0
            isFaulty[place] = false
        }
    }

    private mutating func add<Form: MeanForm>(
        _ child: Int,
        _ node: IndexPlan.Node,
        _ weight: Double,
        _ form: Form,
        _ range: Range<Int>,
        _ cells: Cells
    ) {
        let start = child * cells.rowCount + range.lowerBound
        for place in 0..<rows.placeCount {
            counted[place] += 1
            let score = cells.values[start + place]
            if score.isNaN { continue }
            addTerm(score, weight, form, place, child, node, range)
        }
    }

    /// As ``add`` with weights that differ by place.
    private mutating func addByPlace<Form: MeanForm>(
        _ child: Int,
        _ node: IndexPlan.Node,
        _ weights: [Double],
        _ form: Form,
        _ range: Range<Int>,
        _ cells: Cells
    ) {
        let start = child * cells.rowCount + range.lowerBound
        for place in 0..<rows.placeCount {
            let row = range.lowerBound + place
            let weight = populations[child][row] * weights[child]
            let score = cells.values[start + place]
            if weight == 0 { continue }
            counted[place] += 1
            if score.isNaN { continue }
            guard weight > 0 else {
                isFaulty[place] = true
                log.add(weight < 0 ? .weightNegative : .weightMissing, node: node.slot, child: child, row: row)
                continue
            }
            addTerm(score, weight, form, place, child, node, range)
        }
    }

    @inline(__always)
    private mutating func addTerm<Form: MeanForm>(
        _ observed: Double,
        _ weight: Double,
        _ form: Form,
        _ place: Int,
        _ child: Int,
        _ node: IndexPlan.Node,
        _ range: Range<Int>
    ) {
        var score = observed
        if score < form.floor {
            score = form.floor
            log.add(.floored, node: node.slot, child: child, row: range.lowerBound + place)
        }
        present[place] += 1
        if let refusal = form.refusal(of: score) {
            isFaulty[place] = true
            log.add(refusal, node: node.slot, child: child, row: range.lowerBound + place)
            return
        }
        let value = form.transformed(score)
        let term = weight * value
        let before = sum[place]
        let after = before + term
        // Knuth's two-sum, and what the product lost.
        let shadow = after - before
        var error = (before - (after - shadow)) + (term - shadow)
        if weight != 1 { error += (-term).addingProduct(weight, value) }
        sum[place] = after
        lost[place] += error
        weightSum[place] += weight
    }

    /// Decides on a result that is zero, infinite or not a number: right as it is, to be had another way, or beyond
    /// doubles.
    private mutating func settle<Form: MeanForm>(
        _ result: Double,
        _ node: IndexPlan.Node,
        _ weights: [Double],
        _ form: Form,
        row: Int,
        _ cells: Cells
    ) -> Double {
        var scores: [Double] = []
        var counts: [Double] = []
        for child in node.children where weights[child] > 0 && !cells[child, row].isNaN {
            let weight = node.weighting == .population ? populations[child][row] * weights[child] : weights[child]
            guard weight > 0 else { continue }
            scores.append(max(cells[child, row], form.floor))
            counts.append(weight)
        }
        let settled = form.rescued(scores, counts) ?? result
        guard settled.isFinite else {
            log.add(.unrepresentable, node: node.slot, row: row)
            return .nan
        }
        return settled
    }
}
