extension RecordAggregation {
    /// Takes in what was read of another part of the same file, or of another file under an equal header.
    ///
    /// - Parameters:
    ///   - other: Under the same plan.
    ///   - recordsBefore: How many records stand in the file before those that `other` counts from 1.
    package mutating func merge(_ other: consuming RecordAggregation, recordsBefore: Int = 0) {
        other.settleColumns()
        account.used += other.account.used
        account.filtered += other.account.filtered
        account.rejected += other.account.rejected
        rejects += other.rejects.map { reject in
            var reject = reject
            reject.record += recordsBefore
            return reject
        }
        rejectBytes += other.rejectBytes
        if failure == nil { failure = other.failure }
        if failure == nil, rejectBytes > Self.rejectByteLimit { refuseTooLongRejects() }
        if failure == nil, rejects.count > Self.rejectLimit { refuseTooManyRejects() }
        guard failure == nil else { return }
        for position in isSketched.indices where other.isSketched[position] && !isSketched[position] {
            sketchAll(position)
        }
        let units = mergeUnits(of: other)
        let groups = mergeGroups(of: other)
        for cell in 0..<other.cells.count {
            let (group, unit) = other.cells.pair(cell)
            let own = cells.number(of: groups[group], units.isEmpty ? unit : units[unit])
            if own * plan.domains.count == counts.count { appendCell() }
            var first = other.firstRecords[cell]
            first.record += recordsBefore
            firstRecords[own].keep(first)
            for domain in plan.domains.indices {
                counts[own * plan.domains.count + domain] += other.counts[cell * plan.domains.count + domain]
            }
            for term in plan.terms.indices {
                sums.add(other.sums, at: cell * plan.terms.count + term, to: own * plan.terms.count + term)
            }
            mergeOrdered(other, cell, into: own)
        }
        if cells.count > plan.order.cellLimit || clusters.count > plan.order.cellLimit { refuseTooManyCells() }
    }

    private mutating func mergeOrdered(_ other: borrowing RecordAggregation, _ cell: Int, into own: Int) {
        for (measure, sums) in zip(plan.measures, plan.sums) {
            guard measure.isExtreme, let position = sums.position,
                let number = other.extremes[cell * plan.extremeCount + position]
            else { continue }
            keep(number, at: own * plan.extremeCount + position, precedence(measure.kind))
        }
        for position in 0..<plan.distributionCount {
            let index = own * plan.distributionCount + position
            let before = distributions[index].distinct
            distributions[index].merge(other.distributions[cell * plan.distributionCount + position])
            distinct[position] += distributions[index].distinct - before
            if !isSketched[position], distinct[position] > plan.order.distinctTotalLimit { sketchAll(position) }
        }
    }

    /// Own numbers of the other's clusters, or strata where there are no clusters; empty without a design.
    private mutating func mergeUnits(of other: borrowing RecordAggregation) -> [Int] {
        guard plan.order.hasDesign else { return [] }
        var strata: [Int] = []
        if plan.strata == nil {
            if !other.strataRecords.isEmpty { strata = [0] }
        } else {
            for stratum in 0..<other.strataTable.count {
                strata.append(strataTable.number(of: Array(other.strataTable.bytes(stratum))))
            }
        }
        for (stratum, records) in zip(strata, other.strataRecords) {
            while stratum >= strataRecords.count { strataRecords.append(0) }
            strataRecords[stratum] += records
        }
        guard plan.cluster != nil else { return strata }
        return (0..<other.clusters.count).map { index in
            let (stratum, cluster) = other.clusters.pair(index)
            return clusters.number(
                of: strata[stratum],
                clusterTable.number(of: Array(other.clusterTable.bytes(cluster)))
            )
        }
    }

    private mutating func mergeGroups(of other: borrowing RecordAggregation) -> [Int] {
        var groups = [0]
        for index in plan.keys.indices {
            var keys: [Int] = []
            for key in 0..<other.keyTables[index].count {
                keys.append(keyTables[index].number(of: Array(other.keyTables[index].bytes(key))))
            }
            groups = (0..<other.groupChain[index].count).map { number in
                let (before, key) = other.groupChain[index].pair(number)
                return groupChain[index].number(of: groups[before], keys[key])
            }
        }
        return groups
    }

    /// The texts of the keys of a group, in the order of the columns.
    func keys(ofGroup group: Int) -> [String] {
        var keys: [String] = []
        var rest = group
        for index in plan.keys.indices.reversed() {
            let (before, key) = groupChain[index].pair(rest)
            keys.append(keyTables[index].text(key))
            rest = before
        }
        return keys.reversed()
    }
}

extension RecordAggregation {
    /// Brings the records that could not be used, which come of several threads, into the order of the input; files
    /// are in the order in which they were read.
    mutating func sortRejects() {
        var position: [String: Int] = [:]
        for reject in rejects where position[reject.file] == nil { position[reject.file] = position.count }
        rejects.sort { (position[$0.file] ?? 0, $0.record) < (position[$1.file] ?? 0, $1.record) }
    }
}
