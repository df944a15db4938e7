package import CSVStream

/// What has been read of record-level files, by group: exact, so that neither the order of the records nor the way in
/// which they are divided among threads shows in what comes out.
///
/// Memory grows with the number of cells (groups, or with a design groups by clusters), not with the number of records.
package struct RecordAggregation: ~Copyable, Sendable {
    /// Rows read = used + filtered + rejected.
    package struct Account: Hashable, Sendable {
        package var used = 0
        package var filtered = 0
        package var rejected = 0

        package init(used: Int = 0, filtered: Int = 0, rejected: Int = 0) {
            self.used = used
            self.filtered = filtered
            self.rejected = rejected
        }

        package var read: Int { used + filtered + rejected }
    }

    struct FirstRecord: Sendable {
        var file: Int
        var record: Int

        @inline(always)
        mutating func keep(_ other: FirstRecord) {
            if other.file < file || (other.file == file && other.record < record) { self = other }
        }
    }

    let plan: RecordPlan
    var registers: Registers
    /// What takes in most records, many at a time; `nil` where each is taken by itself.
    var columns: ColumnWork?
    package internal(set) var account = Account()
    /// The file being read, as messages name it, and its position among those read.
    package var file = ""
    package var filePosition = 0
    /// In the order of the input; no more than ``rejectLimit``.
    package internal(set) var rejects: [Reject] = []
    /// How many bytes of records they hold.
    var rejectBytes = 0
    /// Why nothing more is taken in.
    package internal(set) var failure: RecordError?

    var keyTables: [KeyTable]
    /// Chains the keys of a group: the number of the first so many, and the next key.
    var groupChain: [PairTable]
    var strataTable = KeyTable()
    var clusterTable = KeyTable()
    /// Every pair of stratum and cluster that was read, of filtered records too.
    var clusters = PairTable()
    /// How many records each stratum has, of filtered ones too.
    var strataRecords: [Int] = []
    /// Pairs of group, and cluster or stratum.
    var cells = PairTable()
    var counts: [Int] = []
    /// The first record of each cell: position of the file, then number of the record.
    var firstRecords: [FirstRecord] = []
    var sums = Sums()
    var extremes: [Decimal?] = []
    var distributions: [Distribution] = []
    /// By the position of a quantile: the distinct values of all cells, and whether they were too many for any to be
    /// exact. Neither depends on the order of the records: each cell only gains values.
    var distinct: [Int]
    var isSketched: [Bool]

    /// The most ill-formed records that are counted before the file as a whole is refused.
    package static let rejectLimit = 100_000
    /// The most bytes of them that are kept.
    static let rejectByteLimit = 64 << 20
    static let keyByteLimit = 1_024

    /// - Parameters:
    ///   - plan: What to work out.
    ///   - byColumns: Whether records may be taken in many at a time: it changes nothing but the time.
    package init(_ plan: RecordPlan, byColumns: Bool = true) {
        self.plan = plan
        columns = byColumns ? ColumnWork(plan) : nil
        registers = Registers(plan.program, markers: plan.order.missing)
        keyTables = .init(repeating: KeyTable(), count: plan.keys.count)
        groupChain = .init(repeating: PairTable(), count: plan.keys.count)
        distinct = .init(repeating: 0, count: plan.distributionCount)
        isSketched = .init(repeating: false, count: plan.distributionCount)
    }

    /// Takes in the records of a batch, in order.
    ///
    /// - Returns: Whether to go on; `false` where the run cannot, see ``failure`` and ``rejects``.
    package mutating func take(_ batch: borrowing FieldBatch) -> Bool {
        guard failure == nil else { return false }
        if var work = columns.take() {
            let goesOn = take(batch, with: &work)
            columns = consume work
            return goesOn
        }
        for record in 0..<batch.count {
            guard take(record, of: batch) else { return false }
        }
        return true
    }

    /// Takes in one record.
    mutating func take(_ record: Int, of batch: borrowing FieldBatch) -> Bool {
        let fieldCount = unsafe Int(batch.fieldCounts[record])
        guard fieldCount == plan.header.count else {
            return reject(
                record,
                batch,
                "ragged-record",
                found: "\(fieldCount) fields",
                "\(plan.header.count) fields as the header has"
            )
        }
        registers.run(plan.filterRange, on: batch, record: record)
        let passes = plan.filter.map { registers[$0] }
        if let passes, passes.isFaulty { return rejectFault(passes.state, plan.filterRange, record, batch) }
        let isWanted = passes.map(\.isTrue) ?? true
        if isWanted {
            registers.run(plan.valueRange, on: batch, record: record)
            if let accepted = judge(record, batch) { return accepted }
        }
        for column in [plan.strata, plan.cluster] {
            if let column, isUnusableKey(column, record, batch) { return rejectKey(column, record, batch) }
        }
        let unit = registerUnit(record, batch)
        guard isWanted else {
            account.filtered += 1
            return withinLimits()
        }
        account.used += 1
        let cell = cells.number(of: group(record, batch), unit)
        if cell * plan.domains.count == counts.count { appendCell() }
        firstRecords[cell].keep(FirstRecord(file: filePosition, record: batch.firstRecord + record))
        add(to: cell)
        return withinLimits()
    }

    /// Whether the record goes on, where weight, keys or values are at fault; `nil` where nothing is.
    @inline(always)
    private mutating func judge(_ record: Int, _ batch: borrowing FieldBatch) -> Bool? {
        for column in plan.keys where isUnusableKey(column, record, batch) { return rejectKey(column, record, batch) }
        if let index = plan.weight {
            let weight = registers[index]
            if weight.state != .present || weight.number.mantissa < 0 {
                return rejectWeight(record, batch)
            }
        }
        for domain in plan.domains {
            if let condition = domain.condition {
                let register = registers[condition]
                if register.isFaulty { return rejectFault(register.state, plan.valueRange, record, batch) }
                if !register.isTrue { continue }
            }
            if let value = domain.value, registers[value].isFaulty {
                return rejectFault(registers[value].state, plan.valueRange, record, batch)
            }
            if let divisor = domain.divisor, registers[divisor].isFaulty {
                return rejectFault(registers[divisor].state, plan.valueRange, record, batch)
            }
        }
        return nil
    }

    func isUnusableKey(_ column: Int, _ record: Int, _ batch: borrowing FieldBatch) -> Bool {
        let bounds = batch.field(column, record)
        return bounds.length == 0 || bounds.length > Self.keyByteLimit
    }

    /// The number of the cluster, or of the stratum where there are no clusters.
    mutating func registerUnit(_ record: Int, _ batch: borrowing FieldBatch) -> Int {
        guard plan.order.hasDesign else { return 0 }
        let stratum = if let column = plan.strata { Self.number(in: &strataTable, column, record, batch) } else { 0 }
        if stratum >= strataRecords.count { strataRecords.append(0) }
        strataRecords[stratum] += 1
        guard let cluster = plan.cluster else { return stratum }
        return clusters.number(of: stratum, Self.number(in: &clusterTable, cluster, record, batch))
    }

    @inline(always)
    private mutating func group(_ record: Int, _ batch: borrowing FieldBatch) -> Int {
        var group = 0
        for index in plan.keys.indices {
            let key = Self.number(in: &keyTables[index], plan.keys[index], record, batch)
            group = groupChain[index].number(of: group, key)
        }
        return group
    }

    @inline(always)
    private static func number(in table: inout KeyTable, _ column: Int, _ record: Int, _ batch: borrowing FieldBatch)
        -> Int
    {
        let bounds = batch.field(column, record)
        if bounds.isEscaped { return table.number(of: batch.bytes(at: bounds)) }
        return unsafe table.number(
            of: UnsafeBufferPointer(start: batch.bytes + Int(bounds.start), count: bounds.length)
        )
    }

    mutating func appendCell() {
        firstRecords.append(FirstRecord(file: .max, record: .max))
        counts.append(contentsOf: repeatElement(0, count: max(1, plan.domains.count)))
        if plan.extremeCount > 0 { extremes.append(contentsOf: repeatElement(nil, count: plan.extremeCount)) }
        for position in 0..<plan.distributionCount {
            distributions.append(Distribution(limit: plan.order.distinctLimit, isExact: !isSketched[position]))
        }
    }

    @inline(always)
    private func isPresent(_ domain: RecordPlan.Domain) -> Bool {
        if let condition = domain.condition, !registers[condition].isTrue { return false }
        if let value = domain.value, registers[value].state != .present { return false }
        if let divisor = domain.divisor, registers[divisor].state != .present { return false }
        return true
    }

    @inline(always)
    private mutating func add(to cell: Int) {
        let weight = plan.weight.map { registers[$0].number } ?? Decimal(1)
        let first = cell * plan.domains.count
        var present: UInt64 = 0
        for index in plan.domains.indices where isPresent(plan.domains[index]) {
            counts[first + index] += 1
            present |= 1 << UInt64(index & 63)
        }
        let terms = cell * plan.terms.count
        for index in plan.terms.indices {
            let term = plan.terms[index]
            guard term.domain < 64 ? present >> UInt64(term.domain) & 1 == 1 : isPresent(plan.domains[term.domain])
            else { continue }
            sums.add(
                weight: weight,
                power: term.weightPower,
                term.first.map { registers[$0].number },
                term.second.map { registers[$0].number },
                to: terms + index
            )
        }
        if plan.extremeCount + plan.distributionCount > 0 { addOrdered(to: cell, weight) }
    }

    private mutating func addOrdered(to cell: Int, _ weight: Decimal) {
        for (measure, sums) in zip(plan.measures, plan.sums) {
            guard measure.isExtreme, let position = sums.position, let value = measure.value,
                isPresent(plan.domains[sums.domain])
            else { continue }
            keep(registers[value].number, at: cell * plan.extremeCount + position, precedence(measure.kind))
        }
        for (position, distributed) in plan.distributions.enumerated() where isPresent(plan.domains[distributed.domain])
        {
            distribute(registers[distributed.value].number, weight, cell, position)
        }
    }

    /// Notes a value down for a quantile.
    mutating func distribute(_ number: Decimal, _ weight: Decimal, _ cell: Int, _ position: Int) {
        let index = cell * plan.distributionCount + position
        let before = distributions[index].distinct
        distributions[index].add(number, weight: weight)
        guard !isSketched[position] else { return }
        distinct[position] += distributions[index].distinct - before
        if distinct[position] > plan.order.distinctTotalLimit { sketchAll(position) }
    }

    mutating func sketchAll(_ position: Int) {
        isSketched[position] = true
        for cell in 0..<firstRecords.count { distributions[cell * plan.distributionCount + position].sketch() }
    }

    func precedence(_ kind: Measure.Kind) -> (Decimal, Decimal) -> Bool {
        if kind == .smallest { return Decimal.isLess }
        return { Decimal.isLess($1, $0) }
    }

    mutating func keep(_ number: Decimal, at index: Int, _ precedes: (Decimal, Decimal) -> Bool) {
        guard let known = extremes[index], !precedes(number, known) else {
            extremes[index] = number
            return
        }
    }

    mutating func withinLimits() -> Bool {
        if cells.count <= plan.order.cellLimit, clusters.count <= plan.order.cellLimit { return true }
        refuseTooManyCells()
        return false
    }

    mutating func refuseTooManyCells() {
        let isDesign = plan.cluster != nil
        failure = RecordError(
            code: "too-many-groups",
            problem: "there are too many " + (isDesign ? "groups by clusters" : "groups"),
            expected: "at most \(plan.order.cellLimit)",
            found: "more",
            hint: "look for a key with a value of its own in each record; raise the limit if they are meant"
        )
    }
}
