import Indicators

extension Aggregator {
    /// The column of a node by the method of Mazziotta and Pareto.
    mutating func fillMazziottaPareto(
        _ node: IndexPlan.Node,
        _ weights: [Double],
        _ method: MazziottaPareto,
        _ cells: inout Cells
    ) {
        let children = node.children.filter { weights[$0] > 0 }
        var wholePanel: [LinearScale?] = []
        if case .adjusted(let reference) = method.scale {
            wholePanel = children.map { LinearScale(adjusted: cells.column($0), to: reference) }
        }
        for year in 0..<rows.yearCount {
            let range = rows.year(year)
            scaled.removeAll(keepingCapacity: true)
            for (index, child) in children.enumerated() {
                let start = child * cells.rowCount
                let column = cells.values[start + range.lowerBound..<start + range.upperBound]
                let scale: LinearScale? =
                    switch method.scale {
                    case .standardisedBySample: LinearScale(standardised: column, ofSample: true)
                    case .standardisedByPopulation: LinearScale(standardised: column, ofSample: false)
                    case .adjusted: wholePanel[index]
                    case .asGiven: LinearScale(origin: 0, factor: 1, offset: 0)
                    }
                if scale == nil, column.contains(where: { !$0.isNaN }) {
                    log.add(.constant, node: node.slot, child: child, row: range.lowerBound)
                }
                for score in column { scaled.append(scale?.value(of: score) ?? .nan) }
            }
            for place in 0..<rows.placeCount {
                let row = range.lowerBound + place
                cells[node.slot, row] = penalised(node, children, weights, method, place: place, row: row, cells)
            }
        }
    }

    /// M - S²/M (or +) over the scaled scores of one place, NaN where there is none.
    private mutating func penalised(
        _ node: IndexPlan.Node,
        _ children: [Int],
        _ weights: [Double],
        _ method: MazziottaPareto,
        place: Int,
        row: Int,
        _ cells: Cells
    ) -> Double {
        var total = CompensatedSum()
        var weightSum = CompensatedSum()
        var present = 0
        var counted = 0
        func weight(_ child: Int) -> Double {
            node.weighting == .population ? weights[child] * populations[child][row] : weights[child]
        }
        for (index, child) in children.enumerated() where weight(child) != 0 {
            counted += 1
            let score = scaled[index * rows.placeCount + place]
            if score.isNaN { continue }
            guard weight(child) > 0 else {
                let kind: Mishap.Kind = weight(child) < 0 ? .weightNegative : .weightMissing
                log.add(kind, node: node.slot, child: child, row: row)
                return .nan
            }
            present += 1
            total.add(weight(child) * score)
            weightSum.add(weight(child))
        }
        guard isCovered(present: present, of: counted, node) else { return .nan }
        let mean = total.value / weightSum.value
        guard mean > 0 else {
            log.add(.meanNotPositive, node: node.slot, row: row)
            return .nan
        }
        var squares = CompensatedSum()
        for (index, child) in children.enumerated() where weight(child) > 0 {
            let score = scaled[index * rows.placeCount + place]
            if !score.isNaN { squares.add(weight(child) * (score - mean) * (score - mean)) }
        }
        let penalty = squares.value / weightSum.value / mean
        let result = method.penaltyLowers ? mean - penalty : mean + penalty
        guard result.isFinite else {
            log.add(.unrepresentable, node: node.slot, row: row)
            return .nan
        }
        return result
    }
}

/// offset + factor (x - origin).
struct LinearScale: Sendable {
    var origin: Double
    var factor: Double
    var offset: Double

    init(origin: Double, factor: Double, offset: Double) {
        self.origin = origin
        self.factor = factor
        self.offset = offset
    }

    /// Mean 100, standard deviation 10; `nil` where the values do not vary.
    init?(standardised values: ArraySlice<Double>, ofSample: Bool) {
        let summary = Summary(of: values)
        guard !summary.isConstant else { return nil }
        let deviation = summary.standardDeviation(ofSample: ofSample)
        guard deviation > 0, deviation.isFinite else { return nil }
        self.init(origin: summary.mean, factor: 10 / deviation, offset: 100)
    }

    /// The reference is 100, the range 60; `nil` where the values do not vary.
    init?(adjusted values: ArraySlice<Double>, to reference: MazziottaPareto.Reference) {
        let summary = Summary(of: values)
        let range = summary.greatest - summary.least
        guard !summary.isConstant, range.isFinite else { return nil }
        let origin =
            switch reference {
            case .mean: summary.mean
            case .value(let value): value
            }
        self.init(origin: origin, factor: 60 / range, offset: 100)
    }

    func value(of score: Double) -> Double {
        offset + factor * (score - origin)
    }
}
