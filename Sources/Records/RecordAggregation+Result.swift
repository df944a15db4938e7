extension RecordAggregation {
    /// Works out the measures of each group; cells of few records are withheld.
    ///
    /// Cost: the number of cells, times the number of measures.
    package consuming func result() -> RecordResult {
        settleColumns()
        var cellsOfGroup: [Int: [Int]] = [:]
        for cell in 0..<cells.count { cellsOfGroup[cells.pair(cell).0, default: []].append(cell) }
        let groups = cellsOfGroup.keys.map { (number: $0, keys: keys(ofGroup: $0)) }
            .sorted { $0.keys.lexicographicallyPrecedes($1.keys) { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        let units = clustersOfStrata()
        let allClusters = units.values.reduce(0, +)
        let bounds = StudentT.Bounds(confidence: plan.order.confidence)
        var result: [RecordResult.Cell] = []
        for index in plan.measures.indices {
            var ofMeasure = groups.map { group in
                cell(index, of: cellsOfGroup[group.number] ?? [], keys: group.keys, units, allClusters, bounds)
            }
            Disclosure(plan.order, keys: plan.order.groupBy).withhold(
                &ofMeasure,
                isCount: plan.measures[index].isCounted
            )
            result += ofMeasure
        }
        return RecordResult(keys: plan.order.groupBy, cells: result, account: account, rejects: rejects)
    }

    /// How many clusters each stratum has, those of filtered records too.
    private func clustersOfStrata() -> [Int: Int] {
        var units: [Int: Int] = [:]
        if plan.cluster == nil {
            for (stratum, records) in strataRecords.enumerated() { units[stratum] = records }
        } else {
            for cluster in 0..<clusters.count { units[clusters.pair(cluster).0, default: 0] += 1 }
        }
        return units
    }

    private func total(_ term: Int, _ cells: [Int]) -> BigDecimal {
        sums.total(of: cells.map { $0 * plan.terms.count + term })
    }

    private func cell(
        _ index: Int,
        of cells: [Int],
        keys: [String],
        _ units: [Int: Int],
        _ allClusters: Int,
        _ bounds: StudentT.Bounds
    ) -> RecordResult.Cell {
        let measure = plan.measures[index]
        let places = plan.sums[index]
        let records = cells.reduce(0) { $0 + counts[$1 * plan.domains.count + places.domain] }
        var cell = RecordResult.Cell(
            keys: keys,
            measure: measure.name,
            records: records,
            status: .normal,
            reason: "",
            method: ""
        )
        var first = FirstRecord(file: .max, record: .max)
        for cell in cells { first.keep(firstRecords[cell]) }
        (cell.firstFile, cell.firstRecord) = (first.file, first.record)
        switch measure.kind {
        case .count: cell.value = Double(records)
        case .smallest, .largest:
            let kept = cells.compactMap { extremes[$0 * plan.extremeCount + (places.position ?? 0)] }
            cell.value = kept.min(by: precedence(measure.kind))?.double
        case .quantile(let share):
            var merged = Distribution(limit: plan.order.distinctLimit)
            for cell in cells { merged.merge(distributions[cell * plan.distributionCount + (places.position ?? 0)]) }
            cell.value = merged.quantile(share)
            cell.method = merged.isExact ? "exact" : "ddsketch 0.5%"
        default: estimate(measure, places, cells, units, allClusters, bounds, into: &cell)
        }
        if cell.value == nil {
            cell.status = .missing
            cell.reason = records == 0 ? "no-record" : "no-weight"
        }
        return cell
    }

    private func estimate(
        _ measure: Measure,
        _ places: RecordPlan.MeasureSums,
        _ cells: [Int],
        _ units: [Int: Int],
        _ allClusters: Int,
        _ bounds: StudentT.Bounds,
        into cell: inout RecordResult.Cell
    ) {
        guard let term = places.numerator else { return }
        let numerator = total(term, cells)
        let denominator = places.denominator.map { total($0, cells) }
        if let denominator {
            guard let divisor = denominator.double, divisor != 0, let dividend = numerator.double else { return }
            cell.value = dividend / divisor
        } else {
            cell.value = numerator.double
        }
        guard plan.order.hasDesign, cell.records != 0 else { return }
        let (strata, reached) = strataSums(places, cells, units)
        let hasLone = strata.contains { $0.clusters == 1 }
        cell.method = "taylor" + (hasLone ? ", lone cluster: \(plan.order.loneCluster.rawValue)" : "")
        let variance = Linearisation.variance(
            strata,
            clusters: allClusters,
            numerator: numerator,
            denominator: denominator,
            lone: plan.order.loneCluster
        )
        guard let variance, let value = cell.value else {
            if hasLone { cell.reason = "lone-cluster" }
            return
        }
        let error = max(0, variance).squareRoot()
        cell.standardError = error
        if let bound = bounds.bound(degrees: reached - strata.count) {
            cell.low = value - bound * error
            cell.high = value + bound * error
        }
        guard let spread = places.spread, let weightsTerm = places.weights, let yx = spread.valueDivisor,
            let xx = spread.divisorDivisor
        else { return }
        let weights = total(weightsTerm, cells)
        let simple = Linearisation.simpleVariance(
            (total(spread.valueValue, cells), total(yx, cells), total(xx, cells)),
            numerator: numerator,
            denominator: denominator ?? weights,
            weights: weights,
            records: cell.records ?? 0,
            isTotal: denominator == nil
        )
        guard let simple, simple > 0 else { return }
        cell.designEffect = variance / simple
        if variance > 0 { cell.effectiveRecords = Double(cell.records ?? 0) * simple / variance }
    }

    /// The sums of the strata into which a group reaches, and how many of their clusters it reaches into.
    private func strataSums(
        _ places: RecordPlan.MeasureSums,
        _ cells: [Int],
        _ units: [Int: Int]
    ) -> ([StratumSums], reached: Int) {
        var strata: [Int: StratumSums] = [:]
        var reached = 0
        for cell in cells {
            let records = counts[cell * plan.domains.count + places.domain]
            guard records > 0 else { continue }
            let unit = self.cells.pair(cell).1
            let stratum = plan.cluster == nil ? unit : clusters.pair(unit).0
            reached += plan.cluster == nil ? records : 1
            var kept = strata[stratum] ?? StratumSums(clusters: units[stratum] ?? 0)
            func sum(_ term: Int?) -> BigDecimal { term.map { sums[cell * plan.terms.count + $0] } ?? .zero }
            if let variance = places.variance {
                kept.y += sum(places.numerator)
                kept.x += sum(places.denominator)
                kept.yy += sum(variance.valueValue)
                kept.yx += sum(variance.valueDivisor)
                kept.xx += sum(variance.divisorDivisor)
            } else {
                kept.add(sum(places.numerator), sum(places.denominator))
            }
            strata[stratum] = kept
        }
        return (strata.sorted { $0.key < $1.key }.map(\.value), reached)
    }
}

extension Measure {
    /// Whether it is a number of its own where there is no record.
    var isCounted: Bool {
        switch kind {
        case .count, .weightedCount, .sum: true
        default: false
        }
    }
}
