internal import CSVStream

/// Records taken in by columns, many at a time: the same sums, groups and findings as record by record.
///
/// A record that is not plainly well-formed is left to the slow way, and so is a whole stretch whose numbers are too
/// long. Nothing is noted down of a stretch before it is certain that it is not left.
extension RecordAggregation {
    mutating func take(_ batch: borrowing FieldBatch, with work: inout ColumnWork) -> Bool {
        var start = 0
        while start < batch.count {
            let count = min(ColumnRegisters.capacity, batch.count - start)
            if isolate(start, count, batch, &work) {
                takeInHand(batch, &work)
                for record in work.doubtful.sorted() {
                    guard take(record, of: batch) else { return false }
                }
                guard withinLimits() else { return false }
            } else {
                for record in start..<start + count {
                    guard take(record, of: batch) else { return false }
                }
            }
            start += count
        }
        return true
    }

    /// Works out the columns of a stretch, and parts its records into those in hand, those filtered out and doubtful
    /// ones.
    ///
    /// - Returns: Whether it can be taken in so.
    private func isolate(_ start: Int, _ count: Int, _ batch: borrowing FieldBatch, _ work: inout ColumnWork) -> Bool {
        work.doubtful.removeAll(keepingCapacity: true)
        work.filteredCount = 0
        setRagged(start, count, batch, &work)
        if let filter = plan.filter {
            guard unsafe work.registers.run(plan.filterRange, on: batch, rows: work.rows, count: work.rowCount) else {
                return false
            }
            sift(filter, batch, &work)
        }
        guard unsafe work.registers.run(plan.valueRange, on: batch, rows: work.rows, count: work.rowCount) else {
            return false
        }
        judge(batch, &work)
        return work.prepare(weight: plan.weight)
    }

    private func setRagged(_ start: Int, _ count: Int, _ batch: borrowing FieldBatch, _ work: inout ColumnWork) {
        let width = UInt32(plan.header.count)
        let widths = unsafe batch.fieldCounts + start
        var difference: UInt32 = 0
        for index in 0..<count {
            unsafe difference |= widths[index] ^ width
            unsafe work.rows[index] = UInt32(truncatingIfNeeded: start &+ index)
        }
        work.rowCount = count
        guard difference != 0 else { return }
        work.rowCount = 0
        for index in 0..<count {
            if unsafe widths[index] == width {
                unsafe work.rows[work.rowCount] = UInt32(start + index)
                work.rowCount += 1
            } else {
                work.doubtful.append(start + index)
            }
        }
    }

    /// Sets aside the records for which the filter does not hold.
    private func sift(_ filter: Int, _ batch: borrowing FieldBatch, _ work: inout ColumnWork) {
        var count = 0
        for index in 0..<work.rowCount {
            let record = unsafe work.rows[index]
            if work.registers.isTrue(filter, index) {
                unsafe work.positions[count] = UInt32(index)
                count += 1
            } else if work.registers.state(filter, index) == ColumnRegisters.State.doubtful
                || hasUnusableUnit(Int(record), batch)
            {
                work.doubtful.append(Int(record))
            } else {
                unsafe work.filtered[work.filteredCount] = record
                work.filteredCount += 1
            }
        }
        if count < work.rowCount { work.keep(count, in: plan.filterRange) }
    }

    private func hasUnusableUnit(_ record: Int, _ batch: borrowing FieldBatch) -> Bool {
        for column in [plan.strata, plan.cluster] {
            if let column, isUnusableKey(column, record, batch) { return true }
        }
        return false
    }

    /// Lets go of the records whose weight, keys or values may be at fault.
    private func judge(_ batch: borrowing FieldBatch, _ work: inout ColumnWork) {
        guard !isPlain(batch, work) else { return }
        var count = 0
        for index in 0..<work.rowCount {
            if unsafe isPlain(index, Int(work.rows[index]), batch, work) {
                unsafe work.positions[count] = UInt32(index)
                count += 1
            } else {
                unsafe work.doubtful.append(Int(work.rows[index]))
            }
        }
        if count < work.rowCount { work.keep(count, in: 0..<plan.program.instructions.count) }
    }

    /// Whether nothing at all is odd.
    private func isPlain(_ batch: borrowing FieldBatch, _ work: borrowing ColumnWork) -> Bool {
        if let weight = plan.weight {
            guard work.registers.shapes[weight].isWhole else { return false }
            let values = unsafe work.registers.values(weight)
            var union: Int64 = 0
            for index in 0..<work.rowCount { unsafe union |= values[index] }
            if union < 0 { return false }
        }
        for domain in plan.domains {
            for register in [domain.condition, domain.value, domain.divisor] {
                if let register, !work.registers.shapes[register].isSure { return false }
            }
        }
        for column in plan.keys where !areUsable(column, batch, work) { return false }
        for column in [plan.strata, plan.cluster] {
            if let column, !areUsable(column, batch, work) { return false }
        }
        return true
    }

    private func areUsable(_ column: Int, _ batch: borrowing FieldBatch, _ work: borrowing ColumnWork) -> Bool {
        let fields = unsafe batch.bounds + column * batch.stride
        let limit = UInt32(Self.keyByteLimit)
        var isOdd = false
        for index in 0..<work.rowCount {
            let length = unsafe fields[Int(work.rows[index])].lengthAndFlags & FieldBatch.Bounds.lengthMask
            isOdd = isOdd || length &- 1 >= limit
        }
        return !isOdd
    }

    private func isPlain(
        _ index: Int,
        _ record: Int,
        _ batch: borrowing FieldBatch,
        _ work: borrowing ColumnWork
    ) -> Bool {
        typealias State = ColumnRegisters.State
        for column in plan.keys where isUnusableKey(column, record, batch) { return false }
        if hasUnusableUnit(record, batch) { return false }
        if let weight = plan.weight {
            guard work.registers.state(weight, index) == State.present,
                unsafe work.registers.values(weight)[index] >= 0
            else { return false }
        }
        for domain in plan.domains {
            if let condition = domain.condition {
                if work.registers.state(condition, index) == State.doubtful { return false }
                if !work.registers.isTrue(condition, index) { continue }
            }
            if let value = domain.value, work.registers.state(value, index) == State.doubtful { return false }
            if let divisor = domain.divisor, work.registers.state(divisor, index) == State.doubtful { return false }
        }
        return true
    }
}

/// What is noted down.
extension RecordAggregation {
    private mutating func takeInHand(_ batch: borrowing FieldBatch, _ work: inout ColumnWork) {
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
            guard let position = places.position, let value = measure.value else { continue }
            let count = work.list(plan.domains[places.domain])
            switch measure.kind {
            case .smallest, .largest: work.keepExtremes(count, value, at: position, least: measure.kind == .smallest)
            default:
                for index in 0..<count {
                    let place = unsafe Int(work.positions[index])
                    let cell = unsafe Int(work.cells[place])
                    let weight = plan.weight.map { work.registers.number($0, place) } ?? Decimal(1)
                    distribute(work.registers.number(value, place), weight, cell, position)
                }
            }
        }
    }
}

/// From flat sums to those that hold any length.
extension RecordAggregation {
    /// Moves all sums to where sums of any length are.
    mutating func settleColumns() {
        guard var work = columns.take() else { return }
        settle(&work)
    }

    private mutating func settle(_ work: inout ColumnWork) {
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
    private mutating func settleScales(_ work: inout ColumnWork) {
        for (sum, product) in work.plan.products.enumerated() {
            let scale = work.scale(of: product, plan.weight)
            if scale != work.scales[sum] {
                settle(sum, &work)
                work.scales[sum] = scale
            }
        }
        for (measure, places) in zip(plan.measures, plan.sums) {
            guard measure.kind == .smallest || measure.kind == .largest, let position = places.position,
                let value = measure.value
            else { continue }
            let scale = work.registers.shapes[value].scale
            if scale != work.extremeScales[position] {
                settleExtremes(position, &work)
                work.extremeScales[position] = scale
            }
        }
    }

    private mutating func settle(_ sum: Int, _ work: inout ColumnWork) {
        guard work.scales[sum] >= 0 else { return }
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
            places.position == position && (measure.kind == .smallest || measure.kind == .largest)
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

extension ColumnRegisters {
    /// What stands in a place, where something does.
    func number(_ register: Int, _ index: Int) -> Decimal {
        unsafe Decimal(unchecked: Int128(values(register)[index]), scale: shapes[register].scale)
    }
}
