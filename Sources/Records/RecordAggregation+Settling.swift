/// From flat sums to those that hold any length.
extension RecordAggregation {
    /// Moves all sums to where sums of any length are.
    mutating func settleColumns() {
        guard var work = columns.take() else { return }
        settle(&work)
    }

    mutating func settle(_ work: inout ColumnWork) {
        for sum in work.plan.products.indices { settle(sum, &work) }
        for position in work.extremeScales.indices { settleExtremes(position, &work) }
        let domains = plan.domains.indices.filter { plan.domains[$0].condition == nil }
        let counting = plan.terms.indices.filter {
            work.plan.productOfTerm[$0] == nil && domains.contains(plan.terms[$0].domain)
        }
        for cell in 0..<work.sums.count {
            let records = unsafe work.sums.records[cell]
            unsafe work.sums.records[cell] = 0
            for index in domains { counts[cell * plan.domains.count + index] += records }
            for term in counting { sums.add(Decimal(records), to: cell * plan.terms.count + term) }
        }
        work.taken = 0
    }

    /// Where a column has come to count in another unit than before, its sums begin anew.
    mutating func settleScales(_ work: inout ColumnWork) {
        for (sum, product) in work.plan.products.enumerated() {
            let scale = work.scale(of: product, plan.weight)
            if scale != work.scales[sum] {
                settle(sum, &work)
                work.scales[sum] = scale
            }
        }
        for (measure, places) in zip(plan.measures, plan.sums) {
            guard measure.isExtreme, let position = places.position, let value = measure.value else { continue }
            let scale = work.registers.shapes[value].scale
            if scale != work.extremeScales[position] {
                settleExtremes(position, &work)
                work.extremeScales[position] = scale
            }
        }
    }

    private mutating func settle(_ sum: Int, _ work: inout ColumnWork) {
        guard work.scales[sum] >= 0 else { return }
        work.sums.gather(sum)
        for (term, product) in work.plan.productOfTerm.enumerated() where product == sum {
            for cell in 0..<work.sums.count {
                let total = unsafe work.sums.sums[cell * work.sums.width + sum]
                guard total != 0 else { continue }
                sums.add(Decimal(unchecked: total, scale: work.scales[sum]), to: cell * plan.terms.count + term)
            }
        }
        work.sums.clear(sum: sum)
    }

    private mutating func settleExtremes(_ position: Int, _ work: inout ColumnWork) {
        guard work.extremeScales[position] >= 0 else { return }
        let measure = zip(plan.measures, plan.sums).first { measure, places in
            places.position == position && measure.isExtreme
        }
        guard let kind = measure?.0.kind else { return }
        for cell in 0..<work.sums.count {
            let place = cell * work.sums.extremeWidth + position
            let value = unsafe work.sums.extremes[place]
            guard value != CellSums.noExtreme else { continue }
            keep(
                Decimal(unchecked: Int128(value), scale: work.extremeScales[position]),
                at: cell * plan.extremeCount + position,
                precedence(kind)
            )
            unsafe work.sums.extremes[place] = CellSums.noExtreme
        }
    }
}
