internal import CSVStream

/// What is noted down.
extension RecordAggregation {
    /// Adds up the records in hand, and notes down those that the filter set aside.
    mutating func takeInHand(_ batch: borrowing FieldBatch, _ work: inout ColumnWork) {
        registerUnits(batch, &work)
        account.filtered += work.filteredCount
        account.used += work.rowCount
        guard work.rowCount > 0 else { return }
        numberCells(batch, &work)
        settleScales(&work)
        for index in 0..<work.rowCount { unsafe work.sums.records[Int(work.cells[index])] &+= 1 }
        for (sum, product) in work.plan.products.enumerated() where product.domain == nil {
            work.addAll(work.factors[sum], to: sum)
        }
        for index in plan.domains.indices {
            if plan.domains[index].condition == nil {
                if !work.isWhole(plan.domains[index]) { takeAway(index, &work) }
            } else {
                addConditional(index, work)
            }
        }
        if plan.extremeCount + plan.distributionCount > 0 { addOrdered(&work) }
        work.taken += work.rowCount
        if work.taken > ColumnWork.takenLimit { settle(&work) }
    }

    private mutating func registerUnits(_ batch: borrowing FieldBatch, _ work: inout ColumnWork) {
        guard plan.order.hasDesign else { return }
        for index in 0..<work.filteredCount { _ = registerUnit(unsafe Int(work.filtered[index]), batch) }
        guard work.rowCount > 0 else { return }
        if let strata = plan.strata {
            unsafe work.strataCache.number(
                strata,
                of: batch,
                rows: work.rows,
                count: work.rowCount,
                into: work.units
            ) { strataTable.number(of: $0, in: batch) }
            while strataRecords.count < strataTable.count { strataRecords.append(0) }
            for index in 0..<work.rowCount { unsafe strataRecords[Int(work.units[index])] += 1 }
        } else {
            if strataRecords.isEmpty { strataRecords.append(0) }
            strataRecords[0] += work.rowCount
            unsafe work.units.update(repeating: 0, count: work.rowCount)
        }
        guard let cluster = plan.cluster else { return }
        unsafe work.clusterCache.number(
            cluster,
            of: batch,
            rows: work.rows,
            count: work.rowCount,
            into: work.keys
        ) { clusterTable.number(of: $0, in: batch) }
        unsafe work.clusterGrid.number(work.units, work.keys, count: work.rowCount) { clusters.number(of: $0, $1) }
    }

    private mutating func numberCells(_ batch: borrowing FieldBatch, _ work: inout ColumnWork) {
        // Without units a group has one cell: the last step leads to it at once, and so does the first of one key.
        let hasUnits = plan.strata != nil || plan.cluster != nil
        unsafe work.cells.update(repeating: 0, count: work.rowCount)
        if plan.keys.isEmpty, !hasUnits { _ = cells.number(of: 0, 0) }
        for index in plan.keys.indices {
            let leadsToCell = index + 1 == plan.keys.count && !hasUnits
            unsafe work.keyCaches[index].number(
                plan.keys[index],
                of: batch,
                rows: work.rows,
                count: work.rowCount,
                into: index == 0 ? work.cells : work.keys
            ) { field in
                let key = keyTables[index].number(of: field, in: batch)
                guard index == 0 else { return key }
                let group = groupChain[0].number(of: 0, key)
                return leadsToCell ? cells.number(of: group, 0) : group
            }
            guard index > 0 else { continue }
            unsafe work.groupGrids[index].number(work.cells, work.keys, count: work.rowCount) { before, key in
                let group = groupChain[index].number(of: before, key)
                return leadsToCell ? cells.number(of: group, 0) : group
            }
        }
        if hasUnits {
            unsafe work.cellGrid.number(work.cells, work.units, count: work.rowCount) { cells.number(of: $0, $1) }
        }
        let known = firstRecords.count
        if cells.count > known {
            while firstRecords.count < cells.count { appendCell() }
            for index in 0..<work.rowCount where unsafe Int(work.cells[index]) >= known {
                let record = unsafe batch.firstRecord + Int(work.rows[index])
                unsafe firstRecords[Int(work.cells[index])].keep(FirstRecord(file: filePosition, record: record))
            }
        }
        work.sums.grow(to: cells.count)
    }

    /// Takes the records away again from a domain that looks at all, where they have no value for it.
    private mutating func takeAway(_ index: Int, _ work: inout ColumnWork) {
        let domain = plan.domains[index]
        for position in 0..<work.rowCount where !work.isPresent(domain, position) {
            let cell = unsafe Int(work.cells[position])
            counts[cell * plan.domains.count + index] -= 1
            for (term, sum) in work.plan.productOfTerm.enumerated() where plan.terms[term].domain == index {
                let product = sum.map { work.factors[$0][position] } ?? 1
                guard product != 0 else { continue }
                sums.add(
                    Decimal(unchecked: -product, scale: sum.map { work.scales[$0] } ?? 0),
                    to: cell * plan.terms.count + term
                )
            }
        }
    }

    private mutating func addConditional(_ index: Int, _ work: borrowing ColumnWork) {
        let count = work.list(plan.domains[index])
        let counting = plan.terms.indices.filter {
            work.plan.productOfTerm[$0] == nil && plan.terms[$0].domain == index
        }
        for position in 0..<count {
            let cell = unsafe Int(work.cells[Int(work.positions[position])])
            counts[cell * plan.domains.count + index] += 1
            for term in counting { sums.add(Decimal(1), to: cell * plan.terms.count + term) }
        }
        for (sum, product) in work.plan.products.enumerated() where product.domain == index {
            work.addListed(count, work.factors[sum], to: sum)
        }
    }

    private mutating func addOrdered(_ work: inout ColumnWork) {
        for (measure, places) in zip(plan.measures, plan.sums) {
            guard measure.isExtreme, let position = places.position, let value = measure.value else { continue }
            let count = work.list(plan.domains[places.domain])
            work.keepExtremes(count, value, at: position, least: measure.kind == .smallest)
        }
        for (position, distributed) in plan.distributions.enumerated() {
            for index in 0..<work.list(plan.domains[distributed.domain]) {
                let place = unsafe Int(work.positions[index])
                let cell = unsafe Int(work.cells[place])
                let weight = plan.weight.map { work.registers.number($0, place) } ?? Decimal(1)
                distribute(work.registers.number(distributed.value, place), weight, cell, position)
            }
        }
    }
}
