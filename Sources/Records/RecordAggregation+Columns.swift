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
